package io.github.zoomtranscriber.work;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.LongSupplier;

/**
 * A clock for whatever waits or measures. It begins with the wall clock's time and goes on by {@link System#nanoTime},
 * so nobody sets it. It also notices when the wall clock is set. Thread-safe.
 */
public final class SteadyClock extends Clock {

    /** A smaller step delays nothing by more than itself. */
    static final Duration LEAST_STEP = Duration.ofSeconds(10);

    /** A process that was held up between two looks at its clocks knows nothing of how they differ. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    /** Times before the oldest of so many steps are taken to be of the same clock as that. */
    private static final int STEPS = 100;

    private final Clock wall;
    private final LongSupplier nanos;
    private final long startNanos;
    private final Instant start;
    /** The newest first; never empty. */
    private final Deque<Setting> settings = new ArrayDeque<>();

    private Duration ahead = Duration.ZERO;

    /** From when on, by this clock, the wall clock was how far ahead of it. */
    private record Setting(Instant since, Duration ahead) {}

    /** The one for a program. */
    public SteadyClock() {
        this(Clock.systemUTC(), System::nanoTime);
    }

    /**
     * For tests.
     *
     * @param wall the clock that somebody may set
     * @param nanos as {@link System#nanoTime}
     */
    public SteadyClock(Clock wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
        this.start = wall.instant();
        settings.add(new Setting(start, Duration.ZERO));
    }

    @Override
    public Instant instant() {
        return at(nanos.getAsLong());
    }

    private Instant at(long reading) {
        return start.plusNanos(reading - startNanos);
    }

    /** What the wall clock says. */
    public Instant wall() {
        return wall.instant();
    }

    /** The wall clock, for what is compared with a date or with somebody else's time. */
    public Clock wallClock() {
        return wall;
    }

    /**
     * How far the wall clock is ahead of this one; negative if it was set back. It looks, so this is how a step is
     * noticed.
     */
    public synchronized Duration ahead() {
        long before = nanos.getAsLong();
        Instant now = wall.instant();
        if (nanos.getAsLong() - before > LONGEST_LOOK.toNanos()) {
            return ahead;
        }
        Duration found = Duration.between(at(before), now);
        if (isStep(found.minus(ahead))) {
            settings.addFirst(new Setting(at(before), found));
            if (settings.size() > STEPS) {
                settings.removeLast();
            }
        }
        // what it gains or loses bit by bit adds up to no step
        ahead = found;
        return ahead;
    }

    /** Whether a difference between two looks means that the wall clock was set. */
    public static boolean isStep(Duration difference) {
        return difference.abs().compareTo(LEAST_STEP) >= 0;
    }

    /** When the wall clock was set last, by this clock; or when this process began. */
    public synchronized Instant lastSet() {
        ahead();
        return settings.getFirst().since();
    }

    /**
     * Says by this clock when something happened.
     *
     * @param then when it happened by the wall clock, as that was set at the time
     */
    public synchronized Instant steady(Instant then) {
        ahead();
        // nothing has happened yet that is to come; but another machine's clock may be a little ahead
        Instant until = instant().plus(LEAST_STEP);
        for (Iterator<Setting> newestFirst = settings.iterator(); newestFirst.hasNext(); ) {
            Setting setting = newestFirst.next();
            Instant steady = then.minus(setting.ahead());
            if (!newestFirst.hasNext() || !steady.isBefore(setting.since()) && steady.isBefore(until)) {
                return steady;
            }
            until = setting.since();
        }
        throw new IllegalStateException();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("this clock measures; days are the wall clock's");
    }
}
