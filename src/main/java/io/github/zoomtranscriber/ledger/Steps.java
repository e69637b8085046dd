package io.github.zoomtranscriber.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * What is to be done for each recording once it is delivered: a row for each recording and step. A step is tried until
 * it is done, and may be done more than once, as nobody can tell whether one that was cut off was. Thread-safe. Every
 * method throws {@link LedgerException} when the database does not answer.
 */
public final class Steps {

    /** The claim has run out; or the database's clock was set back, and no wait is longer than a day. */
    private static final String DUE =
            "(s.due_at <= current_timestamp OR s.due_at > current_timestamp + interval '25' hour)";

    private static final String OF_DELIVERED = " FROM zoom_transcriber_step s JOIN zoom_transcriber_recording r "
            + "ON r.id = s.recording_id WHERE s.done_at IS NULL AND r.state = 'DELIVERED' AND s.name IN ";

    private static final String OPEN_AGAIN = "UPDATE zoom_transcriber_step SET done_at = NULL, tries = 0, "
            + "reason = NULL, result = NULL, claimed_by = NULL, due_at = current_timestamp";

    /** So often a step is tried within the first minute of an outage. */
    public static final int A_FEW = 6;

    private final Database database;
    private final String node;
    private final Duration lease;
    private final Held held;
    private final AtomicLong claims = new AtomicLong();

    Steps(Database database, String node, Duration lease, LongSupplier nanos) {
        this.database = database;
        this.node = node;
        this.lease = lease;
        this.held = new Held(nanos);
    }

    /** How many steps this process is at. */
    public int underWay() {
        return held.size("");
    }

    /** How many of this name. */
    public int underWay(String name) {
        return held.size("/" + name);
    }

    /** Whether the claim on this step still holds; if not, this process is not at it any more. */
    public boolean holds(Step step) {
        boolean holds = !database.query(
                        row -> row.getInt(1),
                        "SELECT 1 FROM zoom_transcriber_step s JOIN zoom_transcriber_recording r ON r.id = s.recording_id "
                                + "WHERE s.recording_id = ? AND s.name = ? AND s.claimed_by = ? AND s.done_at IS NULL "
                                + "AND r.state = 'DELIVERED'",
                        step.recordingId(),
                        step.name(),
                        step.claim())
                .isEmpty();
        if (!holds) {
            held.release(step.key(), step.claim());
        }
        return holds;
    }

    /**
     * Is called before a recording is marked as delivered: from then on these steps are due. What was done for an
     * earlier transcript of it is to be done again.
     */
    public void plan(String recordingId, Collection<String> names) {
        if (names.isEmpty()) {
            return;
        }
        List<Object[]> rows =
                names.stream().map(name -> new Object[] {recordingId, name}).toList();
        database.updateAll(
                "INSERT INTO zoom_transcriber_step (recording_id, name, tries, due_at) "
                        + "VALUES (?, ?, 0, current_timestamp) ON CONFLICT DO NOTHING",
                rows);
        database.updateAll(OPEN_AGAIN + " WHERE recording_id = ? AND name = ?", rows);
    }

    /**
     * Claims steps that are due, for as long as a lease lasts.
     *
     * @param names only these steps
     */
    public List<Step> take(Collection<String> names, int limit) {
        if (names.isEmpty() || limit < 1) {
            return List.of();
        }
        List<Step> due = database
                .query(
                        Steps::step,
                        "SELECT s.*" + OF_DELIVERED + in(names) + " AND " + DUE
                                + " ORDER BY s.due_at, s.recording_id, s.name " + "FETCH FIRST " + (limit + underWay())
                                + " ROWS ONLY",
                        names.toArray())
                .stream()
                // after a step of the database's clock, what this process is at seems to be due
                .filter(step -> held.claim(step.key()) == null)
                .limit(limit)
                .toList();
        if (due.isEmpty()) {
            return due;
        }
        String claim = node + "/" + claims.incrementAndGet();
        // another node may be taking them as well
        boolean[] mine = database.updateAll(
                "UPDATE zoom_transcriber_step s SET claimed_by = ?, due_at = " + Sql.LATER
                        + " WHERE s.recording_id = ? AND s.name = ? AND s.claimed_by IS NOT DISTINCT FROM ? AND s.done_at IS NULL AND "
                        + DUE,
                due.stream()
                        .map(step -> new Object[] {claim, lease, step.recordingId(), step.name(), step.claim()})
                        .toList());
        List<Step> taken = IntStream.range(0, mine.length)
                .filter(i -> mine[i])
                .mapToObj(due::get)
                .map(step -> new Step(
                        step.recordingId(),
                        step.name(),
                        null,
                        step.tries(),
                        step.reason(),
                        step.result(),
                        claim,
                        step.dueAt()))
                .toList();
        taken.forEach(step -> held.hold(step.key(), claim, lease));
        return taken;
    }

