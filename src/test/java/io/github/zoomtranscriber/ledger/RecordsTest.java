package io.github.zoomtranscriber.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.ledger.Records.Page;
import io.github.zoomtranscriber.ledger.Records.Row;
import io.github.zoomtranscriber.ledger.Records.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The recordings as people look at them. */
class RecordsTest {

    private final TestLedger test = openLedger();
    private final Records records = test.ledger.records();

    TestLedger openLedger() {
        return TestLedger.inMemory();
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void anEmptyLedgerHasNoRecordingsAndNothingFails() {
        assertEquals(List.of(), records.page(null, null, null, 10).recordings());
        assertEquals(List.of(), records.failed(""));
        assertEquals(0, records.count());
    }

    @Test
    void failedRecordingsAreFoundByTheCodeOfTheirReasonAndByAPartOfItsSentence() {
        test.failed("full", Reason.OTHER, "FileSystemException: Disk full while it was DOWNLOAD_FAILED");
        test.failed("gone", Reason.DOWNLOAD_FAILED, "Zoom answers 404");
        test.failed("no", Reason.ZOOM_REFUSED, "Zoom refuses (403)");
        test.add("waiting");

        assertEquals(List.of("full"), failed("disk FULL"));
        assertEquals(List.of("full", "gone"), failed("download_failed"));
        assertEquals(List.of("gone", "no"), failed("zoom"));
        assertEquals(List.of(), failed("DOWNLOAD_FAILE!"));
        assertEquals(List.of("full", "gone", "no"), failed(""));
    }

    private List<String> failed(String reason) {
        return records.failed(reason).stream().map(Entry::id).sorted().toList();
    }

    @Test
    void pagesFollowEachOtherWithoutAGapAndWithoutARepetition() {
        IntStream.range(0, 25).forEach(i -> test.add("r" + i));
        List<String> seen = new ArrayList<>();
        Page page = records.page(null, "", "", 10);
        while (true) {
            page.recordings().forEach(row -> seen.add(row.id()));
            if (!page.more()) {
                break;
            }
            page = records.page(null, null, page.recordings().get(9).id(), 10);
        }

        assertEquals(25, seen.size());
        assertEquals(25, seen.stream().distinct().count());
        assertEquals("r24", seen.get(0));
    }

    @Test
    void aSearchFindsTopicsHostsAndIdsAndTakesNoCharacterForAPattern() {
        test.ledger
                .discoveries()
                .add(List.of(
                        ARecording.with("a").topic("100 % Ümlaut_Review").build(),
                        ARecording.with("b").topic("100 x ümlautsReview").build()));

        assertEquals(List.of("a"), ids(records.page(null, "ümlaut_", null, 10)));
        assertEquals(List.of("a"), ids(records.page(null, "100 %", null, 10)));
        assertEquals(List.of("b"), ids(records.page(null, " b ", null, 10)));
        assertEquals(2, records.page(null, "ADA@example", null, 10).recordings().size());
        assertEquals(List.of(), ids(records.page(null, "' OR 1=1 --", null, 10)));
        assertEquals(List.of(), ids(records.page(State.FAILED, "ümlaut", null, 10)));
    }

    @Test
    void aSearchGoesThroughSoManyAtATimeSaysHowFarItCameAndCanGoOn() {
        IntStream.range(0, 25).forEach(i -> test.ledger
                .discoveries()
                .add(List.of(ARecording.with("r" + i)
                        .topic(i % 10 == 3 ? "Weekly sync" : "Other")
                        .build())));
        Records records = test.recordsThatSearch(10);

        Page first = records.page(null, "weekly", null, 5);
        Page second = records.page(null, "weekly", first.searched().after(), 5);
        Page third = records.page(null, "weekly", second.searched().after(), 5);

        assertEquals(
                List.of(List.of("r23"), List.of("r13"), List.of("r3")), List.of(ids(first), ids(second), ids(third)));
        assertEquals(test.entry("r15").createdAt(), first.searched().since());
        assertNull(third.searched());
        assertTrue(records.page(null, "other", null, 5).more());
        assertNull(records.page(null, null, null, 25).searched());
        assertEquals(List.of(), ids(records.page(State.DISCOVERED, "nothing", null, 5)));
        assertEquals(
                "r15",
                records.page(State.DISCOVERED, "nothing", null, 5).searched().after());
        assertEquals(List.of("r3"), ids(records.page(null, "r3", null, 5)));
    }

    @Test
    void theStoryOfARecordingHasItsTimesItsReasonAndItsFiles() {
        test.delivered("one", 1800);
        Story story = records.story("one").orElseThrow();

        assertEquals(List.of("2026-11-24/one.md"), story.files());
        assertEquals("delivered", story.recording().state());
        assertFalse(story.recording().delivered().isBefore(story.recording().submitted()));
        assertEquals(1800, story.audioSeconds());
        assertTrue(records.story("unknown").isEmpty());
    }

    private static List<String> ids(Page page) {
        return page.recordings().stream().map(Row::id).toList();
    }
}
