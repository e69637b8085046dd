package io.github.zoomtranscriber.command;

/** The command line cannot work as given. The message says what is wrong. */
final class UsageException extends RuntimeException {

    UsageException(String message) {
        super(message);
    }
}
