package io.github.zoomtranscriber.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
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
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each tick does besides listing, and what it says. */
class TicksTest {

    private final MovableClock clock = new MovableClock();
    private final TestLedger test = TestLedger.inMemory();
    private final Ticks ticks = new Ticks(test.ledger, Duration.ofDays(14), clock.steady());
    private final CapturedLog log = new CapturedLog(Ticks.class);

    @AfterEach
    void close() {
        log.close();
        test.close();
    }

    private void list(Tick tick, Recording... recordings) {
        ticks.count(tick, test.ledger.discoveries().add(List.of(recordings)));
    }

    /** Time passes, for the program and for its ledger. */
    private void pass(Duration time) {
        clock.move(time);
        test.pass(time);
    }

    @Test
    void whatATickFoundIsOneLineAndANote() {
        Tick tick = ticks.begin();
        tick.tally().window("2026-11-18", "2026-11-26");
        tick.tally().meeting();
        list(
                tick,
                ARecording.with("a").build(),
                ARecording.with("b").build(),
                ARecording.with("c").processing());
        ticks.end(tick);
        assertEquals(
                List.of(
                        "INFO 2 new at Zoom: 2026-11-18 to 2026-11-26: 1 meeting seen, 1 still processing at Zoom, 0 known already"),
                log.lines());
        assertEquals(
                "2 new at Zoom: 2026-11-18 to 2026-11-26: 1 meeting seen, 1 still processing at Zoom, 0 known already",
                test.ledger.notes().find(Ticks.NOTE).orElseThrow().text());
    }

    @Test
    void aTickOverOtherDaysThanTheLastOnesIsNoNewsOfHowZoomIsAskedOnSchedule() {
        ticks.end(ticks.begin().over(new Period(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 31))));

        assertEquals(1, log.lines().size());
        assertTrue(test.ledger.notes().find(Ticks.NOTE).isEmpty());
        assertTrue(test.ledger.notes().find(Ticks.GOOD_NOTE).isEmpty());
    }

    @Test
    void aCommandsOwnTickIsGoneOnWithAndOnScheduleOneIsBegun() {
        Tick own = Tick.begin(clock).into(new Survey(recordings -> Map.of()));

        assertSame(own, ticks.beginUnlessGiven(own));
        assertNull(ticks.beginUnlessGiven(null).survey());
    }

    @Test
    void aMereLookCountsWhatWouldBeTakenAndTakesNothing() {
        Survey survey = new Survey(recordings -> Map.of());
        Tick tick = ticks.begin().into(survey);

        ticks.count(
                tick,
                ticks.look(
                        tick,
                        List.of(
                                ARecording.with("a").build(),
                                ARecording.with("b").processing())));

        assertEquals("1 new at Zoom: 0 meetings seen, 1 still processing at Zoom, 0 known already", tick.toString());
        assertEquals(List.of("a"), survey.fresh().stream().map(Recording::id).toList());
        assertEquals(Map.of(), test.ledger.statistics().counts());
    }

    @Test
    void aTickThatFindsNothingSaysWhy() {
        test.add("a", "b");
        Tick tick = ticks.begin();
        for (String from : List.of("2026-10-26", "2026-11-18", "2026-10-26")) {
            tick.tally().window(from, "2026-11-26");
        }
        for (int i = 0; i < 7; i++) {
            tick.tally().meeting();
            tick.tally().user();
        }
        tick.tally().drop("topic");
        tick.tally().drop("host");
        tick.tally().drop("topic");
        list(tick, ARecording.with("a").build(), ARecording.with("b").build());
        ticks.end(tick);
        assertEquals(
                List.of(
                        "INFO Nothing new at Zoom: 2026-10-26 to 2026-11-26, 2026-11-18 to 2026-11-26: 7 users, 7 meetings seen, "
                                + "1 dropped: host, 2 dropped: topic, 2 known already"),
                log.lines());
    }

    @Test
    void aMeetingThatZoomSaysItDoesNotHaveIsSeenAllTheSame() {
        Tick tick = ticks.begin();
        Listing meeting = new Listings(false, List.of(), 7, 300, new MovableClock())
                .meetings(List.of("u"))
                .get(0);
        ticks.notListed(tick, meeting, new Refusal(Vendor.ZOOM, 404, 3301, "There is no recording for this meeting."));
        assertEquals(List.of(), tick.tally().getRefused());
        assertEquals("Nothing new at Zoom: 0 meetings seen, 1 not at Zoom now, 0 known already", tick.toString());
        ticks.notListed(tick, meeting, new Refusal(Vendor.ZOOM, 400, 300, "no"));
        assertEquals(List.of("u"), tick.tally().getRefused());
    }

    @Test
    void whoCouldNotBeListedIsNamedAndTheFirstFewAreEnough() {
        Tick tick = ticks.begin();
        for (int i = 0; i < 7; i++) {
            ticks.notListed(
                    tick,
                    new Listing("user-" + i, "/users/" + i, 30, List.of()),
                    new Refusal(Vendor.ZOOM, 404, 1001, "User does not exist"));
        }
        assertEquals(
                "WARN Could not list user-0: Zoom refuses (404, code 1001): User does not exist",
                log.lines().get(0));
        assertEquals(
                "Nothing new at Zoom: 0 meetings seen, 0 known already; not listed: user-0, user-1, user-2, user-3, user-4 and 2 more",
                tick.toString());
    }

    @Test
    void aTickThatBrokeOffSaysSoLoudlyAndWithoutSecrets() {
        Tick tick = ticks.begin();
        list(tick, ARecording.with("a").build());
        ticks.failed(tick, new IllegalStateException("GET https://zoom.us/a?access_token=sEcReT"));
        ticks.end(tick);
        assertEquals(
                List.of("ERROR 1 new at Zoom: broken off, GET https://zoom.us/a; 0 meetings seen, 0 known already"),
                log.lines());
        assertTrue(test.ledger.notes().find(Ticks.NOTE).orElseThrow().text().contains("broken off"));
    }

    @Test
    void whatZoomIsStillProcessingIsAskedForOnlyWhereNoListOfThisTickHasShownIt() {
        list(
                ticks.begin(),
                ARecording.with("a").segment("u@1").meetingUuid("u").processing(),
                ARecording.with("b").segment("v@1").meetingUuid("v").processing());
        pass(Duration.ofMinutes(15));
        Tick tick = ticks.begin();
        list(tick, ARecording.with("b").segment("v@1").meetingUuid("v").processing());
        pass(Duration.ofMinutes(2));
        assertEquals(List.of("u"), ticks.unfinished(tick));
    }

    @Test
    void whatZoomProcessesForTooLongIsGivenUpAndSaid() {
        list(ticks.begin(), ARecording.with("a").segment("u@1").meetingUuid("u").processing());
        pass(Duration.ofDays(14).plusMinutes(1));
        assertEquals(List.of(), ticks.unfinished(ticks.begin()));
        assertEquals(Map.of(State.SKIPPED, 1), test.ledger.statistics().counts());
        assertEquals(List.of("WARN Skipped 1 recordings that Zoom has been processing for 14 days"), log.lines());
    }
}
