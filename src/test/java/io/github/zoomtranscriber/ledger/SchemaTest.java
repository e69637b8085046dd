package io.github.zoomtranscriber.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables come to be, grow, and are left alone where they are a newer program's. */
class SchemaTest {

    @TempDir
    Path folder;

    private LedgerConnection open(String where) {
        return where.equals("a file")
                ? LedgerConnection.open(TestLedger.url(folder), "", "")
                : LedgerConnection.open(Postgres.database(), Postgres.USER, "");
    }

    private static void execute(LedgerConnection connection, String script) throws SQLException {
        try (Connection open = connection.source().getConnection();
                Statement statement = open.createStatement()) {
            for (String sql : script.split(";")) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        }
    }

    private static int version(LedgerConnection connection) {
        return new Database(connection.source(), Database.PREFIX)
                .query(row -> row.getInt(1), "SELECT max(version) FROM zoom_transcriber_schema")
                .get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a file", "PostgreSQL"})
    void aLedgerFromBeforeVersionsWereCountedKeepsWhatIsInItAndGrows(String where) throws Exception {
        try (LedgerConnection connection = open(where)) {
            execute(connection, firstTables());
            execute(
                    connection,
                    "INSERT INTO zoom_transcriber_note (name, text, updated_at) VALUES ('pause', 'kept', current_timestamp)");
            Ledger ledger = new Ledger(connection.source(), TestLedger.LEASE);
            assertEquals("kept", ledger.notes().find("pause").orElseThrow().text());
            assertEquals(Schema.VERSION, version(connection));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a file", "PostgreSQL"})
    void aLedgerOfANewerProgramIsRefusedInOneLineThatSaysWhatToDo(String where) throws Exception {
        try (LedgerConnection connection = open(where)) {
            new Ledger(connection.source(), TestLedger.LEASE);
            execute(
                    connection,
                    "INSERT INTO zoom_transcriber_schema (version, since) VALUES (1000, current_timestamp)");
            LedgerException e =
                    assertThrows(LedgerException.class, () -> new Ledger(connection.source(), TestLedger.LEASE));
            assertEquals(
                    "The ledger was made by a newer zoom-transcriber (its tables are version 1000, this one knows "
                            + Schema.VERSION + "): start the newer one, or set ledger.url",
                    e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a file", "PostgreSQL"})
    void nodesThatStartAtOnceMakeTheTablesOnce(String where) throws Exception {
        try (LedgerConnection connection = open(where)) {
            List<Ledger> nodes = IntStream.range(0, 8)
                    .parallel()
                    .mapToObj(i -> new Ledger(connection.source(), TestLedger.LEASE))
                    .toList();
            assertEquals(8, nodes.size());
            assertEquals(
                    List.of(Schema.VERSION),
                    new Database(connection.source(), Database.PREFIX)
                            .query(row -> row.getInt(1), "SELECT count(*) FROM zoom_transcriber_schema"));
        }
    }

    /** The tables of version 0.1.0, before reasons had codes, with a row for each reason that it gave. */
    private static void fillOldTables(LedgerConnection connection, String prefix) throws Exception {
        for (int step = 1; step <= 4; step++) {
            execute(connection, tables(step).replace(Database.PREFIX, prefix));
        }
        execute(
                connection,
                ("CREATE TABLE IF NOT EXISTS zoom_transcriber_schema (version integer PRIMARY KEY, since timestamp with time zone NOT NULL);"
                                + "INSERT INTO zoom_transcriber_schema (version, since) VALUES (4, current_timestamp)")
                        .replace(Database.PREFIX, prefix));
        for (OldRow row : OLD_ROWS) {
            new Database(connection.source(), prefix)
                    .update(
                            "INSERT INTO zoom_transcriber_recording (id, segment, state, reason, duration_minutes, "
                                    + "file_size, download_url, lease_owner, lease_until, created_at, updated_at) VALUES (?, ?, ?, ?, 30, 0, 'https://zoom.us/a', ?, "
                                    + "current_timestamp, current_timestamp, current_timestamp)",
                            row.id(),
                            "segment of " + row.id(),
                            row.state(),
                            row.reason(),
                            row.state() == State.DISCOVERED ? "waiting" : null);
        }
    }

    private record OldRow(State state, String reason, Reason code) {

        String id() {
            return state + " " + reason;
        }
    }

    private static final List<OldRow> OLD_ROWS = List.of(
            new OldRow(State.PROCESSING, null, null),
            new OldRow(State.DISCOVERED, null, null),
            new OldRow(
                    State.DISCOVERED,
                    "waiting: AssemblyAI refuses (401): Authentication error",
                    Reason.SUBMISSIONS_PAUSED),
            new OldRow(
                    State.DISCOVERED,
                    "above assemblyai.max-hours-per-day (2.5): waits until 2026-11-25T00:00:00Z",
                    Reason.DAILY_HOURS_USED_UP),
            new OldRow(State.DISCOVERED, "Zoom answers 429 Too many requests", Reason.VENDOR_UNAVAILABLE),
            new OldRow(State.DISCOVERED, "Zoom answers 503 on a download", Reason.VENDOR_UNAVAILABLE),
            new OldRow(State.DISCOVERED, "Zoom answers 404 on the download", Reason.DOWNLOAD_FAILED),
            new OldRow(State.DISCOVERED, "Zoom refuses (401, code 124): Invalid access token", Reason.ZOOM_REFUSED),
            new OldRow(State.DISCOVERED, "Connection reset", Reason.OTHER),
            new OldRow(State.SUBMITTING, "AssemblyAI answers 504", Reason.ANSWER_LOST),
            new OldRow(State.SUBMITTING, "Read timed out", Reason.ANSWER_LOST),
            new OldRow(State.TRANSCRIBING, "AssemblyAI answers 500", Reason.VENDOR_UNAVAILABLE),
            new OldRow(State.TRANSCRIBING, "FileSystemException: disk full", Reason.OTHER),
            new OldRow(State.DELIVERED, null, null),
            new OldRow(State.DELIVERED, "no speech", Reason.NO_SPEECH),
            new OldRow(State.DELIVERED, "given to the estate", Reason.GIVEN_TO_ESTATE),
            new OldRow(
                    State.FAILED,
                    "AssemblyAI refuses (400): The model is retired,\nuse another to download",
                    Reason.ASSEMBLYAI_REFUSED),
            new OldRow(State.FAILED, "AssemblyAI says: File does not appear to contain audio", Reason.ASSEMBLYAI_ERROR),
            new OldRow(State.FAILED, "AssemblyAI says, again and again: Download error", Reason.ASSEMBLYAI_ERROR),
            new OldRow(
                    State.FAILED,
                    "The transcript was deleted at AssemblyAI before it was fetched",
                    Reason.TRANSCRIPT_DELETED),
            new OldRow(State.FAILED, "Zoom refuses (404, code 1001): User does not exist", Reason.ZOOM_REFUSED),
            new OldRow(State.FAILED, "Zoom sends text/html instead of audio", Reason.DOWNLOAD_FAILED),
            new OldRow(
                    State.FAILED,
                    "The recording's address leads to https://example.com, which is not among zoom.download-hosts",
                    Reason.DOWNLOAD_FAILED),
            new OldRow(
                    State.FAILED,
                    "The file has 2.5 GB, more than the 2.2 GB of an upload; Zoom has no sound alone",
                    Reason.TOO_LARGE),
            new OldRow(
                    State.FAILED,
                    "longer (30.0 hours) than assemblyai.max-hours-per-day (24) lets through in a day: raise that, then retry",
                    Reason.LONGER_THAN_DAILY_HOURS),
            new OldRow(State.FAILED, "FileSystemException: /srv/a: No space left on device", Reason.OTHER),
            new OldRow(State.SKIPPED, "deleted at Zoom", Reason.DELETED_AT_ZOOM),
            new OldRow(State.SKIPPED, "Zoom was still processing it after 14 days", Reason.PROCESSING_TOO_LONG),
            new OldRow(State.SKIPPED, "My Notes, which zoom.my-notes leaves out", Reason.MY_NOTES),
            new OldRow(State.SKIPPED, "skipped by hand", Reason.SKIPPED_BY_HAND));

    private static Ledger open(LedgerConnection connection, String prefix) {
        return new Ledger(connection.source(), TestLedger.LEASE, prefix);
    }

    @ParameterizedTest
    @CsvSource({"a file, zoom_transcriber_", "a file, zt_", "PostgreSQL, zoom_transcriber_", "PostgreSQL, zt_"})
    void inALedgerOfTheVersionBeforeEveryReasonGetsItsCodeAndKeepsItsSentence(String where, String prefix)
            throws Exception {
        try (LedgerConnection connection = open(where)) {
            fillOldTables(connection, prefix);
            Ledger ledger = open(connection, prefix);
            for (OldRow row : OLD_ROWS) {
                Entry entry = ledger.records().find(row.id()).orElseThrow();
                assertEquals(row.code(), entry.reasonCode(), row.id());
                assertEquals(row.reason(), entry.reason());
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
                    ledger.statistics().failures());
            assertEquals(1, ledger.statistics().waitingFor(Reason.DAILY_HOURS_USED_UP));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a file", "PostgreSQL"})
    void whoOnlyLooksAtALedgerOfTheVersionBeforeSeesWhatThereIsToDoAndChangesNothing(String where) throws Exception {
        try (LedgerConnection connection = open(where)) {
            fillOldTables(connection, Database.PREFIX);
            Records records = new Records(connection.source(), Database.PREFIX);
            List<Recording> page = OLD_ROWS.stream()
                    .map(row -> ARecording.with(row.id()).build())
                    .toList();

            assertEquals(
                    Set.of(
                            "PROCESSING null",
                            "SKIPPED deleted at Zoom",
                            "SKIPPED Zoom was still processing it after 14 days",
                            "SKIPPED My Notes, which zoom.my-notes leaves out"),
                    records.known(page).values().stream()
                            .filter(Records.Known::awaited)
                            .map(Records.Known::id)
                            .collect(Collectors.toSet()));
            assertEquals(8, records.due(zoom -> true).size());
            assertEquals(4, version(connection));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a file", "PostgreSQL"})
    void whatANodeOfTheVersionBeforeHasWrittenMeanwhileGetsItsCodeWhenANodeStarts(String where) throws Exception {
        try (LedgerConnection connection = open(where)) {
            Ledger ledger = open(connection, Database.PREFIX);
            List<Recording> page = IntStream.range(0, 2100)
                    .mapToObj(i -> ARecording.with("r" + i).build())
                    .toList();
            ledger.discoveries().add(page);
            execute(connection, "UPDATE zoom_transcriber_recording SET state = 'SKIPPED', reason = 'deleted at Zoom'");
            assertEquals(List.of(), ledger.discoveries().add(page).fresh());
            assertEquals(Reason.OTHER, ledger.records().find("r7").orElseThrow().reasonCode());

            Ledger updated = open(connection, Database.PREFIX);

            assertEquals(
                    Reason.DELETED_AT_ZOOM,
                    updated.records().find("r7").orElseThrow().reasonCode());
            assertEquals(2100, updated.discoveries().add(page).fresh().size());
        }
    }

    private static String firstTables() throws IOException {
        return tables(1);
    }

    private static String tables(int step) throws IOException {
        return Files.readString(Path.of("src/main/resources/io/github/zoomtranscriber/ledger/schema-" + step + ".sql"));
    }
}
