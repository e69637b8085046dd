package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.Options;
import io.github.zoomtranscriber.assemblyai.Submissions;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.Ledger.Unfinished;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.recovery.Troubles;
import io.github.zoomtranscriber.zoom.Tally;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** One tick, and all that follows from it until nothing is left to do. */
final class Round {

    private static final long LOOK_MS = 250;

    private final Options options;
    private final Path routes;
    private Ledger ledger;
    private Instant begin;
    private String unreachable;
    private List<Entry> delivered = List.of();
    private List<Entry> failed = List.of();
    private Map<State, Integer> counts = Map.of();

    /** @param options with {@code zoom.discover=false}: the one tick is made here */
    Round(Options options, Path routes) {
        this.options = options;
        this.routes = routes;
    }

    Round run() throws Exception {
        try (Daemon daemon = new Daemon(options, routes)) {
            daemon.start();
            CamelContext context = daemon.context();
            ledger = context.getRegistry().lookupByNameAndType("zoomLedger", Ledger.class);
            begin = ledger.now();
            Exception failure = tick(context);
            if (failure == null) {
                waitForTheEnd(daemon);
            } else {
                unreachable = Clean.text(failure.getMessage());
            }
            delivered = since(State.DELIVERED);
            failed = since(State.FAILED);
            counts = ledger.counts();
        }
        return this;
    }

    private static Exception tick(CamelContext context) throws Exception {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            Exchange tick = template.request("direct:discover", exchange -> { });
            return tick.getException() != null ? tick.getException() : tick.getVariable("tally", Tally.class).getFailure();
        }
    }

    private void waitForTheEnd(Daemon daemon) throws InterruptedException {
        CamelContext context = daemon.context();
        Submissions submissions = context.getRegistry().lookupByNameAndType("assemblyaiSubmissions", Submissions.class);
        Troubles troubles = context.getRegistry().lookupByNameAndType("zoomTroubles", Troubles.class);
        Unfinished left = ledger.unfinished();
        while (left.working() + left.waiting() > 0 && !daemon.isStopping()) {
            String refusal = submissions.pauseReason() != null ? submissions.pauseReason() : troubles.zoomRefusal();
            if (left.working() == 0 && !refusal.isEmpty()) {
                unreachable = refusal;
                return;
            }
            Thread.sleep(LOOK_MS);
            left = ledger.unfinished();
        }
    }

    private List<Entry> since(State state) {
        return ledger.list(state, 10_000).stream().filter(entry -> !entry.updatedAt().isBefore(begin)).toList();
    }

    List<Entry> delivered() {
        return delivered;
    }

    List<Entry> failed() {
        return failed;
    }

    /** Says what came of it. @return the exit code */
    int report(PrintStream out) {
        out.printf("delivered %d, failed %d%s%n", delivered.size(), failed.size(), also(State.PROCESSING, ", still processing at Zoom %d"));
        failed.forEach(entry -> out.printf("  failed: %s \"%s\": %s%n", entry.id(), Clean.text(entry.recording().topic()), entry.reason()));
        int left = count(State.DISCOVERED) + count(State.SUBMITTING) + count(State.TRANSCRIBING);
        if (left > 0) {
            out.printf("  left to do: %d, which the next run goes on with%n", left);
        }
        if (unreachable != null) {
            System.err.println(unreachable);
            return ExitCode.UNREACHABLE;
        }
        return failed.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private String also(State state, String text) {
        return count(state) == 0 ? "" : text.formatted(count(state));
    }

    private int count(State state) {
        return counts.getOrDefault(state, 0);
    }
}
