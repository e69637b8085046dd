package io.github.zoomtranscriber.ledger;

/** How far a recording has come. */
public enum State {
    /** Zoom has listed it, and is still processing it. */
    PROCESSING,
    /** Ready to be submitted. */
    DISCOVERED,
    /** About to be submitted, or submitted without an answer: nobody knows whether AssemblyAI has accepted it. */
    SUBMITTING,
    /** AssemblyAI has accepted it; its {@code transcript_id} is stored. */
    TRANSCRIBING,
    /** Its files are on disk. */
    DELIVERED,
    /** Given up, with a reason, until somebody retries it. */
    FAILED,
    /** Not to be transcribed, with a reason. */
    SKIPPED
}
