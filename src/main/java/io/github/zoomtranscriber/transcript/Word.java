package io.github.zoomtranscriber.transcript;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One word as AssemblyAI heard it.
 *
 * @param text on one line
 * @param start milliseconds from the start of the recording
 * @param end milliseconds from the start of the recording, not before {@code start}
 */
public record Word(String text, long start, long end) {

    static Word read(JsonNode node) {
        long start = Json.milliseconds(node.path("start"), 1);
        return new Word(Json.line(node, "text"), start, Math.max(start, Json.milliseconds(node.path("end"), 1)));
    }
}
