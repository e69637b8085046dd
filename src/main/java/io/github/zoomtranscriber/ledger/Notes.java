package io.github.zoomtranscriber.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the program remembers about itself, for instance its last tick: a text for each name. Thread-safe. Every method
 * throws {@link LedgerException} when the database does not answer.
 */
public final class Notes {

    private final Database database;

    Notes(Database database) {
        this.database = database;
    }

    /**
     * A note.
     *
     * @param updatedAt when it was written last
     */
    public record Note(String text, Instant updatedAt) {}

    /** Writes a note, in place of an earlier one of the same name. */
    public void put(String name, String text) {
        if (database.update(
                        "UPDATE zoom_transcriber_note SET text = ?, updated_at = current_timestamp WHERE name = ?",
                        text,
                        name)
                == 0) {
            database.update(
                    "INSERT INTO zoom_transcriber_note (name, text, updated_at) "
                            + "VALUES (?, ?, current_timestamp) ON CONFLICT DO NOTHING",
                    name,
                    text);
        }
    }

    /**
     * Removes a note.
     *
     * @return whether there was one
     */
    public boolean remove(String name) {
        return database.update("DELETE FROM zoom_transcriber_note WHERE name = ?", name) == 1;
    }

    /** The note of this name. */
    public Optional<Note> find(String name) {
        return database
                .query(
                        row -> new Note(row.getString(1), Rows.instant(row, 2)),
                        "SELECT text, updated_at FROM zoom_transcriber_note WHERE name = ?",
                        name)
                .stream()
                .findFirst();
    }

    /** How long ago a note was written, by the database's clock. */
    public Optional<Duration> age(String name) {
        return find(name).map(note -> Duration.between(note.updatedAt(), database.now()));
    }
}
