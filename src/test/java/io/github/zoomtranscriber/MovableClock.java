package io.github.zoomtranscriber;

import io.github.zoomtranscriber.work.SteadyClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a test moves on. It begins in the morning of 25 November 2026. */
public final class MovableClock extends Clock {

    private volatile Instant now = Instant.parse("2026-11-25T10:00:00Z");
    private volatile Duration passed = Duration.ZERO;

    /** Time passes. */
    public void move(Duration by) {
        now = now.plus(by);
        passed = passed.plus(by);
    }

    /** Somebody sets it, by so much: no time passes. */
    public void step(Duration by) {
        now = now.plus(by);
    }

    /** The clock of the same machine that nobody sets. */
    public SteadyClock steady() {
        return new SteadyClock(this, () -> passed.toNanos());
    }

    public void set(String instant) {
        now = Instant.parse(instant);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
