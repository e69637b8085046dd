package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.options.Options;
import io.github.zoomtranscriber.reload.Entrance;
import io.github.zoomtranscriber.work.KeptTranscripts;
import io.github.zoomtranscriber.work.Transcripts;
import io.github.zoomtranscriber.work.Work;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Writes files again from the kept transcripts: in other formats, under other names, or because they were deleted by
 * hand.
 */
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        description =
                "Writes the files of delivered recordings again, in the current formats and under the current names, from the kept "
                        + "transcripts. Calls neither Zoom nor AssemblyAI and costs nothing; works beside a running daemon.")
final class Render implements Callable<Integer> {

    @Parameters(paramLabel = "ID", arity = "0..*", description = "The recordings to write (default: all).")
    private List<String> ids = List.of();

    @Option(names = "--from", paramLabel = "DAY", description = "Only recordings of this day (UTC) or later.")
    private LocalDate from = LocalDate.MIN;

    @Option(names = "--to", paramLabel = "DAY", description = "Only recordings of this day (UTC) or earlier.")
    private LocalDate to = LocalDate.MAX;

    @Option(names = "--dry-run", description = "Only print what would be written and what would be moved.")
    private boolean dryRun;

    @Override
    public Integer call() throws Exception {
        Options options = WorkingFolder.optionsWithoutLogins(
                Map.of("zoom.discover", "false", "routes.reload", "false", "camel.main.auto-startup", "false"));
        try (Daemon daemon = Daemon.beside(options, WorkingFolder.routes(options))) {
            daemon.start();
            daemon.startDirectRoutes();
            Ledger ledger = daemon.bean("zoomLedger", Ledger.class);
            KeptTranscripts kept = daemon.bean("zoomKeptTranscripts", KeptTranscripts.class);
            Transcripts transcripts = daemon.bean("zoomTranscripts", Transcripts.class);
            int missing = 0;
            try (ProducerTemplate template = daemon.context().createProducerTemplate()) {
                for (Entry entry : entries(ledger)) {
                    if (!kept.has(entry)) {
                        missing++;
                        System.err.printf(
                                "%s cannot be rendered: its transcript is no longer kept in %s%n",
                                entry.id(), options.get("data.directory"));
                    } else if (dryRun) {
                        transcripts.plan(entry).forEach(System.out::println);
                    } else {
                        render(template, entry);
                        ledger.records()
                                .files(entry.id())
                                .forEach(file -> System.out.println(Path.of(options.get("output.directory"), file)));
                    }
                }
            }
            return missing == 0 ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private List<Entry> entries(Ledger ledger) {
        List<Entry> entries = ids.isEmpty()
                ? ledger.records().list(State.DELIVERED, Integer.MAX_VALUE)
                : ids.stream().map(id -> delivered(ledger, id)).toList();
        return entries.stream()
                .filter(entry -> {
                    LocalDate day = entry.recording().start() == null
                            ? null
                            : LocalDate.ofInstant(entry.recording().start(), ZoneOffset.UTC);
                    return day == null || !day.isBefore(from) && !day.isAfter(to);
                })
                .toList();
    }

    private static Entry delivered(Ledger ledger, String id) {
        Entry entry = ledger.records()
                .find(id)
                .orElseThrow(() -> new UsageException("There is no recording " + id + " in the ledger"));
        if (entry.state() != State.DELIVERED) {
            throw new UsageException("Recording " + id + " is not delivered: it is "
                    + entry.state().name().toLowerCase());
        }
        return entry;
    }

    private static void render(ProducerTemplate template, Entry entry) throws Exception {
        Exchange done = Entrance.FINISH.call(template, Map.of(Work.VARIABLE, Work.of(entry)));
        if (done.getException() != null) {
            throw done.getException();
        }
    }
}
