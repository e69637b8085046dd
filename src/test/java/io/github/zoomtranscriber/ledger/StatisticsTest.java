package io.github.zoomtranscriber.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.ledger.Statistics.Day;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Counts and sums over the ledger. */
class StatisticsTest {

    private final TestLedger test = openLedger();
    private final Statistics statistics = test.ledger.statistics();

    TestLedger openLedger() {
        return TestLedger.inMemory();
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void anEmptyLedgerHasNothingToShowAndNothingFails() {
        assertEquals(Map.of(), statistics.counts());
        assertEquals(Map.of(), statistics.failures());
        assertEquals(0, statistics.stuck());
        assertTrue(statistics.oldestUnfinished().isEmpty());
        assertEquals(new Statistics.Durations(0, 0, 0, 0), statistics.durations(24));
        assertEquals(7, statistics.days(7).size());
    }

    @Test
    void everyStateIsCountedAndTheSecondsOfWhatWasDelivered() {
        test.add("waiting");
        test.delivered("one", 1800);
        test.delivered("two", 60);
        test.failed("three", "Zoom refuses (403): no");

        Map<State, Integer> counts = statistics.counts();

        assertEquals(2, counts.get(State.DELIVERED));
        assertEquals(1860, statistics.audioSeconds());
        assertEquals(1, counts.get(State.DISCOVERED));
        assertEquals(1, counts.get(State.FAILED));
        assertEquals(
                test.entry("waiting").createdAt(), statistics.oldestUnfinished().orElseThrow());
    }

    @Test
    void failuresAreCountedByTheirReasonWhateverTheWords() {
        test.failed("a", Reason.ASSEMBLYAI_REFUSED, "too large");
        test.failed("b", Reason.ASSEMBLYAI_REFUSED, "Zoom refuses to download");
        test.failed("c", Reason.ASSEMBLYAI_ERROR, "no audio");
        test.failed("d", Reason.TRANSCRIPT_DELETED, "gone");
        test.failed("e", Reason.ZOOM_REFUSED, "no");
        test.failed("f", Reason.DOWNLOAD_FAILED, "a page of text");
        test.failed("g", Reason.OTHER, "FileSystemException: /srv/download: disk\nfull");
        test.failed("h", Reason.TOO_LARGE, "6 GB");

        assertEquals(
                Map.of(
                        Failure.ASSEMBLYAI_REFUSED,
                        2,
                        Failure.ASSEMBLYAI_ERROR,
                        1,
                        Failure.TRANSCRIPT_DELETED,
                        1,
                        Failure.ZOOM_REFUSED,
                        1,
                        Failure.DOWNLOAD,
                        1,
                        Failure.OTHER,
                        2),
                statistics.failures());
    }

    @Test
    void whatANodeOfAnotherVersionFailedIsCountedToo() {
        test.failed("older", Reason.ZOOM_REFUSED, "no");
        test.failed("newer", Reason.ZOOM_REFUSED, "no");
        test.execute("UPDATE zoom_transcriber_recording SET reason_code = NULL WHERE id = 'older'");
        test.execute("UPDATE zoom_transcriber_recording SET reason_code = 'NOT_KNOWN_YET' WHERE id = 'newer'");

        assertEquals(Map.of(Failure.OTHER, 2), statistics.failures());
        assertEquals(Reason.OTHER, test.entry("older").reasonCode());
        assertEquals(Reason.OTHER, test.entry("newer").reasonCode());
        assertEquals("no", test.entry("older").reason());
    }

    @Test
    void eachDayHasWhatHappenedOnIt() {
        test.delivered("long ago", 600);
        test.failed("then", "no");
        test.pass(Duration.ofDays(2));
        test.add("today");
        test.delivered("also today", 90);

        List<Day> days = statistics.days(7);

        Day today = days.get(6);
        Day then = days.get(4);
        assertEquals(List.of(2, 1, 0), List.of(today.found(), today.delivered(), today.failed()));
        assertEquals(90, today.audioSeconds());
        assertEquals(List.of(2, 1, 1), List.of(then.found(), then.delivered(), then.failed()));
        assertEquals(600, then.audioSeconds());
        assertEquals(0, days.get(5).found());
    }

    @Test
    void todayIsWhatWasDeliveredTodayAndNotWhatWasRenderedAnewOrForgotten() {
        test.delivered("yesterday", 600);
        test.delivered("forgotten", 600);
        test.pass(Duration.ofDays(1));
        test.ledger.progress().rendered("yesterday", List.of("a.md"));
        test.ledger.interventions().forget("forgotten", null);
        test.delivered("today", 90);
        test.submitted("in flight", "t");

        Instant midnight = test.ledger.now().truncatedTo(ChronoUnit.DAYS);
        assertEquals(
                new Statistics.Glance(
                        1, 90, 30, "forgotten", test.entry("forgotten").createdAt()),
                statistics.glance(midnight));
        assertEquals(
                List.of(1, 0),
                List.of(
                        statistics.days(7).get(6).delivered(),
                        statistics.days(7).get(4).delivered()));
    }

    @Test
    void howLongItTookIsOfWhatWasDeliveredLately() {
        test.delivered("old", 60);
        test.pass(Duration.ofDays(3));
        test.submitted("new", "t");
        test.pass(Duration.ofMinutes(10));
        test.ledger
                .progress()
                .delivered(test.entry("new"), List.of("a.md"), new Progress.Result("en", 60, "universal"));

        Statistics.Durations durations = statistics.durations(24);

        assertEquals(1, durations.recordings());
        assertEquals(600, durations.fromFound(), 30);
        assertEquals(600, durations.fromSubmission(), 30);
    }
}
