package io.github.zoomtranscriber.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What a person orders. It is done whoever holds the recording: a daemon that works on it loses its claim, and stops.
 * Thread-safe. Every method throws {@link LedgerException} when the database does not answer.
 */
public final class Interventions {

    private static final String FORGOTTEN = "forgotten ";

    private final Database database;
    private final History history;

    Interventions(Database database, History history) {
        this.database = database;
        this.history = history;
    }

    /**
     * Skips a recording, unless it is delivered already.
     *
     * @return whether that changed anything
     */
    public boolean skip(String id) {
        String reason = "skipped by hand";
        return history.change(
                        reason,
                        "UPDATE zoom_transcriber_recording SET state = 'SKIPPED', " + Sql.FREE + Sql.REASON
                                + " WHERE id = ? AND state NOT IN ('DELIVERED', 'SKIPPED')",
                        reason,
                        Reason.SKIPPED_BY_HAND,
                        id)
                == 1;
    }

    /**
     * Forgets what was done for a recording, as if it had just been found: it is transcribed, and charged, once more.
     * Its files keep their name. If it was submitted today, that continues to count against the day's hours.
     *
     * @param zoom the meeting and the file as JSON; null to keep what the ledger has
     * @return false if there is no such recording, or if Zoom is still processing it
     */
    public boolean forget(String id, String zoom) {
        keepCounting(id);
        return history.changeAgain(
                        id,
                        "forgotten by hand: starts over",
                        """
                UPDATE zoom_transcriber_recording SET state = 'DISCOVERED', %s, transcript_id = NULL, submitted_at = NULL,
                  hand_off = NULL, audio_url = NULL, stuck = FALSE, failures = 0, left_out = '', output_files = NULL,
                  language_code = NULL, audio_seconds = NULL, speech_model = NULL, delivered_at = NULL,
                  zoom = COALESCE(CAST(? AS text), zoom), %s
                WHERE id = ? AND state <> 'PROCESSING' AND download_url IS NOT NULL"""
                                .formatted(Sql.NO_REASON, Sql.FREE),
                        zoom,
                        id)
                == 1;
    }

    /**
     * Is called before the recording is forgotten: after a crash in between, the day has too few hours left, not too
     * many.
     */
    private void keepCounting(String id) {
        Instant today = database.now().truncatedTo(ChronoUnit.DAYS);
        List<Integer> minutes = database.query(
                row -> row.getInt(1),
                "SELECT duration_minutes "
                        + "FROM zoom_transcriber_recording WHERE id = ? AND state <> 'PROCESSING' AND download_url IS NOT NULL "
                        + "AND submitted_at >= ?",
                id,
                today);
        if (!minutes.isEmpty()) {
            database.update(
                    "DELETE FROM zoom_transcriber_note WHERE name LIKE ? AND name <> ?",
                    FORGOTTEN + "%",
                    forgotten(today));
            database.update(
                    "INSERT INTO zoom_transcriber_note (name, text, updated_at) "
                            + "VALUES (?, '0', current_timestamp) ON CONFLICT DO NOTHING",
                    forgotten(today));
            database.update(
                    "UPDATE zoom_transcriber_note SET text = CAST(CAST(text AS integer) + CAST(? AS integer) "
                            + "AS varchar), updated_at = current_timestamp WHERE name = ?",
                    minutes.get(0),
                    forgotten(today));
        }
    }

    /**
     * The name of the note with the minutes that were submitted on a day and forgotten since.
     *
     * @param day its first instant, UTC
     */
    static String forgotten(Instant day) {
        return FORGOTTEN + LocalDate.ofInstant(day, ZoneOffset.UTC);
    }
}
