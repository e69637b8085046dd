package io.github.zoomtranscriber.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.ledger.Progress.Result;
import io.github.zoomtranscriber.ledger.Statistics.Unfinished;
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
        return ledger.progress()
                .delivered(entry, List.of("2026-11-24/Weekly sync.md", "2026-11-24/Weekly sync.json"), RESULT);
    }

    @Test
    void thatARecordingIsAboutToBeSubmittedIsKnownBeforeItIs() {
        Entry entry = test.claimed("file");
        assertTrue(ledger.progress().submitting(entry, "link", "https://ssrweb.zoom.us/a.m4a"));
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
        assertTrue(ledger.progress().submitting(entry, "link", "https://ssrweb.zoom.us/a.m4a"));
        assertFalse(ledger.progress().submitting(entry, "link", "https://ssrweb.zoom.us/a.m4a"));
        ledger.progress().submitted(entry, "t-1");
        assertFalse(ledger.progress().submitting(entry, "link", "https://ssrweb.zoom.us/a.m4a"));
        assertEquals(1, test.entry("file").submissions());
    }

    @Test
    void theAnswerToASubmissionIsTrueWhoeverHoldsTheClaimByNow() {
        Entry posted = test.submitting("file");
        test.pass(Duration.ofHours(1));
        Entry lookingForIt = test.claim("file");
        ledger.progress().submitted(posted, "t-1");
        assertEquals("t-1", test.entry("file").transcriptId());
        assertEquals(State.TRANSCRIBING, test.state("file"));
        assertTrue(ledger.renew(lookingForIt, Duration.ZERO));
    }

    @Test
    void anAnswerThatComesWhenItWasSubmittedAnewChangesNothing() {
        Entry before = test.claimed("file");
        ledger.progress().submitting(before, "link", "https://ssrweb.zoom.us/a.m4a");
        test.pass(Duration.ofHours(1));
        ledger.progress().startOver(test.claim("file"), null, null, "", 0);
        ledger.progress().submitting(test.claim("file"), "link", "https://ssrweb.zoom.us/a.m4a");
        ledger.progress().submitted(before, "t-1");
        assertEquals(State.SUBMITTING, test.state("file"));
    }

    @Test
    void anAnswerThatComesTooLateChangesNothing() {
        Entry posted = test.submitted("file", "t-1");
        deliver(posted);
        ledger.progress().submitted(posted, "t-2");
        assertEquals(State.DELIVERED, test.state("file"));
        assertEquals("t-1", test.entry("file").transcriptId());
    }

    @Test
    void whatCertainlyWasNotTakenIsToBeSubmittedAgain() {
        Entry entry = test.submitting("file");
        ledger.progress().notSubmitted(entry, false);
        assertEquals(State.SUBMITTING, test.state("file"));
        ledger.progress().notSubmitted(entry, true);
        assertEquals(State.DISCOVERED, test.state("file"));
    }

    @Test
    void whatAssemblyAiHasTakenIsNotTakenBack() {
        Entry entry = test.submitted("file", "t-1");
        ledger.progress().notSubmitted(entry, true);
        assertEquals(State.TRANSCRIBING, test.state("file"));
    }

    @Test
    void aTranscriptThatIsWorthNothingIsForgottenAndTheRecordingTriedAgainAtOnce() {
        ledger.progress()
                .startOver(
                        test.submitted("file", "t-1"), Reason.ASSEMBLYAI_ERROR, "download failed", "speaker_labels", 2);
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
        ledger.progress().failedOnce(test.claimed("file"), Duration.ofMinutes(10), Reason.DOWNLOAD_FAILED, "not audio");
        assertEquals(1, test.entry("file").failures());
        assertEquals("not audio", test.entry("file").reason());
        assertTrue(ledger.claim("file").isEmpty());
    }

    @Test
    void aFailedRecordingStaysFailedUntilSomebodySaysRetry() {
        ledger.progress().failedOnce(test.claimed("file"), Duration.ZERO, Reason.DOWNLOAD_FAILED, "not audio");
        ledger.progress().fail(test.claim("file"), Reason.DOWNLOAD_FAILED, "not audio", false);
        test.pass(Duration.ofDays(30));
        assertEquals(List.of(), ledger.offer(10));
        assertTrue(ledger.progress().retry("file"));
        assertFalse(ledger.progress().retry("file"));
        assertFalse(ledger.progress().retry("no such file"));
        assertEquals(List.of("file"), ledger.offer(10));
        Entry again = test.claim("file");
        assertEquals(State.DISCOVERED, again.state());
        assertEquals(0, again.failures());
        assertNull(again.reason());
    }

    @Test
    void oneWhoseFilesCouldNotBeWrittenGoesOnFromItsTranscript() {
        ledger.progress().fail(test.submitted("file", "t-1"), Reason.OTHER, "No space left on device", true);
        assertTrue(ledger.progress().retry("file"));
        assertEquals(State.TRANSCRIBING, test.state("file"));
        assertEquals("t-1", test.claim("file").transcriptId());
    }

    @Test
    void oneWhoseTranscriptIsNoGoodIsSubmittedAnew() {
        ledger.progress().fail(test.submitted("file", "t-1"), Reason.DOWNLOAD_FAILED, "not audio", false);
        assertTrue(ledger.progress().retry("file"));
        assertEquals(State.DISCOVERED, test.state("file"));
        assertNull(test.claim("file").transcriptId());
    }

    @Test
    void oneThatMayHaveBeenTakenIsLookedForAlsoAfterItHasFailed() {
        ledger.progress().fail(test.submitting("file"), Reason.OTHER, "something nobody expected", true);
        assertTrue(ledger.progress().retry("file"));
        Entry again = test.claim("file");
        assertEquals(State.SUBMITTING, again.state());
        assertNotNull(again.submittedAt());
        assertEquals("https://ssrweb.zoom.us/file.m4a", again.audioUrl());
    }

    @Test
    void oneThatWasRefusedBeforeItFailedIsNotLookedFor() {
        Entry refused = test.submitting("file");
        ledger.progress().notSubmitted(refused, true);
        ledger.progress().fail(refused, Reason.OTHER, "something nobody expected", true);
        ledger.progress().retry("file");
        assertEquals(State.DISCOVERED, test.state("file"));
        ledger.progress().startOver(test.submitted("other", "t-1"), Reason.ASSEMBLYAI_ERROR, "download failed", "", 1);
        ledger.progress().fail(test.claim("other"), Reason.OTHER, "No space left on device", true);
        ledger.progress().retry("other");
        assertEquals(State.DISCOVERED, test.state("other"));
    }

    @Test
    void onlyFailedRecordingsAreRetried() {
        test.failed("a", "not audio");
        test.failed("b", "too short");
        ledger.progress().skip(test.claimed("skipped"), Reason.SKIPPED_BY_HAND, "not wanted");
        deliver(test.submitted("delivered", "t-1"));
        List.of("a", "b").forEach(id -> assertTrue(ledger.progress().retry(id)));
        List.of("skipped", "delivered", "no such file")
                .forEach(id -> assertFalse(ledger.progress().retry(id)));
        assertEquals(
                Map.of(State.DISCOVERED, 2, State.SKIPPED, 1, State.DELIVERED, 1),
                ledger.statistics().counts());
    }

    @Test
    void aDeliveredRecordingIsDoneAndItsFilesAreKnown() {
        assertTrue(deliver(test.submitted("file", "t-1")));
        Entry done = test.entry("file");
        assertEquals(State.DELIVERED, done.state());
        assertEquals("t-1", done.transcriptId());
        assertNull(done.claim());
        assertNull(done.reason());
        assertNull(ledger.records().zoom("file"));
        assertEquals(
                List.of("2026-11-24/Weekly sync.md", "2026-11-24/Weekly sync.json"),
                ledger.records().files("file"));
        assertEquals(List.of(), ledger.records().files("no such file"));
    }

    @Test
    void silenceIsNotedAndNoFailure() {
        ledger.progress()
                .delivered(
                        test.submitted("file", "t-1"),
                        List.of("a.md"),
                        new Result(null, null, null),
                        Reason.NO_SPEECH,
                        "no speech");
        assertEquals(Reason.NO_SPEECH, test.entry("file").reasonCode());
        assertEquals("no speech", test.entry("file").reason());
        assertEquals(Map.of(State.DELIVERED, 1), ledger.statistics().counts());
    }

    @Test
    void onlyTheFilesOfADeliveredRecordingAreWrittenAnew() {
        deliver(test.submitted("file", "t-1"));
        ledger.progress().rendered("file", List.of("a.srt"));
        assertEquals(List.of("a.srt"), ledger.records().files("file"));
        test.submitted("unfinished", "t-2");
        ledger.progress().rendered("unfinished", List.of("b.srt"));
        assertEquals(List.of(), ledger.records().files("unfinished"));
    }

    @Test
    void theLatestChangesAreListedFirst() {
        for (String id : List.of("old", "middle", "young")) {
            test.failed(id, "not audio");
            test.pass(Duration.ofMinutes(1));
        }
        assertEquals(
                List.of("young", "middle"),
                ledger.records().list(State.FAILED, 2).stream().map(Entry::id).toList());
        assertEquals(List.of(), ledger.records().list(State.DELIVERED, 2));
    }

    @Test
    void whatIsLeftToDoIsCountedByWhetherItWaits() {
        test.add("queued");
        test.claimed("worked on");
        test.submitted("transcribing", "t-1");
        ledger.release(test.claimed("waiting"), Duration.ofHours(1), Reason.SUBMISSIONS_PAUSED, "paused");
        test.failed("failed", "not audio");
        deliver(test.submitted("delivered", "t-2"));
        assertEquals(new Unfinished(3, 1), ledger.statistics().unfinished());
    }

    @Test
    void whatWaitsForTheNextDayIsCountedApartAndTriedAtOnceWhenThereAreMoreHours() {
        ledger.release(test.claimed("capped"), Duration.ofHours(9), Reason.DAILY_HOURS_USED_UP, "until tomorrow");
        ledger.release(
                test.claimed("busy"),
                Duration.ofHours(9),
                Reason.VENDOR_UNAVAILABLE,
                "above assemblyai.max-hours-per-day");
        assertEquals(1, ledger.statistics().waitingFor(Reason.DAILY_HOURS_USED_UP));
        assertEquals(new Unfinished(0, 1), ledger.statistics().unfinished());
        ledger.wake(Reason.DAILY_HOURS_USED_UP);
        assertEquals(0, ledger.statistics().waitingFor(Reason.DAILY_HOURS_USED_UP));
        assertEquals(List.of("capped"), ledger.offer(10));
    }

    @Test
    void aReasonAndItsCodeComeAndGoTogether() {
        ledger.progress().failedOnce(test.claimed("file"), Duration.ZERO, Reason.DOWNLOAD_FAILED, "not audio");
        assertEquals(Reason.DOWNLOAD_FAILED, test.entry("file").reasonCode());
        Entry entry = test.claim("file");
        ledger.release(entry);
        assertEquals(Reason.DOWNLOAD_FAILED, test.entry("file").reasonCode());
        ledger.progress().fail(test.claim("file"), Reason.ZOOM_REFUSED, "no", false);
        assertEquals(Reason.ZOOM_REFUSED, test.entry("file").reasonCode());
        ledger.progress().retry("file");
        assertEquals(
                List.of(),
                test.query("SELECT reason_code FROM zoom_transcriber_recording WHERE reason_code IS NOT NULL"));
        ledger.release(test.claim("file"), Duration.ZERO, Reason.VENDOR_UNAVAILABLE, "busy");
        ledger.progress().submitting(test.claim("file"), "link", "https://ssrweb.zoom.us/a.m4a");
        ledger.progress().submitted(test.entry("file"), "t-1");
        assertEquals(
                List.of(),
                test.query("SELECT reason_code FROM zoom_transcriber_recording WHERE reason_code IS NOT NULL"));
    }

    @Test
    void whatIsStuckIsNoLongerWaitedForUntilItIsLookedAtAnew() {
        Entry stuck = test.submitted("file", "t-1");
        ledger.progress().flagStuck(stuck);
        assertEquals(1, ledger.statistics().stuck());
        assertEquals(new Unfinished(0, 0), ledger.statistics().unfinished());
        assertTrue(ledger.renew(stuck, Duration.ofMinutes(5)));
        assertEquals(1, ledger.statistics().stuck());
        ledger.releaseAll();
        assertEquals(new Unfinished(1, 0), ledger.statistics().unfinished());
        test.claim("file");
        assertEquals(new Unfinished(1, 0), ledger.statistics().unfinished());
        assertEquals(0, ledger.statistics().stuck());
    }

    @Test
    void aTranscriptThatNobodyFetchedForDaysIsLeftToDo() {
        test.submitted("file", "t-1");
        test.pass(Duration.ofDays(3));
        assertEquals(new Unfinished(1, 0), ledger.statistics().unfinished());
        assertEquals(0, ledger.statistics().stuck());
    }

    @Test
    void aNoteIsRememberedWithItsTimeUntilItIsForgotten() {
        ledger.notes().put("pause", "a wrong key");
        ledger.notes().put("pause", "an empty balance");
        assertEquals(
                "an empty balance", ledger.notes().find("pause").orElseThrow().text());
        assertFalse(ledger.notes().find("pause").orElseThrow().updatedAt().isAfter(ledger.now()));
        assertTrue(ledger.notes().remove("pause"));
        assertTrue(ledger.notes().find("pause").isEmpty());
    }

    @Test
    void whatWasSubmittedTodayCountsOnWhenItIsForgottenAndItsNextSubmissionBesideIt() {
        Instant today = ledger.now().truncatedTo(ChronoUnit.DAYS);
        deliver(test.submitted("file", "t-1"));
        test.submitted("other", "t-2");
        test.add("not submitted");
        assertEquals(60, ledger.statistics().submittedMinutes(today));

        ledger.interventions().forget("file", null);
        ledger.interventions().forget("not submitted", null);
        assertEquals(60, ledger.statistics().submittedMinutes(today));
        ledger.progress().submitting(test.claim("file"), "link", "https://ssrweb.zoom.us/a.m4a");
        assertEquals(90, ledger.statistics().submittedMinutes(today));
        ledger.interventions().forget("file", null);
        assertEquals(90, ledger.statistics().submittedMinutes(today));
    }

    @Test
    void anEarlierDaysSubmissionIsForgottenAltogether() {
        deliver(test.submitted("file", "t-1"));
        test.pass(Duration.ofDays(1));
        ledger.interventions().forget("file", null);
        Instant today = ledger.now().truncatedTo(ChronoUnit.DAYS);
        assertEquals(0, ledger.statistics().submittedMinutes(today));
        assertEquals(0, ledger.statistics().submittedMinutes(today.minus(1, ChronoUnit.DAYS)));
    }
}
