package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Skips recordings that are not wanted. */
@Command(
        name = "skip",
        mixinStandardHelpOptions = true,
        description = "Skips recordings: they are not transcribed, or no longer polled. What AssemblyAI has accepted "
                + "already is charged nevertheless. Works beside a running daemon; forget undoes it.")
final class Skip implements Callable<Integer> {

    @Parameters(paramLabel = "ID", arity = "1..*", description = "These recordings.")
    private List<String> ids;

    @Option(names = "--dry-run", description = "Only say what would be skipped.")
    private boolean dryRun;

    @Override
    public Integer call() {
        return WorkingFolder.withLedger(WorkingFolder.optionsWithoutLogins(), this::skip);
    }

    private int skip(Ledger ledger) {
        List<Entry> entries = ids.stream()
                .distinct()
                .map(id -> WorkingFolder.find(ledger, id))
                .toList();
        for (Entry entry : entries) {
            if (entry.state() == State.DELIVERED) {
                throw new UsageException("Recording " + entry.id() + " is delivered already, so it cannot be skipped");
            }
        }
        for (Entry entry : entries) {
            boolean changes = dryRun
                    ? entry.state() != State.SKIPPED
                    : ledger.interventions().skip(entry.id());
            System.out.printf(
                    "%s %s, it %s %s%n",
                    changes ? dryRun ? "would be skipped:" : "skipped:" : "unchanged:",
                    entry.id(),
                    changes && !dryRun ? "was" : "is",
                    entry.state().name().toLowerCase());
        }
        return ExitCode.DONE;
    }
}
