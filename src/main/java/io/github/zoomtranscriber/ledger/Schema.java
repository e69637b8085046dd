package io.github.zoomtranscriber.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * The ledger's tables, and how they came to be: {@code schema-1.sql} and its followers, each run once. A database that is up to date
 * costs one query. A step must leave the program that was there before it running, as nodes are updated one after the other.
 */
final class Schema {

    /** The last of the steps. */
    static final int VERSION = 4;

    /** Any number that no other program locks in the same PostgreSQL database: the letters of "zoomtran". */
    private static final long LOCK = 0x7a6f6f6d7472616eL;
    /** There is no such table: as PostgreSQL says it, and H2. */
    private static final Set<String> NO_TABLE = Set.of("42P01", "42S02", "42S04");

    private Schema() {
    }

    /** @throws LedgerException if the tables are a newer program's, or cannot be made */
    static synchronized void migrate(Database database) {
        if (version(database) < VERSION) {
            database.transaction(connection -> migrate(connection, database));
        }
    }

    private static int version(Database database) {
        int version;
        try {
            version = database.query(row -> row.getInt(1), "SELECT max(version) FROM zoom_transcriber_schema").get(0);
        } catch (LedgerException e) {
            if (e.getCause() instanceof SQLException cause && NO_TABLE.contains(cause.getSQLState())) {
                return 0;
            }
            throw e;
        }
        if (version > VERSION) {
            throw new LedgerException("The ledger was made by a newer zoom-transcriber (its tables are version " + version
                    + ", this one knows " + VERSION + "): start that one, or set ledger.url");
        }
        return version;
    }

    /** PostgreSQL undoes half a step, and lets one node at a time do this. H2 is one process's, and each statement can be repeated. */
    private static void migrate(Connection connection, Database database) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (database.isPostgres()) {
                statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            }
            statement.execute(database.named("CREATE TABLE IF NOT EXISTS zoom_transcriber_schema "
                    + "(version integer PRIMARY KEY, since timestamp with time zone NOT NULL)"));
            int version;
            try (ResultSet result = statement.executeQuery(database.named("SELECT coalesce(max(version), 0) FROM zoom_transcriber_schema"))) {
                result.next();
                version = result.getInt(1);
            }
            for (int step = version + 1; step <= VERSION; step++) {
                for (String sql : script(step).split(";")) {
                    if (!sql.isBlank()) {
                        statement.execute(database.named(sql));
                    }
                }
                statement.execute(database.named("INSERT INTO zoom_transcriber_schema (version, since) VALUES (" + step
                        + ", current_timestamp) ON CONFLICT DO NOTHING"));
            }
        }
    }

    private static String script(int step) {
        try (InputStream in = Schema.class.getResourceAsStream("schema-" + step + ".sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