    /**
     * A step is done. That is a fact whoever holds the claim by now; but where nobody does, as somebody has asked for
     * it to be done again meanwhile, it is done again.
     *
     * @param result a text to be kept; or null
     */
    public void done(Step step, String result) {
        database.update(
                "UPDATE zoom_transcriber_step SET done_at = current_timestamp, claimed_by = NULL, reason = NULL, "
                        + "result = ? WHERE recording_id = ? AND name = ? AND done_at IS NULL AND claimed_by IS NOT NULL",
                result,
                step.recordingId(),
                step.name());
        held.release(step.key(), step.claim());
    }

    /**
     * A try has failed, or was put off.
     *
     * @param wait until the next
     * @param reason in a sentence
     * @param counts whether it was one
     */
    public void failed(Step step, Duration wait, String reason, boolean counts) {
        database.update(
                "UPDATE zoom_transcriber_step SET claimed_by = NULL, reason = ?, tries = tries + "
                        + (counts ? 1 : 0) + ", due_at = " + Sql.LATER
                        + " WHERE recording_id = ? AND name = ? AND claimed_by = ? AND done_at IS NULL",
                reason,
                wait,
                step.recordingId(),
                step.name(),
                step.claim());
        held.release(step.key(), step.claim());
    }

    /** What waits for its next try of this step does no longer. */
    public void wake(String name) {
        database.update(
                "UPDATE zoom_transcriber_step SET due_at = current_timestamp "
                        + "WHERE done_at IS NULL AND claimed_by IS NULL AND name = ?",
                name);
    }

    /** Lets go of everything that this process holds, once it no longer works on any of it. */
    void releaseAll() {
        held.clear();
        release("claimed_by LIKE ?", node + "/%");
    }

    /** Lets go of everything that any process holds. */
    void takeOver() {
        release("claimed_by IS NOT NULL");
    }

    private void release(String which, Object... arguments) {
        database.update(
                "UPDATE zoom_transcriber_step SET claimed_by = NULL, due_at = current_timestamp "
                        + "WHERE done_at IS NULL AND " + which,
                arguments);
    }

    /** The steps of a recording, by name. */
    public List<Step> of(String recordingId) {
        return database.query(
                Steps::step,
                "SELECT s.* FROM zoom_transcriber_step s WHERE s.recording_id = ? ORDER BY s.name",
                recordingId);
    }

    /**
     * How far one step is.
     *
     * @param open for how many recordings it is still to be done
     * @param failing for how many of these the last try has failed
     * @param hopeless for how many of these a few tries have
     * @param oldest since when the oldest of these are delivered; null where there are none
     * @param reason why the last try of one of them failed; or null
     */
    public record Count(int open, int failing, int hopeless, Instant oldest, String reason) {}

    /** How far each step is that is to be done for a delivered recording, by name. */
    public Map<String, Count> counts() {
        Map<String, Count> counts = new TreeMap<>();
        database.query(
                row -> counts.put(
                        row.getString(1),
                        new Count(row.getInt(2), row.getInt(3), row.getInt(4), Rows.instant(row, 5), row.getString(6))),
                "SELECT s.name, count(*), count(s.reason), count(CASE WHEN s.tries >= " + A_FEW
                        + " THEN 1 END), min(r.delivered_at), max(s.reason) FROM zoom_transcriber_step s "
                        + "JOIN zoom_transcriber_recording r ON r.id = s.recording_id "
                        + "WHERE s.done_at IS NULL AND r.state = 'DELIVERED' GROUP BY s.name");
        return counts;
    }

    /**
     * Has a step done, again where it was done before.
     *
     * @param recordingIds which are delivered; others are left alone
     * @return for how many
     */
    public int repeat(String name, List<String> recordingIds) {
        List<String> delivered = recordingIds.stream()
                .filter(id -> !database.query(
                                row -> row.getString(1),
                                "SELECT id FROM zoom_transcriber_recording WHERE id = ? AND state = 'DELIVERED'",
                                id)
                        .isEmpty())
                .toList();
        delivered.forEach(id -> plan(id, List.of(name)));
        return delivered.size();
    }

    /** The recordings that were delivered at that time or later, the oldest first. */
    public List<String> deliveredSince(Instant since) {
        return database.query(
                row -> row.getString(1),
                "SELECT id FROM zoom_transcriber_recording WHERE state = 'DELIVERED' AND delivered_at >= ? "
                        + "ORDER BY delivered_at, id",
                since);
    }

    private static String in(Collection<String> names) {
        return "(" + String.join(", ", Collections.nCopies(names.size(), "?")) + ")";
    }

    private static Step step(ResultSet row) throws SQLException {
        return new Step(
                row.getString("recording_id"),
                row.getString("name"),
                Rows.instant(row, "done_at"),
                row.getInt("tries"),
                row.getString("reason"),
                row.getString("result"),
                row.getString("claimed_by"),
                Rows.instant(row, "due_at"));
    }
}
