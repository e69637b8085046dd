package io.github.zoomtranscriber.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.ledger.Overview.Day;
import io.github.zoomtranscriber.ledger.Overview.Page;
import io.github.zoomtranscriber.ledger.Overview.Row;
import io.github.zoomtranscriber.ledger.Overview.Story;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people see of the ledger. */
class OverviewTest {

    private final TestLedger test = openLedger();
    private final Overview overview = test.overview();

    TestLedger openLedger() {
        return TestLedger.inMemory();
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void anEmptyLedgerHasNothingToShowAndNothingFails() {
        assertEquals(Map.of(), overview.totals());
        assertEquals(Map.of(), overview.failures());
        assertEquals(0, overview.stuck());
        assertTrue(overview.oldestUnfinished().isEmpty());
        assertEquals(List.of(), overview.page(null, null, null, 10).recordings());
        assertEquals(new Overview.Duration(0, 0, 0, 0), overview.durations(24));
        assertEquals(7, overview.days(7).size());
    }

    @Test
    void everyStateIsCountedAndTheSecondsOfWhatWasDelivered() {
        test.add("waiting");
        test.delivered("one", 1800);
        test.delivered("two", 60);
        test.failed("three", "Zoom refuses (403): no");

        Map<State, Long> totals = overview.totals();

        assertEquals(2, totals.get(State.DELIVERED));
        assertEquals(1860, overview.audioSeconds());
        assertEquals(1, totals.get(State.DISCOVERED));
        assertEquals(1, totals.get(State.FAILED));
        assertEquals(test.entry("waiting").createdAt(), overview.oldestUnfinished().orElseThrow());
    }

    @Test
    void failuresAreCountedByWhoseTheyAreWhateverTheWords() {
        test.failed("a", "AssemblyAI refuses (400): too large");
        test.failed("b", "AssemblyAI refuses (400): too long");
        test.failed("c", "AssemblyAI says: File does not appear to contain audio");
        test.failed("d", "The transcript was deleted at AssemblyAI before it was fetched");
        test.failed("e", "Zoom refuses (403): no");
        test.failed("f", "Zoom sent a page of text instead of audio");
        test.failed("g", "FileSystemException: disk\nfull");

        assertEquals(Map.of(Failure.ASSEMBLYAI_REFUSED, 2, Failure.ASSEMBLYAI_ERROR, 1, Failure.TRANSCRIPT_DELETED, 1, Failure.ZOOM_REFUSED, 1,
                Failure.DOWNLOAD, 1, Failure.OTHER, 1), overview.failures());
    }

    @Test
    void eachDayHasWhatHappenedOnIt() {
        test.delivered("long ago", 600);
        test.failed("then", "no");
        test.pass(Duration.ofDays(2));
        test.add("today");
        test.delivered("also today", 90);

        List<Day> days = overview.days(7);

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
        test.ledger.rendered("yesterday", List.of("a.md"));
        test.interventions().forget("forgotten", null);
        test.delivered("today", 90);
        test.submitted("in flight", "t");

        Instant midnight = test.ledger.now().truncatedTo(ChronoUnit.DAYS);
        assertEquals(new Overview.Glance(1, 90, 30, "forgotten", test.entry("forgotten").createdAt()), overview.glance(midnight));
        assertEquals(List.of(1, 0), List.of(overview.days(7).get(6).delivered(), overview.days(7).get(4).delivered()));
    }

    @Test
    void howLongItTookIsOfWhatWasDeliveredLately() {
        test.delivered("old", 60);
        test.pass(Duration.ofDays(3));
        test.submitted("new", "t");
        test.pass(Duration.ofMinutes(10));
        test.ledger.delivered(test.entry("new"), List.of("a.md"), new Ledger.Result("en", 60, "universal"), null);

        Overview.Duration durations = overview.durations(24);

        assertEquals(1, durations.recordings());
        assertEquals(600, durations.fromFound(), 30);
        assertEquals(600, durations.fromSubmission(), 30);
    }

    @Test
    void pagesFollowEachOtherWithoutAGapAndWithoutARepetition() {
        IntStream.range(0, 25).forEach(i -> test.add("r" + i));
        List<String> seen = new ArrayList<>();
        Page page = overview.page(null, "", "", 10);
        while (true) {
            page.recordings().forEach(row -> seen.add(row.id()));
            if (!page.more()) {
                break;
            }
            page = overview.page(null, null, page.recordings().get(9).id(), 10);
        }

        assertEquals(25, seen.size());
        assertEquals(25, seen.stream().distinct().count());
        assertEquals("r24", seen.get(0));
    }

    @Test
    void aSearchFindsTopicsHostsAndIdsAndTakesNoCharacterForAPattern() {
        test.ledger.add(List.of(ARecording.with("a").topic("100 % Ümlaut_Review").build(), ARecording.with("b").topic("100 x ümlautsReview").build()));

        assertEquals(List.of("a"), ids(overview.page(null, "ümlaut_", null, 10)));
        assertEquals(List.of("a"), ids(overview.page(null, "100 %", null, 10)));
        assertEquals(List.of("b"), ids(overview.page(null, " b ", null, 10)));
        assertEquals(2, overview.page(null, "ADA@example", null, 10).recordings().size());
        assertEquals(List.of(), ids(overview.page(null, "' OR 1=1 --", null, 10)));
        assertEquals(List.of(), ids(overview.page(State.FAILED, "ümlaut", null, 10)));
    }

    @Test
    void aSearchGoesThroughSoManyAtATimeSaysHowFarItCameAndCanGoOn() {
        IntStream.range(0, 25).forEach(i -> test.ledger.add(List.of(ARecording.with("r" + i).topic(i % 10 == 3 ? "Weekly sync" : "Other").build())));
        Overview overview = test.overviewThatSearches(10);

        Page first = overview.page(null, "weekly", null, 5);
        Page second = overview.page(null, "weekly", first.searched().after(), 5);
        Page third = overview.page(null, "weekly", second.searched().after(), 5);

        assertEquals(List.of(List.of("r23"), List.of("r13"), List.of("r3")), List.of(ids(first), ids(second), ids(third)));
        assertEquals(test.entry("r15").createdAt(), first.searched().since());
        assertNull(third.searched());
        assertTrue(overview.page(null, "other", null, 5).more());
        assertNull(overview.page(null, null, null, 25).searched());
        assertEquals(List.of(), ids(overview.page(State.DISCOVERED, "nothing", null, 5)));
        assertEquals("r15", overview.page(State.DISCOVERED, "nothing", null, 5).searched().after());
        assertEquals(List.of("r3"), ids(overview.page(null, "r3", null, 5)));
    }

    @Test
    void theStoryOfARecordingHasItsTimesItsReasonAndItsFiles() {
        test.delivered("one", 1800);
        Story story = overview.story("one").orElseThrow();

        assertEquals(List.of("2026-11-24/one.md"), story.files());
        assertEquals("delivered", story.recording().state());
        assertFalse(story.recording().delivered().isBefore(story.recording().submitted()));
        assertEquals(1800, story.audioSeconds());
        assertTrue(overview.story("unknown").isEmpty());
    }

    private static List<String> ids(Page page) {
        return page.recordings().stream().map(Row::id).toList();
    }
}
