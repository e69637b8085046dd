package io.github.zoomtranscriber.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The ledger as people look at it: sums, days, pages of recordings, the story of one. Changes nothing. Thread-safe. Every method throws
 * {@link LedgerException} when the database does not answer.
 */
public final class Overview {

    private static final String TABLE = " FROM zoom_transcriber_recording ";
    private static final String ROW = "SELECT id, topic, host, start_time, duration_minutes, state, stuck, reason, created_at, submitted_at, "
            + "delivered_at, updated_at" + TABLE;
    /** What a search goes through in one go: there is an answer within a second. */
    private static final int SEARCHED = 20_000;

    private final Database database;
    private final History history;
    private final int searchLength;

    public Overview(DataSource source) {
        this(new Database(source, Database.PREFIX));
    }

    Overview(Database database) {
        this(database, SEARCHED);
    }

    /** @param searchLength how many recordings one search for a text goes through */
    Overview(Database database, int searchLength) {
        this.database = database;
        this.searchLength = searchLength;
        this.history = new History(database, () -> null);
    }

    /** How many recordings are in each state that occurs. */
    public Map<State, Long> totals() {
        Map<State, Long> totals = new EnumMap<>(State.class);
        // what is delivered is nearly all, and follows from the number of rows, which a database may know without counting
        database.query(row -> totals.put(State.valueOf(row.getString(1)), row.getLong(2)), "SELECT state, count(*)" + TABLE + "WHERE state IN ("
                + Arrays.stream(State.values()).filter(state -> state != State.DELIVERED).map(state -> "'" + state + "'").collect(Collectors.joining(", "))
                + ") GROUP BY state UNION ALL SELECT 'DELIVERED', count(*)" + TABLE);
        long others = totals.entrySet().stream().filter(total -> total.getKey() != State.DELIVERED).mapToLong(Map.Entry::getValue).sum();
        totals.computeIfPresent(State.DELIVERED, (state, all) -> all == others ? null : all - others);
        return totals;
    }

    /**
     * The ledger at a glance.
     *
     * @param deliveredToday    since midnight, UTC
     * @param secondsToday      of audio, of those
     * @param minutesInFlight   of audio, of what AssemblyAI has
     * @param oldestWaiting     the id of what has waited longest to be submitted, or null
     * @param oldestWaitingSince when that was found, or null
     */
    public record Glance(int deliveredToday, long secondsToday, long minutesInFlight, String oldestWaiting, Instant oldestWaitingSince) {
    }

    /** @param today the first instant of the day */
    public Glance glance(Instant today) {
        long minutes = database.query(row -> row.getLong(1), "SELECT coalesce(sum(duration_minutes), 0)" + TABLE
                + "WHERE state IN ('SUBMITTING', 'TRANSCRIBING')").get(0);
        Entry oldest = database.query(Rows::entry, "SELECT *" + TABLE + "WHERE state = 'DISCOVERED' ORDER BY created_at FETCH FIRST 1 ROWS ONLY")
                .stream().findFirst().orElse(null);
        // not by the last change: files that are rendered anew were not delivered anew
        return database.query(row -> new Glance(row.getInt(1), row.getLong(2), minutes, oldest == null ? null : oldest.id(),
                oldest == null ? null : oldest.createdAt()), "SELECT count(*), coalesce(sum(audio_seconds), 0)" + TABLE
                + "WHERE state = 'DELIVERED' AND delivered_at >= ?", today).get(0);
    }

    /** The length of all that was delivered, as far as it is known. */
    public long audioSeconds() {
        return database.query(row -> row.getLong(1), "SELECT coalesce(sum(audio_seconds), 0)" + TABLE + "WHERE delivered_at IS NOT NULL").get(0);
    }

    /** How many have failed, by whose doing it was. */
    public Map<Failure, Integer> failures() {
        Map<Failure, Integer> failures = new EnumMap<>(Failure.class);
        database.query(row -> failures.merge(Failure.of(row.getString(1)), row.getInt(2), Integer::sum),
                "SELECT reason, count(*)" + TABLE + "WHERE state = 'FAILED' GROUP BY reason");
        return failures;
    }

    /** How many AssemblyAI has been working on for too long. */
    public int stuck() {
        return database.query(row -> row.getInt(1), "SELECT count(*)" + TABLE + "WHERE state = 'TRANSCRIBING' AND stuck").get(0);
    }

