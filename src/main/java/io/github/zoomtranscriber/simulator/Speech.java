package io.github.zoomtranscriber.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts text on the clock: which words, when each is heard, with pauses as people make them. Collects the lines of one
 * talk.
 */
final class Speech {

    /** Languages that put no blanks between words. */
    private static final Set<String> WITHOUT_BLANKS = Set.of("ja", "zh");

    private final String language;
    private final List<Talk.Line> lines = new ArrayList<>();
    private final List<Talk.ChatLine> chat = new ArrayList<>();
    private int now = 1_800;
    private String last = "";

    Speech(String language) {
        this.language = language;
    }

    void say(String speaker, String text) {
        now += speaker.equals(last) ? 700 : 350 + Seeds.below(700, now, text);
        last = speaker;
        List<Talk.Word> words = new ArrayList<>();
        for (String word : words(language, text)) {
            int end = now + lengthOf(word);
            words.add(new Talk.Word(word, now, end));
            now = end + pauseAfter(word);
        }
        if (!words.isEmpty()) {
            lines.add(new Talk.Line(speaker, text, List.copyOf(words)));
        }
    }

    void type(String sender, String text) {
        chat.add(new Talk.ChatLine(now, sender, text));
    }

    void pause(Duration length) {
        now += (int) length.toMillis();
    }

    /** How far the talk is. */
    Duration length() {
        return Duration.ofMillis(now);
    }

    Talk end(Map<String, String> devices) {
        return new Talk(
                language,
                List.copyOf(lines),
                List.copyOf(chat),
                Map.copyOf(devices),
                Duration.ofMillis(lines.isEmpty() ? now : now + 2_400));
    }

    static List<String> words(String language, String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.trim().split("\\s+")) {
            if (WITHOUT_BLANKS.contains(language)) {
                addInPairs(words, word);
            } else if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    static String join(String language, List<String> words) {
        return String.join(WITHOUT_BLANKS.contains(language) ? "" : " ", words);
    }

    /** Two characters each, a mark kept with what it follows, Latin letters and digits kept together. */
    private static void addInPairs(List<String> words, String text) {
        StringBuilder word = new StringBuilder();
        int letters = 0;
        for (int symbol : text.codePoints().toArray()) {
            boolean letter = Character.isLetterOrDigit(symbol);
            boolean joins = symbol < 0x250 && !word.isEmpty() && word.codePointBefore(word.length()) < 0x250;
            if (letter && letters >= 2 && !joins) {
                words.add(word.toString());
                word.setLength(0);
                letters = 0;
            }
            word.appendCodePoint(symbol);
            letters += letter ? 1 : 0;
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
    }

    private int lengthOf(String word) {
        int symbols = word.codePointCount(0, word.length());
        return WITHOUT_BLANKS.contains(language) ? 150 * symbols : 130 + 42 * symbols;
    }

    private static int pauseAfter(String word) {
        char end = word.charAt(word.length() - 1);
        if (".?!…。？！؟".indexOf(end) >= 0) {
            return 420;
        }
        return ",;:–、،，".indexOf(end) >= 0 ? 190 : 40;
    }
}
