package io.github.zoomtranscriber.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How we stand with each vendor. Says once that one is out, and once that it is back, however many calls fail in
 * between; remembers whether it takes our key, and what it says is left of our quota. Thread-safe.
 */
public final class Outages {

    private static final Logger LOG = LoggerFactory.getLogger(Outages.class);
    /** A single failure is everyday business. */
    private static final int IN_A_ROW = 5;

    private final Clock clock;
    private final Map<Vendor, Outage> outages = new EnumMap<>(Vendor.class);
    private final Map<Vendor, String> refusals = new EnumMap<>(Vendor.class);
    private final Map<Vendor, Integer> quotas = new EnumMap<>(Vendor.class);

    private static final class Outage {
        private int failures;
        private Instant since;
    }

    public Outages(Clock clock) {
        this.clock = clock;
    }

    /**
     * A call failed in a way that may pass.
     *
     * @param text the reason, cleaned
     */
    public synchronized void failed(Vendor vendor, String text) {
        Outage outage = outages.computeIfAbsent(vendor, v -> new Outage());
        if (outage.since == null) {
            outage.since = clock.instant();
        }
        if (++outage.failures == IN_A_ROW) {
            LOG.warn("{} is failing; calls keep being retried: {}", vendor, text);
        }
    }

    /** A call was answered, be it by a refusal. */
    public synchronized void answered(Vendor vendor) {
        Outage outage = outages.remove(vendor);
        if (outage != null && outage.failures >= IN_A_ROW) {
            LOG.info(
                    "{} has recovered after {} s and {} failed calls",
                    vendor,
                    Duration.between(outage.since, clock.instant()).toSeconds(),
                    outage.failures);
        }
    }

    /**
     * It does not take our key.
     *
     * @param text its words, cleaned; null: it does
     */
    synchronized void keyRefused(Vendor vendor, String text) {
        if (text == null) {
            refusals.remove(vendor);
        } else {
            refusals.put(vendor, text);
        }
    }

    /** What it said when it refused our key last; empty if it has taken it since. */
    public synchronized Optional<String> keyRefusal(Vendor vendor) {
        return Optional.ofNullable(refusals.get(vendor));
    }

    synchronized void quota(Vendor vendor, int left) {
        quotas.put(vendor, left);
    }

    /** How many requests it said that we have left; empty where it does not say. */
    public synchronized OptionalInt quota(Vendor vendor) {
        return quotas.containsKey(vendor) ? OptionalInt.of(quotas.get(vendor)) : OptionalInt.empty();
    }
}
