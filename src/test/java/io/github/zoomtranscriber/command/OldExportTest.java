package io.github.zoomtranscriber.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.zoomtranscriber.ledger.ARecording;
import io.github.zoomtranscriber.ledger.Archive.Imported;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Failure;
import io.github.zoomtranscriber.ledger.Reason;
import io.github.zoomtranscriber.ledger.Recording;
import io.github.zoomtranscriber.ledger.TestLedger;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What version 0.1.0 exported, before reasons had codes, is taken in by this one. */
class OldExportTest {

    private static final Path EXPORT =
            Path.of("src/test/resources/io/github/zoomtranscriber/command/export-of-format-1.jsonl");

    private static TestLedger imported(String database) throws IOException {
        TestLedger test = database.equals("H2") ? TestLedger.inMemory() : TestLedger.onPostgres();
        try (BufferedReader in = Files.newBufferedReader(EXPORT)) {
            assertEquals(
                    new Imported(25, 0, 0), test.ledger.archive().importAll(new LedgerReader(in), true, taken -> {}));
        }
        return test;
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void everyReasonGetsItsCodeAndKeepsItsSentence(String database) throws Exception {
        try (TestLedger test = imported(database)) {
            Map<String, Reason> codes = Map.ofEntries(
                    Map.entry("refused", Reason.ASSEMBLYAI_REFUSED),
                    Map.entry("error", Reason.ASSEMBLYAI_ERROR),
                    Map.entry("error-again", Reason.ASSEMBLYAI_ERROR),
                    Map.entry("deleted-transcript", Reason.TRANSCRIPT_DELETED),
                    Map.entry("zoom-refused", Reason.ZOOM_REFUSED),
                    Map.entry("not-audio", Reason.DOWNLOAD_FAILED),
                    Map.entry("bad-address", Reason.DOWNLOAD_FAILED),
                    Map.entry("too-large", Reason.TOO_LARGE),
                    Map.entry("too-long", Reason.LONGER_THAN_DAILY_HOURS),
                    Map.entry("disk", Reason.OTHER),
                    Map.entry("paused", Reason.SUBMISSIONS_PAUSED),
                    Map.entry("capped", Reason.DAILY_HOURS_USED_UP),
                    Map.entry("busy", Reason.VENDOR_UNAVAILABLE),
                    Map.entry("zoom-login", Reason.ZOOM_REFUSED),
                    Map.entry("lost-answer", Reason.ANSWER_LOST),
                    Map.entry("tried", Reason.DOWNLOAD_FAILED),
                    Map.entry("gone", Reason.DELETED_AT_ZOOM),
                    Map.entry("segment of never-ready", Reason.PROCESSING_TOO_LONG),
                    Map.entry("by-hand", Reason.SKIPPED_BY_HAND),
                    Map.entry("silent", Reason.NO_SPEECH),
                    Map.entry("estate", Reason.GIVEN_TO_ESTATE));

            codes.forEach((id, code) -> assertEquals(code, test.entry(id).reasonCode(), id));
            assertEquals(
                    "FileSystemException: /srv/transcripts/2026-11-24: No space left on device",
                    test.entry("disk").reason());
            for (String id : List.of("no-reason", "spoken", "segment of processing")) {
                Entry entry = test.entry(id);
                assertEquals(null, entry.reasonCode(), id);
                assertEquals(null, entry.reason(), id);
            }
            assertEquals(
                    Map.of(
                            Failure.ASSEMBLYAI_REFUSED,
                            1,
                            Failure.ASSEMBLYAI_ERROR,
                            2,
                            Failure.TRANSCRIPT_DELETED,
                            1,
                            Failure.ZOOM_REFUSED,
                            1,
                            Failure.DOWNLOAD,
                            2,
                            Failure.OTHER,
                            3),
                    test.ledger.statistics().failures());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void whatZoomNoLongerHadOrHadNotReadyIsTakenUpWhenItIsListedAndNothingElseIs(String database) throws Exception {
        try (TestLedger test = imported(database)) {
            List<Recording> page = List.of(
                    ARecording.with("gone").build(),
                    ARecording.with("never-ready").build(),
                    ARecording.with("by-hand").build(),
                    ARecording.with("disk").build(),
                    ARecording.with("spoken").build());

            assertEquals(
                    List.of("gone", "never-ready"),
                    test.ledger.discoveries().add(page).ids());
        }
    }
}
