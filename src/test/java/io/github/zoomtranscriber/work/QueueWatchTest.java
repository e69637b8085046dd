package io.github.zoomtranscriber.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.ledger.TestLedger;
import io.github.zoomtranscriber.logging.CapturedLog;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A queue that takes ids and gives none back is said, and no other is taken for one. */
class QueueWatchTest {

    private final AtomicBoolean full = new AtomicBoolean();

    private QueueWatch watch(TestLedger test) {
        return new QueueWatch(test.ledger, full::get, "queue.out = kafka:a", "queue.in = kafka:b");
    }

    @Test
    void theThirdOfferOfAnIdThatNobodyClaimedIsOneLineAndAProblemUntilAnIdComes() {
        try (TestLedger test = TestLedger.inMemory();
                CapturedLog log = new CapturedLog(QueueWatch.class)) {
            QueueWatch watch = watch(test);
            watch.offered(List.of("a", "b"));
            watch.offered(List.of("a", "b"));
            assertTrue(watch.problem().isEmpty(), "twice may happen");
            IntStream.range(0, 5).forEach(i -> watch.offered(List.of("a", "b")));

            String problem = watch.problem().orElseThrow();
            assertTrue(problem.contains("queue.out = kafka:a") && problem.contains("queue.in = kafka:b"), problem);
            assertEquals(1, log.lines().size(), log.lines()::toString);
            assertTrue(log.lines().get(0).startsWith("WARN The queue takes ids and gives none back"));

            watch.answered();
            assertTrue(watch.problem().isEmpty());
            watch.offered(List.of("a", "b"));
            assertTrue(watch.problem().isEmpty(), "it is counted anew");
        }
    }

    @Test
    void aLongBacklogThatIsWorkedThroughIsNoProblem() {
        try (TestLedger test = TestLedger.inMemory()) {
            QueueWatch watch = watch(test);
            List<String> backlog =
                    IntStream.range(0, 10_000).mapToObj(i -> "id " + i).toList();
            for (int minute = 0; minute < 30; minute++) {
                watch.offered(backlog);
                watch.answered();
                assertTrue(watch.problem().isEmpty());
            }
        }
    }

    @Test
    void whereANodeWorksOnAsMuchAsItMayNothingNeedComeBackForHours() {
        try (TestLedger test = TestLedger.inMemory()) {
            QueueWatch watch = watch(test);
            full.set(true);
            IntStream.range(0, 180).forEach(minute -> watch.offered(List.of("a")));
            assertTrue(watch.problem().isEmpty());

            full.set(false);
            watch.offered(List.of("a"));
            assertTrue(watch.problem().isEmpty(), "it has had no time to take one since it has room again");
            IntStream.range(0, 2).forEach(minute -> watch.offered(List.of("a")));
            assertTrue(watch.problem().isPresent());
        }
    }

    @Test
    void whatTheQueueDoesNotEvenTakeIsAnotherTrouble() {
        try (TestLedger test = TestLedger.inMemory()) {
            QueueWatch watch = watch(test);
            for (int i = 0; i < 10; i++) {
                watch.offered(List.of("a"));
                watch.rejected();
            }
            assertTrue(watch.problem().isEmpty());
        }
    }

    @Test
    void whatAnotherNodeIsGivenIsAnAnswerToo() {
        try (TestLedger test = TestLedger.onPostgres()) {
            QueueWatch offering = watch(test);
            QueueWatch taking = watch(test);
            IntStream.range(0, 2).forEach(minute -> offering.offered(List.of("a")));
            taking.answered();
            offering.offered(List.of("a"));
            assertTrue(offering.problem().isEmpty());

            IntStream.range(0, 3).forEach(minute -> offering.offered(List.of("b")));
            assertTrue(offering.problem().isPresent(), "that was before");
        }
    }
}
