package io.github.zoomtranscriber.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may work on a recording, and when. */
class LedgerClaimTest extends LedgerFile {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void ofManyWhoClaimARecordingAtOnceOneGetsIt() {
        String[] ids = IntStream.range(0, 20).mapToObj(i -> "file-" + i).toArray(String[]::new);
        test.add(ids);
        List<Ledger> nodes = List.of(ledger, test.another(), test.another());
        List<String> won = IntStream.range(0, 160)
                .parallel()
                .mapToObj(i -> nodes.get(i % 3).claim(ids[i % 20]))
                .flatMap(Optional::stream)
                .map(Entry::id)
                .sorted()
                .toList();
        assertEquals(Stream.of(ids).sorted().toList(), won);
    }

    @Test
    void aClaimIsForOneAndAnUnknownRecordingForNobody() {
        test.claimed("file");
        assertTrue(ledger.claim("file").isEmpty());
        assertTrue(ledger.claim("no such file").isEmpty());
    }

    @Test
    void aLeaseThatHasRunOutIsTakenOverAndTheOneBeforeHasLostIt() {
        Entry first = test.claimed("file");
        test.pass(TestLedger.LEASE.minusSeconds(5));
        assertTrue(ledger.claim("file").isEmpty());
        assertEquals(List.of(), ledger.offer(10));
        test.pass(Duration.ofSeconds(10));
        Entry second = test.another().claim("file").orElseThrow();
        assertNotEquals(first.claim(), second.claim());
        assertFalse(ledger.renew(first, Duration.ZERO));
        assertTrue(ledger.renew(second, Duration.ZERO));
    }

    @Test
    void aLeaseThatIsRenewedHoldsForTheSleepAndItsUsualLengthMore() {
        Entry entry = test.claimed("file");
        test.pass(Duration.ofMinutes(14));
        assertTrue(ledger.renew(entry, Duration.ofMinutes(5)));
        test.pass(Duration.ofMinutes(19));
        assertTrue(ledger.claim("file").isEmpty());
        test.pass(Duration.ofMinutes(2));
        assertTrue(ledger.claim("file").isPresent());
    }

