package io.github.zoomtranscriber.ledger;

import java.nio.file.Path;

/** Another process has the embedded database open. */
public final class LedgerInUseException extends RuntimeException {

    LedgerInUseException(Path file) {
        super("The ledger " + file + " is in use: another zoom-transcriber runs on it. Stop that one, or set ledger.url");
    }
}
