package io.github.zoomtranscriber.command;

/**
 * What the program needs is not there, and was waited for as long as it was to be: the ledger's database, or a broker.
 */
final class AwayException extends RuntimeException {

    AwayException(String message) {
        super(message);
    }
}
