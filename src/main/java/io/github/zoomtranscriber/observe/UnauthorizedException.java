package io.github.zoomtranscriber.observe;

import java.util.Optional;

/** A request that is not let in. The message is for whoever made it. */
public final class UnauthorizedException extends Exception {

    private final int status;

    UnauthorizedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status: 401 where a password helps, 403 where nothing does. */
    int status() {
        return status;
    }

    /** The header {@code WWW-Authenticate}; empty where no password helps. */
    Optional<String> challenge() {
        return status == 401 ? Optional.of("Basic realm=\"zoom-transcriber\", charset=\"UTF-8\"") : Optional.empty();
    }
}
