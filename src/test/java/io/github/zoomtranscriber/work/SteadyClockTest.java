package io.github.zoomtranscriber.work;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.zoomtranscriber.MovableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured while the wall clock is set. */
class SteadyClockTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final MovableClock wall = new MovableClock();
    private long nanos = 42;
    private long perLook;
    private final SteadyClock clock = new SteadyClock(wall, () -> nanos += perLook);

    private void pass(Duration time) {
        wall.move(time);
        nanos += time.toNanos();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT3H", "PT-3H", "PT10M", "PT-10M", "PT10S", "PT-10S", "P400D", "P-400D"})
    void timePassesAtItsPaceWhereverTheWallClockIsSet(Duration step) {
        Instant start = clock.instant();
        Instant began = clock.lastSet();
        assertEquals(start, wall.instant());
        pass(HOUR);

        wall.move(step);
        assertEquals(step, clock.ahead());
        pass(HOUR);

        assertEquals(start.plus(HOUR).plus(HOUR), clock.instant());
        assertEquals(step, clock.ahead());
        assertEquals(wall.instant(), clock.wall());
        assertEquals(began.plus(HOUR), clock.lastSet());
    }

    @Test
    void whatTheWallClockGainsBitByBitIsNoStep() {
        for (int i = 0; i < 100; i++) {
            pass(HOUR);
            wall.move(Duration.ofSeconds(1));
            clock.ahead();
        }

        assertEquals(Duration.ofSeconds(100), clock.ahead());
        assertEquals(clock.instant().minus(HOUR.multipliedBy(100)), clock.lastSet());
    }

    @Test
    void aProcessThatWasFrozenBetweenTwoLooksTakesThatForNoStep() {
        wall.move(Duration.ofMinutes(5));
        perLook = Duration.ofMinutes(5).toNanos();
        assertEquals(Duration.ZERO, clock.ahead());

        perLook = 0;
        assertEquals(Duration.ofMinutes(-5), clock.ahead());
    }

    @Test
    void whatTheWallClockSaidBeforeItWasSetIsUnderstood() {
        Instant before = wall.instant().minus(HOUR);
        assertEquals(before, clock.steady(before));
        pass(HOUR);
        Instant submitted = wall.instant();
        pass(Duration.ofMinutes(1));
        wall.move(Duration.ofHours(3));
        clock.ahead();
        pass(Duration.ofMinutes(1));
        Instant later = wall.instant();
        pass(Duration.ofMinutes(1));
        wall.move(Duration.ofHours(-5));
        pass(Duration.ofMinutes(1));

        assertEquals(Duration.ofMinutes(4), Duration.between(clock.steady(submitted), clock.instant()));
        assertEquals(Duration.ofMinutes(2), Duration.between(clock.steady(later), clock.instant()));
        assertEquals(clock.instant(), clock.steady(wall.instant()));
        assertEquals(Duration.ofMinutes(124), Duration.between(clock.steady(before), clock.instant()));
    }
}
