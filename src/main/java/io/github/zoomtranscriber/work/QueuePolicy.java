package io.github.zoomtranscriber.work;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Route;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.throttling.ThrottlingInflightRoutePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What holds around a route that takes recordings from the queue: it leaves the queue alone while too many are in
 * flight, and gets nothing but what was queued. Headers from outside could send a call, and a token, elsewhere.
 */
public final class QueuePolicy extends ThrottlingInflightRoutePolicy {

    private static final Logger LOG = LoggerFactory.getLogger(QueuePolicy.class);

    /** From which part of the most in flight a queue that was left alone is taken from again. */
    static final int RESUME_PERCENT = 90;

    /** Those that run: routes are built more often than they are started. */
    private final List<Route> takers = new CopyOnWriteArrayList<>();

    private boolean looked;
    private volatile Runnable whenDone = () -> {};

    /** @param mostInFlight above so many exchanges, the queue is left alone */
    public QueuePolicy(int mostInFlight) {
        setMaxInflightExchanges(mostInFlight);
        setResumePercentOfMax(RESUME_PERCENT);
        setLoggingLevel(LoggingLevel.DEBUG);
    }

    @Override
    public void onStart(Route route) {
        super.onStart(route);
        takers.add(route);
        if (!looked) {
            looked = true;
            QueueKind.objection(String.valueOf(route.getEndpoint())).ifPresent(LOG::warn);
        }
    }

    @Override
    public void onStop(Route route) {
        takers.remove(route);
        super.onStop(route);
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        strip(exchange, "the queue");
        super.onExchangeBegin(route, exchange);
        // Camel only looks when an exchange is done: until the first is, it would take in a whole queue
        throttle(route, exchange);
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        super.onExchangeDone(route, exchange);
        whenDone.run();
    }

    /**
     * Leaves nothing of whoever sent it but a recording's id as text; null if it is none.
     *
     * @param from where it comes from, for people
     */
    static void strip(Exchange exchange, String from) {
        // before Camel copies a stream, which not every message lets it
        exchange.getMessage().setBody(QueuedId.of(exchange, from));
        exchange.getMessage().removeHeaders("*");
        // a SEDA queue passes on the sender's variables, and its failures
        exchange.removeVariable("*");
        exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
    }

    /** @param whenDone is run whenever a recording is done with */
    void onDone(Runnable whenDone) {
        this.whenDone = whenDone;
    }

    /** How many recordings are worked on. */
    int inFlight() {
        return takers.stream()
                .mapToInt(
                        route -> route.getCamelContext().getInflightRepository().size(route.getRouteId()))
                .sum();
    }

    /** How many ids wait in this node's own queue; 0 where they wait somewhere else. */
    int waiting() {
        return takers.stream()
                .map(Route::getEndpoint)
                .distinct()
                .mapToInt(from -> from instanceof SedaEndpoint own ? own.getCurrentQueueSize() : 0)
                .sum();
    }

    /**
     * Whether no more is taken from the queue for now, for as long as what is worked on takes; or would be in a moment.
     */
    public boolean isFull() {
        int working = inFlight();
        return working > resumeAt(getMaxInflightExchanges()) || working > 0 && waiting() > 0;
    }

    /** At or below so many, a queue that was left alone is taken from again. */
    static int resumeAt(int most) {
        return most * RESUME_PERCENT / 100;
    }
}
