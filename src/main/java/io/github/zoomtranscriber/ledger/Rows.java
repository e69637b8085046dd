package io.github.zoomtranscriber.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Turns rows of the ledger's tables into values. */
final class Rows {

    private Rows() {}

    static Entry entry(ResultSet row) throws SQLException {
        State state = State.valueOf(row.getString("state"));
        Recording recording = recording(row);
        return new Entry(
                recording,
                state,
                reason(row),
                row.getString("reason"),
                row.getString("hand_off"),
                row.getString("audio_url"),
                row.getString("transcript_id"),
                instant(row, "submitted_at"),
                row.getInt("submissions"),
                row.getInt("failures"),
                row.getString("left_out"),
                row.getString("lease_owner"),
                row.getString("output_name"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    static Recording recording(ResultSet row) throws SQLException {
        return new Recording(
                row.getString("id"),
                row.getString("segment"),
                row.getString("meeting_uuid"),
                row.getObject("meeting_id", Long.class),
                row.getString("topic"),
                row.getString("host"),
                instant(row, "start_time"),
                row.getString("time_zone"),
                row.getInt("duration_minutes"),
                row.getString("recording_type"),
                row.getLong("file_size"),
                row.getString("download_url"),
                State.valueOf(row.getString("state")) != State.PROCESSING,
                null);
    }

    /**
     * {@link Reason#OTHER} if there is only a sentence, as older nodes write it, or an unknown code, as newer ones may.
     */
    static Reason reason(ResultSet row) throws SQLException {
        Reason code = Reason.of(row.getString("reason_code"));
        return row.getString("reason") == null ? null : code == null ? Reason.OTHER : code;
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return instant(row, row.findColumn(column));
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
