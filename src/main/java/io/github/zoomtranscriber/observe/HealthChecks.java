package io.github.zoomtranscriber.observe;

import io.github.zoomtranscriber.assemblyai.Submissions;
import io.github.zoomtranscriber.http.Outages;
import io.github.zoomtranscriber.http.Vendor;
import io.github.zoomtranscriber.work.Deliveries;
import io.github.zoomtranscriber.work.QueueWatch;
import io.github.zoomtranscriber.work.SteadyClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.quartz.CronExpression;

/** The health checks in {@code /observe/health} that are not Camel's: whether the program can do its work. */
public final class HealthChecks {

    /** A day's transcripts take a few MB; the rest is for the database, which must be able to write. */
    private static final long LEAST_BYTES = 64L << 20;

    private HealthChecks() {}

    /**
     * Adds the checks that are DOWN, with the reason, while submissions or deliveries are paused, or the queue gives
     * nothing back.
     */
    public static void addPauses(CamelContext context, HealthCheckRegistry registry) {
        Submissions submissions = context.getRegistry().lookupByNameAndType("assemblyaiSubmissions", Submissions.class);
        Deliveries deliveries = context.getRegistry().lookupByNameAndType("zoomDeliveries", Deliveries.class);
        QueueWatch queue = context.getRegistry().lookupByNameAndType("zoomQueueWatch", QueueWatch.class);
        registry.register(
                new ReadinessCheck("assemblyai-submissions", () -> Optional.ofNullable(submissions.pauseReason())));
        registry.register(new ReadinessCheck("deliveries", () -> Optional.ofNullable(deliveries.pauseReason())));
        registry.register(new ReadinessCheck("queue", queue::problem));
    }

    /**
     * Adds the checks to the context.
     *
     * @param schedule when Zoom is listed; null if it is not
     * @param folders which folders need free space
     */
    public static void addTo(CamelContext context, CronExpression schedule, List<Path> folders) {
        LedgerWatch ledger = context.getRegistry().lookupByNameAndType("zoomLedgerWatch", LedgerWatch.class);
        Outages outages = context.getRegistry().lookupByNameAndType("zoomOutages", Outages.class);
        SteadyClock clock = context.getRegistry().lookupByNameAndType("zoomClock", SteadyClock.class);
        HealthCheckRegistry registry = HealthCheckRegistry.get(context);
        addPauses(context, registry);
        registry.register(new ReadinessCheck("zoom-login", () -> outages.keyRefusal(Vendor.ZOOM)));
        registry.register(new ReadinessCheck("ledger", Problems.ofLedger(ledger)));
        registry.register(new ReadinessCheck("disk", Problems.ofDisk(folders, LEAST_BYTES)));
        if (schedule != null) {
            registry.register(new ReadinessCheck("ticks", Problems.ofTicks(ledger, schedule, clock)));
        }
    }
}
