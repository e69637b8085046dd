package io.github.zoomtranscriber.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.Recording;
import java.io.PrintStream;
import java.util.List;

/** Prints what would be transcribed: a line for each recording, or one JSON object for scripts. */
final class Plan {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Plan() {}

    static void print(List<Recording> recordings, PrintStream out) {
        recordings.forEach(recording -> out.printf(
                "%s  %s  %4d min  %s%n",
                recording.id(), recording.start(), recording.minutes(), Clean.text(recording.topic())));
    }

    static void printJson(List<Recording> recordings, Bill bill, PrintStream out) {
        ObjectNode root = JSON.createObjectNode();
        bill.into(root.putObject("would_transcribe"));
        root.putArray("recordings");
        recordings.forEach(recording -> root.withArray("recordings")
                .addObject()
                .put("recording_id", recording.id())
                .put("topic", recording.topic())
                .put("host", recording.host())
                .put(
                        "start",
                        recording.start() == null ? null : recording.start().toString())
                .put("minutes", recording.minutes()));
        out.println(root.toPrettyString());
    }
}
