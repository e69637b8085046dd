package io.github.zoomtranscriber.reload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.processor.DelayProcessorSupport;
import org.apache.camel.processor.TotalRequestsThrottler;
import org.apache.camel.spi.AsyncProcessorAwaitManager.AwaitThread;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.spi.ShutdownStrategy;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.service.ServiceHelper;

/** The routes of the folder in the context that runs them. Used by one thread at a time. */
final class RunningRoutes {

    private static final Duration LONGEST_GRACE = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final CamelContext context;
    private final Model model;
    /** The file that made each route from a template, which may be in another file. */
    private final Map<String, String> made = new HashMap<>();

    RunningRoutes(CamelContext context) {
        this.context = context;
        this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
    }

    /** The ids of the routes from these files. */
    Set<String> ids(Set<String> files) {
        Set<String> ids = new LinkedHashSet<>();
        definitions(files).forEach(route -> ids.add(route.getRouteId()));
        return ids;
    }

    RouteDefinition definition(String id) {
        return model.getRouteDefinition(id);
    }

    private List<RouteDefinition> definitions(Set<String> files) {
        return model.getRouteDefinitions().stream()
                .filter(route -> isOf(files, made.getOrDefault(route.getRouteId(), RouteFiles.path(route))))
                .toList();
    }

    private static boolean isOf(Set<String> files, String path) {
        return path != null && files.contains(path);
    }

    /**
     * Stops and removes the routes from some files, and starts the routes that the files contain now.
     *
     * @param files paths of the files
     * @param texts the texts of those that are to run
     * @param all whether these are all files, so that every route configuration is made anew
     * @throws Exception if a route does not start; the other routes from the files may be running or not
     */
    void replace(Set<String> files, Map<String, String> texts, boolean all) throws Exception {
        List<RouteBuilder> builders = RouteFiles.builders(context, texts);
        Set<String> ids = ids(files);
        List<Route> routes =
                ids.stream().map(context::getRoute).filter(Objects::nonNull).toList();
        List<SedaEndpoint> kept = keepQueues(routes);
        try {
            stop(routes);
            remove(files, all);
            releaseWaiters(ids);
            for (RouteBuilder builder : builders) {
                if (builder instanceof RouteConfigurationsBuilder configurations) {
                    configurations.addRouteConfigurationsToCamelContext(context);
                }
            }
            for (RouteBuilder builder : builders) {
                builder.updateRoutesToCamelContext(context);
            }
            for (RouteBuilder builder : builders) {
                Set<RouteDefinition> before = Set.copyOf(model.getRouteDefinitions());
                try {
                    builder.addTemplatedRoutesToCamelContext(context);
                } finally {
                    model.getRouteDefinitions().stream()
                            .filter(route -> !before.contains(route))
                            .forEach(route -> made.put(route.getRouteId(), RouteFiles.path(builder)));
                }
            }
        } finally {
            kept.forEach(SedaEndpoint::shutdown);
        }
    }

    /** The running routes in which calls wait for their turn by the wall clock. */
    List<Route> throttled() {
        return context.getRoutes().stream()
                .filter(route -> !services(route, TotalRequestsThrottler.class).isEmpty())
                .filter(route -> context.getRouteController()
                        .getRouteStatus(route.getRouteId())
                        .isStarted())
                .toList();
    }

    /**
     * Starts routes anew as they are: whatever waits in them is dropped, as by {@link #replace}.
     *
     * @throws Exception if a route does not start; the others may be running or not
     */
    void restart(List<Route> routes) throws Exception {
        List<RouteDefinition> definitions =
                routes.stream().map(route -> definition(route.getRouteId())).toList();
        Set<String> ids = routes.stream().map(Route::getRouteId).collect(Collectors.toSet());
        List<SedaEndpoint> kept = keepQueues(routes);
        try {
            stop(routes);
            for (String id : ids) {
                context.removeRoute(id);
            }
            releaseWaiters(ids);
            model.addRouteDefinitions(definitions);
        } finally {
            kept.forEach(SedaEndpoint::shutdown);
        }
    }

