package io.github.zoomtranscriber.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Exports all recordings of a ledger, and imports them into another one. It handles a few at a time, so it needs little
 * memory however many there are, and it works beside a running daemon. Thread-safe. Every method throws
 * {@link LedgerException} when the database does not answer.
 */
public final class Archive {

    private static final int AT_A_TIME = 500;
    /** In the order in which they were found: indexes grow cheaply at their end, and expensively in the middle. */
    private static final String PAGE = " FROM zoom_transcriber_recording WHERE created_at >= ? AND (created_at > ? "
            + "OR id > ?) ORDER BY created_at, id FETCH FIRST " + AT_A_TIME + " ROWS ONLY";
    /** The components of {@link Archived}, but for the name of its files. */
    static final String COLUMNS = "id, segment, meeting_uuid, meeting_id, topic, host, start_time, time_zone, "
            + "duration_minutes, recording_type, file_size, download_url, zoom, state, reason_code, reason, hand_off, "
            + "audio_url, transcript_id, submitted_at, submissions, failures, left_out, output_files, language_code, "
            + "audio_seconds, speech_model, created_at, updated_at, delivered_at";

    private static final String INSERT =
            "INSERT INTO zoom_transcriber_recording (" + COLUMNS + ", lease_until) VALUES ("
                    + "?, ".repeat(COLUMNS.split(",").length) + "current_timestamp) ON CONFLICT DO NOTHING";
    /** Two recordings of one name would write over each other's files. */
    private static final String NAME = "UPDATE zoom_transcriber_recording SET output_name = ?, output_key = ? "
            + "WHERE id = ? AND NOT EXISTS (SELECT 1 FROM zoom_transcriber_recording WHERE output_key = ?)";

    private static final String EVENTS = "SELECT recording, at, state, hand_off, attempt, reason, node "
            + "FROM zoom_transcriber_history WHERE recording = ANY(?) ORDER BY recording, number";
    private static final String EVENT = "INSERT INTO zoom_transcriber_history (recording, at, state, hand_off, "
            + "attempt, reason, node) VALUES (?, ?, ?, ?, ?, ?, ?)";

    private static final String STEPS = "SELECT recording_id, name, done_at, result FROM zoom_transcriber_step "
            + "WHERE recording_id = ANY(?) ORDER BY recording_id, name";
    private static final String STEP = "INSERT INTO zoom_transcriber_step (recording_id, name, done_at, result, tries, "
            + "due_at) VALUES (?, ?, ?, ?, 0, current_timestamp) ON CONFLICT DO NOTHING";

    private final Database database;

    Archive(Database database) {
        this.database = database;
    }

    /**
     * The ledger at one instant.
     *
     * @param at that instant, by the database's clock
     * @param recordings how many recordings there are
     */
    public record Snapshot(Instant at, long recordings) {}

    /**
     * Exports all recordings as they are at one instant, whatever changes meanwhile.
     *
     * @param first gets what is about to be exported
     * @param then gets each recording
     */
    public void exportAll(Consumer<Snapshot> first, Consumer<Archived> then) {
        database.transaction(connection -> {
            database.atOneInstant(connection);
            try (PreparedStatement count = connection.prepareStatement(
                            database.named("SELECT current_timestamp, count(*) FROM zoom_transcriber_recording"));
                    PreparedStatement page =
                            connection.prepareStatement(database.named("SELECT " + COLUMNS + ", output_name" + PAGE));
                    PreparedStatement events = connection.prepareStatement(database.named(EVENTS));
                    PreparedStatement steps = connection.prepareStatement(database.named(STEPS))) {
                try (ResultSet row = count.executeQuery()) {
                    row.next();
                    first.accept(new Snapshot(Rows.instant(row, 1), row.getLong(2)));
                }
                List<Archived> some = page(page, Instant.EPOCH, "");
                while (!some.isEmpty()) {
                    Map<String, List<Event>> history = history(events, some);
                    Map<String, List<Archived.Step>> itsSteps = steps(steps, some);
                    some.forEach(recording -> then.accept(
                            recording.with(history.get(recording.segment()), itsSteps.get(recording.recordingId()))));
                    Archived last = some.get(some.size() - 1);
                    some = page(page, last.foundAt(), last.recordingId());
                }
            }
        });
    }

    private List<Archived> page(PreparedStatement page, Instant foundAt, String id) throws SQLException {
        database.set(page, foundAt, foundAt, id);
        List<Archived> recordings = new ArrayList<>();
        try (ResultSet row = page.executeQuery()) {
            while (row.next()) {
                recordings.add(archived(row));
            }
        }
        return recordings;
    }

    private Map<String, List<Event>> history(PreparedStatement events, List<Archived> recordings) throws SQLException {
        database.set(events, (Object) recordings.stream().map(Archived::segment).toArray(String[]::new));
        Map<String, List<Event>> history = new HashMap<>();
        try (ResultSet row = events.executeQuery()) {
            while (row.next()) {
                history.computeIfAbsent(row.getString(1), segment -> new ArrayList<>())
                        .add(History.event(row));
            }
        }
        return history;
    }

    private Map<String, List<Archived.Step>> steps(PreparedStatement steps, List<Archived> recordings)
            throws SQLException {
        database.set(
                steps, (Object) recordings.stream().map(Archived::recordingId).toArray(String[]::new));
        Map<String, List<Archived.Step>> found = new HashMap<>();
        try (ResultSet row = steps.executeQuery()) {
            while (row.next()) {
                found.computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                        .add(new Archived.Step(row.getString(2), Rows.instant(row, 3), row.getString(4)));
            }
        }
        return found;
    }

