package io.github.zoomtranscriber.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.ledger.Ledger.Result;
import io.github.zoomtranscriber.ledger.Ledger.Unfinished;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a recording gets on, and from where it goes on. */
class LedgerProgressTest extends LedgerFile {

    private static final Result RESULT = new Result("en_us", 1801, "assemblyai-stt-3-7");

    private static boolean deliver(Entry entry) {
        return ledger.delivered(entry, List.of("2026-11-24/Weekly sync.md", "2026-11-24/Weekly sync.json"), RESULT, null);
    }

    @Test
    void thatARecordingIsAboutToBeSubmittedIsKnownBeforeItIs() {
        Entry entry = test.claimed("file");
        assertTrue(ledger.submitting(entry, "link", "https://ssrweb.zoom.us/a.m4a"));
        Entry now = test.entry("file");
        assertEquals(State.SUBMITTING, now.state());
        assertEquals("link", now.handOff());
        assertEquals("https://ssrweb.zoom.us/a.m4a", now.audioUrl());
        assertEquals(1, now.submissions());
        assertNotNull(now.submittedAt());
        assertNull(now.transcriptId());
    }

    @Test
    void whatIsBeingSubmittedIsNotSubmittedAgainByTheSameClaim() {
        Entry entry = test.claimed("file");
        assertTrue(ledger.submitting(entry, "link", "https://ssrweb.zoom.us/a.m4a"));
        assertFalse(ledger.submitting(entry, "link", "https://ssrweb.zoom.us/a.m4a"));
        ledger.submitted(entry, "t-1");
        assertFalse(ledger.submitting(entry, "link", "https://ssrweb.zoom.us/a.m4a"));
        assertEquals(1, test.entry("file").submissions());
    }

    @Test
    void theAnswerToASubmissionIsTrueWhoeverHoldsTheClaimByNow() {
        Entry posted = test.submitting("file");
        test.pass(Duration.ofHours(1));
        Entry lookingForIt = test.claim("file");
        ledger.submitted(posted, "t-1");
        assertEquals("t-1", test.entry("file").transcriptId());
        assertEquals(State.TRANSCRIBING, test.state("file"));
        assertTrue(ledger.renew(lookingForIt, Duration.ZERO));
    }

    @Test
    void anAnswerThatComesWhenItWasSubmittedAnewChangesNothing() {
        Entry before = test.claimed("file");
        ledger.submitting(before, "link", "https://ssrweb.zoom.us/a.m4a");
        test.pass(Duration.ofHours(1));
        ledger.again(test.claim("file"), null, "", 0);
        ledger.submitting(test.claim("file"), "link", "https://ssrweb.zoom.us/a.m4a");
        ledger.submitted(before, "t-1");
        assertEquals(State.SUBMITTING, test.state("file"));
    }

    @Test
    void anAnswerThatComesTooLateChangesNothing() {
        Entry posted = test.submitted("file", "t-1");
        deliver(posted);
        ledger.submitted(posted, "t-2");
        assertEquals(State.DELIVERED, test.state("file"));
        assertEquals("t-1", test.entry("file").transcriptId());
    }

    @Test
    void whatCertainlyWasNotTakenIsToBeSubmittedAgain() {
        Entry entry = test.submitting("file");
        ledger.notSubmitted(entry, false);
        assertEquals(State.SUBMITTING, test.state("file"));
        ledger.notSubmitted(entry, true);
        assertEquals(State.DISCOVERED, test.state("file"));
    }

    @Test
    void whatAssemblyAiHasTakenIsNotTakenBack() {
        Entry entry = test.submitted("file", "t-1");
        ledger.notSubmitted(entry, true);
        assertEquals(State.TRANSCRIBING, test.state("file"));
    }

    @Test
    void aTranscriptThatIsWorthNothingIsForgottenAndTheRecordingTriedAgainAtOnce() {
        ledger.again(test.submitted("file", "t-1"), "download failed", "speaker_labels", 2);
        assertEquals(List.of("file"), ledger.offer(10));
        Entry again = test.claim("file");
        assertEquals(State.DISCOVERED, again.state());
        assertNull(again.transcriptId());
        assertEquals("download failed", again.reason());
        assertEquals("speaker_labels", again.leftOut());
        assertEquals(2, again.failures());
    }

