package io.github.zoomtranscriber.observe;

import io.github.zoomtranscriber.assemblyai.Submissions;
import io.github.zoomtranscriber.http.Outages;
import io.github.zoomtranscriber.http.Vendor;
import io.github.zoomtranscriber.ledger.Failure;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.LedgerException;
import io.github.zoomtranscriber.ledger.Notes;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.ledger.Statistics;
import io.github.zoomtranscriber.work.Deliveries;
import io.github.zoomtranscriber.work.SteadyClock;
import io.github.zoomtranscriber.zoom.Ticks;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger's metrics. They survive a restart, and are the same on each of several nodes. For one scrape the ledger is
 * read once.
 */
final class LedgerMetrics implements MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerMetrics.class);
    private static final String PREFIX = "zoom.transcriber.";
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int HOURS = 24;

    private final Ledger ledger;
    private final Outages outages;
    private final SteadyClock clock;
    private final Cached<Reading> cached;
    private Reading last;

    LedgerMetrics(Ledger ledger, Outages outages, SteadyClock clock) {
        this.ledger = ledger;
        this.outages = outages;
        this.clock = clock;
        this.cached = new Cached<>(this::read, FRESH, clock);
    }

    /**
     * What was read at once.
     *
     * @param ok whether the ledger answered; if not, the rest is what it said before
     */
    private record Reading(
            boolean ok,
            Map<State, Integer> counts,
            long audioSeconds,
            Map<Failure, Integer> failures,
            Statistics.Durations lag,
            Instant oldest,
            Instant goodTick,
            boolean paused,
            boolean deliveriesPaused,
            int stuck) {

        int in(State state) {
            return counts.getOrDefault(state, 0);
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "ledger.up", "1 while the ledger's database answers, else 0", reading -> reading.ok() ? 1 : 0);
        counter(
                registry,
                "found",
                null,
                "Recordings that Zoom has listed",
                reading -> reading.counts().values().stream()
                        .mapToLong(Integer::longValue)
                        .sum());
        counter(
                registry,
                "delivered",
                null,
                "Recordings whose files are on disk",
                reading -> reading.in(State.DELIVERED));
        counter(registry, "audio", "seconds", "Length of the audio that was charged", Reading::audioSeconds);
        for (State state : State.values()) {
            register(
                    registry,
                    Gauge.builder(PREFIX + "recordings", this, metrics -> metrics.reading()
                                    .in(state))
                            .tag("state", word(state))
                            .description("Recordings in each state"));
        }
        for (Failure failure : Failure.values()) {
            register(
                    registry,
                    Gauge.builder(PREFIX + "failed", this, metrics -> metrics.reading()
                                    .failures()
                                    .getOrDefault(failure, 0))
                            .tag("reason", word(failure))
                            .description("Recordings that have failed and wait for a retry, by " + "kind of failure"));
        }
        gauge(
                registry,
                "in.flight",
                "Recordings that were submitted to AssemblyAI and are not delivered yet",
                reading -> reading.in(State.SUBMITTING) + reading.in(State.TRANSCRIBING));
        gauge(
                registry,
                "stuck",
                "Recordings that AssemblyAI has been working on for longer than transcribe.stuck-after",
                Reading::stuck);
        gauge(
                registry,
                "paused",
                "1 while submissions are paused because AssemblyAI refuses all of them, else 0",
                reading -> reading.paused() ? 1 : 0);
        gauge(
                registry,
                "deliveries.paused",
                "1 while deliveries are paused because no transcript can be written or sent, else 0",
                reading -> reading.deliveriesPaused() ? 1 : 0);
        seconds(
                registry,
                "oldest.unfinished",
                "Age of the oldest recording that is neither delivered nor given up",
                null,
                reading -> reading.oldest() == null
                        ? 0
                        : Math.max(
                                0,
                                Duration.between(reading.oldest(), clock.wall()).toMillis() / 1000.0));
        seconds(
                registry,
                "lag",
                "Time from finding a recording to its files, for those delivered in the last 24 hours",
                "0.5",
                reading -> reading.lag().fromFound());
        seconds(
                registry,
                "lag",
                "Time from finding a recording to its files, for those delivered in the last 24 hours",
                "0.9",
                reading -> reading.lag().nineOfTen());
        seconds(
                registry,
                "last.good.tick.timestamp",
                "When Zoom was last listed completely, in seconds since 1970",
                null,
                reading -> reading.goodTick() == null
                        ? Double.NaN
                        : reading.goodTick().getEpochSecond());
        for (Vendor vendor : Vendor.values()) {
            register(
                    registry,
                    Gauge.builder(PREFIX + "quota.remaining", outages, known -> quota(known.quota(vendor)))
                            .tag("vendor", word(vendor))
                            .description("Requests that the vendor still allows, if it says so"));
        }
    }

    private static double quota(OptionalInt left) {
        return left.isPresent() ? left.getAsInt() : Double.NaN;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Reading> of) {
        register(
                registry,
                Gauge.builder(PREFIX + name, this, metrics -> of.applyAsDouble(metrics.reading()))
                        .description(description));
    }

    private void seconds(
            MeterRegistry registry, String name, String description, String quantile, ToDoubleFunction<Reading> of) {
        Gauge.Builder<LedgerMetrics> gauge = Gauge.builder(
                        PREFIX + name, this, metrics -> of.applyAsDouble(metrics.reading()))
                .description(description)
                .baseUnit("seconds");
        register(registry, quantile == null ? gauge : gauge.tag("quantile", quantile));
    }

    private static void register(MeterRegistry registry, Gauge.Builder<?> gauge) {
        gauge.strongReference(true).register(registry);
    }

    private void counter(
            MeterRegistry registry, String name, String unit, String description, ToDoubleFunction<Reading> of) {
        FunctionCounter.builder(PREFIX + name, this, metrics -> of.applyAsDouble(metrics.reading()))
                .baseUnit(unit)
                .description(description)
                .register(registry);
    }

    private Reading reading() {
        return cached.get();
    }

    private Reading read() {
        try {
            Statistics statistics = ledger.statistics();
            last = new Reading(
                    true,
                    statistics.counts(),
                    statistics.audioSeconds(),
                    statistics.failures(),
                    statistics.durations(HOURS),
                    statistics.oldestUnfinished().orElse(null),
                    ledger.notes()
                            .find(Ticks.GOOD_NOTE)
                            .map(Notes.Note::updatedAt)
                            .orElse(null),
                    ledger.notes().find(Submissions.NOTE).isPresent(),
                    ledger.notes().find(Deliveries.NOTE).isPresent(),
                    statistics.stuck());
            return last;
        } catch (LedgerException e) {
            LOG.warn("Metrics are out of date because the ledger does not answer: {}", e.getMessage());
            return last == null
                    ? new Reading(
                            false,
                            Map.of(),
                            0,
                            Map.of(),
                            new Statistics.Durations(0, 0, 0, 0),
                            null,
                            null,
                            false,
                            false,
                            0)
                    : new Reading(
                            false,
                            last.counts(),
                            last.audioSeconds(),
                            last.failures(),
                            last.lag(),
                            last.oldest(),
                            last.goodTick(),
                            last.paused(),
                            last.deliveriesPaused(),
                            last.stuck());
        }
    }
}
