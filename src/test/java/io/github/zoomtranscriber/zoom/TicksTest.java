package io.github.zoomtranscriber.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.MovableClock;
import io.github.zoomtranscriber.http.Refusal;
import io.github.zoomtranscriber.http.Vendor;
import io.github.zoomtranscriber.ledger.ARecording;
import io.github.zoomtranscriber.ledger.Recording;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.ledger.TestLedger;
import io.github.zoomtranscriber.logging.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each tick does besides listing, and what it says. */
class TicksTest {

    private final MovableClock clock = new MovableClock();
    private final TestLedger test = TestLedger.inMemory();
    private final Ticks ticks = new Ticks(test.ledger, Duration.ofDays(14), clock);
    private final CapturedLog log = new CapturedLog(Ticks.class);

    @AfterEach
    void close() {
        log.close();
        test.close();
    }

    private void list(Tally tally, Recording... recordings) {
        ticks.count(tally, test.ledger.add(List.of(recordings)));
    }

    /** Time passes, for the program and for its ledger. */
    private void pass(Duration time) {
        clock.move(time);
        test.pass(time);
    }

    @Test
    void whatATickFoundIsOneLineAndANote() {
        Tally tally = ticks.begin();
        tally.window("2026-11-18", "2026-11-26");
        tally.meeting();
        list(tally, ARecording.with("a").build(), ARecording.with("b").build(), ARecording.with("c").processing());
        ticks.end(tally, null);
        assertEquals(List.of("INFO 2 new at Zoom: 2026-11-18 to 2026-11-26: 1 meeting seen, 1 still processing at Zoom, 0 known already"), log.lines());
        assertEquals("2 new at Zoom: 2026-11-18 to 2026-11-26: 1 meeting seen, 1 still processing at Zoom, 0 known already",
                test.ledger.note(Ticks.NOTE).orElseThrow().text());
    }

    @Test
    void aTickThatFindsNothingSaysWhy() {
        test.add("a", "b");
        Tally tally = ticks.begin();
        for (String from : List.of("2026-10-26", "2026-11-18", "2026-10-26")) {
            tally.window(from, "2026-11-26");
        }
        for (int i = 0; i < 7; i++) {
            tally.meeting();
            tally.user();
        }
        tally.drop("topic");
        tally.drop("host");
        tally.drop("topic");
        list(tally, ARecording.with("a").build(), ARecording.with("b").build());
        ticks.end(tally, null);
        assertEquals(List.of("INFO Nothing new at Zoom: 2026-10-26 to 2026-11-26, 2026-11-18 to 2026-11-26: 7 users, 7 meetings seen, "
                + "1 dropped: host, 2 dropped: topic, 2 known already"), log.lines());
    }

    @Test
    void whoCouldNotBeListedIsNamedAndTheFirstFewAreEnough() {
        Tally tally = ticks.begin();
        for (int i = 0; i < 7; i++) {
            ticks.notListed(tally, "user-" + i, new Refusal(Vendor.ZOOM, 404, 1001, "User does not exist"));
        }
        assertEquals("WARN Could not list user-0: Zoom refuses (404, code 1001): User does not exist", log.lines().get(0));
        assertEquals("Nothing new at Zoom: 0 meetings seen, 0 known already; not listed: user-0, user-1, user-2, user-3, user-4 and 2 more", tally.toString());
    }

    @Test
    void aTickThatBrokeOffSaysSoLoudlyAndWithoutSecrets() {
        Tally tally = ticks.begin();
        list(tally, ARecording.with("a").build());
        ticks.failed(tally, new IllegalStateException("GET https://zoom.us/a?access_token=sEcReT"));
        ticks.end(tally, null);
        assertEquals(List.of("ERROR 1 new at Zoom: broken off, GET https://zoom.us/a; 0 meetings seen, 0 known already"), log.lines());
        assertTrue(test.ledger.note(Ticks.NOTE).orElseThrow().text().contains("broken off"));
    }

    @Test
    void whatZoomIsStillProcessingIsAskedForOnlyWhereNoListOfThisTickHasShownIt() {
        list(ticks.begin(), ARecording.with("a").segment("u@1").meetingUuid("u").processing(), ARecording.with("b").segment("v@1").meetingUuid("v").processing());
        pass(Duration.ofMinutes(15));
        Tally tally = ticks.begin();
        list(tally, ARecording.with("b").segment("v@1").meetingUuid("v").processing());
        pass(Duration.ofMinutes(2));
        assertEquals(List.of("u"), ticks.unfinished(tally, null));
    }

    @Test
    void whatZoomProcessesForTooLongIsGivenUpAndSaid() {
        list(ticks.begin(), ARecording.with("a").segment("u@1").meetingUuid("u").processing());
        pass(Duration.ofDays(14).plusMinutes(1));
        assertEquals(List.of(), ticks.unfinished(ticks.begin(), null));
        assertEquals(Map.of(State.SKIPPED, 1), test.ledger.counts());
        assertEquals(List.of("WARN Zoom has been processing 1 recordings for 14 days: they are skipped"), log.lines());
    }
}
