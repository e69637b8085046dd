package io.github.zoomtranscriber.http;

import org.apache.camel.Exchange;
import org.apache.camel.Route;

/** What holds around every call to a vendor: it is judged by itself alone, and leaves nothing behind but its answer. */
public final class CallPolicy extends RedeliveryCountPolicy {

    /**
     * Once an error handler has given up on an exchange, Camel (4.18.0) lets none handle what fails later in it, also
     * where a doCatch has caught that: it would be neither tried again nor end as it should.
     */
    static void forgetFailures(Exchange exchange) {
        exchange.getExchangeExtension().setFailureHandled(false);
        exchange.getExchangeExtension().setErrorHandlerHandled(null);
    }

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