    static Stream<Named<Consumer<Entry>>> changes() {
        return Stream.of(
                Named.of("renew", entry -> assertFalse(ledger.renew(entry, Duration.ofHours(1)))),
                Named.of(
                        "submitting",
                        entry -> assertFalse(ledger.progress().submitting(entry, "link", "https://zoom.us/lost"))),
                Named.of("notSubmitted", entry -> ledger.progress().notSubmitted(entry, true)),
                Named.of("startOver", entry -> ledger.progress()
                        .startOver(entry, Reason.OTHER, "lost", "speaker_labels", 3)),
                Named.of("release", entry -> ledger.release(entry, MINUTE, Reason.OTHER, "lost")),
                Named.of("release at once", entry -> ledger.release(entry)),
                Named.of("failedOnce", entry -> ledger.progress().failedOnce(entry, MINUTE, Reason.OTHER, "lost")),
                Named.of("fail", entry -> ledger.progress().fail(entry, Reason.OTHER, "lost", false)),
                Named.of(
                        "assign a name",
                        entry -> assertThrows(ClaimLostException.class, () -> ledger.outputNames()
                                .assign(entry, List.of("lost"), current -> true, name -> false))),
                Named.of("skip", entry -> ledger.progress().skip(entry, Reason.OTHER, "lost")),
                Named.of(
                        "delivered",
                        entry -> assertFalse(ledger.progress()
                                .delivered(
                                        entry,
                                        List.of("lost.md"),
                                        new Progress.Result("en", 1, "best"),
                                        Reason.OTHER,
                                        "lost"))));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whoeverHasLostTheClaimChangesNothing(Consumer<Entry> change) {
        for (String id : List.of("discovered", "submitting", "transcribing")) {
            Entry lost =
                    switch (id) {
                        case "discovered" -> test.claimed(id);
                        case "submitting" -> test.submitting(id);
                        default -> test.submitted(id, "t-1");
                    };
            test.pass(Duration.ofHours(1));
            Entry now = test.claim(id);
            change.accept(lost);
            assertEquals(now, test.entry(id), "somebody else holds it");
            ledger.release(now);
            Entry free = test.entry(id);
            change.accept(lost);
            assertEquals(free, test.entry(id), "nobody holds it");
            ledger.progress().skip(test.claim(id), Reason.SKIPPED_BY_HAND, "done");
        }
    }

    @Test
    void whatIsUnfinishedIsOfferedOldestFirstAndNoMoreThanAskedFor() {
        for (String id : List.of("old", "middle", "young")) {
            test.add(id);
            test.pass(MINUTE);
        }
        assertEquals(List.of("old", "middle"), ledger.offer(2));
        assertEquals(List.of("young"), ledger.offer(2));
    }

    @Test
    void whatWasOfferedIsNotOfferedAgainForAMinuteUnlessTaken() {
        test.submitted("file", "t-1");
        test.pass(TestLedger.LEASE);
        assertEquals(List.of("file"), ledger.offer(10));
        assertEquals(List.of(), test.another().offer(10));
        test.pass(Duration.ofSeconds(55));
        assertEquals(List.of(), ledger.offer(10));
        test.pass(Duration.ofSeconds(10));
        assertEquals(List.of("file"), ledger.offer(10));
        assertEquals("t-1", test.claim("file").transcriptId());
        test.pass(Duration.ofMinutes(2));
        assertEquals(List.of(), ledger.offer(10));
    }

    @Test
    void ofManyNodesThatLookAtOnceEachIsOfferedOtherRecordings() {
        String[] ids = IntStream.range(0, 60).mapToObj(i -> "file-" + i).toArray(String[]::new);
        test.add(ids);
        test.pass(MINUTE);
        List<Ledger> nodes = IntStream.range(0, 6).mapToObj(i -> test.another()).toList();
        assertEquals(
                Stream.of(ids).sorted().toList(),
                nodes.parallelStream()
                        .flatMap(node -> node.offer(100).stream())
                        .sorted()
                        .toList());
    }

    @Test
    void aNewRecordingIsNotOfferedWhileItsFirstHintIsUnderWayButCanBeClaimed() {
        test.add("file");
        assertEquals(List.of(), ledger.offer(10));
        test.claim("file");
        test.add("lost hint");
        test.pass(MINUTE);
        assertEquals(List.of("lost hint"), ledger.offer(10));
    }

    @Test
    void whatIsPutBackWaitsItsTimeWhateverHintsComeIn() {
        ledger.release(test.claimed("file"), Duration.ofMinutes(10), Reason.VENDOR_UNAVAILABLE, "Zoom is busy");
        assertEquals("Zoom is busy", test.entry("file").reason());
        test.pass(Duration.ofMinutes(9));
        assertTrue(ledger.claim("file").isEmpty());
        assertEquals(List.of(), ledger.offer(10));
        test.pass(Duration.ofMinutes(2));
        assertEquals(List.of("file"), ledger.offer(10));
        assertEquals("file", test.claim("file").id());
    }

    @Test
    void whatIsPutBackWithoutAWaitIsOfferedAtOnceAndKeepsItsReason() {
        ledger.release(test.claimed("file"), MINUTE, Reason.VENDOR_UNAVAILABLE, "Zoom is busy");
        test.pass(MINUTE);
        ledger.release(test.claim("file"));
        assertEquals(List.of("file"), ledger.offer(10));
        assertEquals("Zoom is busy", test.entry("file").reason());
    }

    @Test
    void whatWaitsForOneReasonIsWokenAndNothingElse() {
        ledger.release(test.claimed("waiting"), Duration.ofHours(1), Reason.SUBMISSIONS_PAUSED, "paused");
        ledger.release(test.submitted("undelivered", "t-2"), Duration.ofHours(1), Reason.DELIVERIES_PAUSED, "paused");
        ledger.release(test.submitted("transcribing", "t-1"), Duration.ofHours(1), Reason.VENDOR_UNAVAILABLE, "busy");
        test.claimed("worked on");
        ledger.wake(Reason.SUBMISSIONS_PAUSED);
        assertEquals(List.of("waiting"), ledger.offer(10));
        ledger.wake(Reason.DELIVERIES_PAUSED);
        assertEquals(List.of("undelivered"), ledger.offer(10));
    }

    @Test
    void aStoppingProcessGivesBackWhatItHoldsAndNothingElse() {
        test.add("mine", "somebody else's", "finished");
        Entry mine = test.claim("mine");
        ledger.progress().skip(test.claim("finished"), Reason.SKIPPED_BY_HAND, "not wanted");
        Entry theirs = test.another().claim("somebody else's").orElseThrow();
        assertEquals(1, ledger.releaseAll());
        assertEquals(List.of("mine"), ledger.offer(10));
        assertFalse(ledger.renew(mine, Duration.ZERO));
        assertTrue(ledger.renew(theirs, Duration.ZERO));
    }

    @Test
    void whoeverHasTheDatabaseToItselfTakesUpAllThatSomebodyHeldButWhatWaits() {
        test.add("held", "in a lost queue", "waiting");
        test.another().claim("held");
        ledger.release(test.claim("waiting"), Duration.ofMinutes(10), Reason.VENDOR_UNAVAILABLE, "Zoom is busy");
        ledger.takeOver();
        assertEquals(
                List.of("held", "in a lost queue"),
                ledger.offer(10).stream().sorted().toList());
        assertTrue(ledger.claim("waiting").isEmpty());
    }

    @Test
    void whatIsFinishedIsNeitherOfferedNorClaimed() {
        test.failed("failed", "not audio");
        ledger.progress().skip(test.claimed("skipped"), Reason.SKIPPED_BY_HAND, "not wanted");
        ledger.progress().delivered(test.claimed("delivered"), List.of(), new Progress.Result(null, null, null));
        test.pass(Duration.ofDays(1));
        assertEquals(List.of(), ledger.offer(10));
        for (String id : List.of("failed", "skipped", "delivered")) {
            assertTrue(ledger.claim(id).isEmpty(), id);
            assertNull(test.entry(id).claim());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT3H", "P400D"})
    void whatIsWorkedOnHereIsNotTakenUpASecondTimeWhereTheClockGoesForward(Duration step) {
        Entry sleeping = test.submitted("sleeping", "t-1");
        ledger.renew(sleeping, Duration.ofMinutes(5));
        Entry uploading = test.claimed("uploading");
        ledger.uploading(uploading, "2 of 5 MB");
        test.setClock(step);

        assertEquals(List.of(), ledger.offer(10));
        assertTrue(ledger.claim("sleeping").isEmpty());
        assertEquals(List.of(), test.another().offer(10), "their leases go on for the others too");
        assertTrue(ledger.renew(sleeping, Duration.ZERO));
        assertTrue(ledger.uploading(uploading, "3 of 5 MB"));

        test.setClock(step);
        assertTrue(ledger.claim("sleeping").isEmpty(), "also where a hint comes before the next look");
        ledger.release(sleeping);
        assertEquals("sleeping", test.claim("sleeping").id());
    }

    @Test
    void whatWasLostHereIsTakenUpOnceItsLeaseHasRunOutWhereTheClockWentForward() {
        test.claimed("lost");
        test.setClock(Duration.ofHours(3));
        assertEquals(List.of(), ledger.offer(10));
        test.pass(TestLedger.LEASE.plusSeconds(5));
        assertEquals(List.of("lost"), ledger.offer(10));
        assertEquals("lost", test.claim("lost").id());
    }

    @Test
    void whereTheClockIsSetBackNothingWaitsUntilItIsThereAgain() {
        test.add("its hint was lost");
        ledger.release(test.claimed("released"));
        ledger.release(test.claimed("waiting"), Duration.ofMinutes(10), Reason.VENDOR_UNAVAILABLE, "Zoom is busy");
        Entry held = test.claimed("held");
        test.setClock(Duration.ofHours(-3));

        assertEquals(
                List.of("its hint was lost", "released", "waiting"),
                ledger.offer(10).stream().sorted().toList());
        assertEquals(List.of(), ledger.offer(10));
        assertTrue(ledger.renew(held, Duration.ZERO));
        test.pass(MINUTE.plusSeconds(5));
        assertEquals(3, ledger.offer(10).size());
    }
}
