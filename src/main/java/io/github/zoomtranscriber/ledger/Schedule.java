package io.github.zoomtranscriber.ledger;

import java.time.Instant;

/**
 * Decides which node does what all of them are woken for at the same instant. What a node claims is that instant, as
 * the schedule has it: clocks that differ by seconds do no harm, and if the node dies, any other can claim the next
 * instant. Thread-safe.
 */
public final class Schedule {

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
     * @param scheduled the instant, which is the same on every node
     * @return whether this node is to do it: the first that asks is
     */
    public boolean claim(String name, Instant scheduled) {
        // a node whose clock is far ahead must not keep all others from working until their clocks get there
        return isFirst(name, scheduled)
                || database.update(
                                """
                UPDATE zoom_transcriber_tick SET scheduled = LEAST(CAST(? AS timestamp with time zone), current_timestamp + interval '1' minute),
                  begun_at = current_timestamp, node = ?
                WHERE name = ? AND scheduled < CAST(? AS timestamp with time zone)""",
                                scheduled,
                                node,
                                name,
                                scheduled)
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
                WHERE name = ? AND (begun_at <= current_timestamp - interval '1' minute OR node = ?
                  OR node NOT IN (SELECT id FROM zoom_transcriber_node WHERE seen_until > current_timestamp))""",
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
