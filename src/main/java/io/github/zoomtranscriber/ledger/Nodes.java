package io.github.zoomtranscriber.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The processes that work on this ledger. Each says now and then that it lives, and for how long that is to be believed. A process that
 * has the ledger to itself writes nothing: it knows that there is no other. Thread-safe.
 */
public final class Nodes {

    private static final String LIVING = "seen_until > current_timestamp";

    private final Database database;
    private final String id;
    private volatile boolean alone;
    private volatile String name;

    Nodes(Database database, String id) {
        this.database = database;
        this.id = id;
    }

    /** This process's id: new at each start. */
    public String id() {
        return id;
    }

    /** For people; null where this process has the ledger to itself, or has not said yet that it lives. */
    String name() {
        return name;
    }

    void alone() {
        alone = true;
    }

    /** Whether no other process can have this ledger. */
    public boolean isAlone() {
        return alone;
    }

    /**
     * How many share the work.
     *
     * @param living  how many, with this one; at least 1
     * @param settled whether all others have been heard of since this one came, so that they count it too
     */
    public record Count(int living, boolean settled) {
    }

    /**
     * Says that this process lives.
     *
     * @param name     for people
     * @param lifetime how long that is to be believed
     * @return how many do
     */
    public Count beat(String name, Duration lifetime) {
        if (alone) {
            return new Count(1, true);
        }
        this.name = name;
        String until = "current_timestamp + CAST(? AS integer) * interval '1' second";
        // after a long pause it has to be found by the others anew
        int known = database.update("UPDATE zoom_transcriber_node SET joined_at = CASE WHEN " + LIVING + " THEN joined_at ELSE current_timestamp END, "
                + "seen_at = current_timestamp, seen_until = " + until + " WHERE id = ?", lifetime, id);
        if (known == 0) {
            database.update("DELETE FROM zoom_transcriber_node WHERE seen_until < current_timestamp - interval '1' day");
            database.update("INSERT INTO zoom_transcriber_node (id, name, joined_at, seen_at, seen_until) VALUES (?, ?, current_timestamp, "
                    + "current_timestamp, " + until + ") ON CONFLICT DO NOTHING", id, name, lifetime);
        }
        return database.query(row -> new Count(Math.max(1, row.getInt(1)), row.getInt(2) == 0),
                "SELECT count(*), count(CASE WHEN id <> ? AND seen_at <= (SELECT joined_at FROM zoom_transcriber_node WHERE id = ?) THEN 1 END) "
                        + "FROM zoom_transcriber_node WHERE " + LIVING, id, id).get(0);
    }

    /** This process ends. */
    public void leave() {
        if (!alone) {
            database.update("DELETE FROM zoom_transcriber_node WHERE id = ?", id);
        }
    }

    /**
     * @param id       as it stands in claims, before the {@code /}
     * @param name     for people
     * @param joinedAt since when it has been there without a long pause
     * @param seenAt   when it was heard of last
     * @param holds    how many recordings it works on
     * @param living   whether it still counts
     */
    public record Node(String id, String name, Instant joinedAt, Instant seenAt, int holds, boolean living) {
    }

    /** All that were heard of within a day, the oldest first; empty where one process has the ledger to itself. */
    public List<Node> list() {
        return database.query(row -> new Node(row.getString(1), row.getString(2), Rows.instant(row, 3), Rows.instant(row, 4), row.getInt(5),
                row.getBoolean(6)), """
                SELECT n.id, n.name, n.joined_at, n.seen_at,
                  (SELECT count(*) FROM zoom_transcriber_recording WHERE %s AND lease_owner LIKE n.id || '/%%' AND lease_until > current_timestamp),
                  n.seen_until > current_timestamp
                FROM zoom_transcriber_node n ORDER BY n.joined_at, n.id""".formatted(Ledger.OPEN));
    }
}
