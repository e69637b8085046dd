package io.github.zoomtranscriber.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Runs statements, each in a transaction of its own. As arguments, durations become seconds and instants timestamps.
 */
final class Database {

    /** What the names of tables begin with in the text of statements. */
    static final String PREFIX = "zoom_transcriber_";

    private final DataSource source;
    private final String prefix;
    private final String product;
    private final Encoding encoding;
    private final Presence presence = new Presence();

    /**
     * @param prefix what the names of tables begin with in this database
     * @throws LedgerException if the database cannot be reached
     */
    Database(DataSource source, String prefix) {
        if (!prefix.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("a table's name cannot begin with " + prefix
                    + ": expected a lower-case letter, then letters, digits and _");
        }
        this.source = source;
        this.prefix = prefix;
        try (Connection connection = source.getConnection()) {
            product = connection.getMetaData().getDatabaseProductName();
            encoding = isPostgres() ? encoding(connection) : Encoding.ALL;
        } catch (SQLException e) {
            throw new LedgerException(e);
        }
    }

    interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    interface Work {
        void on(Connection connection) throws SQLException;
    }

    private static Encoding encoding(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW server_encoding")) {
            row.next();
            return Encoding.of(row.getString(1));
        }
    }

    Encoding encoding() {
        return encoding;
    }

    Presence presence() {
        return presence;
    }

    private LedgerException failed(SQLException e) {
        LedgerException why = new LedgerException(e);
        if (why.isAway()) {
            presence.isAway(why);
        }
        return why;
    }

    boolean isPostgres() {
        return "PostgreSQL".equals(product);
    }

    /** Commits all of it or nothing, as far as the database can. */
    void transaction(Work work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                work.on(connection);
                connection.commit();
                presence.isThere();
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            } finally {
                if (!connection.isClosed()) {
                    connection.setAutoCommit(true);
                }
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * Has everything in this transaction, which must be new, see the database as it is now. With PostgreSQL the setting
     * ends with the transaction: between may be a pooler that gives the next one another session.
     */
    void atOneInstant(Connection connection) throws SQLException {
        if (isPostgres()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            }
        } else {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        }
    }

    /** What went wrong counts, not that a connection which is gone cannot be rolled back. */
    private static void rollBack(Connection connection, Exception because) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    /** @return how many rows changed */
    int update(String sql, Object... arguments) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = prepare(connection, sql)) {
            set(statement, arguments);
            int changed = statement.executeUpdate();
            presence.isThere();
            return changed;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** @return for each row, whether it changed anything */
    boolean[] updateAll(String sql, List<Object[]> rows) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = prepare(connection, sql)) {
            for (Object[] row : rows) {
                set(statement, row);
                statement.addBatch();
            }
            int[] counts = statement.executeBatch();
            presence.isThere();
            boolean[] changed = new boolean[counts.length];
            for (int i = 0; i < counts.length; i++) {
                changed[i] = counts[i] > 0;
            }
            return changed;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    <T> List<T> query(RowMapper<T> mapper, String sql, Object... arguments) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = prepare(connection, sql)) {
            set(statement, arguments);
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(mapper.map(result));
                }
            }
            presence.isThere();
            return rows;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The database's clock. */
    Instant now() {
        return query(row -> Rows.instant(row, 1), "SELECT current_timestamp").get(0);
    }

    /** Makes sure that a power failure does not undo what was committed. H2 has to be told; others sync each commit. */
    void sync() {
        if ("H2".equals(product)) {
            update("CHECKPOINT SYNC");
        }
    }

    private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        return connection.prepareStatement(named(sql));
    }

    /** @return the statement with the names that the tables have in this database */
    String named(String sql) {
        return prefix.equals(PREFIX) ? sql : sql.replace(PREFIX, prefix);
    }

    void set(PreparedStatement statement, Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            if (argument instanceof Duration duration) {
                statement.setInt(i + 1, Math.toIntExact(duration.toSeconds()));
            } else if (argument instanceof Instant instant) {
                // a java.sql.Timestamp is converted to local time, in which one hour in autumn occurs twice
                statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
            } else if (argument instanceof Enum<?> word) {
                statement.setString(i + 1, word.name());
            } else if (argument instanceof String[] texts) {
                statement.setArray(i + 1, statement.getConnection().createArrayOf("varchar", texts));
            } else if (argument instanceof String text) {
                statement.setString(i + 1, encoding.fit(text));
            } else {
                statement.setObject(i + 1, argument);
            }
        }
    }
}
