package io.github.zoomtranscriber.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import javax.sql.DataSource;

/**
 * The recordings in the ledger, for looking: one, a page of them, the history of one. Changes nothing. For counts and
 * sums there is {@link Statistics}. Thread-safe. Every method throws {@link LedgerException} when the database does not
 * answer.
 */
public final class Records {

    private static final String ROW = "SELECT id, topic, host, start_time, duration_minutes, state, stuck, reason, "
            + "created_at, submitted_at, delivered_at, updated_at FROM zoom_transcriber_recording ";
    /** How many recordings one search for a text goes through: it answers within a second. */
    private static final int SEARCHED = 20_000;

    private final Database database;
    private final History history;
    private final String reasonCode;
    private final int searchLength;

    /**
     * For a look at a ledger that may not exist yet, or that an earlier version has made: then {@link #exist},
     * {@link #known}, {@link #due} and {@link #count} work nevertheless.
     *
     * @param prefix what the names of the ledger's tables begin with
     */
    public Records(DataSource source, String prefix) {
        this(new Database(source, prefix), SEARCHED, true);
    }

    Records(Database database) {
        this(database, SEARCHED, false);
    }

    /** @param searchLength how many recordings one search for a text goes through */
    Records(Database database, int searchLength) {
        this(database, searchLength, false);
    }

    private Records(Database database, int searchLength, boolean maybeOld) {
        this.database = database;
        this.history = new History(database, () -> null);
        this.reasonCode =
                maybeOld && version(database) < Schema.WITH_REASON_CODES ? "CAST(NULL AS varchar)" : "reason_code";
        this.searchLength = searchLength;
    }

    private static int version(Database database) {
        try {
            return Schema.version(database);
        } catch (LedgerException e) {
            throw new Rights(database).explain(e);
        }
    }

    /** Whether there is a ledger in this database yet. */
    public boolean exist() {
        return !database.query(
                        row -> row.getInt(1),
                        "SELECT 1 FROM information_schema.tables WHERE table_name = 'zoom_transcriber_recording'")
                .isEmpty();
    }

    /** Whether there are no recordings at all. */
    public boolean isEmpty() {
        return database.query(row -> 1, "SELECT 1 FROM zoom_transcriber_recording FETCH FIRST 1 ROW ONLY")
                .isEmpty();
    }

    /** How many recordings there are. */
    public long count() {
        return database.query(row -> row.getLong(1), "SELECT count(*) FROM zoom_transcriber_recording")
                .get(0);
    }

    /** The recording with this id. */
    public Optional<Entry> find(String id) {
        return database.query(Rows::entry, "SELECT * FROM zoom_transcriber_recording WHERE id = ?", id).stream()
                .findFirst();
    }

    /** The recordings in this state, the latest change first, at most {@code limit}. */
    public List<Entry> list(State state, int limit) {
        return database.query(
                Rows::entry,
                "SELECT * FROM zoom_transcriber_recording WHERE state = ? "
                        + "ORDER BY updated_at DESC, id FETCH FIRST " + limit + " ROWS ONLY",
                state);
    }

    /**
     * The failed recordings, the latest change first.
     *
     * @param reason the code of their reason, or a part of its sentence, in any case; empty for all
     */
    public List<Entry> failed(String reason) {
        String wanted = reason.toLowerCase(Locale.ROOT);
        return list(State.FAILED, Integer.MAX_VALUE).stream()
                .filter(entry -> entry.reason() != null
                        && (entry.reasonCode().name().equalsIgnoreCase(reason)
                                || entry.reason().toLowerCase(Locale.ROOT).contains(wanted)))
                .toList();
    }

    /** The files that were written for a recording, below the output directory. */
    public List<String> files(String id) {
        return database
                .query(
                        row -> row.getString(1),
                        "SELECT output_files FROM zoom_transcriber_recording "
                                + "WHERE id = ? AND output_files IS NOT NULL",
                        id)
                .stream()
                .flatMap(String::lines)
                .toList();
    }

    /** The meeting and the file as Zoom gave them, as JSON; null for a delivered or unknown recording. */
    public String zoom(String id) {
        List<String> zoom =
                database.query(row -> row.getString(1), "SELECT zoom FROM zoom_transcriber_recording WHERE id = ?", id);
        return zoom.isEmpty() ? null : zoom.get(0);
    }

    /**
     * An upload that is under way.
     *
     * @param progress in words
     */
    public record Upload(String id, String topic, String progress) {}

