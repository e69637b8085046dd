package io.github.zoomtranscriber.ledger;

import java.time.Duration;
import java.util.List;

/**
 * What happens to a claimed recording: it is submitted, transcribed and delivered, or fails, or is skipped. Each change
 * compares the claim, and none but {@link #submitted} happens where it was lost. Thread-safe. Every method throws
 * {@link LedgerException} when the database does not answer.
 */
public final class Progress {

    private final Database database;
    private final History history;
    private final Duration lease;

    Progress(Database database, History history, Duration lease) {
        this.database = database;
        this.history = history;
        this.lease = lease;
    }

    /**
     * Is called before the request to AssemblyAI is sent: from now on AssemblyAI may have accepted, and charged, the
     * recording.
     *
     * @param handOff how AssemblyAI gets the audio
     * @param audioUrl without its query
     * @return false if the claim was lost: then nothing must be sent
     */
    public boolean submitting(Entry entry, String handOff, String audioUrl) {
        boolean mine = history.change(
                        null,
                        """
                UPDATE zoom_transcriber_recording SET state = 'SUBMITTING', hand_off = ?, audio_url = ?,
                  transcript_id = NULL, submitted_at = current_timestamp, submissions = submissions + 1,
                  updated_at = current_timestamp, lease_until = %s%s AND state = 'DISCOVERED'"""
                                .formatted(Sql.LATER, Sql.MINE),
                        handOff,
                        audioUrl,
                        lease,
                        entry.id(),
                        entry.claim())
                == 1;
        database.sync();
        return mine;
    }

    /**
     * AssemblyAI has accepted the recording. That is a fact whoever holds the claim by now, so the claim is not
     * compared; but nothing changes if the recording has been submitted again meanwhile.
     */
    public void submitted(Entry entry, String transcriptId) {
        history.change(
                null,
                "UPDATE zoom_transcriber_recording SET state = 'TRANSCRIBING', transcript_id = ?, "
                        + Sql.NO_REASON + ", updated_at = current_timestamp WHERE id = ? AND state = 'SUBMITTING' "
                        + "AND submissions <= ?",
                transcriptId,
                entry.id(),
                entry.submissions() + 1);
        database.sync();
    }

    /**
     * Takes back {@link #submitting}, as AssemblyAI has certainly not accepted the recording. The caller says next what
     * becomes of it.
     *
     * @param marked false if it was never marked: then nothing changes
     */
    public void notSubmitted(Entry entry, boolean marked) {
        if (marked) {
            database.update(
                    "UPDATE zoom_transcriber_recording SET state = 'DISCOVERED', submitted_at = NULL, " + Sql.NO_REASON
                            + Sql.MINE + " AND state = 'SUBMITTING'",
                    entry.id(),
                    entry.claim());
        }
    }

    /**
     * Releases the recording, to be handed to AssemblyAI again at once: nothing was submitted, or its transcript is
     * useless.
     *
     * @param code why, or null
     * @param reason the same in a sentence, or null
     * @param leftOut what to leave out of the request from now on, separated by commas
     * @param failures how many tries have failed by now
     */
    public void startOver(Entry entry, Reason code, String reason, String leftOut, int failures) {
        String told = reason != null
                ? reason
                : leftOut.equals(entry.leftOut()) ? "AssemblyAI had not accepted it" : "once more without " + leftOut;
        history.changeAgain(
                entry.id(),
                told,
                "UPDATE zoom_transcriber_recording "
                        + "SET state = 'DISCOVERED', transcript_id = NULL, submitted_at = NULL, left_out = ?, failures = ?, "
                        + Sql.FREE + Sql.REASON
                        + Sql.MINE,
                leftOut,
                failures,
                reason,
                code,
                entry.id(),
                entry.claim());
    }

    /**
     * Counts a failed try, and releases the recording as {@link Ledger#release(Entry, Duration, Reason, String)} does.
     *
     * @param code why it failed
     * @param reason the same in a sentence
     * @return false if the claim was lost
     */
    public boolean failedOnce(Entry entry, Duration wait, Reason code, String reason) {
        return history.changeAgain(
                        entry.id(),
                        reason,
                        Sql.RELEASE + Sql.REASON + ", failures = failures + 1" + Sql.MINE,
                        wait.isZero() ? null : Sql.WAITING,
                        wait,
                        reason,
                        code,
                        entry.id(),
                        entry.claim())
                == 1;
    }

