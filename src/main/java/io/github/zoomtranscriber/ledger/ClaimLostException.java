package io.github.zoomtranscriber.ledger;

/** The claim on a recording was lost: its lease ran out, and another worker may have claimed the recording. */
public final class ClaimLostException extends RuntimeException {

    /** @param id the recording's */
    public ClaimLostException(String id) {
        super("lost the claim on " + id + ": another worker may have it by now");
    }
}
