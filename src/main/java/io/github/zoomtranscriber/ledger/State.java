package io.github.zoomtranscriber.ledger;

/** How far a recording is. */
public enum State {
    /** Zoom has listed it, but is not done with it. */
    PROCESSING,
    /** Ready to be submitted. */
    DISCOVERED,
    /** About to be submitted, or submitted with an answer that was lost: nobody knows whether AssemblyAI took it. */
    SUBMITTING,
    /** AssemblyAI has it; its {@code transcript_id} is stored. */
    TRANSCRIBING,
    /** Its files are on disk. */
    DELIVERED,
    /** Given up, with a reason. Stays so until somebody says {@code retry}. */
    FAILED,
    /** Not to be transcribed, with a reason. */
    SKIPPED
}
