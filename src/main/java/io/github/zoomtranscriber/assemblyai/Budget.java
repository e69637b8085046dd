package io.github.zoomtranscriber.assemblyai;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Plans requests ahead, so that no five minutes hold more than AssemblyAI takes in them. Time is cut into minutes, each with an even
 * share; what finds its minute full is moved to the next that is not, to any instant in it. A few hundred recordings never meet the
 * limit. Thread-safe.
 */
final class Budget {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    /** Any five minutes touch six of the clock's. */
    private static final int MINUTES = 6;

    private final int perMinute;
    private final Clock clock;
    private final TreeMap<Long, Integer> planned = new TreeMap<>();

    /** @param perFiveMinutes how many requests there may be in any five minutes */
    Budget(int perFiveMinutes, Clock clock) {
        this.perMinute = Math.max(1, perFiveMinutes / MINUTES);
        this.clock = clock;
    }

    /** A request that is made now, whatever the plan: the others give way. */
    synchronized void spend() {
        planned.merge(clock.millis() / MINUTE, 1, Integer::sum);
    }

    /** @return when a request that is wanted then can be made: then, or later */
    synchronized Instant plan(Instant wanted) {
        long now = clock.millis() / MINUTE;
        planned.headMap(now - MINUTES, true).clear();
        long first = wanted.toEpochMilli() / MINUTE;
        long minute = first;
        while (planned.getOrDefault(minute, 0) >= perMinute || before(minute) >= perMinute * MINUTES) {
            minute++;
        }
        planned.merge(minute, 1, Integer::sum);
        return minute == first ? wanted : Instant.ofEpochMilli(minute * MINUTE + ThreadLocalRandom.current().nextLong(MINUTE));
    }

    /** What stands in the minute and in the five before it. */
    private int before(long minute) {
        return planned.subMap(minute - MINUTES, false, minute, true).values().stream().mapToInt(Integer::intValue).sum();
    }
}
