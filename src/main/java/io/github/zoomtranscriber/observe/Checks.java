package io.github.zoomtranscriber.observe;

import io.github.zoomtranscriber.assemblyai.Submissions;
import io.github.zoomtranscriber.assemblyai.SubmissionsHealth;
import io.github.zoomtranscriber.http.Outages;
import io.github.zoomtranscriber.http.Vendor;
import io.github.zoomtranscriber.ledger.Ledger;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.quartz.CronExpression;

/** What {@code /observe/health} says beside Camel's own: whether the program can do its work. */
public final class Checks {

    /** A day's transcripts are a few MB; a database that cannot write is worse off. */
    private static final long LEAST_BYTES = 64L << 20;

    private Checks() {
    }

    /**
     * Adds the checks to the context.
     *
     * @param schedule when Zoom is asked; null if it is not
     * @param folders  where room is needed
     */
    public static void addTo(CamelContext context, CronExpression schedule, List<Path> folders) {
        Ledger ledger = context.getRegistry().lookupByNameAndType("zoomLedger", Ledger.class);
        Submissions submissions = context.getRegistry().lookupByNameAndType("assemblyaiSubmissions", Submissions.class);
        Outages outages = context.getRegistry().lookupByNameAndType("zoomOutages", Outages.class);
        HealthCheckRegistry registry = HealthCheckRegistry.get(context);
        Clock clock = Clock.systemUTC();
        registry.register(new SubmissionsHealth(submissions));
        registry.register(new ReadinessCheck("zoom-login", () -> outages.keyRefusal(Vendor.ZOOM)));
        registry.register(new ReadinessCheck("ledger", Troubled.byLedger(ledger)));
        registry.register(new ReadinessCheck("disk", Troubled.byDisk(folders, LEAST_BYTES)));
        if (schedule != null) {
            registry.register(new ReadinessCheck("ticks", Troubled.byTicks(ledger, schedule, clock.instant(), clock)));
        }
    }
}