    @Test
    void aFailureIsCountedAndTheRecordingWaits() {
        ledger.failedOnce(test.claimed("file"), Duration.ofMinutes(10), "not audio");
        assertEquals(1, test.entry("file").failures());
        assertEquals("not audio", test.entry("file").reason());
        assertTrue(ledger.claim("file").isEmpty());
    }

    @Test
    void aFailedRecordingStaysFailedUntilSomebodySaysRetry() {
        ledger.failedOnce(test.claimed("file"), Duration.ZERO, "not audio");
        ledger.fail(test.claim("file"), "not audio", false);
        test.pass(Duration.ofDays(30));
        assertEquals(List.of(), ledger.offer(10));
        assertTrue(ledger.retry("file"));
        assertFalse(ledger.retry("file"));
        assertFalse(ledger.retry("no such file"));
        assertEquals(List.of("file"), ledger.offer(10));
        Entry again = test.claim("file");
        assertEquals(State.DISCOVERED, again.state());
        assertEquals(0, again.failures());
        assertNull(again.reason());
    }

    @Test
    void oneWhoseFilesCouldNotBeWrittenGoesOnFromItsTranscript() {
        ledger.fail(test.submitted("file", "t-1"), "No space left on device", true);
        assertTrue(ledger.retry("file"));
        assertEquals(State.TRANSCRIBING, test.state("file"));
        assertEquals("t-1", test.claim("file").transcriptId());
    }

    @Test
    void oneWhoseTranscriptIsNoGoodIsSubmittedAnew() {
        ledger.fail(test.submitted("file", "t-1"), "not audio", false);
        assertTrue(ledger.retry("file"));
        assertEquals(State.DISCOVERED, test.state("file"));
        assertNull(test.claim("file").transcriptId());
    }

    @Test
    void oneThatMayHaveBeenTakenIsLookedForAlsoAfterItHasFailed() {
        ledger.fail(test.submitting("file"), "something nobody expected", true);
        assertTrue(ledger.retry("file"));
        Entry again = test.claim("file");
        assertEquals(State.SUBMITTING, again.state());
        assertNotNull(again.submittedAt());
        assertEquals("https://ssrweb.zoom.us/file.m4a", again.audioUrl());
    }

    @Test
    void oneThatWasRefusedBeforeItFailedIsNotLookedFor() {
        Entry refused = test.submitting("file");
        ledger.notSubmitted(refused, true);
        ledger.fail(refused, "something nobody expected", true);
        ledger.retry("file");
        assertEquals(State.DISCOVERED, test.state("file"));
        ledger.again(test.submitted("other", "t-1"), "download failed", "", 1);
        ledger.fail(test.claim("other"), "No space left on device", true);
        ledger.retry("other");
        assertEquals(State.DISCOVERED, test.state("other"));
    }

    @Test
    void allFailedOnesAreRetriedAndNoOthers() {
        test.failed("a", "not audio");
        test.failed("b", "too short");
        ledger.skip(test.claimed("skipped"), "not wanted");
        deliver(test.submitted("delivered", "t-1"));
        assertEquals(2, ledger.retryFailed());
        assertEquals(Map.of(State.DISCOVERED, 2, State.SKIPPED, 1, State.DELIVERED, 1), ledger.counts());
    }

    @Test
    void aDeliveredRecordingIsDoneAndItsFilesAreKnown() {
        assertTrue(deliver(test.submitted("file", "t-1")));
        Entry done = test.entry("file");
        assertEquals(State.DELIVERED, done.state());
        assertEquals("t-1", done.transcriptId());
        assertNull(done.claim());
        assertNull(done.reason());
        assertNull(ledger.zoom("file"));
        assertEquals(List.of("2026-11-24/Weekly sync.md", "2026-11-24/Weekly sync.json"), ledger.files("file"));
        assertEquals(List.of(), ledger.files("no such file"));
    }

    @Test
    void silenceIsNotedAndNoFailure() {
        ledger.delivered(test.submitted("file", "t-1"), List.of("a.md"), new Result(null, null, null), "no speech");
        assertEquals("no speech", test.entry("file").reason());
        assertEquals(Map.of(State.DELIVERED, 1), ledger.counts());
    }

