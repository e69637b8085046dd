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
class ProblemsTest {

    @TempDir
    Path folder;

    @Test
    void threeSchedulesWithoutATickThatSucceededAreAProblem() throws ParseException {
        try (TestLedger test = TestLedger.inMemory()) {
            Instant start = Instant.parse("2026-11-25T10:00:00Z");
            MovableClock clock = new MovableClock();
            clock.set(start.toString());
            Supplier<Optional<String>> problem =
                    Problems.ofTicks(test.ledger, new CronExpression("0 0/15 * * * ?"), start, clock);
            assertEquals(Optional.empty(), problem.get());
            clock.move(Duration.ofMinutes(59));
            assertEquals(Optional.empty(), problem.get());

            clock.move(Duration.ofMinutes(1));
            test.ledger.notes().put(Ticks.NOTE, "Nothing new at Zoom: broken off, Zoom refuses (403): no");

            assertEquals(
                    Optional.of(
                            "No listing of Zoom has succeeded since 2026-11-25T10:00:00Z; the last one: Nothing new at Zoom: broken off, Zoom refuses (403): no"),
                    problem.get());
        }
    }

    @Test
    void aTickThatSucceededEndsTheProblem() throws ParseException {
        try (TestLedger test = TestLedger.inMemory()) {
            Instant now = test.ledger.now();
            MovableClock clock = new MovableClock();
            clock.set(now.toString());
            Supplier<Optional<String>> problem = Problems.ofTicks(
                    test.ledger, new CronExpression("0 0/15 * * * ?"), now.minus(Duration.ofDays(1)), clock);
            assertTrue(problem.get().isPresent());

            test.ledger.notes().put(Ticks.GOOD_NOTE, "3 new at Zoom");

            assertEquals(Optional.empty(), problem.get());
        }
    }

    @Test
    void aLedgerThatDoesNotAnswerIsAProblem() {
        TestLedger test = TestLedger.inMemory();
        Supplier<Optional<String>> problem = Problems.ofLedger(test.ledger);
        assertEquals(Optional.empty(), problem.get());

        test.close();

        assertTrue(problem.get().orElseThrow().startsWith("The ledger's database says: "), problem.get()::toString);
    }

    @Test
    void aDiskWithoutRoomIsAProblemAlsoWhereTheFolderIsYetToBeMade() {
        Path missing = folder.resolve("not/yet/there");

        assertEquals(Optional.empty(), Problems.ofDisk(List.of(missing), 1).get());
        assertTrue(Problems.ofDisk(List.of(folder, missing), Long.MAX_VALUE)
                .get()
                .orElseThrow()
                .matches("The disk of .* has \\d+ MB free: expected at least \\d+ MB"));
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
