package io.github.zoomtranscriber.observe;

import io.vertx.core.http.HttpMethod;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts every route that answers on the built-in server behind the {@link Door}, whoever wrote it: what is to be open to
 * everybody has to say so. Who is not let in is answered here, before the route's first step.
 */
public final class DoorPolicy extends RoutePolicySupport implements RoutePolicyFactory {

    /** The routeConfiguration of the routes that look themselves at who calls. */
    private static final String OPEN = "webhook";

    private static final Logger LOG = LoggerFactory.getLogger(DoorPolicy.class);
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final Door door;

    public DoorPolicy(Door door) {
        this.door = door;
    }

    /** @return this; null for a route that is open to everybody */
    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String id, NamedNode route) {
        String configurations = Objects.requireNonNullElse(((RouteDefinition) route).getRouteConfigurationId(), "");
        return Arrays.stream(configurations.split(",")).map(String::strip).anyMatch(OPEN::equals) ? null : this;
    }

    /** Also while the program stops: the server still takes requests then. */
    @Override
    public boolean isRunAllowed() {
        return true;
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        // routes that are called by the one that answers have its request too
        if (!(exchange.getMessage() instanceof HttpMessage request)
                || !route.getRouteId().equals(exchange.getFromRouteId())) {
            return;
        }
        try {
            if (READING.contains(request.getRequest().method())) {
                door.enter(exchange);
            } else {
                door.change(exchange);
            }
        } catch (UnauthorizedException stranger) {
            PageAnswer.clear(exchange);
            door.refuse(exchange, stranger);
            exchange.setRouteStop(true);
        } catch (RuntimeException e) {
            // Camel would go on without its policy
            LOG.error("A request to {} could not be checked", route.getRouteId(), e);
            PageAnswer.text(exchange, 500, "Internal error");
            exchange.setRouteStop(true);
        }
    }
}
