package io.github.zoomtranscriber.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The history of each recording, with one row for each change of its state. A change and its row in the history are one
 * statement: neither exists without the other, and the history costs no statement of its own. Thread-safe.
 */
final class History {

    /** How many events of a recording are kept: one that is retried for days must not fill the database. */
    static final int LONGEST = 50;

    private static final String INTO = "INSERT INTO zoom_transcriber_history (recording, at, state, hand_off, attempt, "
            + "reason, node) SELECT c.segment, current_timestamp, c.state, c.hand_off, c.submissions, n.reason, n.node "
            + "FROM ";
    private static final String WITH =
            " CROSS JOIN (SELECT CAST(? AS text) AS reason, CAST(? AS varchar) AS node) AS n";
    private static final String OF_ONE =
            " WHERE recording = (SELECT segment FROM zoom_transcriber_recording " + "WHERE id = ?)";

    private final Database database;
    private final Supplier<String> node;

    /** @param node gives the name of this node; null if it has none */
    History(Database database, Supplier<String> node) {
        this.database = database;
        this.node = node;
    }

    /**
     * Changes the state of recordings.
     *
     * @param reason why; or null
     * @param sql an UPDATE or INSERT of the table of recordings
     * @return how many rows it changed
     */
    int change(String reason, String sql, Object... arguments) {
        return database.update(withHistory(sql), with(arguments, reason));
    }

    /** As {@link #change}, for a change that may happen often to one recording: its oldest events are deleted. */
    int changeAgain(String id, String reason, String sql, Object... arguments) {
        int changed = change(reason, sql, arguments);
        if (changed > 0) {
            trim(id);
        }
        return changed;
    }

    /**
     * As {@link #change}, for each of these rows of arguments.
     *
     * @return for each of them, whether it changed anything
     */
    boolean[] changeAll(String sql, List<Object[]> rows) {
        return database.updateAll(
                withHistory(sql), rows.stream().map(row -> with(row, null)).toList());
    }

    private String withHistory(String sql) {
        return database.isPostgres()
                ? "WITH c AS (" + sql + " RETURNING segment, state, hand_off, submissions) " + INTO + "c" + WITH
                : INTO + "FINAL TABLE (" + sql + ") AS c" + WITH;
    }

    private Object[] with(Object[] arguments, String reason) {
        return Stream.concat(Stream.of(arguments), Stream.of(reason, node.get()))
                .toArray();
    }

    private void trim(String id) {
        database.update(
                "DELETE FROM zoom_transcriber_history" + OF_ONE + " AND number < (SELECT number "
                        + "FROM zoom_transcriber_history" + OF_ONE
                        + " ORDER BY number DESC OFFSET " + (LONGEST - 1) + " ROWS FETCH FIRST 1 ROW ONLY)",
                id,
                id);
    }

    /** @return the history of this recording, the oldest event first */
    List<Event> of(String id) {
        return database.query(
                History::event,
                "SELECT at, state, hand_off, attempt, reason, node " + "FROM zoom_transcriber_history" + OF_ONE
                        + " ORDER BY number",
                id);
    }

    static Event event(ResultSet row) throws SQLException {
        return new Event(
                Rows.instant(row, "at"),
                row.getString("state").toLowerCase(Locale.ROOT),
                row.getString("hand_off"),
                row.getInt("attempt"),
                row.getString("reason"),
                row.getString("node"));
    }
}
