package io.github.zoomtranscriber.ledger;

import java.time.Instant;

/**
 * Something that is to be done for a recording once it is delivered, or was done.
 *
 * @param recordingId the recording
 * @param name which step; the same for all recordings
 * @param doneAt when it was done; null while it is not
 * @param tries how many tries have failed
 * @param reason why the last one failed; null where none has since it was planned
 * @param result the text that it gave to be kept; or null
 * @param claim of whoever does it now; or null
 * @param dueAt when it may be tried, or tried again
 */
public record Step(
        String recordingId,
        String name,
        Instant doneAt,
        int tries,
        String reason,
        String result,
        String claim,
        Instant dueAt) {

    /** What tells one try of this step from another step's, and not from another try: the same for all its tries. */
    public String key() {
        return recordingId + "/" + name;
    }

    /** Whether it is done. */
    public boolean isDone() {
        return doneAt != null;
    }
}
