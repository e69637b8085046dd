package io.github.zoomtranscriber.ledger;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Parts that the ledger's statements have in common. A {@code ?} in one of them is an argument, in the order of the
 * text.
 */
final class Sql {

    /**
     * The owner of a lease that nobody holds: the recording waits on purpose, and a hint in a queue must not cut that
     * short.
     */
    static final String WAITING = "waiting";

    /** Something is left to do. */
    static final String OPEN = "state IN ('DISCOVERED', 'SUBMITTING', 'TRANSCRIBING')";

    /** The recording is taken up once Zoom lists it as ready, unless it is left out then. */
    static final String AWAITED =
            "(state = 'PROCESSING' OR state = 'SKIPPED' AND reason_code IN " + codes(Reason.AWAITED) + ")";

    /** The state to go back to: what has been paid for, or may have been, is not submitted again. */
    static final String WHERE_IT_WAS = "CASE WHEN transcript_id IS NOT NULL THEN 'TRANSCRIBING' "
            + "WHEN submitted_at IS NOT NULL THEN 'SUBMITTING' ELSE 'DISCOVERED' END";

    /** So many seconds from now. */
    static final String LATER = "current_timestamp + CAST(? AS integer) * interval '1' second";

    /** So many seconds ago. */
    static final String AGO = "current_timestamp - CAST(? AS integer) * interval '1' second";

    /**
     * The lease has run out; or the database's clock was set back while nobody held the recording: nothing that is
     * under way to a worker stays so for more than {@link Ledger#OFFER}, and no wait began in the future.
     */
    static final String DUE = "(lease_until <= current_timestamp "
            + "OR lease_owner IS NULL AND lease_until > current_timestamp + interval '2' minute "
            + "OR lease_owner = '" + WAITING + "' AND updated_at > current_timestamp + interval '2' minute)";

    /** The recording of this id, as long as this claim on it holds. */
    static final String MINE = " WHERE id = ? AND lease_owner = ?";

    /** Ends a claim. */
    static final String FREE = "lease_owner = NULL, lease_until = current_timestamp, updated_at = current_timestamp";

    /** Ends a claim, until a later time: who owns the lease until then, and the seconds. */
    static final String RELEASE = "UPDATE zoom_transcriber_recording SET lease_owner = ?, lease_until = " + LATER
            + ", updated_at = current_timestamp";

    /** The sentence, and the code. */
    static final String REASON = ", reason = ?, reason_code = ?";

    static final String NO_REASON = "reason = NULL, reason_code = NULL";

    private Sql() {}

    private static String codes(List<Reason> reasons) {
        return reasons.stream().map(reason -> "'" + reason + "'").collect(Collectors.joining(", ", "(", ")"));
    }
}
