package io.github.zoomtranscriber.observe;

import io.github.zoomtranscriber.assemblyai.Submissions;
import io.github.zoomtranscriber.http.Outages;
import io.github.zoomtranscriber.http.Vendor;
import io.github.zoomtranscriber.ledger.Failure;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.Notes;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.ledger.Statistics;
import io.github.zoomtranscriber.ledger.Steps;
import io.github.zoomtranscriber.work.AfterDelivery;
import io.github.zoomtranscriber.work.Deliveries;
import io.github.zoomtranscriber.work.Pause;
import io.github.zoomtranscriber.work.QueueWatch;
import io.github.zoomtranscriber.work.SteadyClock;
import io.github.zoomtranscriber.zoom.Ticks;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The ledger's metrics. They survive a restart, and are the same on each of several nodes. For one scrape the ledger is
 * read once.
 *
 * <p>Nobody waits for a ledger that does not answer. Then counters are what they were when it did, as nothing can have
 * been counted since, and so is the time of the last listing; how things stand is not known, and is left out.
 */
final class LedgerMetrics implements MultiCollector {

    private static final String PREFIX = "zoom_transcriber_";
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int HOURS = 24;

    private final Ledger ledger;
    private final LedgerWatch watch;
    private final AfterDelivery afterDelivery;
    private final Outages outages;
    private final QueueWatch queue;
    private final SteadyClock clock;
    private final Asked<Reading> readings;

    LedgerMetrics(
            Ledger ledger,
            LedgerWatch watch,
            Outages outages,
            QueueWatch queue,
            AfterDelivery afterDelivery,
            SteadyClock clock) {
        this.afterDelivery = afterDelivery;
        this.ledger = ledger;
        this.watch = watch;
        this.outages = outages;
        this.queue = queue;
        this.clock = clock;
        this.readings = LedgerWatch.asked(new Cached<>(this::read, FRESH, clock)::get);
    }

    /** What was read at once. */
    private record Reading(
            Map<State, Integer> counts,
            long audioSeconds,
            Map<Failure, Integer> failures,
            Statistics.Durations lag,
            Instant oldest,
            Instant goodTick,
            boolean paused,
            boolean deliveriesPaused,
            Map<String, Steps.Count> steps,
            Set<String> pausedSteps,
            int stuck) {

        int in(State state) {
            return counts.getOrDefault(state, 0);
        }
    }

    private Reading read() {
        Statistics statistics = ledger.statistics();
        return new Reading(
                statistics.counts(),
                statistics.audioSeconds(),
                statistics.failures(),
                statistics.durations(HOURS),
                statistics.oldestUnfinished().orElse(null),
                ledger.notes().find(Ticks.GOOD_NOTE).map(Notes.Note::updatedAt).orElse(null),
                ledger.notes().find(Submissions.NOTE).isPresent(),
                ledger.notes().find(Deliveries.NOTE).isPresent(),
                afterDelivery.left(),
                ledger.notes().startingWith(Pause.NOTE_OF_STEP).keySet(),
                statistics.stuck());
    }

    @Override
    public MetricSnapshots collect() {
        readings.begin();
        boolean up = watch.problem().isEmpty();
        List<MetricSnapshot> all = new ArrayList<>();
        all.add(gauge("ledger_up", "1 while the ledger's database answers, else 0", up ? 1 : 0));
        all.add(quotas());
        all.add(gauge(
                "queue_unanswered",
                "1 while the queue takes ids from this node and gives none back, else 0",
                queue.problem().isPresent() ? 1 : 0));
        Reading reading = reading();
        if (reading != null) {
            all.addAll(counters(reading));
            if (reading.goodTick() != null) {
                all.add(gauge(
                        "last_good_tick_timestamp_seconds",
                        "When Zoom was last listed completely, in seconds since 1970",
                        reading.goodTick().getEpochSecond()));
            }
            if (up) {
                all.addAll(gauges(reading));
            }
        }
        return new MetricSnapshots(all);
    }

    /** @return the one before where a large ledger takes its time; null if there is none */
    private Reading reading() {
        try {
            return readings.get(Asked.PROBE);
        } catch (UnansweredException e) {
            return readings.last();
        }
    }

