package io.github.zoomtranscriber.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The codes of reasons that were written as a sentence alone, by a version from before there were codes. The sentences
 * are those of that version, and are no longer changed; no other place may compare sentences.
 */
final class OldReasons {

    private static final List<OldReason> KNOWN = List.of(
            new OldReason(State.SKIPPED, "deleted at Zoom", Reason.DELETED_AT_ZOOM),
            new OldReason(State.SKIPPED, "Zoom was still processing it after .*", Reason.PROCESSING_TOO_LONG),
            new OldReason(State.SKIPPED, "My Notes, which zoom\\.my-notes leaves out", Reason.MY_NOTES),
            new OldReason(State.SKIPPED, "skipped by hand", Reason.SKIPPED_BY_HAND),
            new OldReason(State.DELIVERED, "no speech", Reason.NO_SPEECH),
            new OldReason(State.DELIVERED, "given to the estate", Reason.GIVEN_TO_ESTATE),
            new OldReason(State.SUBMITTING, ".*", Reason.ANSWER_LOST),
            new OldReason(State.DISCOVERED, "waiting: .*", Reason.SUBMISSIONS_PAUSED),
            new OldReason(State.DISCOVERED, "above assemblyai\\.max-hours-per-day.*", Reason.DAILY_HOURS_USED_UP),
            new OldReason(
                    State.DISCOVERED,
                    "(Zoom|AssemblyAI) answers \\d++(?! on the download).*",
                    Reason.VENDOR_UNAVAILABLE),
            new OldReason(State.TRANSCRIBING, "(Zoom|AssemblyAI) answers \\d+.*", Reason.VENDOR_UNAVAILABLE),
            new OldReason(
                    State.FAILED,
                    "longer \\(.* hours\\) than assemblyai\\.max-hours-per-day .*",
                    Reason.LONGER_THAN_DAILY_HOURS),
            new OldReason(State.FAILED, "The file has .*, more than .*", Reason.TOO_LARGE),
            new OldReason(null, "AssemblyAI refuses .*", Reason.ASSEMBLYAI_REFUSED),
            new OldReason(null, "AssemblyAI says.*", Reason.ASSEMBLYAI_ERROR),
            new OldReason(null, "The transcript was deleted at AssemblyAI.*", Reason.TRANSCRIPT_DELETED),
            new OldReason(null, "Zoom refuses .*", Reason.ZOOM_REFUSED),
            new OldReason(null, "Zoom .*|The recording's address .*|.*\\bdownload.*", Reason.DOWNLOAD_FAILED));

    private static final int AT_A_TIME = 1000;
    /**
     * Named one by one, so that the index on states serves: a million delivered recordings are not looked through at
     * each start.
     */
    private static final String UNDELIVERED = Arrays.stream(State.values())
            .filter(state -> state != State.DELIVERED)
            .map(state -> "'" + state + "'")
            .collect(Collectors.joining(", ", "state IN (", ")"));

    private static final String WITHOUT_CODE = "SELECT id, state, reason FROM zoom_transcriber_recording "
            + "WHERE reason IS NOT NULL AND reason_code IS NULL%s FETCH FIRST " + AT_A_TIME + " ROWS ONLY";
    private static final String UPDATE = "UPDATE zoom_transcriber_recording SET reason_code = ? WHERE id = ? "
            + "AND state = ? AND reason = ? AND reason_code IS NULL";

    private OldReasons() {}

    /** @param state in which the sentence is the reason; null for any */
    private record OldReason(State state, Pattern sentence, Reason code) {

        OldReason(State state, String sentence, Reason code) {
            this(state, Pattern.compile(sentence, Pattern.DOTALL), code);
        }

        boolean is(State other, String text) {
            return (state == null || state == other) && sentence.matcher(text).matches();
        }
    }

    private record Row(String id, State state, String reason) {}

    /** @return the code of a reason of which only the sentence is known; null where there is no reason */
    static Reason of(State state, String sentence) {
        return sentence == null
                ? null
                : KNOWN.stream()
                        .filter(known -> known.is(state, sentence))
                        .map(OldReason::code)
                        .findFirst()
                        .orElse(Reason.OTHER);
    }

    /** Gives each row its code that has a sentence alone, as the schema's fifth step does. */
    static void carryOver(Connection connection, Database database) throws SQLException {
        carryOver(connection, database, "");
    }

    /**
     * As {@link #carryOver}, for what an older node has written since that step. Recordings that were delivered are
     * left out.
     */
    static void carryOverUndelivered(Connection connection, Database database) throws SQLException {
        carryOver(connection, database, " AND " + UNDELIVERED);
    }

    private static void carryOver(Connection connection, Database database, String condition) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(database.named(WITHOUT_CODE.formatted(condition)));
                PreparedStatement update = connection.prepareStatement(database.named(UPDATE))) {
            List<Row> rows;
            do {
                rows = rows(select);
                for (Row row : rows) {
                    database.set(update, of(row.state(), row.reason()), row.id(), row.state(), row.reason());
                    update.addBatch();
                }
                if (!rows.isEmpty()) {
                    update.executeBatch();
                }
            } while (rows.size() == AT_A_TIME);
        }
    }

    /**
     * In the order of their ids: two nodes that start at once lock them in the same order, and neither waits for the
     * other for ever.
     */
    private static List<Row> rows(PreparedStatement select) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.add(new Row(row.getString(1), State.valueOf(row.getString(2)), row.getString(3)));
            }
        }
        rows.sort(Comparator.comparing(Row::id));
        return rows;
    }
}
