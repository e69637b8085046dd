package io.github.zoomtranscriber.ledger;

import java.time.Duration;
import java.util.Optional;

/** The access tokens that nodes share. Callers encrypt them; one node at a time requests a new one. Thread-safe. */
public final class Tokens {

    private final Database database;
    private final String node;

    Tokens(Database database, String node) {
        this.database = database;
        this.node = node;
    }

    /**
     * An encrypted token.
     *
     * @param left how long it is still valid
     */
    public record Sealed(String text, Duration left) {}

    /** The token of this name, if there is one that is still valid. */
    public Optional<Sealed> find(String name) {
        return database
                .query(
                        row -> new Sealed(
                                row.getString(1), Duration.between(Rows.instant(row, 3), Rows.instant(row, 2))),
                        "SELECT sealed, valid_until, current_timestamp FROM zoom_transcriber_token WHERE name = ? "
                                + "AND sealed IS NOT NULL AND valid_until > current_timestamp",
                        name)
                .stream()
                .findFirst();
    }

    /**
     * Asks whether this node may request a new token.
     *
     * @param atMost how long the request may take; after that another node may make one
     * @return whether it may
     */
    public boolean mayAsk(String name, Duration atMost) {
        return database.update(
                                "INSERT INTO zoom_transcriber_token (name, valid_until, asked_by, asked_until) "
                                        + "VALUES (?, current_timestamp, ?, " + Sql.LATER + ") ON CONFLICT DO NOTHING",
                                name,
                                node,
                                atMost)
                        == 1
                || database.update(
                                "UPDATE zoom_transcriber_token SET asked_by = ?, asked_until = " + Sql.LATER
                                        + " WHERE name = ? AND (asked_by IS NULL OR asked_by = ? OR asked_until <= current_timestamp"
                                        // the clock was set back since
                                        + " OR asked_until > current_timestamp + interval '1' minute + CAST(? AS integer) * interval '1' second)",
                                node,
                                atMost,
                                name,
                                node,
                                atMost)
                        == 1;
    }

    /** Stores a new token. Whoever has requested it: the last one that was issued is valid, whosever turn it was. */
    public void put(String name, String sealed, Duration life) {
        database.update(
                "UPDATE zoom_transcriber_token SET sealed = ?, valid_until = " + Sql.LATER + " WHERE name = ?",
                sealed,
                life,
                name);
    }

    /** Says that this node's request has ended, whatever came of it. */
    public void asked(String name) {
        database.update(
                "UPDATE zoom_transcriber_token SET asked_by = NULL WHERE name = ? AND asked_by = ?", name, node);
    }
}