    /**
     * Suspends the consumers, waits for exchanges that are working but not for those in a delay, and stops. Camel's own
     * graceful stop would wait for the delayed ones for its whole time-out, and meanwhile take from the queue messages
     * that it then drops half done.
     */
    private void stop(List<Route> routes) throws Exception {
        // routes that others call are suspended last: their callers may still be working
        for (boolean called : new boolean[] {false, true}) {
            List<Route> those = routes.stream()
                    .filter(route -> route.getEndpoint() instanceof DirectEndpoint == called)
                    .toList();
            those.stream().map(Route::getConsumer).forEach(ServiceHelper::suspendService);
            long until = System.nanoTime() + grace().toNanos();
            while (context.isStarted()
                    && System.nanoTime() < until
                    && those.stream().anyMatch(this::isAtWork)) {
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            }
        }
        for (Route route : routes) {
            if (!context.isStarted()) {
                throw new CancellationException("the program is stopping");
            }
            boolean quiet = !isAtWork(route) && !isPending(route);
            // do not wait for exchanges in a delay
            context.getInflightRepository().removeRoute(route.getRouteId());
            context.getRouteController()
                    .stopRoute(route.getRouteId(), quiet ? grace().toMillis() : 1, TimeUnit.MILLISECONDS);
        }
    }

    private Duration grace() {
        ShutdownStrategy strategy = context.getShutdownStrategy();
        Duration half = Duration.of(
                        strategy.getTimeout(), strategy.getTimeUnit().toChronoUnit())
                .dividedBy(2);
        return half.compareTo(LONGEST_GRACE) < 0 ? half : LONGEST_GRACE;
    }

    private boolean isAtWork(Route route) {
        int asleep = services(route, DelayProcessorSupport.class).stream()
                .mapToInt(DelayProcessorSupport::getDelayedCount)
                .sum();
        return context.getInflightRepository().size(route.getRouteId()) > asleep;
    }

    private boolean isPending(Route route) {
        return services(route, ShutdownAware.class).stream().anyMatch(service -> service.getPendingExchangesSize() > 0);
    }

    private static <T> List<T> services(Route route, Class<T> type) {
        return route.getServices().stream()
                .flatMap(service -> ServiceHelper.getChildServices(service).stream())
                .distinct()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /**
     * A SEDA queue and its messages are dropped with the last endpoint that refers to it: one more endpoint keeps it
     * until the new route does.
     */
    private static List<SedaEndpoint> keepQueues(List<Route> routes) {
        List<SedaEndpoint> kept = new ArrayList<>();
        for (Route route : routes) {
            if (route.getEndpoint() instanceof SedaEndpoint seda) {
                String uri = seda.getEndpointUri();
                SedaEndpoint keeper = new SedaEndpoint(
                        uri + (uri.contains("?") ? "&" : "?") + "kept", seda.getComponent(), seda.getQueue());
                seda.getComponent().getOrCreateQueue(keeper, null, seda.isMultipleConsumers(), null);
                kept.add(keeper);
            }
        }
        return kept;
    }

    private void remove(Set<String> files, boolean all) throws Exception {
        for (RouteDefinition route : definitions(files)) {
            context.removeRoute(route.getRouteId());
            model.removeRouteDefinition(route);
            made.remove(route.getRouteId());
        }
        for (RouteTemplateDefinition template : List.copyOf(model.getRouteTemplateDefinitions())) {
            if (isOf(files, RouteFiles.path(template))) {
                model.removeRouteTemplateDefinition(template);
            }
        }
        // a route configuration from YAML does not know its file
        model.getRouteConfigurationDefinitions()
                .removeIf(configuration ->
                        isOf(files, RouteFiles.path(configuration)) || all && configuration.getResource() == null);
    }

    /** A thread that waits for an exchange of a removed route, usually a scheduler's, would wait forever. */
    private void releaseWaiters(Set<String> ids) {
        for (AwaitThread waiting :
                PluginHelper.getAsyncProcessorAwaitManager(context).browse()) {
            if (ids.contains(Objects.toString(ExchangeHelper.getAtRouteId(waiting.getExchange())))) {
                waiting.getBlockedThread().interrupt();
            }
        }
    }
}
