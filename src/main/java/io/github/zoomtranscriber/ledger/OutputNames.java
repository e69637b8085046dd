package io.github.zoomtranscriber.ledger;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The names of the files that are written for recordings: no two recordings have the same. Names that differ in upper
 * and lower case alone are the same. Thread-safe. Every method throws {@link LedgerException} when the database does
 * not answer.
 */
public final class OutputNames {

    private final Database database;

    OutputNames(Database database) {
        this.database = database;
    }

    /**
     * Gives a recording's files their name: the one they have, if that stays, else the first of the candidates that no
     * other recording has. Every caller gets the same name, one that has lost the recording meanwhile too, so nobody
     * writes a second file.
     *
     * @param candidates names without extension
     * @param stays whether the name that the files have is still right
     * @param taken whether there already is a file of this name that the ledger does not know
     * @throws IllegalStateException if all are taken
     * @throws ClaimLostException if the claim was lost
     */
    public String assign(Entry entry, List<String> candidates, Predicate<String> stays, Predicate<String> taken) {
        String current = outputName(entry);
        if (current != null && stays.test(current)) {
            return current;
        }
        for (String candidate : candidates) {
            if (!taken.test(candidate) && isAssigned(entry, current, candidate)) {
                return candidate;
            }
        }
        String now = outputName(entry);
        if (now == null || now.equals(current)) {
            throw new IllegalStateException("all names are taken by other files: " + candidates);
        }
        return now;
    }

    /** Whether no recording's files have this name. */
    public boolean isFree(String name) {
        return database.query(
                        row -> row.getInt(1),
                        "SELECT 1 FROM zoom_transcriber_recording WHERE output_key = ?",
                        key(name))
                .isEmpty();
    }

    private String outputName(Entry entry) {
        return database.query(
                        row -> row.getString(1),
                        "SELECT output_name FROM zoom_transcriber_recording WHERE id = ?",
                        entry.id())
                .get(0);
    }

    /** @return false if another recording has this name, or if this one has another by now */
    private boolean isAssigned(Entry entry, String current, String name) {
        try {
            if (database.update(
                            "UPDATE zoom_transcriber_recording SET output_name = ?, output_key = ? WHERE id = ? "
                                    + "AND coalesce(output_name, '') = ? AND lease_owner IS NOT DISTINCT FROM CAST(? AS varchar)",
                            name,
                            key(name),
                            entry.id(),
                            current == null ? "" : current,
                            entry.claim())
                    == 1) {
                return true;
            }
            if (!Objects.equals(outputName(entry), current)) {
                return false;
            }
            throw new ClaimLostException(entry.id());
        } catch (LedgerException e) {
            if (e.isUniqueViolation()) {
                return false;
            }
            throw e;
        }
    }

    /** What two names that count as the same have in common. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
