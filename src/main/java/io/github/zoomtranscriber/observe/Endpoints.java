package io.github.zoomtranscriber.observe;

import io.github.zoomtranscriber.http.Outages;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.work.AfterDelivery;
import io.github.zoomtranscriber.work.QueueWatch;
import io.github.zoomtranscriber.work.SteadyClock;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.component.micrometer.prometheus.MicrometerPrometheus;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * {@code /observe/health} and {@code /observe/metrics}, on the server that the program has already: Camel would open a
 * second port for them.
 */
public final class Endpoints {

    private static final String HEALTH = "/observe/health";

    private Endpoints() {}

    /** Adds them to a context whose server listens already, before its routes are added. */
    public static void addTo(CamelContext context) {
        Door door = context.getRegistry().lookupByNameAndType("zoomDoor", Door.class);
        VertxPlatformHttpRouter router =
                VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.PLATFORM_HTTP_ROUTER_NAME_ZERO);
        // here, as Camel lets no such header out of a route
        router.route().handler(request -> {
            request.response().putHeader("Cache-Control", "no-store");
            request.next();
        });
        // before the server itself refuses any
        router.route().order(-1).handler(request -> {
            door.look(request.request());
            request.next();
        });
        router.route("/observe/*").handler(request -> enter(door, request));
        MicrometerPrometheus metrics = new MicrometerPrometheus();
        // it would make a series of every address that is ever called
        metrics.setEnableExchangeEventNotifier(false);
        metrics.setClearOnReload(false);
        try {
            context.addService(metrics, true, true);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        PrometheusMeterRegistry series = context.getRegistry()
                .lookupByNameAndType(MicrometerConstants.METRICS_REGISTRY_NAME, PrometheusMeterRegistry.class);
        series.getPrometheusRegistry()
                .register(new LedgerMetrics(
                        context.getRegistry().lookupByNameAndType("zoomLedger", Ledger.class),
                        context.getRegistry().lookupByNameAndType("zoomLedgerWatch", LedgerWatch.class),
                        context.getRegistry().lookupByNameAndType("zoomOutages", Outages.class),
                        context.getRegistry().lookupByNameAndType("zoomQueueWatch", QueueWatch.class),
                        context.getRegistry().lookupByNameAndType("zoomAfterDelivery", AfterDelivery.class),
                        context.getRegistry().lookupByNameAndType("zoomClock", SteadyClock.class)));
        Probes probes = new Probes(context, router);
        probes.addLiveness(HEALTH + "/live");
        probes.addReadiness(HEALTH + "/ready");
        probes.addHealth(HEALTH);
        probes.addMetrics("/observe/metrics", series);
    }

    /** A probe of a cluster is a stranger, and gets its one word. All else is for those who are let in. */
    private static void enter(Door door, RoutingContext request) {
        try {
            door.enter(request.request());
        } catch (UnauthorizedException stranger) {
            if (!request.normalizedPath().startsWith(HEALTH)) {
                request.response()
                        .setStatusCode(stranger.status())
                        .putHeader("Content-Type", "text/plain;charset=utf-8");
                stranger.challenge()
                        .ifPresent(challenge -> request.response().putHeader("WWW-Authenticate", challenge));
                request.end(stranger.getMessage() + "\n");
                return;
            }
            request.request().params().remove("data").remove("stackTrace").set("exposureLevel", "oneline");
        }
        request.next();
    }
}
