package io.github.zoomtranscriber.assemblyai;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;

/**
 * Plans requests ahead, so that no five minutes hold more than AssemblyAI takes in them. Time is cut into minutes. Each
 * may take half of what those before it have left: a burst of a few hundred recordings waits for nothing, and thousands
 * find some room in every minute. What finds its minute full is moved to the next that is not, to any instant in it.
 * Thread-safe.
 */
final class Budget {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    /** Any five minutes touch six of the clock's. */
    private static final int MINUTES = 6;
    /** For so many minutes more as many recordings will be submitted as just now: a look must not take their place. */
    private static final int GOES_ON = 2;

    private static final long RECENT = Duration.ofSeconds(10).toMillis();

    private final IntSupplier limit;
    private final Clock clock;
    private final TreeMap<Long, Integer> planned = new TreeMap<>();
    /** Those of them that were made whatever the plan, and when the last ones were. */
    private final TreeMap<Long, Integer> spent = new TreeMap<>();

    private final Queue<Long> recent = new ArrayDeque<>();

    /** @param perFiveMinutes how many requests there may be in any five minutes, from now on */
    Budget(IntSupplier perFiveMinutes, Clock clock) {
        this.limit = perFiveMinutes;
        this.clock = clock;
    }

    /** A request that is made now, whatever the plan: the others give way. */
    synchronized void spend() {
        planned.merge(clock.millis() / MINUTE, 1, Integer::sum);
        spent.merge(clock.millis() / MINUTE, 1, Integer::sum);
        recent.add(clock.millis());
    }

    /** @return when a request that is wanted then can be made: then, or later */
    synchronized Instant plan(Instant wanted) {
        long now = clock.millis() / MINUTE;
        planned.headMap(now - MINUTES, true).clear();
        spent.headMap(now - 1, false).clear();
        long first = wanted.toEpochMilli() / MINUTE;
        long minute = first;
        while (!hasRoom(minute, now)) {
            minute++;
        }
        planned.merge(minute, 1, Integer::sum);
        return minute == first
                ? wanted
                : Instant.ofEpochMilli(
                        minute * MINUTE + ThreadLocalRandom.current().nextLong(MINUTE));
    }

    private boolean hasRoom(long minute, long now) {
        int limit = this.limit.getAsInt();
        if (load(minute, minute, now) >= Math.max(1, (limit - load(minute - MINUTES + 1, minute - 1, now)) / 2)) {
            return false;
        }
        for (long from = minute - MINUTES + 1; from <= minute; from++) {
            if (load(from, from + MINUTES - 1, now) >= limit) {
                return false;
            }
        }
        return true;
    }

    /** What is planned, and what is likely to be made whatever the plan. */
    private int load(long from, long to, long now) {
        int load = planned.subMap(from, true, to, true).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        while (!recent.isEmpty() && recent.peek() < clock.millis() - RECENT) {
            recent.remove();
        }
        int pace = recent.size() * (int) (MINUTE / RECENT);
        for (long minute = Math.max(from, now); minute <= Math.min(to, now + GOES_ON); minute++) {
            load += Math.max(0, pace - spent.getOrDefault(minute, 0));
        }
        return load;
    }
}
