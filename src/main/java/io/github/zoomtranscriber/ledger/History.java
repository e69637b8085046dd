package io.github.zoomtranscriber.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What happened to each recording, one row for each change of its state. The change and its row are one statement, so that neither is
 * there without the other, and there are as many statements as there would be without. Thread-safe.
 */
final class History {

    /** Nobody reads more of one recording; what goes round for days must not fill the database. */
    static final int LONGEST = 50;

    private static final String INTO = "INSERT INTO zoom_transcriber_history (recording, at, state, hand_off, attempt, reason, node) "
            + "SELECT c.segment, current_timestamp, c.state, c.hand_off, c.submissions, n.reason, n.node FROM ";
    private static final String WITH = " CROSS JOIN (SELECT CAST(? AS text) AS reason, CAST(? AS varchar) AS node) AS n";
    private static final String OF_ONE = " WHERE recording = (SELECT segment FROM zoom_transcriber_recording WHERE id = ?)";

    private final Database database;
    private final Supplier<String> node;

    /** @param node the name of this node; null where it has none */
    History(Database database, Supplier<String> node) {
        this.database = database;
        this.node = node;
    }

    /**
     * Changes the state of recordings.
     *
     * @param reason why; or null
     * @param sql    an UPDATE or INSERT of the table of recordings
     * @return how many rows it changed
     */
    int change(String reason, String sql, Object... arguments) {
        return database.update(remembered(sql), with(arguments, reason));
    }

    /**
     * As {@link #change}, for one that may go round: of its story the oldest is forgotten.
     *
     * @param id the recording's
     */
    int changeAgain(String id, String reason, String sql, Object... arguments) {
        int changed = change(reason, sql, arguments);
        if (changed > 0) {
            trim(id);
        }
        return changed;
    }

    /**
     * As {@link #change}, for each of these.
     *
     * @return for each of them, whether it changed something
     */
    boolean[] changeAll(String sql, List<Object[]> rows) {
        return database.updateAll(remembered(sql), rows.stream().map(row -> with(row, null)).toList());
    }

    private String remembered(String sql) {
        return database.isPostgres() ? "WITH c AS (" + sql + " RETURNING segment, state, hand_off, submissions) " + INTO + "c" + WITH
                : INTO + "FINAL TABLE (" + sql + ") AS c" + WITH;
    }

    private Object[] with(Object[] arguments, String reason) {
        return Stream.concat(Stream.of(arguments), Stream.of(reason, node.get())).toArray();
    }

    private void trim(String id) {
        database.update("DELETE FROM zoom_transcriber_history" + OF_ONE + " AND number < (SELECT number FROM zoom_transcriber_history" + OF_ONE
                + " ORDER BY number DESC OFFSET " + (LONGEST - 1) + " ROWS FETCH FIRST 1 ROW ONLY)", id, id);
    }

    /** @return what happened to this recording, the oldest first */
    List<Event> of(String id) {
        return database.query(History::event, "SELECT at, state, hand_off, attempt, reason, node FROM zoom_transcriber_history" + OF_ONE + " ORDER BY number", id);
    }

    static Event event(ResultSet row) throws SQLException {
        return new Event(Rows.instant(row, "at"), row.getString("state").toLowerCase(Locale.ROOT), row.getString("hand_off"), row.getInt("attempt"),
                row.getString("reason"), row.getString("node"));
    }
}