    /** The uploads that are under way. */
    public List<Upload> uploads() {
        return database.query(
                row -> new Upload(row.getString(1), row.getString(2), row.getString(3)),
                """
                SELECT id, topic, progress FROM zoom_transcriber_recording WHERE state = 'DISCOVERED' AND lease_owner <> ?
                  AND lease_until > current_timestamp AND progress IS NOT NULL ORDER BY id""",
                Sql.WAITING);
    }

    /**
     * What the ledger says of a listed recording.
     *
     * @param id the id under which it is known
     * @param segment the name under which its segment is known
     * @param awaited whether it is taken up once Zoom lists it as ready
     * @param doubles other names under which the same segment is awaited
     */
    public record Known(String id, String segment, State state, boolean awaited, List<String> doubles) {

        private Known withDoubles(List<Known> same) {
            return new Known(
                    id,
                    segment,
                    state,
                    awaited,
                    same.stream()
                            .filter(other -> other.state() == State.PROCESSING && !other.segment.equals(segment))
                            .map(Known::segment)
                            .toList());
        }
    }

    /** Those of these recordings that are known, by their segment. */
    public Map<String, Known> known(List<Recording> recordings) {
        Map<String, Known> rows = new HashMap<>();
        database.query(
                row -> rows.put(row.getString("segment"), known(row)),
                "SELECT segment, id, state, reason, " + reasonCode
                        + " AS code FROM zoom_transcriber_recording WHERE segment = ANY(?)",
                (Object) recordings.stream()
                        .flatMap(recording -> recording.segments().stream())
                        .distinct()
                        .toArray(String[]::new));
        Map<String, Known> known = new HashMap<>();
        recordings.forEach(recording -> {
            List<Known> same = recording.segments().stream()
                    .map(rows::get)
                    .filter(Objects::nonNull)
                    .toList();
            // what is under way or done counts, and not what was awaited under another name
            same.stream()
                    .filter(row -> !row.awaited())
                    .findFirst()
                    .or(() -> same.stream().findFirst())
                    .ifPresent(row -> known.put(recording.segment(), row.withDoubles(same)));
        });
        return known;
    }

    private static Known known(ResultSet row) throws SQLException {
        State state = State.valueOf(row.getString("state"));
        Reason code = row.getString("code") == null
                ? OldReasons.of(state, row.getString("reason"))
                : Reason.of(row.getString("code"));
        return new Known(
                row.getString("id"),
                row.getString("segment"),
                state,
                state == State.PROCESSING || state == State.SKIPPED && Reason.AWAITED.contains(code),
                List.of());
    }

