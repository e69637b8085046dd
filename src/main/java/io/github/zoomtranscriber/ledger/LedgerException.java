package io.github.zoomtranscriber.ledger;

import java.sql.SQLException;

/** The ledger's database could not be reached, or refused a statement; or the ledger cannot be opened. */
public final class LedgerException extends RuntimeException {

    private static final String UNIQUE_VIOLATION = "23505";

    LedgerException(SQLException cause) {
        super("The ledger's database says: " + cause.getMessage(), cause);
    }

    LedgerException(String message) {
        super(message);
    }

    boolean isUniqueViolation() {
        return getCause() instanceof SQLException cause && UNIQUE_VIOLATION.equals(cause.getSQLState());
    }
}