    /** When the oldest of what is ready and not delivered was found; empty if there is none. */
    public Optional<Instant> oldestUnfinished() {
        return Optional.ofNullable(database.query(row -> Rows.instant(row, 1), "SELECT min(created_at)" + TABLE + "WHERE " + Ledger.OPEN).get(0));
    }

    /**
     * What happened on one day, by the time zone of this process.
     *
     * @param failed       those of that day that are still failed
     * @param audioSeconds the length of what was delivered
     * @param tookSeconds  from finding it to its files: half of what was delivered took no longer
     */
    public record Day(LocalDate date, int found, int delivered, int failed, long audioSeconds, long tookSeconds) {
    }

    /** The last so many days, today last, also those on which nothing happened. */
    public List<Day> days(int count) {
        LocalDate today = database.query(row -> row.getObject(1, LocalDate.class), "SELECT CAST(current_timestamp AS date)").get(0);
        Map<LocalDate, long[]> days = new TreeMap<>();
        for (int i = count - 1; i >= 0; i--) {
            days.put(today.minusDays(i), new long[5]);
        }
        LocalDate from = today.minusDays(count - 1L);
        addTo(days, 0, "created_at", "0", "", from);
        addTo(days, 1, "delivered_at", "audio_seconds", "", from);
        addTo(days, 2, "updated_at", "0", "state = 'FAILED' AND ", from);
        database.query(row -> {
            long[] sums = days.getOrDefault(row.getObject(1, LocalDate.class), new long[5]);
            sums[4] = Math.round(row.getDouble(2));
            return sums;
        }, """
                SELECT on_day, percentile_cont(0.5) WITHIN GROUP (ORDER BY took) FROM (SELECT CAST(delivered_at AS date) AS on_day,
                  EXTRACT(EPOCH FROM (delivered_at - created_at)) AS took FROM zoom_transcriber_recording WHERE delivered_at >= CAST(? AS date)) AS d
                GROUP BY on_day""", from);
        List<Day> list = new ArrayList<>();
        days.forEach((date, sums) -> list.add(new Day(date, (int) sums[0], (int) sums[1], (int) sums[2], sums[3], sums[4])));
        return list;
    }

    private void addTo(Map<LocalDate, long[]> days, int place, String column, String seconds, String condition, LocalDate from) {
        database.query(row -> {
            long[] sums = days.get(row.getObject(1, LocalDate.class));
            if (sums != null) {
                sums[place] = row.getLong(2);
                sums[3] = place == 1 ? row.getLong(3) : sums[3];
            }
            return sums;
        }, "SELECT on_day, count(*), coalesce(sum(seconds), 0) FROM (SELECT CAST(%s AS date) AS on_day, %s AS seconds%sWHERE %s%s >= CAST(? AS date)) AS d GROUP BY on_day"
                .formatted(column, seconds, TABLE, condition, column), from);
    }

    /**
     * How long it took, for what was delivered lately.
     *
     * @param recordings     how many those are
     * @param fromFound      seconds from finding it to its files: half took no longer
     * @param fromSubmission seconds from its submission to its files: half took no longer
     * @param nineOfTen      seconds from finding it to its files: nine of ten took no longer
     */
    public record Duration(int recordings, double fromFound, double fromSubmission, double nineOfTen) {
    }

    /** For what was delivered in the last so many hours; all 0 where nothing was. */
    public Duration durations(int hours) {
        return database.query(row -> new Duration(row.getInt(1), row.getDouble(2), row.getDouble(3), row.getDouble(4)), """
                SELECT count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY found), percentile_cont(0.5) WITHIN GROUP (ORDER BY submitted),
                  percentile_cont(0.9) WITHIN GROUP (ORDER BY found)
                FROM (SELECT EXTRACT(EPOCH FROM (delivered_at - created_at)) AS found, EXTRACT(EPOCH FROM (delivered_at - submitted_at)) AS submitted
                FROM zoom_transcriber_recording WHERE delivered_at > current_timestamp - CAST(? AS integer) * interval '1' hour) AS d""", hours).get(0);
    }

    /**
     * A recording in a list.
     *
     * @param start     when the meeting was recorded
     * @param state     in lower case, as people read it
     * @param reason    why it failed, was skipped or waits; or null
     * @param found     when Zoom listed it first
     * @param submitted when it was submitted last; or null
     * @param delivered when its files were there; or null
     * @param changed   when anything about it changed last
     */
    public record Row(String id, String topic, String host, Instant start, int minutes, String state, boolean stuck, String reason, Instant found,
                      Instant submitted, Instant delivered, Instant changed) {
    }

