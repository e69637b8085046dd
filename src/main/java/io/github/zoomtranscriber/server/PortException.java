package io.github.zoomtranscriber.server;

/** The server cannot listen where it is told to. */
public final class PortException extends RuntimeException {

    PortException(String host, int port, Throwable cause) {
        super("server.port = " + port + ": expected one that is free on " + host + " (" + reason(cause) + ")", cause);
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
