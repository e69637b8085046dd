package io.github.zoomtranscriber.transcript;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One word as AssemblyAI heard it.
 *
 * @param text on one line
 * @param start milliseconds from the start of the recording
 * @param end milliseconds from the start of the recording, not before {@code start}
 */
public record Word(String text, long start, long end) implements Gaps.Timed<Word> {

    /** Its times may be {@link Gaps#MISSING}. */
    static Word read(JsonNode node) {
        long start = Json.time(node.path("start"));
        long end = Json.time(node.path("end"));
        return new Word(Json.line(node, "text"), start, end == Gaps.MISSING ? end : Math.max(start, end));
    }

    @Override
    public Word at(long newStart, long newEnd) {
        return new Word(text, newStart, newEnd);
    }
}
