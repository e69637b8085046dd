package io.github.zoomtranscriber.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a ledger remembers of what happened to a recording. */
class HistoryTest {

    private final TestLedger test = openLedger();

    TestLedger openLedger() {
        return TestLedger.inMemory();
    }

    @AfterEach
    void close() {
        test.close();
    }

    private List<String> story(String id) {
        return test.ledger.records().events(id).stream()
                .map(event -> event.state()
                        + (event.attempt() == 0 ? "" : " " + event.attempt())
                        + (event.handOff() == null ? "" : " by " + event.handOff())
                        + (event.reason() == null ? "" : ": " + event.reason()))
                .toList();
    }

    @Test
    void aRecordingThatGoesWellHasOneLineForEachState() {
        test.delivered("one", 60);
        test.add("other");

        assertEquals(
                List.of("discovered", "submitting 1 by link", "transcribing 1 by link", "delivered 1 by link"),
                story("one"));
        assertEquals(List.of("discovered"), story("other"));
        assertEquals(List.of(), story("unknown"));
    }

    @Test
    void triesThatFailedAreStillThereAfterOneThatWentWell() {
        test.submitted("one", "t1");
        test.ledger.progress().startOver(test.entry("one"), Reason.ASSEMBLYAI_ERROR, "Download error", "", 1);
        Entry second = test.claim("one");
        test.ledger.progress().submitting(second, "upload", "https://cdn.assemblyai.com/upload/1");
        test.ledger.progress().submitted(second, "t2");
        test.ledger.progress().fail(test.entry("one"), Reason.ASSEMBLYAI_ERROR, "AssemblyAI says: too short", false);
        test.ledger.progress().retry("one");
        test.ledger.progress().skip(test.claim("one"), Reason.DELETED_AT_ZOOM, "deleted at Zoom");

        assertEquals(
                List.of(
                        "discovered",
                        "submitting 1 by link",
                        "transcribing 1 by link",
                        "discovered 1 by link: Download error",
                        "submitting 2 by upload",
                        "transcribing 2 by upload",
                        "failed 2 by upload: AssemblyAI says: too short",
                        "discovered 2 by upload: put back to where it failed",
                        "skipped 2 by upload: deleted at Zoom"),
                story("one"));
    }

    @Test
    void whatZoomWasStillWorkingOnKeepsItsStoryWhenItGetsItsFile() {
        test.ledger.discoveries().add(List.of(ARecording.with("file").processing()));
        test.add("file");

        assertEquals(List.of("processing", "discovered"), story("file"));
    }

    @Test
    void whatAPersonOrderedIsInTheStory() {
        test.delivered("again", 60);
        test.add("never");
        test.ledger.interventions().forget("again", null);
        test.ledger.interventions().skip("never");

        assertEquals(
                "discovered 1: forgotten by hand: starts over", story("again").get(4));
        assertEquals(List.of("discovered", "skipped: skipped by hand"), story("never"));
    }

    @Test
    void waitingForTheSameReasonIsToldOnce() {
        test.add("one");
        IntStream.range(0, 5).forEach(i -> {
            assertTrue(test.ledger.release(
                    test.claim("one"), Duration.ZERO, Reason.VENDOR_UNAVAILABLE, "Zoom is busy (503)"));
            assertTrue(test.ledger.release(test.claim("one")));
        });
        test.ledger.release(test.claim("one"), Duration.ZERO, Reason.VENDOR_UNAVAILABLE, "the connection was reset");

        assertEquals(
                List.of("discovered", "discovered: Zoom is busy (503)", "discovered: the connection was reset"),
                story("one"));
    }

    @Test
    void aTryThatFailedIsToldEachTime() {
        test.add("one");
        IntStream.range(0, 2)
                .forEach(i -> assertTrue(test.ledger
                        .progress()
                        .failedOnce(test.claim("one"), Duration.ZERO, Reason.OTHER, "disk full")));

        assertEquals(List.of("discovered", "discovered: disk full", "discovered: disk full"), story("one"));
        assertEquals(2, test.entry("one").failures());
    }

    @Test
    void aSubmissionThatWasTakenBackSaysWhyEachTime() {
        test.add("one");
        IntStream.range(0, 2).forEach(i -> {
            Entry entry = test.claim("one");
            test.ledger.progress().submitting(entry, "link", "https://ssrweb.zoom.us/one.m4a");
            test.ledger.progress().notSubmitted(entry, true);
            test.ledger.release(entry, Duration.ZERO, Reason.VENDOR_UNAVAILABLE, "busy");
        });

        assertEquals(
                List.of(
                        "discovered",
                        "submitting 1 by link",
                        "discovered 1 by link: busy",
                        "submitting 2 by link",
                        "discovered 2 by link: busy"),
                story("one"));
    }

    @Test
    void whoHasLostARecordingAddsNothingToItsStory() {
        Entry lost = test.claimed("one");
        test.pass(TestLedger.LEASE.plusSeconds(1));
        test.claim("one");

        assertFalse(test.ledger.release(lost, Duration.ZERO, Reason.VENDOR_UNAVAILABLE, "busy"));
        assertFalse(test.ledger.progress().submitting(lost, "link", "https://ssrweb.zoom.us/one.m4a"));
        assertFalse(test.ledger.progress().fail(lost, Reason.OTHER, "no", false));

        assertEquals(List.of("discovered"), story("one"));
    }

    @Test
    void aRecordingThatGoesRoundForEverKeepsTheLastFifty() {
        test.add("round", "other");
        IntStream.range(0, 70)
                .forEach(i -> test.ledger.release(test.claim("round"), Duration.ZERO, Reason.OTHER, "reason " + i));

        assertEquals(50, story("round").size());
        assertEquals("discovered: reason 20", story("round").get(0));
        assertEquals("discovered: reason 69", story("round").get(49));
        assertEquals(List.of("discovered"), story("other"));
    }

    @Test
    void whereNodesShareALedgerEachSignsWhatItDid() {
        test.add("one");
        Ledger other = test.another();
        other.nodes().beat("host-b", Duration.ofMinutes(1));
        Entry entry = other.claim("one").orElseThrow();
        other.progress().submitting(entry, "link", "https://ssrweb.zoom.us/one.m4a");

        assertEquals("host-b", test.ledger.records().events("one").get(1).node());
        assertEquals(null, test.ledger.records().events("one").get(0).node());
    }
}
