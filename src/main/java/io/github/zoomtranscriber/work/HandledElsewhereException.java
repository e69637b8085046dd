package io.github.zoomtranscriber.work;

/** A route of the user's has failed, and has handled that itself: what it was given is not where it should be. */
public final class HandledElsewhereException extends Exception {

    private static final long serialVersionUID = 1;

    private final String endpoint;

    /**
     * @param endpoint its name
     * @param cause what it failed with; or null
     */
    HandledElsewhereException(String endpoint, Exception cause) {
        super(endpoint + " failed and handled that itself", cause);
        this.endpoint = endpoint;
    }

    String endpoint() {
        return endpoint;
    }
}
