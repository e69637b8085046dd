package io.github.zoomtranscriber.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/** So many requests in any five minutes, for the whole account (AssemblyAI's documentation of 2026). */
final class RequestLimit {

    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final ArrayDeque<Instant> taken = new ArrayDeque<>();

    synchronized boolean allows(Instant now, int limit) {
        while (!taken.isEmpty() && taken.peek().plus(WINDOW).isBefore(now)) {
            taken.poll();
        }
        if (taken.size() >= limit) {
            return false;
        }
        taken.add(now);
        return true;
    }

    synchronized void reset() {
        taken.clear();
    }
}
