package io.github.zoomtranscriber.ledger;

import java.time.Instant;

/**
 * A recording's row in the ledger.
 *
 * @param recording what Zoom said; its {@code zoom} is null here, see {@link Records#zoom}
 * @param state how far it has come
 * @param reasonCode why it failed, was skipped or waits; or null
 * @param reason the same in a sentence for people; or null
 * @param handOff how AssemblyAI was given the audio last: {@code token}, {@code link} or {@code upload}; or null
 * @param audioUrl the {@code audio_url} that was submitted last, without its query; or null
 * @param transcriptId AssemblyAI's id of the last submission; or null
 * @param submittedAt when the last submission was begun; null if AssemblyAI has certainly not accepted it
 * @param submissions how many submissions were begun
 * @param failures how many tries failed, at AssemblyAI or when its files were written, with an error that may pass
 * @param leftOut AssemblyAI's features that it refused for this recording, separated by commas; or empty
 * @param claim the claim of whoever works on it now; or null
 * @param outputName the name of its files below the output directory, without extension; or null
 * @param createdAt when Zoom listed it first
 * @param updatedAt when the row changed last
 */
public record Entry(
        Recording recording,
        State state,
        Reason reasonCode,
        String reason,
        String handOff,
        String audioUrl,
        String transcriptId,
        Instant submittedAt,
        int submissions,
        int failures,
        String leftOut,
        String claim,
        String outputName,
        Instant createdAt,
        Instant updatedAt) {

    /** As it is once {@link Progress#submitted} was called. */
    public Entry submitted(String newTranscriptId, Instant at) {
        return new Entry(
                recording,
                state,
                null,
                null,
                handOff,
                audioUrl,
                newTranscriptId,
                at,
                submissions,
                failures,
                leftOut,
                claim,
                outputName,
                createdAt,
                updatedAt);
    }

    /** The recording's id. */
    public String id() {
        return recording.id();
    }
}