    private static List<MetricSnapshot> counters(Reading reading) {
        return List.of(
                counter(
                        "found",
                        "Recordings that Zoom has listed",
                        reading.counts().values().stream()
                                .mapToLong(Integer::longValue)
                                .sum()),
                counter("delivered", "Recordings whose files are on disk", reading.in(State.DELIVERED)),
                counter("audio_seconds", "Length of the audio that was charged", reading.audioSeconds()));
    }

    private List<MetricSnapshot> gauges(Reading reading) {
        return List.of(
                gauges("recordings", "Recordings in each state", "state", State.values(), reading::in),
                gauges(
                        "failed",
                        "Recordings that have failed and wait for a retry, by kind of failure",
                        "reason",
                        Failure.values(),
                        reason -> reading.failures().getOrDefault(reason, 0)),
                gauge(
                        "in_flight",
                        "Recordings that were submitted to AssemblyAI and are not delivered yet",
                        reading.in(State.SUBMITTING) + reading.in(State.TRANSCRIBING)),
                gauge(
                        "stuck",
                        "Recordings that AssemblyAI has been working on for longer than transcribe.stuck-after",
                        reading.stuck()),
                gauge(
                        "paused",
                        "1 while submissions are paused because AssemblyAI refuses all of them, else 0",
                        reading.paused() ? 1 : 0),
                gauge(
                        "deliveries_paused",
                        "1 while deliveries are paused because no transcript can be written or sent, else 0",
                        reading.deliveriesPaused() ? 1 : 0),
                gauges(
                        "steps_open",
                        "Recordings for which a step after delivery is still to be done",
                        "step",
                        afterDelivery.names(),
                        step -> reading.steps().containsKey(step)
                                ? reading.steps().get(step).open()
                                : 0),
                gauges(
                        "steps_oldest_seconds",
                        "How long ago the oldest of them was delivered",
                        "step",
                        afterDelivery.names(),
                        step -> reading.steps().containsKey(step)
                                ? Math.max(
                                        0,
                                        secondsSince(reading.steps().get(step).oldest()))
                                : 0),
                gauges(
                        "steps_paused",
                        "1 while a step is paused because its endpoint takes nothing, else 0",
                        "step",
                        afterDelivery.names(),
                        step -> reading.pausedSteps().contains(step) ? 1 : 0),
                gauge(
                        "oldest_unfinished_seconds",
                        "Age of the oldest recording that is neither delivered nor given up",
                        reading.oldest() == null ? 0 : Math.max(0, secondsSince(reading.oldest()))),
                gauge(
                        "lag_p50_seconds",
                        "Time from finding a recording to its files: the median of those delivered in the last 24 hours",
                        reading.lag().fromFound()),
                gauge(
                        "lag_p90_seconds",
                        "Time from finding a recording to its files: within this, nine of ten of those delivered in the last 24 hours",
                        reading.lag().nineOfTen()));
    }

    private double secondsSince(Instant then) {
        return Duration.between(then, clock.wall()).toMillis() / 1000.0;
    }

    private MetricSnapshot quotas() {
        return gauges(
                "quota_remaining",
                "Requests that the vendor still allows; NaN if it does not say so",
                "vendor",
                Vendor.values(),
                vendor -> {
                    OptionalInt left = outages.quota(vendor);
                    return left.isPresent() ? left.getAsInt() : Double.NaN;
                });
    }

    private static MetricSnapshot counter(String name, String help, double value) {
        return CounterSnapshot.builder()
                .name(PREFIX + name)
                .help(help)
                .dataPoint(CounterDataPointSnapshot.builder().value(value).build())
                .build();
    }

    private static MetricSnapshot gauge(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(PREFIX + name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }

    private static <E extends Enum<E>> MetricSnapshot gauges(
            String name, String help, String label, E[] words, ToDoubleFunction<E> of) {
        Map<String, E> byName = new LinkedHashMap<>();
        for (E word : words) {
            byName.put(word.name().toLowerCase(Locale.ROOT), word);
        }
        return gauges(name, help, label, byName.keySet(), word -> of.applyAsDouble(byName.get(word)));
    }

    private static MetricSnapshot gauges(
            String name, String help, String label, Collection<String> values, ToDoubleFunction<String> of) {
        GaugeSnapshot.Builder gauges =
                GaugeSnapshot.builder().name(PREFIX + name).help(help);
        for (String value : values) {
            gauges.dataPoint(GaugeDataPointSnapshot.builder()
                    .labels(Labels.of(label, value))
                    .value(of.applyAsDouble(value))
                    .build());
        }
        return gauges.build();
    }
}
