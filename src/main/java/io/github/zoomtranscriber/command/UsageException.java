package io.github.zoomtranscriber.command;

/** The command was called in a way that cannot work. The message says how it can. */
final class UsageException extends RuntimeException {

    UsageException(String message) {
        super(message);
    }
}
