package io.github.zoomtranscriber.ledger;

/** Whoever worked on the recording was away for longer than its lease, and it is somebody else's by now. */
public final class ClaimLostException extends RuntimeException {

    /** @param id the recording's */
    public ClaimLostException(String id) {
        super(id + " is somebody else's by now");
    }
}
