package io.github.zoomtranscriber.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.Recording;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.options.Options;
import io.github.zoomtranscriber.work.KeptFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has recordings transcribed again from the start. */
@Command(
        name = "forget",
        mixinStandardHelpOptions = true,
        description = "Forgets what was done for recordings: a running daemon, or the next run, transcribes them again "
                + "from the start, which is charged again. The new files replace the old ones. To change formats or "
                + "names, use render, which costs nothing.")
final class Forget implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(paramLabel = "ID", arity = "1..*", description = "These recordings.")
    private List<String> ids;

    @Option(names = "--dry-run", description = "Only say what would be forgotten.")
    private boolean dryRun;

    @Override
    public Integer call() {
        Options options = WorkingFolder.optionsWithoutLogins();
        return WorkingFolder.withLedger(
                options, ledger -> forget(ledger, KeptFolder.folder(options.get("data.directory"))));
    }

    private int forget(Ledger ledger, Path kept) {
        List<Entry> entries = ids.stream()
                .distinct()
                .map(id -> WorkingFolder.find(ledger, id))
                .toList();
        for (Entry entry : entries) {
            if (entry.recording().downloadUrl() == null) {
                throw new UsageException(
                        "Recording " + entry.id() + " cannot be forgotten: Zoom is still processing it");
            }
        }
        for (Entry entry : entries) {
            if (!dryRun) {
                Path document = kept.resolve(entry.id().replaceAll("[^A-Za-z0-9-]", "_") + ".json");
                String zoom = entry.state() == State.DELIVERED ? zoom(entry.recording(), document) : null;
                delete(document);
                ledger.interventions().forget(entry.id(), zoom);
            }
            System.out.printf(
                    "%s %s, it %s %s%n",
                    dryRun ? "would be forgotten:" : "forgotten:",
                    entry.id(),
                    dryRun ? "is" : "was",
                    entry.state().name().toLowerCase());
        }
        return ExitCode.DONE;
    }

    /**
     * What Zoom said of a delivered recording is kept with its transcript only; if that is gone, what the ledger knows
     * must do.
     */
    private static String zoom(Recording recording, Path document) {
        try {
            JsonNode known =
                    Files.exists(document) ? JSON.readTree(document.toFile()).path("zoom") : JSON.createObjectNode();
            ObjectNode zoom = known instanceof ObjectNode object ? object : JSON.createObjectNode();
            zoom.remove(List.of("timeline", "chat", "files"));
            if (zoom.isEmpty()) {
                zoom.put("uuid", recording.meetingUuid())
                        .put("topic", recording.topic())
                        .put("host_email", recording.host())
                        .put("timezone", recording.timeZone())
                        .put("duration", recording.minutes());
                zoom.putObject("recording_file")
                        .put("id", recording.id())
                        .put("recording_type", recording.recordingType())
                        .put(
                                "recording_start",
                                recording.start() == null
                                        ? null
                                        : recording.start().toString());
            }
            return zoom.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path document) {
        try {
            Files.deleteIfExists(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
