package io.github.zoomtranscriber.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is to be done after delivery is remembered until it is done. */
class StepsTest extends LedgerFile {

    private static final Set<String> BOTH = Set.of("archive", "notify");

    /** The ledger is that of the test before, which may have left it in the middle of something. */
    @BeforeEach
    void letGo() {
        ledger.releaseAll();
    }

    private static void delivered(String id, String... steps) {
        Entry entry = test.submitted(id, "transcript of " + id);
        ledger.steps().plan(id, List.of(steps));
        assertTrue(ledger.progress().delivered(entry, List.of(), new Progress.Result(null, 60, null)));
    }

    private static List<String> taken(Ledger by) {
        return by.steps().take(BOTH, 10).stream().map(Step::key).sorted().toList();
    }

    private static Step take(String name) {
        List<Step> steps = ledger.steps().take(Set.of(name), 1);
        assertEquals(1, steps.size());
        return steps.get(0);
    }

    @Test
    void eachStepOfEachDeliveredRecordingIsDueAndGivenToOneAlone() {
        delivered("a", "archive", "notify");
        delivered("b", "notify");

        assertEquals(List.of("a/archive", "a/notify", "b/notify"), taken(ledger));
        assertEquals(List.of(), taken(ledger));
        assertEquals(List.of(), taken(test.another()));
        assertEquals(3, ledger.steps().underWay());
    }

    @Test
    void nothingIsDueBeforeTheRecordingIsDelivered() {
        test.submitted("a", "t");
        ledger.steps().plan("a", List.of("notify"));

        assertEquals(List.of(), taken(ledger));
        assertEquals(Set.of(), ledger.steps().counts().keySet());
    }

    @Test
    void whatIsDoneIsDoneOnceAndItsResultIsKept() {
        delivered("a", "notify");

        ledger.steps().done(take("notify"), "a summary");

        assertEquals(List.of(), taken(ledger));
        test.pass(Duration.ofDays(2));
        assertEquals(List.of(), taken(ledger));
        Step step = ledger.steps().of("a").get(0);
        assertTrue(step.isDone());
        assertEquals("a summary", step.result());
        assertEquals(Set.of(), ledger.steps().counts().keySet());
    }

    @Test
    void whatFailedWaitsAndIsThenDueAgainWithWhatIsKnownOfIt() {
        delivered("a", "notify");

        ledger.steps().failed(take("notify"), Duration.ofMinutes(5), "refused", true);

        assertEquals(List.of(), taken(ledger));
        assertEquals(
                new Steps.Count(1, 1, 0, ledger.steps().counts().get("notify").oldest(), "refused"),
                ledger.steps().counts().get("notify"));
        test.pass(Duration.ofMinutes(6));
        Step again = take("notify");
        assertEquals(1, again.tries());
        assertEquals("refused", again.reason());
    }

    @Test
    void whatWaitsForAnEndpointIsDueAtOnceWhenThatIsBackAndNothingElseIs() {
        delivered("a", "archive", "notify");
        ledger.steps().failed(take("notify"), Duration.ofHours(1), "refused", true);
        ledger.steps().failed(take("archive"), Duration.ofHours(1), "refused", true);

        ledger.steps().wake("notify");

        assertEquals(List.of("a/notify"), taken(ledger));
    }

    @Test
    void whatADeadProcessWasAtIsDueOnceItsLeaseIsOver() {
        delivered("a", "notify");
        assertEquals(List.of("a/notify"), taken(test.another()));

        assertEquals(List.of(), taken(ledger));
        test.pass(TestLedger.LEASE.plusSeconds(1));
        assertEquals(List.of("a/notify"), taken(ledger));
    }

    @Test
    void aProcessThatEndsLeavesItsStepsToTheNext() {
        delivered("a", "notify");
        Ledger ending = test.another();
        assertEquals(List.of("a/notify"), taken(ending));

        ending.releaseAll();

        assertEquals(List.of("a/notify"), taken(ledger));
    }

    @Test
    void whereTheDatabaseCanHaveOneProcessAloneTheNextTakesOverAtOnce() {
        delivered("a", "notify");
        assertEquals(List.of("a/notify"), taken(test.another()));
        Ledger next = test.another();

        next.takeOver();

        assertEquals(List.of("a/notify"), taken(next));
    }

