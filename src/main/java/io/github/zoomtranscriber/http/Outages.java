package io.github.zoomtranscriber.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that a vendor is out, and once that it is back, however many calls fail in between. Thread-safe. */
public final class Outages {

    private static final Logger LOG = LoggerFactory.getLogger(Outages.class);
    /** A single failure is everyday business. */
    private static final int IN_A_ROW = 5;

    private final Clock clock;
    private final Map<Vendor, Outage> outages = new EnumMap<>(Vendor.class);

    private static final class Outage {
        private int failures;
        private Instant since;
    }

    public Outages(Clock clock) {
        this.clock = clock;
    }

    /** A call failed in a way that may pass. @param text the reason, cleaned */
    public synchronized void failed(Vendor vendor, String text) {
        Outage outage = outages.computeIfAbsent(vendor, v -> new Outage());
        if (outage.since == null) {
            outage.since = clock.instant();
        }
        if (++outage.failures == IN_A_ROW) {
            LOG.warn("{} does not answer as it should; going on trying: {}", vendor, text);
        }
    }

    /** A call was answered, be it by a refusal. */
    public synchronized void answered(Vendor vendor) {
        Outage outage = outages.remove(vendor);
        if (outage != null && outage.failures >= IN_A_ROW) {
            LOG.info("{} answers again after {} s and {} failed calls", vendor,
                    Duration.between(outage.since, clock.instant()).toSeconds(), outage.failures);
        }
    }
}
