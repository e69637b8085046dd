package io.github.zoomtranscriber.http;

import java.util.regex.Pattern;

/** The names and addresses by which this machine calls itself. */
public final class Loopback {

    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";

    /** A regular expression that matches any of them, without a capturing group. */
    public static final String REGEX = "(?:localhost|127(?:\\." + OCTET + "){3}|\\[?::1]?)";

    private static final Pattern PATTERN = Pattern.compile(REGEX, Pattern.CASE_INSENSITIVE);

    private Loopback() {
    }

    /**
     * Whether a host is this machine, going by its name alone: nothing is looked up.
     *
     * @param host as an address has it, an IPv6 address with or without brackets; null is no host
     */
    public static boolean is(String host) {
        return host != null && PATTERN.matcher(host).matches();
    }
}
