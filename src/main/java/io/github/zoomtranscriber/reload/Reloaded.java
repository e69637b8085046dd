package io.github.zoomtranscriber.reload;

import java.util.Set;

/** Is told of routes that were stopped. */
@FunctionalInterface
public interface Reloaded {

    /**
     * Called after a change took effect, and after one that was taken back, on the thread that watches the folder.
     * <p>
     * Exchanges that slept in a {@code delay} of one of these routes are gone, without any callback: also those that came there by way of a route
     * that still runs. Those that were in the middle of a call had a few seconds to end.
     *
     * @param routeIds ids of the routes that were stopped, whether or not a new route runs under the id; never empty
     */
    void reloaded(Set<String> routeIds);
}
