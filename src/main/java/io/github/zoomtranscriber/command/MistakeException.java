package io.github.zoomtranscriber.command;

/** The command was called in a way that cannot work. The message says how it can. */
final class MistakeException extends RuntimeException {

    MistakeException(String message) {
        super(message);
    }
}
