package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Retries failed recordings from where they failed. */
@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        description = "Puts failed recordings back to where they failed; a running daemon, or the next run, continues "
                + "from there.")
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
    }

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
        return WorkingFolder.withLedger(WorkingFolder.optionsWithoutLogins(), this::retry);
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
