package io.github.zoomtranscriber.ledger;

import java.time.Duration;
import java.util.Optional;

/** What nodes share of a login: sealed by whoever puts it here, and asked for by one of them at a time. Thread-safe. */
public final class Tokens {

    private static final String LATER = "current_timestamp + CAST(? AS integer) * interval '1' second";

    private final Database database;
    private final String node;

    Tokens(Database database, String node) {
        this.database = database;
        this.node = node;
    }

    /** @param left how long it is good for */
    public record Sealed(String text, Duration left) {
    }

    /** The token of this name, if there is one that is still good. */
    public Optional<Sealed> find(String name) {
        return database.query(row -> new Sealed(row.getString(1),
                Duration.between(Rows.instant(row, 3), Rows.instant(row, 2))),
                "SELECT sealed, valid_until, current_timestamp FROM zoom_transcriber_token "
                        + "WHERE name = ? AND sealed IS NOT NULL AND valid_until > current_timestamp", name).stream().findFirst();
    }

    /**
     * Asks for the right to get a new one.
     *
     * @param atMost how long that may take; then another node may
     * @return whether this node has it now
     */
    public boolean mayAsk(String name, Duration atMost) {
        return database.update("INSERT INTO zoom_transcriber_token (name, valid_until, asked_by, asked_until) "
                + "VALUES (?, current_timestamp, ?, " + LATER + ") ON CONFLICT DO NOTHING", name, node, atMost) == 1
                || database.update("UPDATE zoom_transcriber_token SET asked_by = ?, asked_until = " + LATER
                        + " WHERE name = ? AND (asked_by IS NULL OR asked_by = ? OR asked_until <= current_timestamp)", node, atMost, name, node) == 1;
    }

    /** Whoever has got a new one: the last that was given out is the one that is good, so this does not ask whose turn it was. */
    public void put(String name, String sealed, Duration life) {
        database.update("UPDATE zoom_transcriber_token SET sealed = ?, valid_until = " + LATER + " WHERE name = ?", sealed, life, name);
    }

    /** Gives the right to ask back, whatever came of it. */
    public void asked(String name) {
        database.update("UPDATE zoom_transcriber_token SET asked_by = NULL WHERE name = ? AND asked_by = ?", name, node);
    }
}
