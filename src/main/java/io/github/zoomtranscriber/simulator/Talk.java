package io.github.zoomtranscriber.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is said in a recording, and when.
 *
 * @param language AssemblyAI's code for it
 * @param lines in the order of their start
 * @param chat what was typed meanwhile
 * @param devices for people who share one: person to the name of the device; others sit at one of their own name
 * @param length of the whole recording
 */
record Talk(String language, List<Line> lines, List<ChatLine> chat, Map<String, String> devices, Duration length) {

    /** Milliseconds from the recording's start. */
    record Word(String text, int start, int end) {}

    /** What one person says in one go. */
    record Line(String speaker, String text, List<Word> words) {

        int start() {
            return words.get(0).start();
        }

        int end() {
            return words.get(words.size() - 1).end();
        }
    }

    /** @param at milliseconds from the recording's start */
    record ChatLine(int at, String sender, String text) {}

    static Talk silent(Duration length) {
        return new Talk("en", List.of(), List.of(), Map.of(), length);
    }

    boolean isSilent() {
        return lines.isEmpty();
    }

    /** In the order in which they are first heard. */
    List<String> speakers() {
        return lines.stream().map(Line::speaker).distinct().toList();
    }

    String device(String speaker) {
        return devices.getOrDefault(speaker, speaker);
    }

    /** What one of them says. */
    Talk of(String speaker) {
        return new Talk(
                language,
                lines.stream().filter(line -> line.speaker().equals(speaker)).toList(),
                List.of(),
                devices,
                length);
    }

    /**
     * What is heard when the sound breaks off.
     *
     * @param milliseconds from the start
     */
    Talk until(long milliseconds) {
        List<Line> heard = lines.stream()
                .filter(line -> line.start() < milliseconds)
                .map(line -> {
                    List<Word> words = line.words().stream()
                            .filter(word -> word.start() < milliseconds)
                            .toList();
                    return words.size() == line.words().size()
                            ? line
                            : new Line(
                                    line.speaker(),
                                    Speech.join(
                                            language,
                                            words.stream().map(Word::text).toList()),
                                    words);
                })
                .toList();
        return new Talk(language, heard, chat, devices, Duration.ofMillis(milliseconds));
    }
}
