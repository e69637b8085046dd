package io.github.zoomtranscriber.http;

import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Keeps apart how often a route was tried by whoever called it, and how often it has tried something itself. Camel
 * (4.18.0) counts both in the same headers of the message that failed: where the route has removed them, or has a new
 * message from an endpoint, each repetition would be the first, and there would be no end of them; and what the route
 * has used up itself would leave none to whoever catches its failure. A failure that was caught in the route is over
 * when the route ends well.
 */
public class RedeliveryCountPolicy extends RoutePolicySupport {

    private static final String COUNTER = "CamelRedeliver";

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        Map<String, Object> counter = new TreeMap<>(exchange.getMessage().getHeaders());
        counter.keySet().removeIf(header -> !header.startsWith(COUNTER));
        exchange.setProperty(property(route), counter);
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        Map<?, ?> counter = (Map<?, ?>) exchange.removeProperty(property(route));
        if (exchange.getException() != null && counter != null) {
            exchange.getMessage().removeHeaders(COUNTER + "*");
            counter.forEach((header, value) -> exchange.getMessage().setHeader((String) header, value));
        }
        if (exchange.getException() == null && !isHandledByErrorHandler(exchange)) {
            forgetFailures(exchange);
        }
    }

    /** Then whoever called the route does not go on either. */
    private static boolean isHandledByErrorHandler(Exchange exchange) {
        ExchangeExtension extension = exchange.getExchangeExtension();
        return extension.isErrorHandlerHandledSet() && extension.isErrorHandlerHandled();
    }

    /**
     * Once an error handler has given up on an exchange, Camel (4.18.0) lets none handle what fails later in it, also
     * where a doCatch has caught that: it would be neither tried again nor end as it should.
     */
    static void forgetFailures(Exchange exchange) {
        exchange.getExchangeExtension().setFailureHandled(false);
        exchange.getExchangeExtension().setErrorHandlerHandled(null);
    }

    private static String property(Route route) {
        return COUNTER + " in " + route.getRouteId();
    }
}
