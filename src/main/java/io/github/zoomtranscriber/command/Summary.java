package io.github.zoomtranscriber.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Steps;
import io.github.zoomtranscriber.zoom.Tally;
import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What came of a round.
 *
 * @param processing how many recordings Zoom is still processing
 * @param postponed how many wait for the next day, as the hours that may be submitted in a day are used up
 * @param left how many others are unfinished
 * @param unlisted what Zoom did not list: users, meetings, parts of lists
 * @param steps what is still to be done for delivered recordings, by step
 * @param found what Zoom listed, in a sentence; or null
 * @param unreachable why the round ended early; or null
 */
record Summary(
        List<Entry> delivered,
        List<Entry> failed,
        int processing,
        int postponed,
        int left,
        List<String> unlisted,
        Map<String, Steps.Count> steps,
        String found,
        String unreachable) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** There was nothing to do. */
    static Summary empty(Collection<String> unlisted) {
        return new Summary(List.of(), List.of(), 0, 0, 0, List.copyOf(unlisted), Map.of(), null, null);
    }

    /**
     * Prints the summary for people.
     *
     * @param output the folder of the transcripts, with an .error.json for each failed recording
     * @return the exit code
     */
    int print(PrintStream out, String output) {
        out.printf(
                "delivered %d, failed %d%s%n",
                delivered.size(), failed.size(), processing == 0 ? "" : ", still processing at Zoom " + processing);
        failed.forEach(entry -> out.printf(
                "  failed: %s \"%s\": %s%n",
                entry.id(), Clean.text(entry.recording().topic()), entry.reason()));
        if (postponed > 0) {
            out.printf("  above assemblyai.max-hours-per-day: %d, postponed until the next day (UTC)%n", postponed);
        }
        if (left > 0) {
            out.printf("  unfinished: %d, the next run continues with them%n", left);
        }
        if (!unlisted.isEmpty()) {
            out.printf("  %s%n", notListed(unlisted));
        }
        steps.forEach((name, count) -> out.printf(
                "  not done yet: %s for %s%s; the next run goes on with it%n",
                name,
                count.open() == 1 ? "1 recording" : count.open() + " recordings",
                count.reason() == null ? "" : " (" + Clean.text(count.reason()) + ")"));
        if (!failed.isEmpty()) {
            out.printf(
                    "  each has an .error.json in %s; once the cause is fixed, run zoom-transcriber retry --failed%n",
                    output);
        }
        if (delivered.isEmpty() && failed.isEmpty() && left + postponed == 0 && found != null && unreachable == null) {
            out.printf("  %s%n", found);
        }
        return exitCode();
    }

    /**
     * Prints the summary for scripts.
     *
     * @return the exit code
     */
    int printJson(PrintStream out) {
        ObjectNode root = JSON.createObjectNode();
        root.put("delivered", delivered.size())
                .put("failed", failed.size())
                .put("processing", processing)
                .put("above_cap", postponed)
                .put("left", left)
                .put("found", found)
                .put("unreachable", unreachable)
                .putArray("recordings");
        unlisted.forEach(root.putArray("not_listed")::add);
        steps.forEach((name, count) -> root.withObject("/steps_left").put(name, count.open()));
        delivered.forEach(entry -> add(root, entry));
        failed.forEach(entry -> add(root, entry));
        out.println(root.toPrettyString());
        return exitCode();
    }

    private static void add(ObjectNode root, Entry entry) {
        root.withArray("recordings")
                .addObject()
                .put("recording_id", entry.id())
                .put("topic", entry.recording().topic())
                .put("state", entry.state().name())
                .put("reason", entry.reason())
                .put("transcript_id", entry.transcriptId())
                .put("output_name", entry.outputName());
    }

    private int exitCode() {
        if (unreachable != null) {
            System.err.println(unreachable);
            return ExitCode.UNREACHABLE;
        }
        return failed.isEmpty() && unlisted.isEmpty() && steps.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** Says what Zoom did not list. */
    static String notListed(Collection<String> unlisted) {
        return "not listed: " + Clean.text(Tally.some(unlisted))
                + ". The log has the reasons; what is there will be found once Zoom lists it";
    }
}
