package io.github.zoomtranscriber.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * What a person orders, whoever works on the recording: a daemon finds its claim lost and stops. Thread-safe. Every method throws
 * {@link LedgerException} when the database does not answer.
 */
public final class Interventions {

    /** The reason of a recording that somebody skipped. */
    public static final String BY_HAND = "skipped by hand";

    private static final String FORGOTTEN = "forgotten ";

    private final Database database;
    private final History history;

    /** @param prefix what the names of the ledger's tables begin with */
    public Interventions(DataSource source, String prefix) {
        this.database = new Database(source, prefix);
        this.history = new History(database, () -> null);
    }

    /**
     * @param reason a part of the reason, whatever its case; empty for any
     * @return the failed recordings, newest change first
     */
    public List<Entry> failed(String reason) {
        return database.query(Rows::entry, "SELECT * FROM zoom_transcriber_recording WHERE state = 'FAILED' ORDER BY updated_at DESC, id").stream()
                .filter(entry -> entry.reason() != null && entry.reason().toLowerCase(Locale.ROOT).contains(reason.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /**
     * Not to be transcribed, unless it is delivered already.
     *
     * @return whether that changed something
     */
    public boolean skip(String id) {
        return history.change(BY_HAND, "UPDATE zoom_transcriber_recording SET state = 'SKIPPED', reason = ?, " + Ledger.FREE
                + " WHERE id = ? AND state NOT IN ('DELIVERED', 'SKIPPED')", BY_HAND, id) == 1;
    }

    /**
     * As if it had just been found: it is transcribed, and charged, once more. Its files keep their name. What was submitted today counts
     * against the day's hours on, beside what is submitted now.
     *
     * @param zoom the meeting and the file as JSON; null to keep what the ledger has
     * @return false if there is no such recording, or Zoom is not done with it
     */
    public boolean forget(String id, String zoom) {
        countOn(id);
        return history.changeAgain(id, "forgotten by hand: from the start", """
                UPDATE zoom_transcriber_recording SET state = 'DISCOVERED', reason = NULL, transcript_id = NULL, submitted_at = NULL,
                  hand_off = NULL, audio_url = NULL, stuck = FALSE, failures = 0, left_out = '', output_files = NULL, language_code = NULL,
                  audio_seconds = NULL, speech_model = NULL, delivered_at = NULL, zoom = COALESCE(CAST(? AS text), zoom), %s
                WHERE id = ? AND state <> 'PROCESSING' AND download_url IS NOT NULL""".formatted(Ledger.FREE), zoom, id) == 1;
    }

    /** Before it is forgotten, so that whatever happens in between the day has too few hours left rather than too many. */
    private void countOn(String id) {
        Instant today = database.query(row -> Rows.instant(row, 1), "SELECT current_timestamp").get(0).truncatedTo(ChronoUnit.DAYS);
        List<Integer> minutes = database.query(row -> row.getInt(1), "SELECT duration_minutes FROM zoom_transcriber_recording WHERE id = ? "
                + "AND state <> 'PROCESSING' AND download_url IS NOT NULL AND submitted_at >= ?", id, today);
        if (!minutes.isEmpty()) {
            database.update("DELETE FROM zoom_transcriber_note WHERE name LIKE ? AND name <> ?", FORGOTTEN + "%", forgotten(today));
            database.update("INSERT INTO zoom_transcriber_note (name, text, updated_at) VALUES (?, '0', current_timestamp) ON CONFLICT DO NOTHING",
                    forgotten(today));
            database.update("UPDATE zoom_transcriber_note SET text = CAST(CAST(text AS integer) + CAST(? AS integer) AS varchar), "
                    + "updated_at = current_timestamp WHERE name = ?", minutes.get(0), forgotten(today));
        }
    }

    /**
     * The note that has the minutes that were submitted on a day and forgotten since.
     *
     * @param day its first instant, UTC
     */
    static String forgotten(Instant day) {
        return FORGOTTEN + LocalDate.ofInstant(day, ZoneOffset.UTC);
    }
}
