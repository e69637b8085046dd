package io.github.zoomtranscriber.http;

import org.apache.camel.Exchange;
import org.apache.camel.Route;

/** What holds around every call to a vendor: it is judged by itself alone, and leaves nothing behind but its answer. */
public final class CallPolicy extends RedeliveryCountPolicy {

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        super.onExchangeBegin(route, exchange);
        forgetFailures(exchange);
    }

    /** A header of the request holds the token, and one of the answer would steer the next call. */
    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        exchange.getMessage().removeHeaders("*");
        if (exchange.getException() == null) {
            exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
        }
        super.onExchangeDone(route, exchange);
    }
}
