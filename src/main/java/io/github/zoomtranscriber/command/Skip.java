package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Interventions;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Recordings that are not wanted. */
@Command(name = "skip", mixinStandardHelpOptions = true,
        description = "Leaves recordings out: they are not transcribed, or waited for no longer. What AssemblyAI has taken already is charged "
                + "all the same. Works beside a running daemon; forget takes it back.")
final class Skip implements Callable<Integer> {

    @Parameters(paramLabel = "ID", arity = "1..*", description = "These recordings.")
    private List<String> ids;

    @Option(names = "--dry-run", description = "Only says what would be skipped.")
    private boolean dryRun;

    @Override
    public Integer call() {
        return WorkingFolder.withInterventions(WorkingFolder.optionsWithoutLogins(), this::skip);
    }

    private int skip(Ledger ledger, Interventions interventions) {
        List<Entry> entries = ids.stream().distinct().map(id -> WorkingFolder.find(ledger, id)).toList();
        for (Entry entry : entries) {
            if (entry.state() == State.DELIVERED) {
                throw new UsageException("Recording " + entry.id() + " is delivered already: there is nothing to skip");
            }
        }
        for (Entry entry : entries) {
            boolean changes = dryRun ? entry.state() != State.SKIPPED : interventions.skip(entry.id());
            System.out.printf("%s %s, it %s %s%n", changes ? dryRun ? "would be skipped:" : "skipped:" : "unchanged:", entry.id(),
                    changes && !dryRun ? "was" : "is", entry.state().name().toLowerCase());
        }
        return ExitCode.DONE;
    }
}
