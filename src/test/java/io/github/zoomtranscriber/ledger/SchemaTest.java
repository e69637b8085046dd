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
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables come to be, grow, and are left alone where they are a newer program's. */
class SchemaTest {

    @TempDir
    Path folder;

    private LedgerConnection open(String where) {
        return where.equals("a file") ? LedgerConnection.open(TestLedger.url(folder), "", "")
                : LedgerConnection.open(Postgres.database(), Postgres.USER, "");
    }

    private static void execute(LedgerConnection connection, String script) throws SQLException {
        try (Connection open = connection.source().getConnection(); Statement statement = open.createStatement()) {
            for (String sql : script.split(";")) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        }
    }

    private static int version(LedgerConnection connection) {
        return new Database(connection.source(), Database.PREFIX).query(row -> row.getInt(1), "SELECT max(version) FROM zoom_transcriber_schema").get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a file", "PostgreSQL"})
    void aLedgerFromBeforeVersionsWereCountedKeepsWhatIsInItAndGrows(String where) throws Exception {
        try (LedgerConnection connection = open(where)) {
            execute(connection, firstTables());
            execute(connection, "INSERT INTO zoom_transcriber_note (name, text, updated_at) VALUES ('pause', 'kept', current_timestamp)");
            Ledger ledger = new Ledger(connection.source(), TestLedger.LEASE);
            assertEquals("kept", ledger.note("pause").orElseThrow().text());
            assertEquals(Schema.VERSION, version(connection));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a file", "PostgreSQL"})
    void aLedgerOfANewerProgramIsRefusedInOneLineThatSaysWhatToDo(String where) throws Exception {
        try (LedgerConnection connection = open(where)) {
            new Ledger(connection.source(), TestLedger.LEASE);
            execute(connection, "INSERT INTO zoom_transcriber_schema (version, since) VALUES (1000, current_timestamp)");
            LedgerException e = assertThrows(LedgerException.class, () -> new Ledger(connection.source(), TestLedger.LEASE));
            assertEquals("The ledger was made by a newer zoom-transcriber (its tables are version 1000, this one knows " + Schema.VERSION
                    + "): start that one, or set ledger.url", e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a file", "PostgreSQL"})
    void nodesThatStartAtOnceMakeTheTablesOnce(String where) throws Exception {
        try (LedgerConnection connection = open(where)) {
            List<Ledger> nodes = IntStream.range(0, 8).parallel().mapToObj(i -> new Ledger(connection.source(), TestLedger.LEASE)).toList();
            assertEquals(8, nodes.size());
            assertEquals(List.of(Schema.VERSION), new Database(connection.source(), Database.PREFIX).query(row -> row.getInt(1),
                    "SELECT count(*) FROM zoom_transcriber_schema"));
        }
    }

    private static String firstTables() throws IOException {
        return Files.readString(Path.of("src/main/resources/io/github/zoomtranscriber/ledger/schema-1.sql"));
    }
}