    /**
     * What came of an import.
     *
     * @param added how many recordings were added
     * @param known how many were in the ledger already; they were left unchanged
     * @param renamed how many of those that were added lost the name of their files, as another recording has it here
     */
    public record Imported(long added, long known, long renamed) {}

    /**
     * Imports the recordings that the ledger does not know yet: all of them or, if anything is thrown, none. Nobody
     * holds those that are unfinished, so they are offered next.
     *
     * @param recordings what this iterator throws is passed on
     * @param keep false for a dry run, which changes nothing
     * @param eachAdded gets the recordings that are added
     */
    public Imported importAll(Iterator<Archived> recordings, boolean keep, Consumer<Archived> eachAdded) {
        long[] counts = new long[3];
        database.transaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(database.named(INSERT));
                    PreparedStatement name = connection.prepareStatement(database.named(NAME));
                    PreparedStatement event = connection.prepareStatement(database.named(EVENT));
                    PreparedStatement step = connection.prepareStatement(database.named(STEP))) {
                List<Archived> some = new ArrayList<>(AT_A_TIME);
                while (recordings.hasNext()) {
                    some.add(recordings.next());
                    if (some.size() == AT_A_TIME || !recordings.hasNext()) {
                        List<Archived> added = insert(insert, some);
                        counts[0] += added.size();
                        counts[1] += some.size() - added.size();
                        counts[2] += name(name, added);
                        insertHistory(event, added);
                        insertSteps(step, added);
                        added.forEach(eachAdded);
                        some.clear();
                    }
                }
            }
            if (!keep) {
                connection.rollback();
            }
        });
        if (keep) {
            database.sync();
        }
        return new Imported(counts[0], counts[1], counts[2]);
    }

    private List<Archived> insert(PreparedStatement insert, List<Archived> recordings) throws SQLException {
        for (Archived a : recordings) {
            database.set(
                    insert,
                    a.recordingId(),
                    a.segment(),
                    a.meetingUuid(),
                    a.meetingId(),
                    a.topic(),
                    a.host(),
                    a.start(),
                    a.timeZone(),
                    a.minutes(),
                    a.recordingType(),
                    a.fileSize(),
                    a.downloadUrl(),
                    a.zoom(),
                    a.state(),
                    a.reasonCode(),
                    a.reason(),
                    a.handOff(),
                    a.audioUrl(),
                    a.transcriptId(),
                    a.submittedAt(),
                    a.submissions(),
                    a.failures(),
                    a.leftOut(),
                    a.files().isEmpty() ? null : String.join("\n", a.files()),
                    a.languageCode(),
                    a.audioSeconds(),
                    a.speechModel(),
                    a.foundAt(),
                    a.changedAt(),
                    a.deliveredAt());
            insert.addBatch();
        }
        return changed(insert, recordings);
    }

    private void insertHistory(PreparedStatement event, List<Archived> recordings) throws SQLException {
        for (Archived recording : recordings) {
            for (Event e : recording.history()) {
                database.set(
                        event,
                        recording.segment(),
                        e.at(),
                        e.state().toUpperCase(Locale.ROOT),
                        e.handOff(),
                        e.attempt(),
                        e.reason(),
                        e.node());
                event.addBatch();
            }
        }
        event.executeBatch();
    }

    private void insertSteps(PreparedStatement step, List<Archived> recordings) throws SQLException {
        for (Archived recording : recordings) {
            for (Archived.Step each : recording.steps()) {
                database.set(step, recording.recordingId(), each.name(), each.doneAt(), each.result());
                step.addBatch();
            }
        }
        step.executeBatch();
    }

    /** @return how many did not get their name */
    private int name(PreparedStatement name, List<Archived> recordings) throws SQLException {
        List<Archived> named = recordings.stream()
                .filter(recording -> recording.outputName() != null)
                .toList();
        for (Archived a : named) {
            String key = OutputNames.key(a.outputName());
            database.set(name, a.outputName(), key, a.recordingId(), key);
            name.addBatch();
        }
        return named.size() - changed(name, named).size();
    }

    private static List<Archived> changed(PreparedStatement statement, List<Archived> recordings) throws SQLException {
        List<Archived> changed = new ArrayList<>();
        int[] counts = recordings.isEmpty() ? new int[0] : statement.executeBatch();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                changed.add(recordings.get(i));
            }
        }
        return changed;
    }

    private static Archived archived(ResultSet row) throws SQLException {
        String files = row.getString("output_files");
        return new Archived(
                row.getString("id"),
                row.getString("segment"),
                row.getString("meeting_uuid"),
                row.getObject("meeting_id", Long.class),
                row.getString("topic"),
                row.getString("host"),
                Rows.instant(row, "start_time"),
                row.getString("time_zone"),
                row.getInt("duration_minutes"),
                row.getString("recording_type"),
                row.getLong("file_size"),
                row.getString("download_url"),
                row.getString("zoom"),
                State.valueOf(row.getString("state")),
                Rows.reason(row),
                row.getString("reason"),
                row.getString("hand_off"),
                row.getString("audio_url"),
                row.getString("transcript_id"),
                Rows.instant(row, "submitted_at"),
                row.getInt("submissions"),
                row.getInt("failures"),
                row.getString("left_out"),
                row.getString("output_name"),
                files == null ? null : files.lines().toList(),
                row.getString("language_code"),
                row.getObject("audio_seconds", Integer.class),
                row.getString("speech_model"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"),
                Rows.instant(row, "delivered_at"),
                null,
                null);
    }
}
