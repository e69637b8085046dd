package io.github.zoomtranscriber;

import io.github.zoomtranscriber.embedded.OwnNames;
import io.github.zoomtranscriber.http.CallPolicy;
import io.github.zoomtranscriber.options.Options;
import java.util.Arrays;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;

/**
 * Gives a {@link CallPolicy} to each route that makes a call to a vendor: those whose {@code routeConfigurationId} says {@code call}, with
 * the estate's prefix where our routes stand beside others'.
 */
final class CallPolicies implements RoutePolicyFactory {

    private static final String CONFIGURATION = "call";

    private final RoutePolicy policy = new CallPolicy();

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String id, NamedNode route) {
        Options options = context.getRegistry().lookupByNameAndType("zoomOptions", Options.class);
        if (options == null) {
            return null;
        }
        String ids = Objects.requireNonNullElse(((RouteDefinition) route).getRouteConfigurationId(), "");
        String ours = (options.isOfContext() ? context.resolvePropertyPlaceholders(OwnNames.PREFIX) : "") + CONFIGURATION;
        boolean call = Arrays.stream(context.resolvePropertyPlaceholders(ids).split(",")).map(String::strip).anyMatch(ours::equals);
        return call ? policy : null;
    }
}
