package io.github.zoomtranscriber.ledger;

import java.util.regex.Pattern;

/** Why recordings fail, in so few words that they can be counted; the whole reason stands in the row. */
public enum Failure {
    /** AssemblyAI did not take it. */
    ASSEMBLYAI_REFUSED("AssemblyAI refuses .*"),
    /** AssemblyAI took it, and ended in an error. */
    ASSEMBLYAI_ERROR("AssemblyAI says.*"),
    /** The transcript is gone at AssemblyAI. */
    TRANSCRIPT_DELETED("The transcript was deleted at AssemblyAI.*"),
    /** Zoom did not give the recording away. */
    ZOOM_REFUSED("Zoom refuses .*"),
    /** The recording could not be downloaded. */
    DOWNLOAD("Zoom .*|The recording's address .*|.*\\bdownload.*"),
    /** Ours, above all files that cannot be written. */
    OTHER(".*");

    private final Pattern reason;

    Failure(String reason) {
        this.reason = Pattern.compile(reason, Pattern.DOTALL);
    }

    /** @param reason the reason of a row; null is {@link #OTHER} */
    public static Failure of(String reason) {
        for (Failure failure : values()) {
            if (reason != null && failure.reason.matcher(reason).matches()) {
                return failure;
            }
        }
        return OTHER;
    }
}
