package io.github.zoomtranscriber.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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

    /** Removes the notes whose names begin so. */
    public void removeAll(String beginning) {
        database.update("DELETE FROM zoom_transcriber_note WHERE name LIKE ?", beginning + "%");
    }

    /** The notes whose names begin so, by what follows that. */
    public SortedMap<String, Note> startingWith(String beginning) {
        SortedMap<String, Note> notes = new TreeMap<>();
        database.query(
                row -> notes.put(
                        row.getString(1).substring(beginning.length()),
                        new Note(row.getString(2), Rows.instant(row, 3))),
                "SELECT name, text, updated_at FROM zoom_transcriber_note WHERE name LIKE ?",
                beginning + "%");
        return notes;
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

    /**
     * Where the database's clock was set back, the notes of before are from the future: this puts them back to when
     * they were written, as well as that is known. Where it was not, this changes nothing.
     */
    public void afterSetBack() {
        Duration ahead = database.query(
                        row -> Rows.instant(row, 1) == null
                                ? Duration.ZERO
                                : Duration.between(Rows.instant(row, 2), Rows.instant(row, 1)),
                        "SELECT max(updated_at), current_timestamp FROM zoom_transcriber_note")
                .get(0);
        if (ahead.toMinutes() > 0) {
            database.update(
                    "UPDATE zoom_transcriber_note SET updated_at = updated_at "
                            + "- CAST(? AS integer) * interval '1' second",
                    ahead.plusSeconds(1));
        }
    }

    /** How long ago a note was written, by the database's clock. */
    public Optional<Duration> age(String name) {
        return find(name).map(note -> Duration.between(note.updatedAt(), database.now()));
    }
}
