package io.github.zoomtranscriber.reload;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.util.URISupport;

/** The routes of a folder and how they are connected. */
public final class RouteMap {

    /**
     * One route.
     *
     * @param id its id
     * @param description its description in the file; empty if there is none
     * @param file where it is defined
     * @param line its line there, counted from 1
     * @param from the endpoint that it consumes from, as in the file, without secrets
     * @param calls the endpoints that it sends to, in the order of its steps, without duplicates
     */
    public record Entry(String id, String description, String file, int line, String from, List<Call> calls) {}

    /**
     * A step that sends to an endpoint.
     *
     * @param endpoint the endpoint as in the file, without secrets
     * @param route the id of the route in this folder that consumes from it, or null
     * @param missing whether it must be a route of this program and there is none
     */
    public record Call(String endpoint, String route, boolean missing) {

        @Override
        public String toString() {
            boolean namesake = route == null || endpoint.equals("direct:" + route);
            return endpoint + (missing ? "  (no route consumes from it)" : namesake ? "" : "  -> " + route);
        }
    }

    private final CamelContext context;
    private final Map<String, String> begins;

    private RouteMap(CamelContext context, Collection<RouteDefinition> routes) {
        this.context = context;
        this.begins = routes.stream()
                .collect(Collectors.toMap(
                        route -> address(route.getInput().getEndpointUri()), RouteDefinition::getRouteId, (a, b) -> a));
    }

    /** The routes in a context, sorted by file. */
    public static List<Entry> of(CamelContext context) {
        List<RouteDefinition> routes =
                context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions();
        RouteMap map = new RouteMap(context, routes);
        return routes.stream()
                .filter(route -> RouteFiles.path(route) != null)
                .map(map::entry)
                .sorted(Comparator.comparing(Entry::file).thenComparing(Entry::line))
                .toList();
    }

    private Entry entry(RouteDefinition route) {
        Set<String> uris = new LinkedHashSet<>();
        // the error handling of a routeConfiguration comes first in the model, and is listed last
        route.getOutputs().stream()
                .sorted(Comparator.comparing(OnExceptionDefinition.class::isInstance))
                .forEach(step -> addCalls(step, uris));
        int line = Math.max(route.getLineNumber(), route.getInput().getLineNumber());
        return new Entry(
                route.getRouteId(),
                route.getDescriptionText() == null
                        ? ""
                        : route.getDescriptionText().strip(),
                RouteFiles.path(route),
                line,
                shown(route.getInput().getEndpointUri()),
                uris.stream().map(this::call).distinct().toList());
    }

    private static void addCalls(ProcessorDefinition<?> step, Set<String> uris) {
        if (step instanceof ToDynamicDefinition dynamic) {
            uris.add(dynamic.getUri());
        } else if (step instanceof EndpointRequiredDefinition sends) {
            uris.add(sends.getEndpointUri());
        }
        step.getOutputs().forEach(inner -> addCalls(inner, uris));
    }

    private Call call(String uri) {
        String address = address(uri);
        String route = begins.get(address);
        return new Call(shown(uri), route, route == null && address.startsWith("direct:") && !address.contains("${"));
    }

    /** The part that URIs of the same endpoint have in common. */
    private String address(String uri) {
        return context.resolvePropertyPlaceholders(uri)
                .replaceFirst("\\?.*", "")
                .replaceFirst("://", ":");
    }

    private static String shown(String uri) {
        return URISupport.sanitizeUri(uri)
                .replaceFirst("\\?.*", "")
                .replaceFirst("^(direct|seda|timer|quartz|file)://", "$1:");
    }
}
