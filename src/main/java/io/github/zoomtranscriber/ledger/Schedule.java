package io.github.zoomtranscriber.ledger;

import java.time.Instant;

/**
 * Which node does what all of them are woken for at the same instant. That instant, as the schedule has it, is what is claimed: clocks
 * that differ by seconds change nothing, and a node that dies over it takes nothing along, as the next instant is anybody's. Thread-safe.
 */
public final class Schedule {

    private final Database database;
    private final String node;

    Schedule(Database database, String node) {
        this.database = database;
        this.node = node;
    }

    /**
     * @param name      what is done
     * @param scheduled when the schedule says so, which is the same on each node
     * @return whether this node is to do it: the first that asks, for each instant
     */
    public boolean claim(String name, Instant scheduled) {
        // a clock that is far ahead of the database's must not keep all the others from working until it is caught up with
        return isFirst(name, scheduled) || database.update("""
                UPDATE zoom_transcriber_tick SET scheduled = LEAST(CAST(? AS timestamp with time zone), current_timestamp + interval '1' minute),
                  begun_at = current_timestamp, node = ?
                WHERE name = ? AND scheduled < CAST(? AS timestamp with time zone)""", scheduled, node, name, scheduled) == 1;
    }

    /**
     * What a node does when it starts, unless another that still lives has begun it within the last minute: of those that are started
     * together one does it.
     *
     * @return whether this node is to do it
     */
    public boolean claimAtStart(String name, Instant now) {
        return isFirst(name, now) || database.update("""
                UPDATE zoom_transcriber_tick SET begun_at = current_timestamp, node = ?
                WHERE name = ? AND (begun_at <= current_timestamp - interval '1' minute OR node = ?
                  OR node NOT IN (SELECT id FROM zoom_transcriber_node WHERE seen_until > current_timestamp))""", node, name, node) == 1;
    }

    private boolean isFirst(String name, Instant scheduled) {
        return database.update("""
                INSERT INTO zoom_transcriber_tick (name, scheduled, begun_at, node) VALUES (?, LEAST(CAST(? AS timestamp with time zone),
                  current_timestamp), current_timestamp, ?) ON CONFLICT DO NOTHING""", name, scheduled, node) == 1;
    }
}
