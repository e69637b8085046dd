package io.github.zoomtranscriber.ledger;

import java.sql.SQLException;

/** The ledger's database could not be reached, or refused a statement; or the ledger cannot be opened. */
public final class LedgerException extends RuntimeException {

    private static final String UNIQUE_VIOLATION = "23505";

    private final boolean away;

    LedgerException(SQLException cause) {
        super("The ledger's database says: " + DatabaseTrouble.words(cause), cause);
        this.away = DatabaseTrouble.passes(cause);
    }

    private LedgerException(String message, Throwable cause) {
        super(message, cause);
        this.away = false;
    }

    LedgerException(String message) {
        super(message);
        this.away = false;
    }

    /** The same, with what a person can do about it. */
    LedgerException with(String advice) {
        return new LedgerException(getMessage() + ". That is, " + advice, getCause());
    }

    /**
     * Whether the database is not there for the moment, or lets nobody in: it cannot be reached, is starting or
     * stopping, or has no room. What has to be mended in the configuration is not among that.
     */
    public boolean isAway() {
        return away;
    }

    boolean isUniqueViolation() {
        return getCause() instanceof SQLException cause && UNIQUE_VIOLATION.equals(cause.getSQLState());
    }
}
