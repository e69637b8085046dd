package io.github.zoomtranscriber.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.MovableClock;
import io.github.zoomtranscriber.ledger.TestLedger;
import io.github.zoomtranscriber.zoom.Ticks;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.CronExpression;

/** What makes the program say that it is DOWN, and with which words. */
class TroubledTest {

    @TempDir
    Path folder;

    @Test
    void threeSchedulesWithoutATickThatSucceededAreTrouble() throws ParseException {
        try (TestLedger test = TestLedger.inMemory()) {
            Instant start = Instant.parse("2026-11-25T10:00:00Z");
            MovableClock clock = new MovableClock();
            clock.set(start.toString());
            Supplier<Optional<String>> trouble = Troubled.byTicks(test.ledger, new CronExpression("0 0/15 * * * ?"), start, clock);
            assertEquals(Optional.empty(), trouble.get());
            clock.move(Duration.ofMinutes(59));
            assertEquals(Optional.empty(), trouble.get());

            clock.move(Duration.ofMinutes(1));
            test.ledger.note(Ticks.NOTE, "Nothing new at Zoom: broken off, Zoom refuses (403): no");

            assertEquals(Optional.of("Zoom has not been listed since 2026-11-25T10:00:00Z; the last try: Nothing new at Zoom: broken off, Zoom refuses (403): no"),
                    trouble.get());
        }
    }

    @Test
    void aTickThatSucceededEndsTheTrouble() throws ParseException {
        try (TestLedger test = TestLedger.inMemory()) {
            Instant now = test.ledger.now();
            MovableClock clock = new MovableClock();
            clock.set(now.toString());
            Supplier<Optional<String>> trouble = Troubled.byTicks(test.ledger, new CronExpression("0 0/15 * * * ?"), now.minus(Duration.ofDays(1)), clock);
            assertTrue(trouble.get().isPresent());

            test.ledger.note(Ticks.GOOD_NOTE, "3 new at Zoom");

            assertEquals(Optional.empty(), trouble.get());
        }
    }

    @Test
    void aLedgerThatDoesNotAnswerIsTrouble() {
        TestLedger test = TestLedger.inMemory();
        Supplier<Optional<String>> trouble = Troubled.byLedger(test.ledger);
        assertEquals(Optional.empty(), trouble.get());

        test.close();

        assertTrue(trouble.get().orElseThrow().startsWith("The ledger's database says: "), trouble.get()::toString);
    }

    @Test
    void aDiskWithoutRoomIsTroubleAlsoWhereTheFolderIsYetToBeMade() {
        Path missing = folder.resolve("not/yet/there");

        assertEquals(Optional.empty(), Troubled.byDisk(List.of(missing), 1).get());
        assertTrue(Troubled.byDisk(List.of(folder, missing), Long.MAX_VALUE).get().orElseThrow()
                .matches(".* MB of the disk are left, expected at least \\d+"));
    }

    @Test
    void aCheckIsDownWithItsReasonAndNeverAMatterOfStartingAnew() throws Exception {
        ReadinessCheck check = new ReadinessCheck("zoom-login", () -> Optional.of("Zoom refuses (401): no"));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            check.setCamelContext(context);

            HealthCheck.Result result = check.call();

            assertEquals(HealthCheck.State.DOWN, result.getState());
            assertEquals("Zoom refuses (401): no", result.getMessage().orElseThrow());
            assertTrue(check.isReadiness() && !check.isLiveness());
        }
    }
}
