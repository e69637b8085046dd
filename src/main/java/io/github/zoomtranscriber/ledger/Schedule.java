package io.github.zoomtranscriber.ledger;

import java.time.Duration;
import java.time.Instant;

/**
 * Decides which node does what all of them are woken for at the same instant. What a node claims is that instant, as
 * the schedule has it: clocks that differ by seconds do no harm, and if the node dies, any other can claim the next
 * instant. Thread-safe.
 */
public final class Schedule {

    private static final long MINUTE = 60;

    private final Database database;
    private final String node;

    Schedule(Database database, String node) {
        this.database = database;
        this.node = node;
    }

    /**
     * Claims one instant of a schedule.
     *
     * @param name what is to be done then
     * @param scheduled the instant, which is the same on every node whose clock is right
     * @param now what this node's clock says, by which {@code scheduled} is
     * @return whether this node is to do it: the first that asks is
     */
    public boolean claim(String name, Instant scheduled, Instant now) {
        // where a node's clock is wrong by minutes or hours, the instant is put to the database's clock, so that
        // neither
        // this node nor the others miss what is theirs; one noted before that was set back is no instant that has been
        Instant due = scheduled.plusSeconds(
                MINUTE * Math.round(Duration.between(now, database.now()).toMillis() / 1000.0 / MINUTE));
        return isFirst(name, due)
                || database.update(
                                """
                UPDATE zoom_transcriber_tick SET scheduled = LEAST(CAST(? AS timestamp with time zone), current_timestamp + interval '1' minute),
                  begun_at = current_timestamp, node = ?
                WHERE name = ? AND (scheduled < CAST(? AS timestamp with time zone)
                  OR scheduled > current_timestamp + interval '2' minute)""",
                                due,
                                node,
                                name,
                                due)
                        == 1;
    }

    /**
     * Claims what a node does when it starts: of several that start together, one does it.
     *
     * @return whether this node is to do it; false if another that is still alive has begun it within the last minute
     */
    public boolean claimAtStart(String name, Instant now) {
        return isFirst(name, now)
                || database.update(
                                """
                UPDATE zoom_transcriber_tick SET begun_at = current_timestamp, node = ?
                WHERE name = ? AND (begun_at <= current_timestamp - interval '1' minute
                  OR begun_at > current_timestamp + interval '1' minute OR node = ?
                  OR node NOT IN (SELECT id FROM zoom_transcriber_node WHERE %s))"""
                                        .formatted(Nodes.LIVING),
                                node,
                                name,
                                node)
                        == 1;
    }

    private boolean isFirst(String name, Instant scheduled) {
        return database.update(
                        """
                INSERT INTO zoom_transcriber_tick (name, scheduled, begun_at, node) VALUES (?, LEAST(CAST(? AS timestamp with time zone),
                  current_timestamp), current_timestamp, ?) ON CONFLICT DO NOTHING""",
                        name,
                        scheduled,
                        node)
                == 1;
    }
}
