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
 * Creates the ledger's tables and brings them up to date, with {@code schema-1.sql} and the following steps, each of
 * which runs once. A database that is up to date costs two queries. Nodes are updated one after the other, so after a
 * step the version before it must still run.
 */
final class Schema {

    /** The last step. */
    static final int VERSION = 6;
    /** The step with which reasons got codes. */
    static final int WITH_REASON_CODES = 5;

    /** A number that no other program locks in the same PostgreSQL database: the letters of "zoomtran". */
    private static final long LOCK = 0x7a6f6f6d7472616eL;
    /** The codes of PostgreSQL and H2 for a missing table. */
    private static final Set<String> NO_TABLE = Set.of("42P01", "42S02", "42S04");

    private Schema() {}

    /** @throws LedgerException if a newer program has made the tables, or if they cannot be created */
    static synchronized void migrate(Database database) {
        if (version(database) < VERSION) {
            database.transaction(connection -> migrate(connection, database));
        } else {
            database.transaction(connection -> OldReasons.carryOverUndelivered(connection, database));
        }
    }

    /**
     * @return the last step that was run; 0 if there are no tables, or if they are from before steps were counted
     * @throws LedgerException if a newer program has made the tables
     */
    static int version(Database database) {
        int version;
        try {
            version = database.query(row -> row.getInt(1), "SELECT max(version) FROM zoom_transcriber_schema")
                    .get(0);
        } catch (LedgerException e) {
            if (e.getCause() instanceof SQLException cause && NO_TABLE.contains(cause.getSQLState())) {
                return 0;
            }
            throw e;
        }
        if (version > VERSION) {
            throw new LedgerException("The ledger was made by a newer zoom-transcriber (its tables are version "
                    + version + ", this one knows " + VERSION + "): start the newer one, or set ledger.url");
        }
        return version;
    }

    /**
     * PostgreSQL undoes half a step, and the lock lets one node at a time in. With H2 there is one process, and every
     * statement can be repeated.
     */
    private static void migrate(Connection connection, Database database) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (database.isPostgres()) {
                statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            }
            statement.execute(database.named("CREATE TABLE IF NOT EXISTS zoom_transcriber_schema (version integer "
                    + "PRIMARY KEY, since timestamp with time zone NOT NULL)"));
            int version;
            try (ResultSet result = statement.executeQuery(
                    database.named("SELECT coalesce(max(version), 0) " + "FROM zoom_transcriber_schema"))) {
                result.next();
                version = result.getInt(1);
            }
            for (int step = version + 1; step <= VERSION; step++) {
                for (String sql : script(step).split(";")) {
                    if (!sql.isBlank()) {
                        statement.execute(database.named(sql));
                    }
                }
                if (step == WITH_REASON_CODES) {
                    OldReasons.carryOver(connection, database);
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
