package io.github.zoomtranscriber.ledger;

import java.time.Instant;

/**
 * A recording's row in the ledger.
 *
 * @param recording    what Zoom said; its {@code zoom} is null here, see {@link Ledger#zoom}
 * @param state        how far it is
 * @param reason       why it failed, was skipped or waits; or null
 * @param handOff      how AssemblyAI was given the audio last: {@code token}, {@code link} or {@code upload}; or null
 * @param audioUrl     the {@code audio_url} that was submitted last, without its query; or null
 * @param transcriptId AssemblyAI's id of the last submission; or null
 * @param submittedAt  when the last submission was marked, by the database's clock; null where it certainly came to nothing
 * @param submissions  how many submissions were begun
 * @param failures     how many of AssemblyAI's tries ended in an error that may pass, or of ours at writing
 * @param leftOut      features of AssemblyAI's that it refused for this recording, separated by commas; or empty
 * @param claim        the token of whoever works on it now; or null
 * @param outputName   the name of its files below the output directory, without extension; or null
 * @param createdAt    when it was found
 * @param updatedAt    when the row changed last
 */
public record Entry(Recording recording, State state, String reason, String handOff, String audioUrl, String transcriptId,
                    Instant submittedAt, int submissions, int failures, String leftOut, String claim, String outputName,
                    Instant createdAt, Instant updatedAt) {

    /** The same recording once AssemblyAI has taken it. */
    public Entry submittedAs(String newTranscriptId, Instant at) {
        return new Entry(recording, state, null, handOff, audioUrl, newTranscriptId, at, submissions, failures, leftOut, claim, outputName,
                createdAt, updatedAt);
    }

    /** The recording's id. */
    public String id() {
        return recording.id();
    }
}
