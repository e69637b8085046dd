package io.github.zoomtranscriber.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * A value that is read again only once it has become old. The longer reading it takes, as in a large ledger, the longer
 * it is kept: reading takes a tenth of the time at most, however many callers ask. Thread-safe; who asks while it is
 * being read waits.
 */
final class Cached<T> {

    private static final int TIMES = 10;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Supplier<T> source;
    private final Duration shortest;
    private final Clock clock;
    private T value;
    private Instant since;
    private Duration lifetime;

    /** @param shortest how long a value is kept at least */
    Cached(Supplier<T> source, Duration shortest, Clock clock) {
        this.source = source;
        this.shortest = shortest;
        this.clock = clock;
    }

    /** @throws RuntimeException as the source does: then nothing is kept */
    synchronized T get() {
        Instant begin = clock.instant();
        if (since == null || Duration.between(since, begin).abs().compareTo(lifetime) > 0) {
            T read = source.get();
            since = clock.instant();
            Duration took = Duration.between(begin, since).abs().multipliedBy(TIMES);
            lifetime = took.compareTo(LONGEST) > 0 ? LONGEST : took.compareTo(shortest) < 0 ? shortest : took;
            value = read;
        }
        return value;
    }
}
