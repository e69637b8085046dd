package io.github.zoomtranscriber.observe;

/** The ledger does not answer. The message says why, as far as that is known. */
public final class UnansweredException extends RuntimeException {

    UnansweredException(String message, Throwable cause) {
        super(message, cause);
    }
}
