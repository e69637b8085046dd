package io.github.zoomtranscriber.reload;

import java.util.Set;

/** Notified of routes that were stopped. */
@FunctionalInterface
public interface Reloaded {

    /**
     * Called after a change took effect or was rolled back, on the thread that polls the folder.
     *
     * <p>Exchanges that were in a {@code delay} of one of these routes are lost without a callback, including those
     * that came from a route that still runs. Exchanges in the middle of a call had a few seconds to finish.
     *
     * @param routeIds the ids of the stopped routes, whether or not a new route has the same id; never empty
     */
    void reloaded(Set<String> routeIds);
}