    /**
     * A part of the list.
     *
     * @param more     whether there are others after it
     * @param searched how far a search for a text has come; null where it is at the end, or where it found more than there was room for
     */
    public record Page(List<Row> recordings, boolean more, Searched searched) {
    }

    /**
     * Where a search has stopped, as going through all of a large ledger takes long.
     *
     * @param after the id of the recording that was looked at last: the search can go on after it
     * @param since when that was found
     */
    public record Searched(String after, Instant since) {
    }

    /**
     * The recordings, what was found last first. A search for a text goes through so many at most, and says how far it came.
     *
     * @param state  only those in this state; null for all
     * @param text   only those with this text in topic or host, in any case, or with this id; null or empty for all
     * @param after  the id of the recording after which to go on; null or empty to begin
     * @param length how many, at most
     */
    public Page page(State state, String text, String after, int length) {
        String wanted = text == null ? "" : text.strip();
        if (!wanted.isEmpty() && state == null) {
            List<Row> named = database.query(Overview::row, ROW + "WHERE id = ?", wanted);
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
            Optional<Instant> found = database.query(row -> Rows.instant(row, 1), "SELECT created_at" + TABLE + "WHERE id = ?", after).stream().findFirst();
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
            where.append(" AND (lower(topic) LIKE ? ESCAPE '!' OR lower(host) LIKE ? ESCAPE '!' OR id = ? OR meeting_uuid = ?)");
            String pattern = "%" + wanted.toLowerCase(Locale.ROOT).replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
            arguments.addAll(List.of(pattern, pattern, wanted, wanted));
        }
        List<Row> rows = database.query(Overview::row, ROW + where + order + " FETCH FIRST " + (length + 1) + " ROWS ONLY", arguments.toArray());
        boolean more = rows.size() > length;
        return new Page(more ? List.copyOf(rows.subList(0, length)) : rows, more, more ? null : end);
    }

    /** The last recording that one search looks at; null where there are no more after it. */
    private Searched end(String part, List<Object> arguments) {
        List<Searched> last = database.query(row -> new Searched(row.getString(1), Rows.instant(row, 2)),
                "SELECT id, created_at" + TABLE + part + " OFFSET " + (searchLength - 1) + " ROWS FETCH FIRST 2 ROWS ONLY", arguments.toArray());
        return last.size() == 2 ? last.get(0) : null;
    }

    /**
     * All that people want to know of one recording.
     *
     * @param handOff      how AssemblyAI got the audio last; or null
     * @param transcriptId AssemblyAI's id; or null
     * @param audioSeconds the length that was charged; or null
     * @param speechModel  the model that was used; or null
     * @param outputName   the name of its files, without extension; or null
     * @param files        below the output directory
     */
    public record Story(Row recording, String meetingUuid, String recordingType, long fileSize, String handOff, String transcriptId, int submissions,
                        int failures, String languageCode, Integer audioSeconds, String speechModel, String outputName, List<String> files) {
    }

    public Optional<Story> story(String id) {
        return database.query(row -> new Story(row(row), row.getString("meeting_uuid"), row.getString("recording_type"), row.getLong("file_size"),
                row.getString("hand_off"), row.getString("transcript_id"), row.getInt("submissions"), row.getInt("failures"),
                row.getString("language_code"), row.getObject("audio_seconds", Integer.class), row.getString("speech_model"),
                row.getString("output_name"), row.getString("output_files") == null ? List.of() : row.getString("output_files").lines().toList()),
                "SELECT *" + TABLE + "WHERE id = ?", id).stream().findFirst();
    }

    /** What happened to a recording, the oldest first: the last fifty changes of its state. */
    public List<Event> events(String id) {
        return history.of(id);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getString("id"), row.getString("topic"), row.getString("host"), Rows.instant(row, "start_time"),
                row.getInt("duration_minutes"), row.getString("state").toLowerCase(Locale.ROOT), row.getBoolean("stuck"), row.getString("reason"),
                Rows.instant(row, "created_at"), Rows.instant(row, "submitted_at"), Rows.instant(row, "delivered_at"),
                Rows.instant(row, "updated_at"));
    }
}
