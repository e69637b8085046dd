package io.github.zoomtranscriber.http;

import java.util.regex.Pattern;

/**
 * The names by which this machine calls itself. These three and no others: a token may be sent to whatever is named
 * here.
 */
public final class Loopback {

    /** A regular expression that matches any of them, without a capturing group. */
    public static final String REGEX = "(?:localhost|127\\.0\\.0\\.1|::1|\\[::1])";

    private static final Pattern PATTERN = Pattern.compile(REGEX, Pattern.CASE_INSENSITIVE);

    private Loopback() {}

    /**
     * Whether a host is this machine, going by its name alone: nothing is looked up.
     *
     * @param host as an address has it, an IPv6 address with or without brackets; null is no host
     */
    public static boolean is(String host) {
        return host != null && PATTERN.matcher(host).matches();
    }
}
