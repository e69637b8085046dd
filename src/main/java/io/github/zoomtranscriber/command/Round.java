package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.assemblyai.Submissions;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.LedgerException;
import io.github.zoomtranscriber.ledger.Reason;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.ledger.Statistics;
import io.github.zoomtranscriber.ledger.Statistics.Pending;
import io.github.zoomtranscriber.ledger.Statistics.Unfinished;
import io.github.zoomtranscriber.ledger.Steps;
import io.github.zoomtranscriber.options.Options;
import io.github.zoomtranscriber.reload.Entrance;
import io.github.zoomtranscriber.work.AfterDelivery;
import io.github.zoomtranscriber.work.Deliveries;
import io.github.zoomtranscriber.work.SteadyClock;
import io.github.zoomtranscriber.work.Troubles;
import io.github.zoomtranscriber.zoom.Period;
import io.github.zoomtranscriber.zoom.Tally;
import io.github.zoomtranscriber.zoom.Tick;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One tick, and all that follows from it until nothing is left to do. */
public final class Round {

    private static final Logger LOG = LoggerFactory.getLogger(Round.class);
    private static final long LOOK_MS = 250;
    private static final long REMIND_NANOS = Duration.ofMinutes(5).toNanos();
    /** What waits no longer than that is not worth a line. */
    private static final Duration SHORT = Duration.ofSeconds(10);
    /** The ledger is asked more often whether all is done than how far it is. */
    private static final int LOOKS_FOR_ONE = 4;

    private final Options options;
    private final Supplier<Daemon> maker;
    private final Path routes;
    private final List<Period> periods;
    private final Consumer<Statistics> watch;
    private final long mostNanos;
    private final Duration patience;
    private long saidAt;
    private boolean beside;
    private Ledger ledger;
    private Tally tally;
    private final Set<String> unlisted = new LinkedHashSet<>();
    private int postponed;
    private Instant begin;
    private Map<String, Steps.Count> stepsLeft = Map.of();
    private String unreachable;
    private List<Entry> delivered = List.of();
    private List<Entry> failed = List.of();
    private Map<State, Integer> counts = Map.of();

    /** @param options with {@code zoom.discover=false}: the one tick is made here */
    public Round(Options options, Path routes) {
        this(options, routes, Collections.singletonList(null), statistics -> {});
    }

    /**
     * @param periods one tick each, the next when nothing is left to do; null for the days that a tick looks at
     * @param watch is shown the ledger now and then
     */
    public Round(Options options, Path routes, List<Period> periods, Consumer<Statistics> watch) {
        this(options, () -> new Daemon(options, routes), routes, periods, watch, Long.MAX_VALUE);
    }

    /** @param most how long to wait for the end */
    public Round(Options options, Supplier<Daemon> maker, Path routes, Duration most) {
        this(options, maker, routes, Collections.singletonList(null), statistics -> {}, most.toNanos());
    }

    private Round(
            Options options,
            Supplier<Daemon> maker,
            Path routes,
            List<Period> periods,
            Consumer<Statistics> watch,
            long mostNanos) {
        this.options = options;
        this.maker = maker;
        this.routes = routes;
        this.periods = periods;
        this.watch = watch;
        this.mostNanos = mostNanos;
        this.patience = options.duration("once.wait");
    }

    public Round run() throws Exception {
        try (Daemon daemon = Startup.bounded(options).start(this::started)) {
            run(daemon);
        }
        return this;
    }

    private Daemon started() throws Exception {
        Daemon daemon = maker.get();
        try {
            daemon.start();
            return daemon;
        } catch (Exception e) {
            daemon.close();
            throw e;
        }
    }

    /**
     * The same where a daemon runs on the ledger: that one transcribes what is found here.
     *
     * @param still options by which nothing begins by itself
     */
    Round runBeside(Options still) throws Exception {
        try (Daemon daemon = Daemon.beside(still, routes)) {
            daemon.start();
            daemon.startDirectRoutes();
            beside = true;
            run(daemon);
        }
        return this;
    }

    private void run(Daemon daemon) throws Exception {
        ledger = daemon.bean("zoomLedger", Ledger.class);
        try {
            round(daemon);
        } catch (LedgerException e) {
            throw e.isAway() ? new AwayException(e.getMessage() + " This run is over; the next one continues") : e;
        }
    }

    private void round(Daemon daemon) throws Exception {
        begin = patiently(ledger::now);
        for (Period period : periods) {
            Exception failure = tick(daemon.context(), period);
            if (failure != null) {
                unreachable = Clean.text(failure.getMessage());
            } else {
                if (beside) {
                    ledger.offerNow();
                }
                waitForTheEnd(daemon);
                waitForSteps(daemon);
            }
            if (unreachable != null || daemon.isStopping()) {
                break;
            }
        }
        delivered = patiently(() -> since(State.DELIVERED));
        failed = patiently(() -> since(State.FAILED));
        counts = patiently(ledger.statistics()::counts);
        postponed = patiently(() -> ledger.statistics().waitingFor(Reason.DAILY_HOURS_USED_UP));
    }

    /**
     * Asks the ledger, again where its database is away for a while.
     *
     * @throws LedgerException if it was away for too long
     */
    private <T> T patiently(Supplier<T> question) throws InterruptedException {
        while (true) {
            try {
                return question.get();
            } catch (LedgerException e) {
                if (!e.isAway()) {
                    throw e;
                }
                ledger.awaited(patience);
                Thread.sleep(LOOK_MS);
            }
        }
    }

