package io.github.zoomtranscriber.work;

import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Route;
import org.apache.camel.throttling.ThrottlingInflightRoutePolicy;

/**
 * What holds around a route that takes recordings from the queue: it leaves the queue alone while too many are in
 * flight, and gets nothing but what was queued. Headers from outside could send a call, and a token, elsewhere.
 */
public final class QueuePolicy extends ThrottlingInflightRoutePolicy {

    /** @param mostInFlight above so many exchanges, the queue is left alone */
    public QueuePolicy(int mostInFlight) {
        setMaxInflightExchanges(mostInFlight);
        setResumePercentOfMax(90);
        setLoggingLevel(LoggingLevel.DEBUG);
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        exchange.getMessage().removeHeaders("*");
        // a SEDA queue passes on the sender's variables, and its failures
        exchange.removeVariable("*");
        exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
        super.onExchangeBegin(route, exchange);
        // Camel only looks when an exchange is done: until the first is, it would take in a whole queue
        throttle(route, exchange);
    }
}
