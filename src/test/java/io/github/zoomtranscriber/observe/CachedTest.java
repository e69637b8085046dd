package io.github.zoomtranscriber.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** How long what was looked up is shown, by a clock that the test moves. */
class CachedTest {

    private Instant now = Instant.parse("2026-11-24T08:00:00Z");
    private int looks;

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private Cached<Integer> kept(Duration takes, Duration least) {
        return new Cached<>(
                () -> {
                    now = now.plus(takes);
                    return ++looks;
                },
                least,
                clock);
    }

    private int afterSeconds(Cached<Integer> kept, int seconds) {
        now = now.plusSeconds(seconds);
        return kept.get();
    }

    @Test
    void whatWasLookedUpInNoTimeIsLookedUpEachTime() {
        Cached<Integer> kept = kept(Duration.ZERO, Duration.ZERO);

        assertEquals(1, kept.get());
        assertEquals(2, afterSeconds(kept, 1));
    }

    @Test
    void whatTakesASecondIsCachedForTenAndForLongerThanHalfAMinuteNothing() {
        Cached<Integer> second = kept(Duration.ofSeconds(1), Duration.ZERO);
        assertEquals(1, second.get());
        assertEquals(1, afterSeconds(second, 10));
        assertEquals(2, afterSeconds(second, 1));

        Cached<Integer> minute = kept(Duration.ofMinutes(1), Duration.ZERO);
        assertEquals(3, minute.get());
        assertEquals(3, afterSeconds(minute, 30));
        assertEquals(4, afterSeconds(minute, 1));
    }

    @Test
    void aClockThatIsSetBackKeepsNothingForEver() {
        Cached<Integer> kept = kept(Duration.ZERO, Duration.ofSeconds(5));
        kept.get();

        assertEquals(1, afterSeconds(kept, 5));
        assertEquals(2, afterSeconds(kept, -3600));
    }

    @Test
    void aLookThatFailsIsMadeAgain() {
        Cached<Integer> kept = new Cached<>(
                () -> {
                    if (++looks == 1) {
                        throw new IllegalStateException("away");
                    }
                    return looks;
                },
                Duration.ofSeconds(5),
                clock);

        assertThrows(IllegalStateException.class, kept::get);
        assertEquals(2, kept.get());
    }
}
