package io.github.zoomtranscriber.assemblyai;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;

/**
 * Plans requests ahead, so that no five minutes hold more than AssemblyAI takes in them. Time is cut into minutes. Each may take half of
 * what those before it have left: a burst of a few hundred recordings waits for nothing, and thousands find some room in every
 * minute. What finds its minute full is moved to the next that is not, to any instant in it. Thread-safe.
 */
final class Budget {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    /** Any five minutes touch six of the clock's. */
    private static final int MINUTES = 6;

    private final IntSupplier limit;
    private final Clock clock;
    private final TreeMap<Long, Integer> planned = new TreeMap<>();

    /** @param perFiveMinutes how many requests there may be in any five minutes, from now on */
    Budget(IntSupplier perFiveMinutes, Clock clock) {
        this.limit = perFiveMinutes;
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
        while (!hasRoom(minute)) {
            minute++;
        }
        planned.merge(minute, 1, Integer::sum);
        return minute == first ? wanted : Instant.ofEpochMilli(minute * MINUTE + ThreadLocalRandom.current().nextLong(MINUTE));
    }

    private boolean hasRoom(long minute) {
        int limit = this.limit.getAsInt();
        if (planned.getOrDefault(minute, 0) >= Math.max(1, (limit - sum(minute - MINUTES + 1, minute - 1)) / 2)) {
            return false;
        }
        for (long from = minute - MINUTES + 1; from <= minute; from++) {
            if (sum(from, from + MINUTES - 1) >= limit) {
                return false;
            }
        }
        return true;
    }

    private int sum(long from, long to) {
        return planned.subMap(from, true, to, true).values().stream().mapToInt(Integer::intValue).sum();
    }
}
