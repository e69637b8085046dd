package io.github.zoomtranscriber.transcript;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes any text a part of a path that Linux, macOS and Windows take, and that stays as readable as it was. */
final class SafeName {

    /** What Windows refuses, beside quotes and question marks, which read better as something else. */
    private static final Pattern FORBIDDEN = Pattern.compile("[\\\\/:|<>*]+");

    private static final Pattern SPACED = Pattern.compile(" ?[\\\\/:|<>*]+ ");
    private static final Pattern REPEATED = Pattern.compile("([- ])\\1+");
    /** Characters that show nothing though they are letters or symbols. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\u115F\\u1160\\u2800\\u3164\\uFFA0]");
    /** All but the two joiners, which Persian, Hindi and emoji are written with. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cf}\\p{Co}\\p{Cs}\\uFFFE\\uFFFF&&[^\\u200C\\u200D]]");

    private static final Pattern BLANKS = Pattern.compile("[\\p{Z}\\p{Cc}]+");
    private static final String NOT_AT_ENDS = "-. \u200C\u200D";
    private static final Pattern RESERVED = Pattern.compile(
            "(?:con|prn|aux|nul|conin\\$|conout\\$|com[0-9\u00B9\u00B2\u00B3]|lpt[0-9\u00B9\u00B2\u00B3]) *(?:\\..*)?",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** So many characters are looked at: names are far shorter. */
    private static final int ENOUGH = 1000;

    private SafeName() {}

    /**
     * Braces become brackets, so that no expression language of Camel's or Spring's sees the start of an expression.
     *
     * @param other what to say where nothing of the text can be shown
     * @return the text as a whole part of a path or a piece of one; the same for what this method returned before
     */
    static String of(String text, String other) {
        String start = text.substring(0, Math.min(text.length(), ENOUGH));
        String name = INVISIBLE
                .matcher(CONTROL.matcher(Normalizer.normalize(start, Normalizer.Form.NFC))
                        .replaceAll(""))
                .replaceAll(" ");
        name = BLANKS.matcher(name)
                .replaceAll(" ")
                .replaceAll("\\$+\\{", "(")
                .replace('{', '(')
                .replace('}', ')')
                .replace('"', '\'')
                .replace("?", "");
        name = SPACED.matcher(name).replaceAll(" - ");
        name = FORBIDDEN.matcher(name).replaceAll("-");
        name = REPEATED.matcher(name).replaceAll("$1");
        name = Normalizer.normalize(whole(name), Normalizer.Form.NFC);
        return name.isEmpty() ? other : name;
    }

    /** @return a part of a path: without what may not stand at its ends, and no name of a device of Windows */
    static String whole(String name) {
        int from = 0;
        int to = name.length();
        while (from < to && NOT_AT_ENDS.indexOf(name.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && NOT_AT_ENDS.indexOf(name.charAt(to - 1)) >= 0) {
            to--;
        }
        String whole = name.substring(from, to);
        return RESERVED.matcher(whole).matches() ? "_" + whole : whole;
    }

    /** @return the beginning of the name that takes at most so many bytes in UTF-8, never ending within a character */
    static String cut(String name, int bytes) {
        if (bytes(name) <= bytes) {
            return name;
        }
        int end = 0;
        int used = 0;
        Matcher graphemes = Columns.GRAPHEME.matcher(name);
        while (graphemes.find() && used + bytes(graphemes.group()) <= bytes) {
            used += bytes(graphemes.group());
            end = graphemes.end();
        }
        String cut = whole(name.substring(0, end));
        return cut.isEmpty() ? cutWithin(name, bytes) : cut;
    }

    /** For a letter under a heap of accents that alone is too long. */
    private static String cutWithin(String name, int bytes) {
        int end = 0;
        while (end < name.length() && bytes(name.substring(0, name.offsetByCodePoints(end, 1))) <= bytes) {
            end = name.offsetByCodePoints(end, 1);
        }
        String cut = whole(name.substring(0, end));
        return cut.isEmpty() ? "_" : cut;
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
