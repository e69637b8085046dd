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

/** The routes of a folder and how they hang together. */
public final class RouteMap {

    /**
     * One route.
     *
     * @param id          its id
     * @param description what it is for, as its file says; empty if that says nothing
     * @param file        where it is defined
     * @param line        the line there, counted from 1
     * @param from        the endpoint that it begins with, as the file says, without secrets
     * @param calls       the endpoints that it sends to, in the order of its steps, each once
     */
    public record Entry(String id, String description, String file, int line, String from, List<Call> calls) {
    }

    /**
     * A step that sends to an endpoint.
     *
     * @param endpoint as the file says, without secrets
     * @param route    the id of the route of this folder that begins there, or null
     * @param missing  whether it is for a route of this program, and there is none
     */
    public record Call(String endpoint, String route, boolean missing) {

        @Override
        public String toString() {
            boolean namesake = route == null || endpoint.equals("direct:" + route);
            return endpoint + (missing ? "  (no route begins there)" : namesake ? "" : "  -> " + route);
        }
    }

    private final CamelContext context;
    private final Map<String, String> begins;

    private RouteMap(CamelContext context, Collection<RouteDefinition> routes) {
        this.context = context;
        this.begins = routes.stream().collect(Collectors.toMap(route -> address(route.getInput().getEndpointUri()), RouteDefinition::getRouteId, (a, b) -> a));
    }

    /** The routes that the context has been given, file by file. */
    public static List<Entry> of(CamelContext context) {
        List<RouteDefinition> routes = context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions();
        RouteMap map = new RouteMap(context, routes);
        return routes.stream().filter(route -> RouteFiles.path(route) != null).map(map::entry)
                .sorted(Comparator.comparing(Entry::file).thenComparing(Entry::line)).toList();
    }

    private Entry entry(RouteDefinition route) {
        Set<String> uris = new LinkedHashSet<>();
        // what a routeConfiguration adds for failures stands first in the model, and is what happens last
        route.getOutputs().stream().sorted(Comparator.comparing(OnExceptionDefinition.class::isInstance)).forEach(step -> addCalls(step, uris));
        int line = Math.max(route.getLineNumber(), route.getInput().getLineNumber());
        return new Entry(route.getRouteId(), route.getDescriptionText() == null ? "" : route.getDescriptionText().strip(), RouteFiles.path(route), line,
                shown(route.getInput().getEndpointUri()), uris.stream().map(this::call).distinct().toList());
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

    /** What two URIs of one endpoint have in common, for those that are inside of this program. */
    private String address(String uri) {
        return context.resolvePropertyPlaceholders(uri).replaceFirst("\\?.*", "").replaceFirst("://", ":");
    }

    private static String shown(String uri) {
        return URISupport.sanitizeUri(uri).replaceFirst("\\?.*", "").replaceFirst("^(direct|seda|timer|quartz|file)://", "$1:");
    }
}
