package io.github.zoomtranscriber.ledger;

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

    private final Database database;
    private final History history;

    /** @param prefix what the names of the ledger's tables begin with */
    public Interventions(DataSource source, String prefix) {
        this.database = new Database(source, prefix);
        this.history = new History(database, () -> null);
    }

    /** @param reason a part of the reason, whatever its case; empty for any @return the failed recordings, newest change first */
    public List<Entry> failed(String reason) {
        return database.query(Rows::entry, "SELECT * FROM zoom_transcriber_recording WHERE state = 'FAILED' ORDER BY updated_at DESC, id").stream()
                .filter(entry -> entry.reason() != null && entry.reason().toLowerCase(Locale.ROOT).contains(reason.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** Not to be transcribed, unless it is delivered already. @return whether that changed something */
    public boolean skip(String id) {
        return history.change(BY_HAND, "UPDATE zoom_transcriber_recording SET state = 'SKIPPED', reason = ?, " + Ledger.FREE
                + " WHERE id = ? AND state NOT IN ('DELIVERED', 'SKIPPED')", BY_HAND, id) == 1;
    }

    /**
     * As if it had just been found: it is transcribed, and charged, once more. Its files keep their name.
     *
     * @param zoom the meeting and the file as JSON; null to keep what the ledger has
     * @return false if there is no such recording, or Zoom is not done with it
     */
    public boolean forget(String id, String zoom) {
        boolean forgotten = history.change("forgotten by hand: from the start", """
                UPDATE zoom_transcriber_recording SET state = 'DISCOVERED', reason = NULL, transcript_id = NULL, submitted_at = NULL,
                  hand_off = NULL, audio_url = NULL, stuck = FALSE, failures = 0, left_out = '', output_files = NULL, language_code = NULL,
                  audio_seconds = NULL, speech_model = NULL, delivered_at = NULL, zoom = COALESCE(CAST(? AS text), zoom), %s
                WHERE id = ? AND state <> 'PROCESSING' AND download_url IS NOT NULL""".formatted(Ledger.FREE), zoom, id) == 1;
        history.trim(id);
        return forgotten;
    }
}
