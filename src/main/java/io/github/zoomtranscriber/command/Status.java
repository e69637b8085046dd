package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.Options;
import io.github.zoomtranscriber.assemblyai.Submissions;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.zoom.Ticks;
import io.github.zoomtranscriber.zoom.Webhook;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The ledger for people. */
@Command(name = "status", mixinStandardHelpOptions = true, description = "Says how far the recordings are, or one of them. Works beside a running daemon.")
final class Status implements Callable<Integer> {

    private static final int SHOWN = 20;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "The story of this recording.")
    private String id;

    @Override
    public Integer call() {
        Options options = Place.optionsWithoutLogins();
        return Place.withLedger(options, ledger -> id == null ? all(ledger, options, System.out) : one(ledger, System.out));
    }

    private static int all(Ledger ledger, Options options, PrintStream out) {
        Map<State, Integer> counts = ledger.counts();
        for (State state : State.values()) {
            out.printf("%-12s %d%n", state.name().toLowerCase(), counts.getOrDefault(state, 0));
        }
        int stuck = ledger.stuck();
        if (stuck > 0) {
            out.printf("stuck        %d, submitted longer than %s ago%n", stuck, options.get("transcribe.stuck-after"));
        }
        ledger.note(Ticks.NOTE).ifPresent(tick -> out.printf("last tick    %s: %s%n", tick.updatedAt(), tick.text()));
        ledger.note(Webhook.NOTE).ifPresent(event -> out.printf("last webhook %s: %s%n", event.updatedAt(), event.text()));
        ledger.nodes().list().forEach(node -> out.printf("node         %s (%s): %s, heard of %s, works on %d%n", node.name(), node.id(),
                node.living() ? "there since " + node.joinedAt() : "GONE", node.seenAt(), node.holds()));
        ledger.note(Submissions.NOTE).ifPresent(pause -> out.printf("PAUSED       since %s: %s%n", pause.updatedAt(), pause.text()));
        ledger.uploads().forEach(upload ->
                out.printf("uploading    %s \"%s\": %s%n", upload.id(), Clean.text(upload.topic()), upload.progress()));
        ledger.list(State.FAILED, SHOWN).forEach(entry ->
                out.printf("failed       %s \"%s\": %s%n", entry.id(), Clean.text(entry.recording().topic()), entry.reason()));
        return ExitCode.DONE;
    }

    private int one(Ledger ledger, PrintStream out) {
        Entry entry = ledger.find(id).orElseThrow(() -> new MistakeException("There is no recording " + id + " in the ledger"));
        line(out, "recording", entry.id());
        line(out, "topic", Clean.text(entry.recording().topic()));
        line(out, "host", entry.recording().host());
        line(out, "meeting", entry.recording().meetingUuid());
        line(out, "start", entry.recording().start());
        line(out, "file", entry.recording().recordingType() + ", " + entry.recording().fileSize() + " bytes");
        line(out, "state", entry.state().name().toLowerCase());
        line(out, "reason", entry.reason());
        line(out, "uploading", ledger.uploads().stream().filter(upload -> upload.id().equals(id)).map(Ledger.Upload::progress).findFirst().orElse(null));
        line(out, "handed off", entry.handOff() == null ? null : entry.handOff() + " of " + entry.audioUrl());
        line(out, "submitted", entry.submittedAt() == null ? null : entry.submittedAt() + ", submissions so far: " + entry.submissions());
        line(out, "transcript", entry.transcriptId());
        line(out, "files", entry.outputName());
        line(out, "found", entry.createdAt());
        line(out, "changed", entry.updatedAt());
        return ExitCode.DONE;
    }

    private static void line(PrintStream out, String what, Object value) {
        if (value != null) {
            out.printf("%-12s %s%n", what, value);
        }
    }
}
