package io.github.zoomtranscriber.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What is looked up anew only when it is old. The longer a look takes, as in a large ledger, the longer it is kept: looking costs a tenth
 * of the time at most, however many ask. Thread-safe; who asks during a look waits for it.
 */
final class Kept<T> {

    private static final int TIMES = 10;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Supplier<T> look;
    private final Duration least;
    private final Clock clock;
    private T last;
    private Instant since;
    private Duration fresh;

    /** @param least how long a look is kept that took no time */
    Kept(Supplier<T> look, Duration least, Clock clock) {
        this.look = look;
        this.least = least;
        this.clock = clock;
    }

    /** @throws RuntimeException as the look does: nothing is kept then */
    synchronized T get() {
        Instant begin = clock.instant();
        if (since == null || Duration.between(since, begin).abs().compareTo(fresh) > 0) {
            T found = look.get();
            since = clock.instant();
            Duration took = Duration.between(begin, since).abs().multipliedBy(TIMES);
            fresh = took.compareTo(LONGEST) > 0 ? LONGEST : took.compareTo(least) < 0 ? least : took;
            last = found;
        }
        return last;
    }
}
