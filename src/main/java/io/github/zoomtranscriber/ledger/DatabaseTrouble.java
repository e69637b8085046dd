package io.github.zoomtranscriber.ledger;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.regex.Pattern;

/** What is behind a failure of the database: whether it passes by itself, in whose words, and what a person can do. */
final class DatabaseTrouble {

    /**
     * The server has no room for one more (53), is stopping, starting or has ended the connection (57P0x), has trouble
     * of its own (58), or lets nobody in for the moment (55000).
     */
    private static final Pattern PASSING = Pattern.compile("53...|57P0[1235]|58...|55000");
    /** H2's codes for a connection that is gone, and for a database that is closed or closing. */
    private static final Set<Integer> H2_PASSING = Set.of(90067, 90098, 90121);
    /** H2's codes for a file that it cannot make sense of. */
    private static final Set<Integer> H2_TORN = Set.of(90028, 90030);

    /** The server is there, and does not give what the URL asks for, such as TLS. */
    private static final String REFUSED = "08004";

    private static final String PROTOCOL = "08P01";
    /** PgBouncer has one code for all that it says itself. */
    private static final Pattern POOLER_WAITS = Pattern.compile(
            "(?i)login has been failing|cannot connect|wait_timeout|login_timeout|server conn|server closed|no more "
                    + "connections|shut(ting)? ?down|too many");

    private static final Pattern POOLER_MIXES = Pattern.compile("26000|42P05");

    private DatabaseTrouble() {}

    /** Whether the database is not there for the moment, or has no room: nothing has to be mended here. */
    static boolean passes(SQLException thrown) {
        SQLException said = said(thrown);
        String state = state(said);
        if (PASSING.matcher(state).matches() || H2_PASSING.contains(said.getErrorCode())) {
            return true;
        }
        if (state.equals(PROTOCOL)) {
            return POOLER_WAITS.matcher(text(said)).find();
        }
        if (!state.startsWith("08") || state.equals(REFUSED)) {
            return said instanceof SQLTransientConnectionException;
        }
        Throwable network = network(said);
        return network == null || isAway(network);
    }

    /**
     * The first cause that is none of JDBC's: a certificate that is not trusted, or a file, does not come by itself.
     */
    private static Throwable network(SQLException said) {
        Throwable cause = said;
        while (cause instanceof SQLException) {
            cause = cause.getCause();
        }
        return cause instanceof IOException || cause != null && cause.getCause() instanceof IOException ? cause : null;
    }

    private static boolean isAway(Throwable network) {
        for (Throwable cause = network; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException
                    || cause instanceof UnknownHostException
                    || cause instanceof SocketTimeoutException
                    || cause instanceof EOFException) {
                return true;
            }
        }
        return false;
    }

    /** What the database says, in its own words, and what to do about it where that is known. */
    static String words(SQLException thrown) {
        SQLException said = said(thrown);
        Throwable network = network(said);
        String text = text(said).replaceAll("\\R\\s*Position: \\d+", "").replaceAll("\\s*\\R\\s*", " ");
        boolean whole =
                network == null || network instanceof ConnectException || text.contains("" + network.getMessage());
        return (whole ? text : text.replaceFirst("\\.$", "") + " (" + network + ")") + advice(said);
    }

    private static String advice(SQLException said) {
        String state = state(said);
        String text = text(said);
        if (POOLER_MIXES.matcher(state).matches() || state.equals(PROTOCOL) && text.contains("prepared statement")) {
            return ". Between is a pooler in transaction mode: add ?prepareThreshold=0 to ledger.url";
        }
        if (H2_TORN.contains(said.getErrorCode())) {
            return ". The file is damaged: put a copy in its place, or move it away; a new ledger then takes in a file of "
                    + "export with import, and the transcripts that are kept with import --kept";
        }
        return "";
    }

    /** The pool, and a batch, speak of themselves; what the database said is behind that. */
    private static SQLException said(SQLException thrown) {
        SQLException said = thrown;
        while (said instanceof SQLTransientConnectionException || said instanceof BatchUpdateException) {
            SQLException behind = said.getCause() instanceof SQLException cause ? cause : said.getNextException();
            if (behind == null || behind == said) {
                return said;
            }
            said = behind;
        }
        return said;
    }

    private static String state(SQLException said) {
        return said.getSQLState() == null ? "" : said.getSQLState();
    }

    private static String text(SQLException said) {
        return said.getMessage() == null ? said.toString() : said.getMessage();
    }
}
