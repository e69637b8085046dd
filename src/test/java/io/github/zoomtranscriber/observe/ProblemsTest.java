package io.github.zoomtranscriber.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.MovableClock;
import io.github.zoomtranscriber.ledger.TestLedger;
import io.github.zoomtranscriber.zoom.Ticks;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.CronExpression;

/** What makes the program say that it is DOWN, and with which words. */
class ProblemsTest {

    @TempDir
    Path folder;

    @Test
    void threeSchedulesWithoutATickThatSucceededAreAProblem() throws ParseException {
        try (TestLedger test = TestLedger.inMemory()) {
            MovableClock clock = new MovableClock();
            Supplier<Optional<String>> problem = Problems.ofTicks(
                    new LedgerWatch(test.ledger), new CronExpression("0 0/15 * * * ?"), clock.steady());
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
            MovableClock clock = new MovableClock();
            Supplier<Optional<String>> problem = Problems.ofTicks(
                    new LedgerWatch(test.ledger), new CronExpression("0 0/15 * * * ?"), clock.steady());
            clock.move(Duration.ofDays(1));
            assertTrue(problem.get().isPresent());

            test.ledger.notes().put(Ticks.GOOD_NOTE, "3 new at Zoom");

            assertEquals(Optional.empty(), problem.get());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT3H", "PT-3H", "PT10M", "PT-10M", "P2D", "P-2D"})
    void whoSetsTheClockMakesNoProblemAndHidesNone(Duration step) throws ParseException {
        try (TestLedger test = TestLedger.inMemory()) {
            MovableClock clock = new MovableClock();
            Supplier<Optional<String>> problem = Problems.ofTicks(
                    new LedgerWatch(test.ledger), new CronExpression("0 0/15 * * * ?"), clock.steady());
            clock.move(Duration.ofMinutes(30));
            test.ledger.notes().put(Ticks.GOOD_NOTE, "3 new at Zoom");
            assertEquals(Optional.empty(), problem.get());

            clock.step(step);
            test.setClock(step);
            assertEquals(Optional.empty(), problem.get());
            test.ledger.notes().afterSetBack();
            assertEquals(Optional.empty(), problem.get());
            clock.move(Duration.ofMinutes(49));
            test.pass(Duration.ofMinutes(49));
            assertEquals(Optional.empty(), problem.get());
            clock.move(Duration.ofMinutes(12));
            test.pass(Duration.ofMinutes(12));
            assertTrue(problem.get().isPresent());
        }
    }

    @Test
    void aLedgerThatDoesNotAnswerIsAProblem() {
        TestLedger test = TestLedger.inMemory();
        Supplier<Optional<String>> problem = Problems.ofLedger(new LedgerWatch(test.ledger));
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
