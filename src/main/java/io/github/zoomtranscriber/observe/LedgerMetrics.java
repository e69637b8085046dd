package io.github.zoomtranscriber.observe;

import io.github.zoomtranscriber.assemblyai.Submissions;
import io.github.zoomtranscriber.http.Outages;
import io.github.zoomtranscriber.http.Vendor;
import io.github.zoomtranscriber.ledger.Failure;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.LedgerException;
import io.github.zoomtranscriber.ledger.Overview;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.zoom.Ticks;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger as numbers. What is counted there goes on over a restart, and is the same on each of several nodes. One look at the ledger is
 * enough for one scrape.
 */
final class LedgerMetrics implements MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerMetrics.class);
    private static final String PREFIX = "zoom.transcriber.";
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int HOURS = 24;

    private final Ledger ledger;
    private final Outages outages;
    private final Clock clock;
    private final Kept<Look> kept;
    private Look last;

    LedgerMetrics(Ledger ledger, Outages outages, Clock clock) {
        this.ledger = ledger;
        this.outages = outages;
        this.clock = clock;
        this.kept = new Kept<>(this::lookAgain, FRESH, clock);
    }

    /**
     * What one look shows.
     *
     * @param ok whether the ledger answered; if not, the rest is what it said before
     */
    private record Look(boolean ok, Map<State, Long> totals, long audioSeconds, Map<Failure, Integer> failures, Overview.Duration lag, Instant oldest,
                        Instant goodTick, boolean paused, int stuck) {

        long in(State state) {
            return totals.getOrDefault(state, 0L);
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "ledger.up", "1 while the ledger's database answers", look -> look.ok() ? 1 : 0);
        counter(registry, "found", null, "recordings that Zoom has listed", look -> look.totals().values().stream().mapToLong(Long::longValue).sum());
        counter(registry, "delivered", null, "recordings whose files are on disk", look -> look.in(State.DELIVERED));
        counter(registry, "audio", "seconds", "length of the audio that was charged", Look::audioSeconds);
        for (State state : State.values()) {
            register(registry, Gauge.builder(PREFIX + "recordings", this, metrics -> metrics.look().in(state)).tag("state", word(state))
                    .description("recordings in each state"));
        }
        for (Failure failure : Failure.values()) {
            register(registry, Gauge.builder(PREFIX + "failed", this, metrics -> metrics.look().failures().getOrDefault(failure, 0))
                    .tag("reason", word(failure)).description("recordings that have failed and wait for a retry"));
        }
        gauge(registry, "in.flight", "submitted to AssemblyAI and not yet delivered", look -> look.in(State.SUBMITTING) + look.in(State.TRANSCRIBING));
        gauge(registry, "stuck", "submitted for longer than transcribe.stuck-after", Look::stuck);
        gauge(registry, "paused", "1 while AssemblyAI refuses all submissions", look -> look.paused() ? 1 : 0);
        seconds(registry, "oldest.unfinished", "since the oldest recording was found that is neither delivered nor given up", null,
                look -> look.oldest() == null ? 0 : Duration.between(look.oldest(), clock.instant()).toMillis() / 1000.0);
        seconds(registry, "lag", "from finding a recording to its files, of those delivered in the last 24 hours", "0.5", look -> look.lag().fromFound());
        seconds(registry, "lag", "from finding a recording to its files, of those delivered in the last 24 hours", "0.9", look -> look.lag().nineOfTen());
        seconds(registry, "last.good.tick.timestamp", "when Zoom was listed last without being broken off, since 1970", null,
                look -> look.goodTick() == null ? Double.NaN : look.goodTick().getEpochSecond());
        for (Vendor vendor : Vendor.values()) {
            register(registry, Gauge.builder(PREFIX + "quota.remaining", outages, known -> quota(known.quota(vendor)))
                    .tag("vendor", word(vendor)).description("requests left, where the vendor says so"));
        }
    }

    private static double quota(OptionalInt left) {
        return left.isPresent() ? left.getAsInt() : Double.NaN;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Look> of) {
        register(registry, Gauge.builder(PREFIX + name, this, metrics -> of.applyAsDouble(metrics.look())).description(description));
    }

    private void seconds(MeterRegistry registry, String name, String description, String quantile, ToDoubleFunction<Look> of) {
        Gauge.Builder<LedgerMetrics> gauge = Gauge.builder(PREFIX + name, this, metrics -> of.applyAsDouble(metrics.look()))
                .description(description).baseUnit("seconds");
        register(registry, quantile == null ? gauge : gauge.tag("quantile", quantile));
    }

    private static void register(MeterRegistry registry, Gauge.Builder<?> gauge) {
        gauge.strongReference(true).register(registry);
    }

    private void counter(MeterRegistry registry, String name, String unit, String description, ToDoubleFunction<Look> of) {
        FunctionCounter.builder(PREFIX + name, this, metrics -> of.applyAsDouble(metrics.look())).baseUnit(unit).description(description)
                .register(registry);
    }

    private Look look() {
        return kept.get();
    }

    private Look lookAgain() {
        try {
            Overview overview = ledger.overview();
            last = new Look(true, overview.totals(), overview.audioSeconds(), overview.failures(), overview.durations(HOURS), overview.oldestUnfinished().orElse(null),
                    ledger.note(Ticks.GOOD_NOTE).map(Ledger.Note::updatedAt).orElse(null), ledger.note(Submissions.NOTE).isPresent(), overview.stuck());
            return last;
        } catch (LedgerException e) {
            LOG.warn("The metrics are old: {}", e.getMessage());
            return last == null ? new Look(false, Map.of(), 0, Map.of(), new Overview.Duration(0, 0, 0, 0), null, null, false, 0)
                    : new Look(false, last.totals(), last.audioSeconds(), last.failures(), last.lag(), last.oldest(), last.goodTick(), last.paused(), last.stuck());
        }
    }
}
