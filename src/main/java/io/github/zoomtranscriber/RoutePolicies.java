package io.github.zoomtranscriber;

import io.github.zoomtranscriber.embedded.RecordingsSource;
import io.github.zoomtranscriber.options.Options;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.RouteTemplateContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.EndpointHelper;

/**
 * Gives our routes their policies, which YAML cannot in every Camel: what is {@code routePolicy} there up to 4.18.0 is
 * {@code routePolicyRef} from 4.18.1 on, and each refuses the other's name. A route is known by what it does, not by
 * its id, which whoever edits it may change.
 */
final class RoutePolicies implements RoutePolicyFactory {

    private static final String IN_FLIGHT = "zoomInFlight";

    private static final String INTAKE = "zoomIntake";
    /** What the Kamelet's template calls its bean. */
    private static final String RECORDINGS_SOURCE = "zoomRecordingsSource";

    /** @return what the route is to have besides the policies that it names itself; null if it is none of ours */
    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String id, NamedNode node) {
        RouteDefinition route = (RouteDefinition) node;
        RoutePolicy source = recordingsSource(route.getRouteTemplateContext());
        if (source != null) {
            return source;
        }
        if (takesFrom("queue", context, route)) {
            return namesItself(route) ? null : context.getRegistry().lookupByNameAndType(IN_FLIGHT, RoutePolicy.class);
        }
        return takesFrom("queue.in", context, route)
                ? context.getRegistry().lookupByNameAndType(INTAKE, RoutePolicy.class)
                : null;
    }

    private static RoutePolicy recordingsSource(RouteTemplateContext template) {
        return template == null
                ? null
                : template.getLocalBeanRepository().lookupByNameAndType(RECORDINGS_SOURCE, RecordingsSource.class);
    }

    private static boolean takesFrom(String option, CamelContext context, RouteDefinition route) {
        Options options = context.getRegistry().lookupByNameAndType("zoomOptions", Options.class);
        return options != null
                && !options.get(option).isEmpty()
                && address(context, route.getEndpointUrl()).equals(address(context, options.get(option)));
    }

    /** However it is written: with placeholders, or with its parameters in another order. */
    private static String address(CamelContext context, String uri) {
        return EndpointHelper.normalizeEndpointUri(EndpointHelper.resolveEndpointUriPropertyPlaceholders(context, uri));
    }

    /** Routes that were edited under an earlier version do. */
    private static boolean namesItself(RouteDefinition route) {
        return route.getRoutePolicyRef() != null && route.getRoutePolicyRef().contains(IN_FLIGHT);
    }
}