    @Test
    void onlyTheFilesOfADeliveredRecordingAreWrittenAnew() {
        deliver(test.submitted("file", "t-1"));
        ledger.rendered("file", List.of("a.srt"));
        assertEquals(List.of("a.srt"), ledger.files("file"));
        test.submitted("unfinished", "t-2");
        ledger.rendered("unfinished", List.of("b.srt"));
        assertEquals(List.of(), ledger.files("unfinished"));
    }

    @Test
    void theLatestChangesAreListedFirst() {
        for (String id : List.of("old", "middle", "young")) {
            test.failed(id, "not audio");
            test.pass(Duration.ofMinutes(1));
        }
        assertEquals(List.of("young", "middle"), ledger.list(State.FAILED, 2).stream().map(Entry::id).toList());
        assertEquals(List.of(), ledger.list(State.DELIVERED, 2));
    }

    @Test
    void whatIsLeftToDoIsCountedByWhetherItWaits() {
        test.add("queued");
        test.claimed("worked on");
        test.submitted("transcribing", "t-1");
        ledger.release(test.claimed("waiting"), Duration.ofHours(1), "paused");
        test.failed("failed", "not audio");
        deliver(test.submitted("delivered", "t-2"));
        assertEquals(new Unfinished(3, 1), ledger.unfinished());
    }

    @Test
    void whatIsStuckIsNoLongerWaitedForUntilItIsLookedAtAnew() {
        Entry stuck = test.submitted("file", "t-1");
        ledger.flagStuck(stuck);
        assertEquals(1, ledger.stuck());
        assertEquals(new Unfinished(0, 0), ledger.unfinished());
        assertTrue(ledger.renew(stuck, Duration.ofMinutes(5)));
        assertEquals(1, ledger.stuck());
        ledger.releaseAll();
        assertEquals(new Unfinished(1, 0), ledger.unfinished());
        test.claim("file");
        assertEquals(new Unfinished(1, 0), ledger.unfinished());
        assertEquals(0, ledger.stuck());
    }

    @Test
    void aTranscriptThatNobodyFetchedForDaysIsLeftToDo() {
        test.submitted("file", "t-1");
        test.pass(Duration.ofDays(3));
        assertEquals(new Unfinished(1, 0), ledger.unfinished());
        assertEquals(0, ledger.stuck());
    }

    @Test
    void aNoteIsRememberedWithItsTimeUntilItIsForgotten() {
        ledger.note("pause", "a wrong key");
        ledger.note("pause", "an empty balance");
        assertEquals("an empty balance", ledger.note("pause").orElseThrow().text());
        assertFalse(ledger.note("pause").orElseThrow().updatedAt().isAfter(ledger.now()));
        assertTrue(ledger.forget("pause"));
        assertTrue(ledger.note("pause").isEmpty());
    }

    @Test
    void whatWasSubmittedTodayCountsOnWhenItIsForgottenAndItsNextSubmissionBesideIt() {
        Instant today = ledger.now().truncatedTo(ChronoUnit.DAYS);
        deliver(test.submitted("file", "t-1"));
        test.submitted("other", "t-2");
        test.add("not submitted");
        assertEquals(60, ledger.records().submittedMinutes(today));

        test.interventions().forget("file", null);
        test.interventions().forget("not submitted", null);
        assertEquals(60, ledger.records().submittedMinutes(today));
        ledger.submitting(test.claim("file"), "link", "https://ssrweb.zoom.us/a.m4a");
        assertEquals(90, ledger.records().submittedMinutes(today));
        test.interventions().forget("file", null);
        assertEquals(90, ledger.records().submittedMinutes(today));
    }

    @Test
    void anEarlierDaysSubmissionIsForgottenAltogether() {
        deliver(test.submitted("file", "t-1"));
        test.pass(Duration.ofDays(1));
        test.interventions().forget("file", null);
        Instant today = ledger.now().truncatedTo(ChronoUnit.DAYS);
        assertEquals(0, ledger.records().submittedMinutes(today));
        assertEquals(0, ledger.records().submittedMinutes(today.minus(1, ChronoUnit.DAYS)));
    }
}
