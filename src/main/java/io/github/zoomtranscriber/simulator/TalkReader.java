package io.github.zoomtranscriber.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads a talk as it is written down: one line for each turn, {@code Name: what is said}. Beside them:
 *
 * <pre>
 * # a remark
 * language de
 * device Meeting room Porto = Inês Duarte, Rui Faria
 * chat Ada Nowak: https://example.com/agenda
 * (4)                       four seconds in which nobody speaks
 * </pre>
 */
final class TalkReader {

    private TalkReader() {}

    /** @param name of a shipped talk, without {@code .txt} */
    static Talk shipped(String name) {
        String resource = "talks/" + name + ".txt";
        try (InputStream in = TalkReader.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no talk " + resource);
            }
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException for a line that is none of those above */
    static Talk read(String text) {
        Map<String, String> devices = new HashMap<>();
        Speech speech = new Speech("en");
        for (String line : text.split("\n")) {
            String trimmed = line.trim();
            if (trimmed.isEmpty() || trimmed.startsWith("#")) {
                continue;
            }
            if (trimmed.startsWith("language ")) {
                speech = new Speech(trimmed.substring(9).trim());
            } else if (trimmed.startsWith("device ")) {
                String[] sides = trimmed.substring(7).split("=", 2);
                for (String person : sides[1].split(",")) {
                    devices.put(person.trim(), sides[0].trim());
                }
            } else if (trimmed.matches("\\(\\d+\\)")) {
                speech.pause(Duration.ofSeconds(Integer.parseInt(trimmed.substring(1, trimmed.length() - 1))));
            } else {
                turn(speech, trimmed);
            }
        }
        return speech.end(devices);
    }

    private static void turn(Speech speech, String line) {
        boolean typed = line.startsWith("chat ");
        String turn = typed ? line.substring(5) : line;
        int colon = turn.indexOf(": ");
        if (colon < 0) {
            throw new IllegalArgumentException("neither a turn nor a direction: " + line);
        }
        String who = turn.substring(0, colon).trim();
        String what = turn.substring(colon + 2).trim();
        if (typed) {
            speech.type(who, what);
        } else {
            speech.say(who, what);
        }
    }
}
