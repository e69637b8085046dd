package io.github.zoomtranscriber.work;

/** A route of the user's has failed, and has handled that itself: what it was given is not where it should be. */
public final class HandledElsewhereException extends Exception {

    private static final long serialVersionUID = 1;

    /** @param cause what it failed with */
    HandledElsewhereException(String endpoint, Exception cause) {
        super(
                endpoint + " failed and handled that itself, so nothing has arrived"
                        + (cause == null ? "" : ": " + cause.getMessage()),
                cause);
    }
}