    private Exception tick(CamelContext context, Period period) throws Exception {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            Tick tick = Tick.begin(context.getRegistry().lookupByNameAndType("zoomClock", SteadyClock.class))
                    .over(period);
            Exchange done = patiently(
                    CompletableFuture.supplyAsync(() -> Entrance.TICK.call(template, Map.of(Tick.VARIABLE, tick))));
            if (done.getException() != null) {
                return done.getException();
            }
            tally = tick.tally();
            unlisted.addAll(tally.getRefused());
            return tally.getFailure();
        }
    }

    /** What the routes do is theirs to repeat; but not for longer than this waits. */
    private <T> T patiently(Future<T> done) throws InterruptedException, ExecutionException {
        while (true) {
            try {
                return done.get(LOOK_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                ledger.awaited(patience);
            }
        }
    }

    private void waitForTheEnd(Daemon daemon) throws InterruptedException {
        CamelContext context = daemon.context();
        Submissions submissions = context.getRegistry().lookupByNameAndType("assemblyaiSubmissions", Submissions.class);
        Deliveries deliveries = context.getRegistry().lookupByNameAndType("zoomDeliveries", Deliveries.class);
        Troubles troubles = context.getRegistry().lookupByNameAndType("zoomTroubles", Troubles.class);
        int looks = 0;
        Unfinished left = patiently(ledger.statistics()::unfinished);
        long begun = System.nanoTime();
        while (left.working() + left.waiting() > 0 && !daemon.isStopping() && System.nanoTime() - begun < mostNanos) {
            String refusal = Stream.of(submissions.pauseReason(), deliveries.pauseReason(), troubles.refusal())
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("");
            if (left.working() == 0 && !refusal.isEmpty()) {
                unreachable = refusal;
                return;
            }
            if (looks++ % LOOKS_FOR_ONE == 0) {
                patiently(this::look);
            }
            Thread.sleep(LOOK_MS);
            left = patiently(ledger.statistics()::unfinished);
        }
        patiently(this::look);
    }

    /** For each of them that does not fail again and again: what does is for the next run, or the daemon. */
    private void waitForSteps(Daemon daemon) throws InterruptedException {
        AfterDelivery afterDelivery = daemon.bean("zoomAfterDelivery", AfterDelivery.class);
        long begun = System.nanoTime();
        stepsLeft = patiently(afterDelivery::left);
        // while Zoom or AssemblyAI keeps us from the rest, what is delivered is delivered
        while (!beside
                && patiently(afterDelivery::isBusy)
                && !daemon.isStopping()
                && System.nanoTime() - begun < mostNanos) {
            Thread.sleep(LOOK_MS);
        }
        stepsLeft = patiently(afterDelivery::left);
    }

    private Statistics look() {
        watch.accept(ledger.statistics());
        sayWhatIsWaitedFor();
        return ledger.statistics();
    }

    /** Nothing else may happen for minutes. */
    private void sayWhatIsWaitedFor() {
        if (saidAt != 0 && System.nanoTime() - saidAt < REMIND_NANOS) {
            return;
        }
        Instant now = ledger.now();
        Pending elsewhere = ledger.heldElsewhere();
        Pending waiting = ledger.statistics().waiting();
        if (isLong(elsewhere, now)) {
            saidAt = System.nanoTime();
            LOG.info(
                    "Waiting for {} that another process holds, or one that ended without letting go: until it is done, or "
                            + "their leases are over, {} at the latest",
                    recordings(elsewhere),
                    until(elsewhere, now));
        }
        if (isLong(waiting, now)) {
            saidAt = System.nanoTime();
            LOG.info(
                    "Waiting for the next try of {}, {} at the latest: {}",
                    recordings(waiting),
                    until(waiting, now),
                    Clean.text(waiting.reason()));
        }
    }

    private static boolean isLong(Pending pending, Instant now) {
        return pending.recordings() > 0 && pending.until().isAfter(now.plus(SHORT));
    }

    private static String recordings(Pending pending) {
        return pending.recordings() == 1 ? "1 recording" : pending.recordings() + " recordings";
    }

    private static String until(Pending pending, Instant now) {
        Duration left = Duration.between(now, pending.until());
        return "at " + pending.until().truncatedTo(ChronoUnit.SECONDS) + ", in "
                + (left.toMinutes() > 1 ? left.toMinutes() + " min" : left.toSeconds() + " s");
    }

    private List<Entry> since(State state) {
        return ledger.records().list(state, 10_000).stream()
                .filter(entry -> !entry.updatedAt().isBefore(begin))
                .toList();
    }

    public List<Entry> delivered() {
        return delivered;
    }

    public List<Entry> failed() {
        return failed;
    }

    /**
     * Says what came of it.
     *
     * @return the exit code
     */
    public int report(PrintStream out) {
        return summary().print(out, options.get("output.directory"));
    }

    Summary summary() {
        int left = count(State.DISCOVERED) + count(State.SUBMITTING) + count(State.TRANSCRIBING) - postponed;
        return new Summary(
                delivered,
                failed,
                count(State.PROCESSING),
                postponed,
                left,
                List.copyOf(unlisted),
                stepsLeft,
                tally == null ? null : tally.toString(),
                unreachable);
    }

    private int count(State state) {
        return counts.getOrDefault(state, 0);
    }
}
