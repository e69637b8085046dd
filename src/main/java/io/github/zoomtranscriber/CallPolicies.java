package io.github.zoomtranscriber;

import io.github.zoomtranscriber.embedded.OwnNames;
import io.github.zoomtranscriber.http.CallPolicy;
import io.github.zoomtranscriber.http.RedeliveryCountPolicy;
import io.github.zoomtranscriber.options.Options;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;

/**
 * Gives our routes what holds around each of them: a {@link CallPolicy} to those whose {@code routeConfigurationId}
 * says {@code call}, a {@link RedeliveryCountPolicy} where it says {@code one-try}, {@code listing}, {@code recording}
 * or {@code delivery}. Where our routes stand beside others', these have the estate's prefix.
 */
final class CallPolicies implements RoutePolicyFactory {

    private final Map<String, RoutePolicy> policies = Map.of(
            "call", new CallPolicy(),
            "one-try", new RedeliveryCountPolicy(),
            "listing", new RedeliveryCountPolicy(),
            "recording", new RedeliveryCountPolicy(),
            "delivery", new RedeliveryCountPolicy());

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String id, NamedNode route) {
        Options options = context.getRegistry().lookupByNameAndType("zoomOptions", Options.class);
        if (options == null) {
            return null;
        }
        String prefix = options.isOfContext() ? context.resolvePropertyPlaceholders(OwnNames.PREFIX) : "";
        String ids = Objects.requireNonNullElse(((RouteDefinition) route).getRouteConfigurationId(), "");
        return Arrays.stream(context.resolvePropertyPlaceholders(ids).split(","))
                .map(String::strip)
                .filter(name -> name.startsWith(prefix))
                .map(name -> policies.get(name.substring(prefix.length())))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
