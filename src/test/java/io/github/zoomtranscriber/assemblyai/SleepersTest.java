package io.github.zoomtranscriber.assemblyai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SleepersTest {

    private final Sleepers<String> sleepers = new Sleepers<>();

    @Test
    void whoIsNotCalledGoesOnByItself() {
        assertTrue(sleepers.fallAsleep("t", "first"));

        assertTrue(sleepers.wakeUp("t", "first"));
    }

    @Test
    void whoIsCalledDoesNotGoOnToo() {
        sleepers.fallAsleep("t", "first");

        assertEquals("first", sleepers.call("t"));
        assertFalse(sleepers.wakeUp("t", "first"));
    }

    @Test
    void oneCallWakesOneSleeper() {
        sleepers.fallAsleep("t", "first");

        sleepers.call("t");
        assertNull(sleepers.call("t"));
    }

    @Test
    void aCallThatComesTooEarlyIsNotLost() {
        assertNull(sleepers.call("t"));

        assertFalse(sleepers.fallAsleep("t", "first"), "there is nothing to sleep for");
        assertTrue(sleepers.fallAsleep("t", "first"), "but only once");
    }

    @Test
    void whoTookOverIsNotTakenForTheOneBefore() {
        sleepers.fallAsleep("t", "first");
        sleepers.call("t");
        sleepers.fallAsleep("t", "second");

        assertFalse(sleepers.wakeUp("t", "first"));
        assertTrue(sleepers.wakeUp("t", "second"));
    }
}
