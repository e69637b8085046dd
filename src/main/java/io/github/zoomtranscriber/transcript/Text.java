package io.github.zoomtranscriber.transcript;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is said and typed in a meeting, freed of what is no text: control characters, halves of characters, runs of
 * blanks.
 */
final class Text {

    /** A single blank that keeps words together is kept: French needs it. */
    private static final Pattern BLANKS = Pattern.compile("[\\p{Cc}\\p{Z}]{2,}|[\\p{Cc}\\u2028\\u2029]");

    /** Characters that turn the direction of what follows them, beyond the text that they stand in. */
    private static final Pattern NO_TEXT =
            Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069\\uFEFF\\uFFF9-\\uFFFB\\uFFFE\\uFFFF]");

    private static final Pattern HALF = Pattern.compile("[\\uD800-\\uDFFF]");
    private static final Pattern BREAK = Pattern.compile("\\R");

    /** Ends a sentence in any script that AssemblyAI knows, with the quotes and brackets that close behind it. */
    private static final Pattern SENTENCE_END =
            Pattern.compile("[.!?\\u2026\\u3002\\uFF01\\uFF1F\\u061F\\u06D4\\u0964\\u0965\\u1362\\u17D4\\u104B]"
                    + "[\"'\\u201D\\u2019\\u00BB)\\]\\u300D\\u300F]*\\s*$");

    private static final Pattern CLAUSE_END =
            Pattern.compile("[,;:\\u2014\\u2013\\u3001\\uFF0C\\uFF1B\\uFF1A\\u060C\\u061B]\\s*$");

    private Text() {}

    /** @return the text on one line, without blanks around it */
    static String line(String text) {
        if (isPlain(text)) {
            return text;
        }
        String clean = BLANKS.matcher(text).replaceAll(" ");
        clean = NO_TEXT.matcher(clean).replaceAll("");
        clean = HALF.matcher(clean).replaceAll("\uFFFD");
        return trim(BLANKS.matcher(clean).replaceAll(" "));
    }

    /**
     * Most words are, and there are ten thousand of them in an hour: whether there is nothing but visible ASCII, and
     * single blanks inside.
     */
    private static boolean isPlain(String text) {
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < ' ' || character > '~' || character == ' ' && before == ' ') {
                return false;
            }
            before = character;
        }
        return before != ' ' || text.isEmpty();
    }

    /** @return the text without any kind of blank around it */
    static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    /** @return the text with its line breaks as {@code \n}, without empty lines */
    static String lines(String text) {
        return BREAK.splitAsStream(text)
                .map(Text::line)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    static boolean endsSentence(String text) {
        return SENTENCE_END.matcher(text).find();
    }

    /** @return whether a caption or a line may well end here */
    static boolean endsClause(String text) {
        return CLAUSE_END.matcher(text).find() || endsSentence(text);
    }

    /** Joins words as their language does: no blank between two that are written without. */
    static String join(List<Word> words) {
        StringBuilder text = new StringBuilder();
        for (Word word : words) {
            if (text.length() > 0
                    && !(isUnspaced(text.codePointBefore(text.length()))
                            && isUnspaced(word.text().codePointAt(0)))) {
                text.append(' ');
            }
            text.append(word.text());
        }
        return text.toString();
    }

    private static boolean isUnspaced(int character) {
        return switch (Character.UnicodeScript.of(character)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> character >= 0x3000 && character <= 0x303F || character >= 0xFF01 && character <= 0xFF60;
        };
    }

    /**
     * @param code AssemblyAI's, such as {@code en_us}
     * @return the root locale where it is none
     */
    static Locale language(String code) {
        return Locale.forLanguageTag(code.replace('_', '-'));
    }
}