    /**
     * The recording has failed, until somebody retries it.
     *
     * @param code why
     * @param reason the same in a sentence
     * @param keepTranscript whether what AssemblyAI has is good, or may be: then a retry continues from there, or looks
     *     for it first
     * @return false if the claim was lost
     */
    public boolean fail(Entry entry, Reason code, String reason, boolean keepTranscript) {
        return history.changeAgain(
                        entry.id(),
                        reason,
                        "UPDATE zoom_transcriber_recording SET state = 'FAILED', "
                                + (keepTranscript ? "" : "transcript_id = NULL, submitted_at = NULL, ") + Sql.FREE
                                + Sql.REASON + Sql.MINE,
                        reason,
                        code,
                        entry.id(),
                        entry.claim())
                == 1;
    }

    /**
     * The recording is not transcribed.
     *
     * @param code why
     * @param reason the same in a sentence
     */
    public void skip(Entry entry, Reason code, String reason) {
        history.changeAgain(
                entry.id(),
                reason,
                "UPDATE zoom_transcriber_recording SET state = 'SKIPPED', " + Sql.FREE + Sql.REASON + Sql.MINE,
                reason,
                code,
                entry.id(),
                entry.claim());
    }

    /**
     * AssemblyAI has been working on the recording for too long. The flag holds until the recording is claimed again.
     */
    public void flagStuck(Entry entry) {
        history.changeAgain(
                entry.id(),
                "stuck: AssemblyAI has been working on it for too long",
                "UPDATE zoom_transcriber_recording SET stuck = TRUE, updated_at = current_timestamp" + Sql.MINE,
                entry.id(),
                entry.claim());
    }

    /**
     * What is known of a transcript.
     *
     * @param audioSeconds the length that was charged, rounded up
     * @param speechModel AssemblyAI's {@code speech_model_used}, which decides the price
     */
    public record Result(String languageCode, Integer audioSeconds, String speechModel) {}

    /**
     * All files of the recording are on disk under their names.
     *
     * @return false if the claim was lost
     */
    public boolean delivered(Entry entry, List<String> files, Result result) {
        return delivered(entry, files, result, null, null);
    }

    /**
     * As {@link #delivered(Entry, List, Result)}, with a remark.
     *
     * @param code what there is to remark, for instance {@link Reason#NO_SPEECH}; or null
     * @param note the same in words; or null
     * @return false if the claim was lost
     */
    public boolean delivered(Entry entry, List<String> files, Result result, Reason code, String note) {
        return history.change(
                        note,
                        """
                UPDATE zoom_transcriber_recording SET state = 'DELIVERED', output_files = ?, language_code = ?,
                  audio_seconds = ?, speech_model = ?, zoom = NULL, delivered_at = current_timestamp, %s%s%s"""
                                .formatted(Sql.FREE, Sql.REASON, Sql.MINE),
                        String.join("\n", files),
                        result.languageCode(),
                        result.audioSeconds(),
                        result.speechModel(),
                        note,
                        code,
                        entry.id(),
                        entry.claim())
                == 1;
    }

    /** The files of a delivered recording were written again. */
    public void rendered(String id, List<String> files) {
        database.update(
                "UPDATE zoom_transcriber_recording SET output_files = ?, updated_at = current_timestamp "
                        + "WHERE id = ? AND state = 'DELIVERED'",
                String.join("\n", files),
                id);
    }

    /**
     * Puts a failed recording back to where it failed.
     *
     * @return false if there is no failed recording with this id
     */
    public boolean retry(String id) {
        return history.change(
                        "put back to where it failed",
                        "UPDATE zoom_transcriber_recording SET failures = 0, "
                                + Sql.NO_REASON + ", state = " + Sql.WHERE_IT_WAS + ", " + Sql.FREE
                                + " WHERE id = ? AND state = 'FAILED'",
                        id)
                == 1;
    }
}
