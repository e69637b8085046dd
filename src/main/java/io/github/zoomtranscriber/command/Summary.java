package io.github.zoomtranscriber.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.Entry;
import java.io.PrintStream;
import java.util.List;

/**
 * What came of a round.
 *
 * @param processing  how many recordings Zoom is still working on
 * @param capped      how many wait for the next day's hours
 * @param left        how many others the next round goes on with
 * @param found       what Zoom listed, in a sentence; or null
 * @param unreachable why it was broken off, or null
 */
record Summary(List<Entry> delivered, List<Entry> failed, int processing, int capped, int left, String found, String unreachable) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where there was nothing to do. */
    static final Summary EMPTY = new Summary(List.of(), List.of(), 0, 0, 0, null, null);

    /**
     * @param output where failed recordings leave their .error.json
     * @return the exit code
     */
    int print(PrintStream out, String output) {
        out.printf("delivered %d, failed %d%s%n", delivered.size(), failed.size(), processing == 0 ? "" : ", still processing at Zoom " + processing);
        failed.forEach(entry -> out.printf("  failed: %s \"%s\": %s%n", entry.id(), Clean.text(entry.recording().topic()), entry.reason()));
        if (capped > 0) {
            out.printf("  above assemblyai.max-hours-per-day: %d, which wait for the next day (UTC)%n", capped);
        }
        if (left > 0) {
            out.printf("  left to do: %d, which the next run goes on with%n", left);
        }
        if (!failed.isEmpty()) {
            out.printf("  each has an .error.json in %s; once the reason is gone: zoom-transcriber retry --failed%n", output);
        }
        if (delivered.isEmpty() && failed.isEmpty() && left + capped == 0 && found != null && unreachable == null) {
            out.printf("  %s%n", found);
        }
        return exitCode();
    }

    /** @return the exit code */
    int printJson(PrintStream out) {
        ObjectNode root = JSON.createObjectNode();
        root.put("delivered", delivered.size()).put("failed", failed.size()).put("processing", processing).put("above_cap", capped).put("left", left)
                .put("found", found).put("unreachable", unreachable).putArray("recordings");
        delivered.forEach(entry -> add(root, entry));
        failed.forEach(entry -> add(root, entry));
        out.println(root.toPrettyString());
        return exitCode();
    }

    private static void add(ObjectNode root, Entry entry) {
        root.withArray("recordings").addObject().put("recording_id", entry.id()).put("topic", entry.recording().topic()).put("state", entry.state().name())
                .put("reason", entry.reason()).put("transcript_id", entry.transcriptId()).put("output_name", entry.outputName());
    }

    private int exitCode() {
        if (unreachable != null) {
            System.err.println(unreachable);
            return ExitCode.UNREACHABLE;
        }
        return failed.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