    @Test
    void whereTheClockIsSetForwardNobodyBeginsWhatHeIsAtOnceMore() {
        delivered("a", "notify");
        assertEquals(List.of("a/notify"), taken(ledger));

        test.setClock(Duration.ofHours(3));

        assertEquals(List.of(), taken(ledger));
    }

    @Test
    void whereTheClockIsSetBackNothingWaitsForDays() {
        delivered("a", "notify");
        ledger.steps().failed(take("notify"), Duration.ofMinutes(5), "refused", true);

        test.setClock(Duration.ofDays(-3));

        assertEquals(List.of("a/notify"), taken(ledger));
    }

    @Test
    void whatIsReportedByWhoeverHasLostItCountsIfItIsDoneAndNotIfItFailed() {
        delivered("a", "archive", "notify");
        Ledger slow = test.another();
        List<Step> lost = slow.steps().take(BOTH, 10);
        test.pass(TestLedger.LEASE.plusSeconds(1));
        assertEquals(List.of("a/archive", "a/notify"), taken(ledger));

        lost.forEach(step -> {
            if (step.name().equals("archive")) {
                slow.steps().done(step, null);
            } else {
                slow.steps().failed(step, Duration.ZERO, "too late", true);
            }
        });

        List<Step> steps = ledger.steps().of("a");
        assertTrue(steps.get(0).isDone());
        assertNull(steps.get(1).reason());
    }

    @Test
    void aStepCanBeDoneAgainForWhatWasDeliveredBeforeThereWasOne() {
        delivered("old");
        delivered("new", "notify");
        ledger.steps().done(take("notify"), null);
        test.submitted("unfinished", "t");

        assertEquals(2, ledger.steps().repeat("notify", List.of("old", "new", "unfinished", "nobody")));

        assertEquals(List.of("new/notify", "old/notify"), taken(ledger));
        assertEquals(List.of("old", "new"), ledger.steps().deliveredSince(Instant.EPOCH));
        assertEquals(List.of(), ledger.steps().deliveredSince(ledger.now().plusSeconds(60)));
    }

    @Test
    void whatIsAskedForOnceMoreWhileSomebodyIsAtItIsDoneOnceMore() {
        delivered("a", "notify");
        Step underWay = take("notify");

        ledger.steps().repeat("notify", List.of("a"));
        assertFalse(ledger.steps().holds(underWay));
        Step again = take("notify");
        ledger.steps().failed(underWay, Duration.ofHours(1), "too late", true);
        assertEquals(1, ledger.steps().underWay());
        assertTrue(ledger.steps().holds(again));
        ledger.steps().done(again, null);
        assertTrue(ledger.steps().of("a").get(0).isDone());
    }

    @Test
    void whatIsAskedForOnceMoreIsNotDoneByATryOfBefore() {
        delivered("a", "notify");
        Step underWay = take("notify");

        ledger.steps().repeat("notify", List.of("a"));
        ledger.steps().done(underWay, null);

        assertFalse(ledger.steps().of("a").get(0).isDone());
        assertEquals(List.of("a/notify"), taken(ledger));
    }

    @Test
    void whatIsDeliveredOnceMoreHasItsStepsDoneOnceMore() {
        delivered("a", "notify");
        ledger.steps().done(take("notify"), "of the first transcript");
        ledger.interventions().forget("a", null);
        assertEquals(List.of(), taken(ledger));

        Entry entry = test.claim("a");
        ledger.steps().plan("a", List.of("notify"));
        ledger.progress().delivered(entry, List.of(), new Progress.Result(null, 60, null));

        assertEquals(List.of("a/notify"), taken(ledger));
        assertNull(ledger.steps().of("a").get(0).result());
    }

    @Test
    void ofManyThatAreTakenByManyNoneIsTakenTwice() {
        IntStream.range(0, 50).forEach(i -> delivered("r" + i, "archive", "notify"));

        List<String> taken = Stream.generate(test::another)
                .limit(8)
                .parallel()
                .flatMap(node -> IntStream.range(0, 20).boxed().flatMap(i -> node.steps().take(BOTH, 10).stream()))
                .map(Step::key)
                .toList();

        assertEquals(100, taken.size());
        assertEquals(100, taken.stream().collect(Collectors.toSet()).size());
    }
}