    /**
     * The recordings that are ready and have yet to be submitted, the oldest meeting first.
     *
     * @param taken decides by the meeting and the file as JSON, null where they are not known
     */
    public List<Recording> due(Predicate<String> taken) {
        return database
                .query(
                        row -> taken.test(row.getString("zoom")) ? Rows.recording(row) : null,
                        "SELECT * FROM zoom_transcriber_recording WHERE state = 'DISCOVERED' ORDER BY start_time, id")
                .stream()
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * A recording in a list.
     *
     * @param start when the meeting was recorded
     * @param state in lower case, as people read it
     * @param reason why it waits, failed or was skipped; or null
     * @param found when Zoom listed it first
     * @param submitted when it was submitted last; or null
     * @param delivered when its files were written; or null
     * @param changed when anything about it changed last
     */
    public record Row(
            String id,
            String topic,
            String host,
            Instant start,
            int minutes,
            String state,
            boolean stuck,
            String reason,
            Instant found,
            Instant submitted,
            Instant delivered,
            Instant changed) {}

    /**
     * A part of the list.
     *
     * @param more whether there are more recordings after these
     * @param searched how far a search for a text has come; null if it has come to the end, or if it found more than
     *     fits
     */
    public record Page(List<Row> recordings, boolean more, Searched searched) {}

    /**
     * How far a search has come, as it takes long to go through all of a large ledger.
     *
     * @param after the id of the last recording that was searched: the search can continue after it
     * @param since when that recording was found
     */
    public record Searched(String after, Instant since) {}

    /**
     * The recordings, the latest found first. A search for a text goes through a limited number of them, and says how
     * far it has come.
     *
     * @param state only those in this state; null for all
     * @param text only those with this text in topic or host, in any case, or with this id; null or empty for all
     * @param after the id of the recording after which to continue; null or empty to begin
     * @param length how many at most
     */
    public Page page(State state, String text, String after, int length) {
        String wanted = text == null ? "" : text.strip();
        if (!wanted.isEmpty() && state == null) {
            List<Row> named = database.query(Records::row, ROW + "WHERE id = ?", wanted);
            if (!named.isEmpty()) {
                return new Page(named, false, null);
            }
        }
        StringBuilder where = new StringBuilder("WHERE 1 = 1");
        List<Object> arguments = new ArrayList<>();
        if (state != null) {
            where.append(" AND state = ?");
            arguments.add(state);
        }
        if (after != null && !after.isEmpty()) {
            Optional<Instant> found = database
                    .query(
                            row -> Rows.instant(row, 1),
                            "SELECT created_at FROM zoom_transcriber_recording WHERE id = ?",
                            after)
                    .stream()
                    .findFirst();
            if (found.isPresent()) {
                where.append(" AND created_at <= ? AND (created_at < ? OR id < ?)");
                arguments.addAll(List.of(found.get(), found.get(), after));
            }
        }
        String order = (state == null ? " ORDER BY " : " ORDER BY state DESC, ") + "created_at DESC, id DESC";
        Searched end = null;
        if (!wanted.isEmpty()) {
            end = end(where + order, arguments);
            if (end != null) {
                where.append(" AND created_at >= ? AND (created_at > ? OR id >= ?)");
                arguments.addAll(List.of(end.since(), end.since(), end.after()));
            }
            where.append(" AND (lower(topic) LIKE ? ESCAPE '!' OR lower(host) LIKE ? ESCAPE '!' OR id = ? OR "
                    + "meeting_uuid = ?)");
            String pattern = "%"
                    + wanted.toLowerCase(Locale.ROOT)
                            .replace("!", "!!")
                            .replace("%", "!%")
                            .replace("_", "!_") + "%";
            arguments.addAll(List.of(pattern, pattern, wanted, wanted));
        }
        List<Row> rows = database.query(
                Records::row, ROW + where + order + " FETCH FIRST " + (length + 1) + " ROWS ONLY", arguments.toArray());
        boolean more = rows.size() > length;
        return new Page(more ? List.copyOf(rows.subList(0, length)) : rows, more, more ? null : end);
    }

    /** The last recording that one search goes through; null if there are no more after it. */
    private Searched end(String part, List<Object> arguments) {
        List<Searched> last = database.query(
                row -> new Searched(row.getString(1), Rows.instant(row, 2)),
                "SELECT id, created_at FROM zoom_transcriber_recording " + part + " OFFSET " + (searchLength - 1)
                        + " ROWS FETCH FIRST 2 ROWS ONLY",
                arguments.toArray());
        return last.size() == 2 ? last.get(0) : null;
    }

    /**
     * All that people want to know of one recording.
     *
     * @param handOff how AssemblyAI got the audio last; or null
     * @param transcriptId AssemblyAI's id; or null
     * @param audioSeconds the length that was charged; or null
     * @param speechModel the model that was used; or null
     * @param outputName the name of its files, without extension; or null
     * @param files below the output directory
     */
    public record Story(
            Row recording,
            String meetingUuid,
            String recordingType,
            long fileSize,
            String handOff,
            String transcriptId,
            int submissions,
            int failures,
            String languageCode,
            Integer audioSeconds,
            String speechModel,
            String outputName,
            List<String> files) {}

    /** All that people want to know of the recording with this id. */
    public Optional<Story> story(String id) {
        return database
                .query(
                        row -> new Story(
                                row(row),
                                row.getString("meeting_uuid"),
                                row.getString("recording_type"),
                                row.getLong("file_size"),
                                row.getString("hand_off"),
                                row.getString("transcript_id"),
                                row.getInt("submissions"),
                                row.getInt("failures"),
                                row.getString("language_code"),
                                row.getObject("audio_seconds", Integer.class),
                                row.getString("speech_model"),
                                row.getString("output_name"),
                                files(row)),
                        "SELECT * FROM zoom_transcriber_recording WHERE id = ?",
                        id)
                .stream()
                .findFirst();
    }

    /** The history of a recording, the oldest event first: the last fifty changes of its state. */
    public List<Event> events(String id) {
        return history.of(id);
    }

    private static List<String> files(ResultSet row) throws SQLException {
        String files = row.getString("output_files");
        return files == null ? List.of() : files.lines().toList();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("id"),
                row.getString("topic"),
                row.getString("host"),
                Rows.instant(row, "start_time"),
                row.getInt("duration_minutes"),
                row.getString("state").toLowerCase(Locale.ROOT),
                row.getBoolean("stuck"),
                row.getString("reason"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "submitted_at"),
                Rows.instant(row, "delivered_at"),
                Rows.instant(row, "updated_at"));
    }
}
