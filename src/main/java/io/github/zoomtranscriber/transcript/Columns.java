package io.github.zoomtranscriber.transcript;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How wide text is, in the columns of a terminal or a caption, and where its lines may end. */
final class Columns {

    /** What a reader takes for one character: a letter with its accents, a flag, a family. */
    static final Pattern GRAPHEME = Pattern.compile("\\X");

    private Columns() {}

    /** @return 2 for each character of the wide scripts and each emoji, 0 for what stands on another, else 1 */
    static int width(CharSequence text) {
        int width = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x300) {
                return wide(text);
            }
            width++;
        }
        return width;
    }

    private static int wide(CharSequence text) {
        int width = 0;
        Matcher graphemes = GRAPHEME.matcher(text);
        while (graphemes.find()) {
            int widest = 0;
            for (int i = graphemes.start();
                    i < graphemes.end();
                    i += Character.charCount(Character.codePointAt(text, i))) {
                widest = Math.max(widest, width(Character.codePointAt(text, i)));
            }
            width += widest;
        }
        return width;
    }

    private static int width(int character) {
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = character >= 0x1100
                && (character <= 0x115F
                        || character >= 0x2E80 && character <= 0xA4CF
                        || character >= 0xA960 && character <= 0xA97F
                        || character >= 0xAC00 && character <= 0xD7A3
                        || character >= 0xF900 && character <= 0xFAFF
                        || character >= 0xFE30 && character <= 0xFE6F
                        || character >= 0xFF00 && character <= 0xFF60
                        || character >= 0xFFE0 && character <= 0xFFE6
                        || character >= 0x16FE0 && character <= 0x1B2FF
                        || character >= 0x1F000 && character <= 0x1FAFF
                        || character >= 0x20000 && character <= 0x3FFFD
                        || character == 0x2705
                        || character == 0x2728);
        return wide ? 2 : 1;
    }

    /**
     * Cuts a text where its language lets a line end; what is wider than a line, between any two characters. No piece
     * is blank if the text is trimmed.
     *
     * @return offsets, from 0 to the text's length
     */
    static List<Integer> breaks(String text, int width, Locale language) {
        BreakIterator iterator = BreakIterator.getLineInstance(language);
        iterator.setText(text);
        List<Integer> breaks = new ArrayList<>();
        int from = iterator.first();
        breaks.add(from);
        for (int to = iterator.next(); to != BreakIterator.DONE; to = iterator.next()) {
            if (breaks.size() > 1 && Text.trim(text.substring(from, to)).isEmpty()) {
                breaks.remove(breaks.size() - 1);
            } else if (to - from > width / 2 && width(Text.trim(text.substring(from, to))) > width) {
                cut(text, from, to, width, breaks);
            }
            breaks.add(to);
            from = to;
        }
        return breaks;
    }

    private static void cut(String text, int from, int to, int width, List<Integer> breaks) {
        int used = 0;
        Matcher graphemes = GRAPHEME.matcher(text).region(from, to);
        while (graphemes.find()) {
            int next = width(graphemes.group());
            if (used + next > width && !Text.trim(graphemes.group()).isEmpty()) {
                breaks.add(graphemes.start());
                used = 0;
            }
            used += next;
        }
    }

    /** @return the text in lines of at most so many columns, without blanks at their ends */
    static List<String> wrap(String text, int width, Locale language) {
        List<Integer> breaks = breaks(text, width, language);
        List<String> lines = new ArrayList<>();
        int begin = 0;
        for (int i = 1; i < breaks.size(); i++) {
            int last = breaks.get(i - 1);
            if (last > begin && width(Text.trim(text.substring(begin, breaks.get(i)))) > width) {
                lines.add(Text.trim(text.substring(begin, last)));
                begin = last;
            }
        }
        lines.add(Text.trim(text.substring(begin)));
        return lines;
    }
}
