package io.github.zoomtranscriber.http;

import java.time.Duration;

/** A vendor cannot answer now (429, 5xx): the same call may succeed later. */
public final class Busy extends Exception {

    private final transient Vendor vendor;
    private final int status;
    private final transient Duration wait;

    /**
     * @param status the HTTP status
     * @param text the vendor's own words; they are cleaned here
     * @param wait how long the vendor wants to be left alone, null if it does not say
     */
    public Busy(Vendor vendor, int status, String text, Duration wait) {
        super("%s answers %d %s".formatted(vendor, status, Clean.text(text)).strip());
        this.vendor = vendor;
        this.status = status;
        this.wait = wait;
    }

    public Vendor getVendor() {
        return vendor;
    }

    /** Null if the vendor did not say. */
    public Duration getWait() {
        return wait;
    }

    /** Whether the call certainly had no effect: after a 5xx nobody knows. */
    public boolean isRefused() {
        return status == 429;
    }
}
