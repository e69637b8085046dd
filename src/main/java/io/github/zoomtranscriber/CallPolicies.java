package io.github.zoomtranscriber;

import io.github.zoomtranscriber.http.CallPolicy;
import java.util.Arrays;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;

/** Gives a {@link CallPolicy} to each route that makes a call to a vendor: those whose {@code routeConfigurationId} says {@code call}. */
final class CallPolicies implements RoutePolicyFactory {

    private static final String CONFIGURATION = "call";

    private final RoutePolicy policy = new CallPolicy();
    private final String configuration;

    /** @param prefix how the ids of our routeConfigurations begin: where they stand beside others', they have one */
    CallPolicies(String prefix) {
        this.configuration = prefix + CONFIGURATION;
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String id, NamedNode route) {
        String ids = Objects.requireNonNullElse(((RouteDefinition) route).getRouteConfigurationId(), "");
        String ours = context.resolvePropertyPlaceholders(configuration);
        boolean call = Arrays.stream(context.resolvePropertyPlaceholders(ids).split(",")).map(String::strip).anyMatch(ours::equals);
        return call ? policy : null;
    }
}
