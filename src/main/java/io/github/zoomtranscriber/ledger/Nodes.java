package io.github.zoomtranscriber.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The processes that share this ledger. Each of them sends a heartbeat now and then, and counts as alive until that
 * expires. A process that has the ledger to itself sends none: there is no other. Thread-safe.
 */
public final class Nodes {

    /** A heartbeat in the future is one from before the database's clock was set back; who lives sends another. */
    static final String LIVING =
            "seen_until > current_timestamp AND seen_at <= current_timestamp + interval '1' minute";

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

    /** This process's name, for people; null if it has the ledger to itself, or before its first heartbeat. */
    String name() {
        return name;
    }

    void alone() {
        alone = true;
    }

    /** Whether no other process can use this ledger. */
    public boolean isAlone() {
        return alone;
    }

    /**
     * How many processes share the work.
     *
     * @param living how many are alive, this one included; at least 1
     * @param settled whether all others have sent a heartbeat since this one joined, and so count it too
     */
    public record Count(int living, boolean settled) {}

    /**
     * Sends this process's heartbeat.
     *
     * @param name the process's name, for people
     * @param lifetime how long this process counts as alive from now on
     * @return how many are alive
     */
    public Count beat(String name, Duration lifetime) {
        if (alone) {
            return new Count(1, true);
        }
        this.name = name;
        // after a long pause it joins again, as the others no longer count it
        int known = database.update(
                "UPDATE zoom_transcriber_node SET joined_at = CASE WHEN " + LIVING + " THEN "
                        + "joined_at ELSE current_timestamp END, seen_at = current_timestamp, seen_until = "
                        + Sql.LATER + " WHERE id = ?",
                lifetime,
                id);
        if (known == 0) {
            database.update(
                    "DELETE FROM zoom_transcriber_node WHERE seen_until < current_timestamp - interval '1' day");
            database.update(
                    "INSERT INTO zoom_transcriber_node (id, name, joined_at, seen_at, seen_until) "
                            + "VALUES (?, ?, current_timestamp, current_timestamp, "
                            + Sql.LATER + ") ON CONFLICT DO NOTHING",
                    id,
                    name,
                    lifetime);
        }
        return database.query(
                        row -> new Count(Math.max(1, row.getInt(1)), row.getInt(2) == 0),
                        "SELECT count(*), count(CASE WHEN id <> ? AND seen_at <= (SELECT joined_at FROM zoom_transcriber_node "
                                + "WHERE id = ?) THEN 1 END) FROM zoom_transcriber_node WHERE " + LIVING,
                        id,
                        id)
                .get(0);
    }

    /** Says that this process ends. */
    public void leave() {
        if (!alone) {
            database.update("DELETE FROM zoom_transcriber_node WHERE id = ?", id);
        }
    }

    /**
     * One of the processes.
     *
     * @param id as it stands in claims, before the {@code /}
     * @param name its name, for people
     * @param joinedAt since when it has sent heartbeats without a long pause
     * @param seenAt when it sent the last one
     * @param holds how many recordings it works on
     * @param living whether it counts as alive
     */
    public record Node(String id, String name, Instant joinedAt, Instant seenAt, int holds, boolean living) {}

    /**
     * The processes that sent a heartbeat within the last day, the oldest first; empty if one has the ledger to itself.
     */
    public List<Node> list() {
        return database.query(
                row -> new Node(
                        row.getString(1),
                        row.getString(2),
                        Rows.instant(row, 3),
                        Rows.instant(row, 4),
                        row.getInt(5),
                        row.getBoolean(6)),
                """
                SELECT n.id, n.name, n.joined_at, n.seen_at,
                  (SELECT count(*) FROM zoom_transcriber_recording WHERE %s AND lease_owner LIKE n.id || '/%%' AND lease_until > current_timestamp),
                  %s
                FROM zoom_transcriber_node n ORDER BY n.joined_at, n.id"""
                        .formatted(Sql.OPEN, LIVING));
    }
}
