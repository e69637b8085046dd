package io.github.zoomtranscriber.ledger;

import java.nio.file.Path;

/** Another process has the embedded database open, and does not let this one in. */
public final class LedgerInUseException extends RuntimeException {

    LedgerInUseException(Path file) {
        super("The ledger " + file + " is in use by another zoom-transcriber: stop that one, or set ledger.url");
    }
}
