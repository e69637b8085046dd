package io.github.zoomtranscriber.ledger;

/** Why recordings fail, in so few words that they can be counted; these are the values of a metric's label. */
public enum Failure {
    /** AssemblyAI refused the request. */
    ASSEMBLYAI_REFUSED,
    /** AssemblyAI accepted the recording, and its job ended in an error. */
    ASSEMBLYAI_ERROR,
    /** The transcript was deleted at AssemblyAI. */
    TRANSCRIPT_DELETED,
    /** Zoom refused the request. */
    ZOOM_REFUSED,
    /** The recording could not be downloaded. */
    DOWNLOAD,
    /** Anything else, above all files that cannot be written. */
    OTHER
}
