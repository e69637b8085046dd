package io.github.zoomtranscriber.work;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What holds around a route that takes ids from {@code queue.in} into this node's own queue: it leaves the broker alone
 * while as many are here, worked on or waiting, as may be worked on at a time. The rest is for other nodes.
 * Thread-safe.
 */
public final class Intake extends RoutePolicySupport {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final String from;
    private final QueuePolicy queue;
    /** Each route that runs, not those that were only built, and whether this has suspended it. */
    private final Map<Route, Boolean> suspended = new HashMap<>();

    /** @param from {@code queue.in}; empty: there is none */
    public Intake(String from, QueuePolicy queue) {
        this.from = from;
        this.queue = queue;
        queue.onDone(this::look);
    }

    /** Whether {@code queue.in} is set. */
    public boolean isOn() {
        return !from.isEmpty();
    }

    @Override
    public synchronized void onStart(Route route) {
        suspended.put(route, false);
    }

    @Override
    public synchronized void onStop(Route route) {
        suspended.remove(route);
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        QueuePolicy.strip(exchange, "queue.in");
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        look();
    }

    private void look() {
        if (suspended.isEmpty()) {
            return;
        }
        int here = queue.inFlight() + queue.waiting();
        int most = queue.getMaxInflightExchanges();
        if (here >= most) {
            suspend(true);
        } else if (here <= QueuePolicy.resumeAt(most)) {
            suspend(false);
        }
    }

    private synchronized void suspend(boolean suspend) {
        suspended.replaceAll((route, was) -> {
            if (was == suspend) {
                return was;
            }
            try {
                if (suspend) {
                    suspendOrStopConsumer(route.getConsumer());
                } else if (route.getCamelContext().isStarted()
                        && !route.getCamelContext().isStopping()) {
                    resumeOrStartConsumer(route.getConsumer());
                }
                return suspend;
            } catch (Exception e) {
                LOG.warn(
                        "{} could not be {}: {}",
                        route.getRouteId(),
                        suspend ? "suspended" : "resumed",
                        e.getMessage());
                return was;
            }
        });
    }
}
