package io.github.zoomtranscriber.options;

import java.util.regex.Pattern;

/**
 * Makes values presentable: on one line, not too long, without anything that looks like a password in a URL or in JSON.
 */
final class OptionText {
    static final String HIDDEN = "***";

    private static final int LONGEST = 200;
    private static final Pattern USER_INFO = Pattern.compile("(?<=//)[^/\\s]*@");
    private static final Pattern SECRET_PART = Pattern.compile(
            "(?i)((?:password|passwd|pwd|secret|token|api_?-?key|header_value)\"?\\s*[=:]\\s*)(?:RAW\\(.*?\\)|\"[^\"]*\"?|[^&;,\\s}]+)");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** The webhooks of chats have their secrets in the path. */
    private static final Pattern BEHIND_SERVER = Pattern.compile("(?i)(\\bhttps?://[^/\\s,?]+)[/?][^\\s,]*");

    private OptionText() {}

    /** Of addresses that are a user's own, no more than the server. */
    static String shownAddresses(String value) {
        return shown(BEHIND_SERVER.matcher(value).replaceAll("$1/" + HIDDEN));
    }

    static String shown(String value) {
        String text = USER_INFO.matcher(value).replaceAll(HIDDEN + "@");
        text = SECRET_PART.matcher(text).replaceAll("$1" + HIDDEN);
        text = CONTROL.matcher(text).replaceAll("?");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
