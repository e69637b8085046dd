package io.github.zoomtranscriber.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.ledger.Discoveries.Added;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What comes of the pages that Zoom lists. */
class LedgerDiscoveryTest extends LedgerFile {

    private static final Recording READY =
            ARecording.with("file").segment("uuid@1").build();
    private static final Recording PROCESSING =
            ARecording.with("file").segment("uuid@1").processing();
    private static final Duration WAIT = Duration.ofDays(14);

    private static List<String> fresh(Recording... recordings) {
        return ledger.discoveries().add(List.of(recordings)).fresh().stream()
                .map(Recording::id)
                .toList();
    }

    @Test
    void aRecordingIsNewOnceAndKnownEverAfter() {
        assertEquals(new Added(List.of(READY), 0, 0), ledger.discoveries().add(List.of(READY)));
        assertEquals(new Added(List.of(), 1, 0), ledger.discoveries().add(List.of(READY)));
        assertEquals(new Added(List.of(), 0, 0), ledger.discoveries().add(List.of()));
    }

    @Test
    void aPageThatRepeatsARecordingGivesItOnce() {
        assertEquals(new Added(List.of(READY), 1, 0), ledger.discoveries().add(List.of(READY, READY)));
    }

    @Test
    void ofManyWhoListTheSameAtOnceOneGetsEachRecording() {
        List<Recording> page = IntStream.range(0, 30)
                .mapToObj(i -> ARecording.with("file-" + i).build())
                .toList();
        List<String> given = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> test.another().discoveries().add(page).fresh())
                .flatMap(List::stream)
                .map(Recording::id)
                .sorted()
                .toList();
        assertEquals(page.stream().map(Recording::id).sorted().toList(), given);
        assertEquals(Map.of(State.DISCOVERED, 30), ledger.statistics().counts());
    }

    @Test
    void whatZoomSaysOfARecordingIsKept() {
        ledger.discoveries().add(List.of(READY));
        Recording kept = test.entry("file").recording();
        assertEquals(
                new Recording(
                        "file",
                        "uuid@1",
                        READY.meetingUuid(),
                        81234567890L,
                        "Weekly sync",
                        "ada@example.com",
                        READY.start(),
                        "Europe/Berlin",
                        30,
                        "audio_only",
                        12_582_912,
                        READY.downloadUrl(),
                        true,
                        null),
                kept);
        assertEquals(READY.zoom(), ledger.records().zoom("file"));
    }

    @Test
    void aRecordingWithHardlyAnythingKnownIsTakenToo() {
        ledger.discoveries()
                .add(List.of(new Recording(
                        "bare", "bare@", null, null, null, null, null, null, 0, null, 0, null, true, null)));
        assertEquals("bare", test.claim("bare").id());
    }

    @Test
    void twoSegmentsOfAMeetingAreTwoRecordings() {
        assertEquals(
                List.of("a", "b"),
                fresh(
                        ARecording.with("a").segment("uuid@1").build(),
                        ARecording.with("b").segment("uuid@2").build()));
    }

    @Test
    void anotherFileOfAKnownSegmentIsNoOtherRecording() {
        fresh(ARecording.with("sound").segment("uuid@1").build());
        assertEquals(List.of(), fresh(ARecording.with("video").segment("uuid@1").build()));
    }

    @Test
    void aRecordingThatIsKnownByAnotherNameOfItsSegmentIsNoOther() {
        fresh(ARecording.with("video").segment("uuid@2").build());
        Recording both =
                ARecording.with("sound").segment("uuid@1").also("uuid@2").build();
        assertEquals(new Added(List.of(), 1, 0), ledger.discoveries().add(List.of(both)));
        assertEquals(Map.of(State.DISCOVERED, 1), ledger.statistics().counts());
    }

    @Test
    void whatAnEarlierVersionTookForTwoRecordingsStaysAsItIsAndGivesNoThird() {
        fresh(
                ARecording.with("sound").segment("uuid@1").build(),
                ARecording.with("video").segment("uuid@2").build());
        test.claim("sound");
        for (String name : List.of("uuid@1", "uuid@2", "uuid@3")) {
            assertEquals(
                    List.of(),
                    fresh(ARecording.with("x")
                            .segment(name)
                            .also("uuid@1", "uuid@2")
                            .build()));
        }
        assertEquals(Map.of(State.DISCOVERED, 2), ledger.statistics().counts());
    }

    @Test
    void whatWasAwaitedByAnotherNameBecomesReadyOnceUnderTheNameItHas() {
        fresh(ARecording.with("video").segment("uuid@2").processing());
        Recording ready =
                ARecording.with("sound").segment("uuid@1").also("uuid@2").build();
        assertEquals(new Added(List.of(ready), 0, 0), ledger.discoveries().add(List.of(ready)));
        assertEquals(new Added(List.of(), 1, 0), ledger.discoveries().add(List.of(ready)));
        assertEquals("uuid@2", test.entry("sound").recording().segment());
        assertEquals(Map.of(State.DISCOVERED, 1), ledger.statistics().counts());
    }

    @Test
    void whatWasAwaitedUnderTwoNamesAndIsOneRecordingIsDoneOnceAndAwaitedNoMore() {
        fresh(
                ARecording.with("sound").segment("uuid@1").processing(),
                ARecording.with("video").segment("uuid@2").processing());
        Recording ready =
                ARecording.with("sound").segment("uuid@1").also("uuid@2").build();
        assertEquals(new Added(List.of(ready), 0, 0), ledger.discoveries().add(List.of(ready)));
        assertEquals(
                Map.of(State.DISCOVERED, 1, State.SKIPPED, 1),
                ledger.statistics().counts());
        assertEquals("the same recording as uuid@1", test.entry("uuid@2").reason());
        assertEquals(List.of(), fresh(ARecording.with("video").segment("uuid@2").build()), "it is over");
    }

    @Test
    void aRecordingThatAnEventTellsOfByAnotherNameIsNotAwaitedOnceItIsUnderWay() {
        Recording told = ARecording.with("video")
                .segment("uuid@2")
                .also("uuid@1")
                .build()
                .announced();
        fresh(ARecording.with("sound").segment("uuid@1").build());
        ledger.discoveries().add(List.of(told));
        assertFalse(ledger.discoveries().isAwaited(List.of(told)));
        assertEquals(Map.of(State.DISCOVERED, 1), ledger.statistics().counts());
    }

    @Test
    void whatIsUnderWayByOneNameIsNotTakenUpByAnotherThatIsAwaited() {
        fresh(
                ARecording.with("sound").segment("uuid@1").build(),
                ARecording.with("video").segment("uuid@2").processing());
        assertEquals(
                List.of(),
                fresh(ARecording.with("video").segment("uuid@2").also("uuid@1").build()));
        assertEquals(
                Map.of(State.DISCOVERED, 1, State.SKIPPED, 1),
                ledger.statistics().counts());
    }

    @Test
    void whatZoomIsStillProcessingIsRememberedButNotYetToBeDone() {
        assertEquals(new Added(List.of(), 0, 1), ledger.discoveries().add(List.of(PROCESSING)));
        assertEquals(Map.of(State.PROCESSING, 1), ledger.statistics().counts());
        test.pass(Duration.ofHours(1));
        assertEquals(List.of(), ledger.offer(10));
        assertTrue(ledger.claim("uuid@1").isEmpty());
    }

    @Test
    void aRecordingThatHasBecomeReadyIsNewOnceUnderItsFilesId() {
        fresh(PROCESSING);
        assertEquals(new Added(List.of(READY), 0, 0), ledger.discoveries().add(List.of(READY)));
        assertEquals(new Added(List.of(), 1, 0), ledger.discoveries().add(List.of(READY)));
        assertEquals(Map.of(State.DISCOVERED, 1), ledger.statistics().counts());
        Recording now = test.claim("file").recording();
        assertEquals(READY.downloadUrl(), now.downloadUrl());
        assertEquals(READY.fileSize(), now.fileSize());
        assertEquals(READY.zoom(), ledger.records().zoom("file"));
    }

    @Test
    void whatIsReadyOnceIsNotUndoneByAPageThatSaysProcessing() {
        fresh(READY);
        assertEquals(List.of(), fresh(PROCESSING));
        assertEquals(State.DISCOVERED, test.state("file"));
    }

    @Test
    void aMeetingBeingProcessedIsAskedForOnlyOnceNoListShowsItAnyMore() {
        fresh(
                ARecording.with("a").segment("u@1").meetingUuid("u").processing(),
                ARecording.with("b").segment("u@2").meetingUuid("u").processing());
        assertEquals(List.of(), ledger.discoveries().processing(Duration.ofMinutes(5)));
        test.pass(Duration.ofMinutes(10));
        assertEquals(List.of("u"), ledger.discoveries().processing(Duration.ofMinutes(5)));
        fresh(
                ARecording.with("a").segment("u@1").meetingUuid("u").processing(),
                ARecording.with("b").segment("u@2").meetingUuid("u").processing());
        assertEquals(List.of(), ledger.discoveries().processing(Duration.ofMinutes(5)));
    }

    @Test
    void whatZoomProcessesForTooLongIsSkippedWithTheReason() {
        fresh(PROCESSING);
        test.pass(Duration.ofDays(13));
        assertEquals(0, ledger.discoveries().stopWaiting(WAIT));
        test.pass(Duration.ofDays(2));
        assertEquals(1, ledger.discoveries().stopWaiting(WAIT));
        assertEquals(State.SKIPPED, test.state("uuid@1"));
        assertEquals(Reason.PROCESSING_TOO_LONG, test.entry("uuid@1").reasonCode());
        assertEquals(
                "Zoom was still processing it after 14 days",
                test.entry("uuid@1").reason());
        assertEquals(List.of(), ledger.discoveries().processing(Duration.ZERO));
    }

    @Test
    void oneThatWasGivenUpIsTranscribedAllTheSameOnceZoomListsItAsReady() {
        fresh(PROCESSING);
        test.pass(Duration.ofDays(15));
        ledger.discoveries().stopWaiting(WAIT);
        assertEquals(List.of(), fresh(PROCESSING));
        assertEquals(List.of("file"), fresh(READY));
        assertEquals(State.DISCOVERED, test.state("file"));
    }

    @Test
    void oneThatZoomDeletedComesBackWhenZoomListsItAgainEvenAsAnotherFile() {
        fresh(READY);
        ledger.progress().skip(test.claim("file"), Reason.DELETED_AT_ZOOM, "in other words");
        assertEquals(State.SKIPPED, test.state("file"));
        assertTrue(ledger.discoveries().isAwaited(List.of(READY)));
        assertEquals(
                List.of("recovered"),
                fresh(ARecording.with("recovered").segment("uuid@1").build()));
        assertEquals(
                List.of(), fresh(ARecording.with("recovered").segment("uuid@1").build()));
        assertEquals("recovered", test.claim("recovered").id());
        assertEquals(Map.of(State.DISCOVERED, 1), ledger.statistics().counts());
    }

    @Test
    void whatIsNotToBeWaitedForAnyLongerIsSkippedAndOfOtherMeetingsNothingIs() {
        fresh(
                ARecording.with("a").segment("n@1").meetingUuid("n").processing(),
                ARecording.with("b").segment("u@1").meetingUuid("u").processing(),
                ARecording.with("c").segment("n@2").meetingUuid("n").build());
        assertEquals(1, ledger.discoveries().skipAwaited(List.of("n", "unknown"), Reason.MY_NOTES, "my notes"));
        assertEquals(0, ledger.discoveries().skipAwaited(List.of(), Reason.MY_NOTES, "my notes"));
        assertEquals(
                Map.of(State.SKIPPED, 1, State.PROCESSING, 1, State.DISCOVERED, 1),
                ledger.statistics().counts());
        assertEquals(
                List.of("a"),
                fresh(ARecording.with("a").segment("n@1").meetingUuid("n").build()),
                "wanted after all");
    }

    @Test
    void oneThatIsSkippedForAnyOtherReasonStaysSoWhateverTheSentenceSays() {
        fresh(READY);
        ledger.progress().skip(test.claim("file"), Reason.SKIPPED_BY_HAND, "deleted at Zoom");
        assertEquals(List.of(), fresh(READY));
        assertEquals(State.SKIPPED, test.state("file"));
    }

    @Test
    void noListingChangesARecordingThatIsUnderWayOrDone() {
        test.submitted("transcribing", "t-1");
        test.failed("failed", "not audio");
        ledger.progress().delivered(test.claimed("delivered"), List.of("a.md"), new Progress.Result("en", 60, "best"));
        List<Entry> before = List.of(test.entry("transcribing"), test.entry("failed"), test.entry("delivered"));
        test.add("transcribing", "failed", "delivered");
        fresh(
                ARecording.with("failed").processing(),
                ARecording.with("delivered").processing());
        assertEquals(before, List.of(test.entry("transcribing"), test.entry("failed"), test.entry("delivered")));
    }

    @Test
    void textsAsLongAsNobodyExpectsHoldUpNoPage() {
        String zone = "Somewhere/".repeat(50);
        String topic =
                "\uD83D\uDE00 \u05E9\u05DC\u05D5\u05DD '; DROP TABLE zoom_transcriber_recording; -- ".repeat(100);
        assertEquals(
                List.of("odd", "file"),
                fresh(ARecording.with("odd").timeZone(zone).topic(topic).build(), READY));
        assertEquals(topic, test.entry("odd").recording().topic());
    }

    @Test
    void theHourThatComesTwiceInAutumnIsKeptApartWhereverTheMachineStands() {
        try (LedgerConnection inBerlin =
                LedgerConnection.open(TestLedger.url(folder.resolve("berlin")) + ";TIME ZONE=Europe/Berlin", "", "")) {
            Ledger ledger = new Ledger(inBerlin.source(), TestLedger.LEASE);
            for (String start : List.of("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z")) {
                ledger.discoveries()
                        .add(List.of(ARecording.with(start).start(start).build()));
                assertEquals(
                        Instant.parse(start),
                        ledger.records().find(start).orElseThrow().recording().start());
            }
        }
    }
}
