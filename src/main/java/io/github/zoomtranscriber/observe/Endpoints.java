package io.github.zoomtranscriber.observe;

import io.github.zoomtranscriber.http.Outages;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.work.SteadyClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.component.micrometer.prometheus.MicrometerPrometheus;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;

/**
 * {@code /observe/health} and {@code /observe/metrics}, which are Camel's, on the server that the program has already:
 * Camel would open a second port for them.
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
        router.route("/observe/*").handler(request -> enter(door, request));
        try {
            context.addService(new Listening());
            ManagementHttpServer management = new ManagementHttpServer();
            management.setCamelContext(context);
            management.setPort(0);
            management.setHealthCheckEnabled(true);
            management.setHealthPath(HEALTH);
            management.setMetricsEnabled(true);
            context.addService(management, true, true);
            MicrometerPrometheus metrics = new MicrometerPrometheus();
            // it would make a series of every address that is ever called
            metrics.setEnableExchangeEventNotifier(false);
            metrics.setClearOnReload(false);
            context.addService(metrics, true, true);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        new LedgerMetrics(
                        context.getRegistry().lookupByNameAndType("zoomLedger", Ledger.class),
                        context.getRegistry().lookupByNameAndType("zoomOutages", Outages.class),
                        context.getRegistry().lookupByNameAndType("zoomClock", SteadyClock.class))
                .bindTo(context.getRegistry()
                        .lookupByNameAndType(MicrometerConstants.METRICS_REGISTRY_NAME, MeterRegistry.class));
    }

    /** A probe of a cluster is a stranger, and gets its one word. All else is for those who are let in. */
    private static void enter(Door door, RoutingContext request) {
        if (!door.isLetIn(request.request())) {
            if (!request.normalizedPath().startsWith(HEALTH)) {
                request.response()
                        .putHeader("WWW-Authenticate", "Basic realm=\"zoom-transcriber\", charset=\"UTF-8\"")
                        .setStatusCode(401)
                        .end();
                return;
            }
            request.request().params().remove("data").remove("stackTrace").set("exposureLevel", "oneline");
        }
        request.next();
    }

    /**
     * Stands for the server that listens already: Camel looks for one by its type and its port, which is 0 here
     * whatever it is.
     */
    private static final class Listening extends VertxPlatformHttpServer {

        Listening() {
            super(configuration());
        }

        private static VertxPlatformHttpServerConfiguration configuration() {
            VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
            configuration.setBindPort(0);
            return configuration;
        }

        @Override
        protected void doInit() {
            // nothing is to be made
        }

        @Override
        protected void doStart() {
            // it is there
        }

        @Override
        protected void doStop() {
            // whoever started it stops it
        }
    }
}
