package io.github.zoomtranscriber.transcript;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text in Markdown (CommonMark and GitHub's tables) that is nothing but text; only links to the web stay links. */
final class Markdown {

    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>]*[^\\s<>.,;:!?'\")\\]}]");
    /** An underscore within a word is one; a dollar before a digit is money, and no formula. */
    private static final Pattern MARK =
            Pattern.compile("[\\\\`*\\[<|~]|(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])|&(?=[#\\p{L}])|\\$(?!\\d)");
    /** What makes a heading, a list, a quote or a rule of a line. */
    private static final Pattern START = Pattern.compile("^(?:[-+=>#]|(\\d{1,9})(?=[.)]))");
    /** A heading may be closed with these. */
    private static final Pattern END = Pattern.compile("#(?=#*$)");

    private Markdown() {}

    /** @param text on one line */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        Matcher links = LINK.matcher(text);
        int from = 0;
        while (links.find()) {
            escaped.append(escapeWords(text.substring(from, links.start())))
                    .append('<')
                    .append(links.group())
                    .append('>');
            from = links.end();
        }
        escaped.append(escapeWords(text.substring(from)));
        String line = START.matcher(escaped).replaceFirst(found -> found.group(1) == null ? "\\\\$0" : "$1\\\\");
        return END.matcher(line).replaceAll("\\\\#");
    }

    private static String escapeWords(String text) {
        return MARK.matcher(text).replaceAll("\\\\$0");
    }
}
