package io.github.zoomtranscriber.http;

/** A vendor said no: the same call will be refused again until something else changes. */
public final class Refusal extends Exception {

    private final transient Vendor vendor;
    private final int status;
    private final int code;
    private final String text;

    /**
     * @param status the HTTP status; 200 for Zoom's refusals inside a 200
     * @param code Zoom's error code, 0 where there is none
     * @param text the vendor's own words; they are cleaned here
     */
    public Refusal(Vendor vendor, int status, int code, String text) {
        super("%s refuses (%s): %s"
                .formatted(vendor, code == 0 || code == status ? status : status + ", code " + code, Clean.text(text)));
        this.vendor = vendor;
        this.status = status;
        this.code = code;
        this.text = Clean.text(text);
    }

    public Vendor getVendor() {
        return vendor;
    }

    public int getStatus() {
        return status;
    }

    public int getCode() {
        return code;
    }

    /** The vendor's own words, cleaned. */
    public String getText() {
        return text;
    }
}
