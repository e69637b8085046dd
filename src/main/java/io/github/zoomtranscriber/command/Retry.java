package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.options.Options;
import io.github.zoomtranscriber.work.AfterDelivery;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Retries failed recordings from where they failed. */
@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        description = "Puts failed recordings back to where they failed, or has a step after delivery done again; a "
                + "running daemon, or the next run, continues from there.")
final class Retry implements Callable<Integer> {

    @ArgGroup(multiplicity = "1")
    private Which which;

    @Option(names = "--dry-run", description = "Only say what would be put back.")
    private boolean dryRun;

    private static final class Which {
        @Parameters(paramLabel = "ID", description = "These recordings.")
        private List<String> ids;

        @Option(names = "--failed", description = "All that have failed.")
        private boolean failed;

        @Option(
                names = "--since",
                paramLabel = "YYYY-MM-DD",
                description = "With --step: all that were delivered on that day (UTC) or later.")
        private LocalDate since;
    }

    @Option(
            names = "--step",
            paramLabel = "NAME",
            description = "Have this step after delivery done, also where it was done before: notify, trash-at-zoom, "
                    + "delete-at-assemblyai, or one of output.then, under the name that status shows.")
    private String step;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "With --failed: only those whose reason contains this text, such as \"disk full\", or has "
                    + "this code, such as DOWNLOAD_FAILED.")
    private String reason;

    @Override
    public Integer call() {
        if (!reason.isEmpty() && !which.failed) {
            throw new UsageException("--reason can only be used with --failed");
        }
        if (step == null && which.since != null || step != null && which.failed) {
            throw new UsageException("--since can only be used with --step, and --failed cannot");
        }
        Options options = WorkingFolder.optionsWithoutLogins();
        return WorkingFolder.withLedger(options, step == null ? this::retry : ledger -> repeat(ledger, options));
    }

    private int repeat(Ledger ledger, Options options) {
        Set<String> known = AfterDelivery.endpoints(options::get).keySet();
        if (!known.contains(step)) {
            throw new UsageException("There is no step '" + step + "': expected "
                    + (known.isEmpty() ? "one in output.then" : String.join(", ", known)));
        }
        List<String> ids = which.since != null
                ? ledger.steps()
                        .deliveredSince(which.since.atStartOfDay(ZoneOffset.UTC).toInstant())
                : which.ids.stream().map(id -> delivered(ledger, id)).toList();
        if (!dryRun) {
            ledger.steps().repeat(step, ids);
        }
        System.err.printf("%s %s for %d recordings%n", step, dryRun ? "would be done" : "is to be done", ids.size());
        return ExitCode.DONE;
    }

    private static String delivered(Ledger ledger, String id) {
        Entry entry = WorkingFolder.find(ledger, id);
        if (entry.state() != State.DELIVERED) {
            throw new UsageException("Recording " + id + " is not delivered: it is "
                    + entry.state().name().toLowerCase() + ", and its steps follow its delivery");
        }
        return id;
    }

    private int retry(Ledger ledger) {
        List<Entry> entries = which.failed
                ? ledger.records().failed(reason)
                : which.ids.stream().map(id -> failed(ledger, id)).toList();
        for (Entry entry : entries) {
            if (!dryRun) {
                ledger.progress().retry(entry.id());
            }
            System.out.printf("%s%s: %s%n", dryRun ? "would be " : "", "put back " + entry.id(), entry.reason());
        }
        System.err.printf("%d %s%n", entries.size(), dryRun ? "would be put back" : "put back");
        return ExitCode.DONE;
    }

    private static Entry failed(Ledger ledger, String id) {
        Entry entry = WorkingFolder.find(ledger, id);
        if (entry.state() != State.FAILED) {
            throw new UsageException("Recording " + id + " has not failed: it is "
                    + entry.state().name().toLowerCase());
        }
        return entry;
    }
}
