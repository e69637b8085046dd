package io.github.zoomtranscriber.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.zoomtranscriber.ledger.Archive.Imported;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole ledger goes from one database into another, and is taken up there. */
class ArchiveTest {

    /** Who works on it just now, and what is known anew with the next look or follows from the rest. */
    private static final Set<String> STAYS_BEHIND =
            Set.of("lease_owner", "lease_until", "progress", "stuck", "output_key");

    @TempDir
    Path folder;

    private TestLedger in(String database) {
        return database.equals("H2") ? TestLedger.in(folder) : TestLedger.onPostgres();
    }

    private static List<Archived> read(TestLedger from) {
        List<Archived> all = new ArrayList<>();
        from.ledger.archive().exportAll(first -> {}, all::add);
        return all;
    }

    private static Imported take(TestLedger to, List<Archived> all) {
        return to.ledger.archive().importAll(all.iterator(), true, taken -> {});
    }

    /** One in each state, with all that a row can hold. */
    private static void fill(TestLedger test) {
        test.ledger
                .discoveries()
                .add(List.of(
                        ARecording.with("waits")
                                .topic("Übergabe\n'; --  \u2028 \ud83d\ude80")
                                .zoom("{\"a\": [1, \"ä\"]}")
                                .build(),
                        ARecording.with("bare")
                                .start(null)
                                .timeZone(null)
                                .topic(null)
                                .zoom(null)
                                .build(),
                        ARecording.with("later").processing()));
        test.submitting("lost answer");
        test.submitted("at AssemblyAI", "t-1");
        test.ledger
                .progress()
                .startOver(
                        test.submitted("tried", "t-2"),
                        Reason.ASSEMBLYAI_ERROR,
                        "download failed",
                        "speaker_labels,chapters",
                        2);
        test.ledger.progress().fail(test.submitted("failed", "t-3"), Reason.OTHER, "disk full", true);
        test.ledger.progress().skip(test.claimed("unwanted"), Reason.SKIPPED_BY_HAND, "skipped by hand");
        test.pass(Duration.ofDays(3));
        Entry done = test.submitted("done", "t-4");
        test.ledger.outputNames().assign(done, List.of("2026-11-24/Weekly Sync"), name -> false, name -> false);
        test.ledger
                .progress()
                .delivered(
                        test.entry("done"),
                        List.of("2026-11-24/Weekly Sync.md", "2026-11-24/Weekly Sync.json"),
                        new Progress.Result("de", 1801, "universal-2"),
                        Reason.NO_SPEECH,
                        "no speech");
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"H2, PostgreSQL", "PostgreSQL, H2"})
    void everyRecordingIsTheSameInTheOtherDatabase(String from, String to) {
        try (TestLedger old = in(from);
                TestLedger fresh = in(to)) {
            fill(old);
            List<Archived> all = read(old);
            assertEquals(new Imported(9, 0, 0), take(fresh, all));
            assertEquals(all, read(fresh));
            assertEquals(old.entry("done"), fresh.entry("done"));
            assertEquals(
                    old.ledger.records().events("tried"), fresh.ledger.records().events("tried"));
            assertEquals(4, fresh.ledger.records().events("tried").size());
            assertEquals(
                    old.ledger.records().zoom("waits"), fresh.ledger.records().zoom("waits"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void nothingOfARowIsLeftBehindThatIsNeededLater(String database) {
        try (TestLedger test = in(database)) {
            Set<String> columns = new TreeSet<>(
                    test.query(
                            "SELECT column_name FROM information_schema.columns WHERE table_name = 'zoom_transcriber_recording'"));
            columns.removeAll(STAYS_BEHIND);
            Set<String> archived = new TreeSet<>(Arrays.asList((Archive.COLUMNS + ", output_name").split(", ")));
            assertEquals(columns, archived, "a new column has to be archived, or to be named here");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void whatIsUnfinishedIsOfferedAtOnceAndGoesOnWhereItWas(String database) {
        try (TestLedger old = TestLedger.inMemory();
                TestLedger fresh = in(database)) {
            fill(old);
            old.ledger.release(
                    old.claim("waits"),
                    Duration.ofDays(1),
                    Reason.DAILY_HOURS_USED_UP,
                    "above assemblyai.max-hours-per-day (1)");
            take(fresh, read(old));
            assertEquals(
                    Set.of("waits", "bare", "lost answer", "at AssemblyAI", "tried"),
                    Set.copyOf(fresh.ledger.offer(100)));
            assertEquals("t-1", fresh.claim("at AssemblyAI").transcriptId());
            Entry lost = fresh.claim("lost answer");
            assertEquals(State.SUBMITTING, lost.state());
            assertEquals(old.entry("lost answer").submittedAt(), lost.submittedAt());
            assertEquals("https://ssrweb.zoom.us/lost answer.m4a", lost.audioUrl());
            assertEquals(
                    Map.of(),
                    fresh.ledger
                            .records()
                            .known(List.of(ARecording.with("unheard of").build())));
            assertEquals(
                    List.of(),
                    fresh.ledger
                            .discoveries()
                            .add(List.of(ARecording.with("done").build()))
                            .fresh());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void whatIsThereAlreadyStaysAsItIs(String database) {
        try (TestLedger old = TestLedger.inMemory();
                TestLedger there = in(database)) {
            fill(old);
            there.add("at AssemblyAI");
            there.ledger
                    .discoveries()
                    .add(List.of(ARecording.with("under another id")
                            .segment("segment of done")
                            .build()));
            List<Archived> before = read(there);
            assertEquals(new Imported(7, 2, 0), take(there, read(old)));
            assertEquals(
                    before,
                    read(there).stream()
                            .filter(recording -> before.stream()
                                    .anyMatch(known -> known.recordingId().equals(recording.recordingId())))
                            .toList());
            assertEquals(new Imported(0, 9, 0), take(there, read(old)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void filesOfOneNameInBothLedgersStayTheirsWhoHaveItHere(String database) {
        try (TestLedger old = TestLedger.inMemory();
                TestLedger there = in(database)) {
            fill(old);
            Entry other = there.claimed("other");
            there.ledger.outputNames().assign(other, List.of("2026-11-24/weekly sync"), name -> false, name -> false);
            assertEquals(new Imported(9, 0, 1), take(there, read(old)));
            assertEquals("2026-11-24/weekly sync", there.entry("other").outputName());
            assertNull(there.entry("done").outputName());
            assertEquals(State.DELIVERED, there.state("done"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void onlyAllOfItIsTakenOrNothing(String database) {
        try (TestLedger there = in(database)) {
            Iterator<Archived> breaksOff = IntStream.range(0, 2000)
                    .mapToObj(i -> {
                        if (i == 1500) {
                            throw new IllegalArgumentException("line 1502");
                        }
                        return archived("r" + i);
                    })
                    .iterator();
            assertThrows(
                    IllegalArgumentException.class,
                    () -> there.ledger.archive().importAll(breaksOff, true, taken -> {}));
            assertEquals(Map.of(), there.ledger.statistics().counts());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void aDryRunFindsOutExactlyWhatWouldBeTakenAndTakesNothing(String database) {
        try (TestLedger there = in(database)) {
            there.add("r1");
            List<Archived> all = List.of(archived("r1"), archived("r2"), archived("r3"), archived("r3"));
            List<String> would = new ArrayList<>();
            Imported dry =
                    there.ledger.archive().importAll(all.iterator(), false, taken -> would.add(taken.recordingId()));
            assertEquals(Map.of(State.DISCOVERED, 1), there.ledger.statistics().counts());
            List<String> real = new ArrayList<>();
            assertEquals(
                    dry,
                    there.ledger.archive().importAll(all.iterator(), true, taken -> real.add(taken.recordingId())));
            assertEquals(List.of("r2", "r3"), real);
            assertEquals(real, would);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void itIsOneInstantThatIsReadThoughTheLedgerChangesMeanwhile(String database) {
        try (TestLedger test = in(database)) {
            IntStream.range(0, 1200).forEach(i -> test.add("r" + i));
            List<Archived> before = read(test);
            List<Archived> read = new ArrayList<>();
            long[] announced = new long[1];
            test.ledger.archive().exportAll(first -> announced[0] = first.recordings(), recording -> {
                if (read.isEmpty()) {
                    test.submitted("r99", "t-1");
                    test.add("r999999", "a");
                }
                read.add(recording);
            });
            assertEquals(1200, announced[0]);
            assertEquals(before, read);
            assertEquals(1202, read(test).size());
        }
    }

    @Test
    void rowsFromBeforeTheTimeOfDeliveryWasKeptHaveNone() {
        try (TestLedger test = TestLedger.inMemory();
                TestLedger fresh = TestLedger.inMemory()) {
            test.delivered("old", 60);
            test.execute("UPDATE zoom_transcriber_recording SET delivered_at = NULL");
            take(fresh, read(test));
            assertNull(read(fresh).get(0).deliveredAt());
        }
    }

    @Test
    void whatIsStillToBeDoneAfterDeliveryIsTakenAlongAndSoIsWhatWasDone() {
        try (TestLedger test = TestLedger.inMemory();
                TestLedger fresh = TestLedger.inMemory()) {
            test.delivered("a", 60);
            test.ledger.steps().repeat("archive", List.of("a"));
            test.ledger.steps().repeat("summarise", List.of("a"));
            test.ledger
                    .steps()
                    .done(test.ledger.steps().take(List.of("summarise"), 1).get(0), "in short");

            take(fresh, read(test));

            assertEquals(
                    List.of("archive"),
                    fresh.ledger.steps().take(List.of("archive", "summarise"), 9).stream()
                            .map(Step::name)
                            .toList());
            Step done = fresh.ledger.steps().of("a").get(1);
            assertEquals("in short", done.result());
            assertEquals(test.ledger.steps().of("a").get(1).doneAt(), done.doneAt());
        }
    }

    private static Archived archived(String id) {
        Instant found = Instant.parse("2026-11-24T09:00:00Z");
        return new Archived(
                id,
                "segment of " + id,
                "uuid",
                null,
                null,
                null,
                null,
                null,
                30,
                null,
                0,
                "https://us02web.zoom.us/rec/download/a.b",
                null,
                State.DISCOVERED,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                found,
                found,
                null,
                null,
                null);
    }
}
