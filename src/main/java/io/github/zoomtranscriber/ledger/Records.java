package io.github.zoomtranscriber.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import javax.sql.DataSource;

/**
 * What is asked of the ledger to find out what is to be done; for people there is {@link Overview}. Nothing here changes a row or makes a
 * table. Thread-safe. Every method throws
 * {@link LedgerException} when the database does not answer.
 */
public final class Records {

    private final Database database;

    /** @param prefix what the names of the ledger's tables begin with */
    public Records(DataSource source, String prefix) {
        this(new Database(source, prefix));
    }

    Records(Database database) {
        this.database = database;
    }

    /** Whether there is a ledger in this database yet. */
    public boolean exist() {
        return !database.query(row -> row.getInt(1),
                "SELECT 1 FROM information_schema.tables WHERE table_name = 'zoom_transcriber_recording'").isEmpty();
    }

    /**
     * What the ledger says of a listed recording.
     *
     * @param id      the id under which it is known
     * @param awaited whether it would be taken up once Zoom lists it as ready
     */
    public record Known(String id, State state, boolean awaited) {
    }

    /** Of these recordings, those that are known, by their segment. */
    public Map<String, Known> known(List<Recording> recordings) {
        Map<String, Known> known = new HashMap<>();
        database.query(row -> known.put(row.getString(1), new Known(row.getString(2), State.valueOf(row.getString(3)), row.getBoolean(4))),
                "SELECT segment, id, state, " + Ledger.AWAITED + " FROM zoom_transcriber_recording WHERE segment = ANY(?)",
                (Object) recordings.stream().map(Recording::segment).toArray(String[]::new));
        return known;
    }

    /**
     * What is ready and was not submitted yet, the oldest meeting first.
     *
     * @param taken decides by the meeting and the file as JSON, null where they are not known
     */
    public List<Entry> due(Predicate<String> taken) {
        return database.query(row -> taken.test(row.getString("zoom")) ? Rows.entry(row) : null,
                "SELECT * FROM zoom_transcriber_recording WHERE state = 'DISCOVERED' ORDER BY start_time, id").stream().filter(Objects::nonNull).toList();
    }

    /** The uuids of the meetings that Zoom was still working on. */
    public List<String> processing() {
        return database.query(row -> row.getString(1), "SELECT DISTINCT meeting_uuid FROM zoom_transcriber_recording WHERE state = 'PROCESSING'");
    }

    /**
     * How far some recordings are.
     *
     * @param delivered how many are delivered
     * @param ended     how many are delivered, failed or skipped
     * @param minutes   the length of those that have ended
     */
    public record Progress(int delivered, int ended, long minutes) {
    }

    /** How far these recordings are. */
    public Progress progress(Collection<String> ids) {
        return database.query(row -> new Progress(row.getInt(1), row.getInt(2), row.getLong(3)), """
                SELECT count(CASE WHEN state = 'DELIVERED' THEN 1 END), count(*), COALESCE(sum(duration_minutes), 0)
                FROM zoom_transcriber_recording WHERE id = ANY(?) AND state IN ('DELIVERED', 'FAILED', 'SKIPPED')""",
                (Object) ids.toArray(String[]::new)).get(0);
    }

    /**
     * How long the recordings are that were submitted on a day, in minutes. What certainly came to nothing does not count; what was
     * forgotten since does.
     *
     * @param day its first instant, UTC
     */
    public long submittedMinutes(Instant day) {
        return database.query(row -> row.getLong(1),
                "SELECT COALESCE(sum(duration_minutes), 0) + COALESCE((SELECT CAST(text AS integer) FROM zoom_transcriber_note WHERE name = ?), 0) "
                        + "FROM zoom_transcriber_recording WHERE submitted_at >= ?", Interventions.forgotten(day), day).get(0);
    }

    /** How many recordings there are. */
    public long count() {
        return database.query(row -> row.getLong(1), "SELECT count(*) FROM zoom_transcriber_recording").get(0);
    }
}
