package io.github.zoomtranscriber.http;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Lets a line be logged at most once a minute, so that no stranger can fill a log. Thread-safe. */
public final class Seldom {

    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanos;
    private boolean any;
    private long last;
    private long more;

    public Seldom() {
        this(System::nanoTime);
    }

    /** @param nanos monotonic time in nanoseconds */
    Seldom(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * @param line logs the line, unless the last one is less than a minute old; is given how often nothing was logged
     *     since, in words to be put at its end
     */
    public synchronized void log(Consumer<String> line) {
        long now = nanos.getAsLong();
        if (any && now - last < PAUSE) {
            more++;
            return;
        }
        line.accept(more == 0 ? "" : " (" + more + " more like this since the last such line)");
        any = true;
        last = now;
        more = 0;
    }
}
