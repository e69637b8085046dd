package io.github.zoomtranscriber.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Counts and sums over the recordings in the ledger. Changes nothing. Thread-safe. Every method throws
 * {@link LedgerException} when the database does not answer.
 */
public final class Statistics {

    private static final String TABLE = " FROM zoom_transcriber_recording ";

    private final Database database;

    Statistics(Database database) {
        this.database = database;
    }

    private int number(String sql, Object... arguments) {
        return database.query(row -> row.getInt(1), sql, arguments).get(0);
    }

    /** How many recordings are in each state that occurs. */
    public Map<State, Integer> counts() {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        // nearly all are delivered; their number follows from that of all rows, which a database may know without
        // counting
        database.query(
                row -> counts.put(State.valueOf(row.getString(1)), row.getInt(2)),
                "SELECT state, count(*)" + TABLE + "WHERE state IN ("
                        + Arrays.stream(State.values())
                                .filter(state -> state != State.DELIVERED)
                                .map(state -> "'" + state + "'")
                                .collect(Collectors.joining(", "))
                        + ") GROUP BY state UNION ALL SELECT 'DELIVERED', count(*)" + TABLE);
        int others = counts.entrySet().stream()
                .filter(count -> count.getKey() != State.DELIVERED)
                .mapToInt(Map.Entry::getValue)
                .sum();
        counts.computeIfPresent(State.DELIVERED, (state, all) -> all == others ? null : all - others);
        return counts;
    }

    /** How many unfinished recordings wait for this reason. */
    public int waitingFor(Reason code) {
        return number(
                "SELECT count(*)" + TABLE + "WHERE " + Sql.OPEN + " AND lease_owner = ? AND reason_code = ?",
                Sql.WAITING,
                code);
    }

    /**
     * What is left to do, without what is stuck at AssemblyAI and what waits for the next day's hours.
     *
     * @param working how many recordings are in a queue or being worked on
     * @param waiting how many wait
     */
    public record Unfinished(int working, int waiting) {}

    /** What is left to do. What was flagged as stuck counts again once somebody has claimed it. */
    public Unfinished unfinished() {
        return database.query(
                        row -> new Unfinished(row.getInt(1), row.getInt(2)),
                        """
                SELECT count(*) - count(CASE WHEN lease_owner = ? THEN 1 END), count(CASE WHEN lease_owner = ? THEN 1 END)
                FROM zoom_transcriber_recording WHERE %s AND NOT (stuck AND lease_owner IS NOT NULL)
                  AND NOT (lease_owner IS NOT NULL AND lease_owner = ? AND reason_code IS NOT NULL AND reason_code = ?)"""
                                .formatted(Sql.OPEN),
                        Sql.WAITING,
                        Sql.WAITING,
                        Sql.WAITING,
                        Reason.DAILY_HOURS_USED_UP)
                .get(0);
    }

    /**
     * What nothing happens to for a while.
     *
     * @param until when that is over for the last of them; null if there are none
     * @param reason of one of them; or null
     */
    public record Pending(int recordings, Instant until, String reason) {

        static Pending of(ResultSet row) throws SQLException {
            return new Pending(row.getInt(1), Rows.instant(row, 2), row.getString(3));
        }
    }

    /** What waits in the ledger to be tried again, without what waits for the next day's hours. */
    public Pending waiting() {
        return database.query(
                        Pending::of,
                        "SELECT count(*), max(lease_until), max(reason)" + TABLE + "WHERE " + Sql.OPEN
                                + " AND lease_owner = ? AND lease_until > current_timestamp"
                                + " AND (reason_code IS NULL OR reason_code <> ?)",
                        Sql.WAITING,
                        Reason.DAILY_HOURS_USED_UP)
                .get(0);
    }

    /** How many recordings AssemblyAI has been working on for too long. */
    public int stuck() {
        return number("SELECT count(*)" + TABLE + "WHERE state = 'TRANSCRIBING' AND stuck");
    }

    /** How many recordings have failed, by the kind of failure. */
    public Map<Failure, Integer> failures() {
        Map<Failure, Integer> failures = new EnumMap<>(Failure.class);
        database.query(
                row -> {
                    Reason code = Reason.of(row.getString(1));
                    return failures.merge(code == null ? Failure.OTHER : code.failure(), row.getInt(2), Integer::sum);
                },
                "SELECT reason_code, count(*)" + TABLE + "WHERE state = 'FAILED' GROUP BY reason_code");
        return failures;
    }

    /** When the oldest recording was found that is ready and neither delivered nor given up; empty if there is none. */
    public Optional<Instant> oldestUnfinished() {
        return Optional.ofNullable(
                database.query(row -> Rows.instant(row, 1), "SELECT min(created_at)" + TABLE + "WHERE " + Sql.OPEN)
                        .get(0));
    }

    /** The length in seconds of all that was delivered, as far as it is known. */
    public long audioSeconds() {
        return database.query(
                        row -> row.getLong(1),
                        "SELECT coalesce(sum(audio_seconds), 0)" + TABLE + "WHERE delivered_at IS NOT NULL")
                .get(0);
    }

    /**
     * The length in minutes of the recordings that were submitted on a day. Those that AssemblyAI certainly did not
     * accept do not count; those that were forgotten since do.
     *
     * @param day its first instant, UTC
     */
    public long submittedMinutes(Instant day) {
        return database.query(
                        row -> row.getLong(1),
                        "SELECT coalesce(sum(duration_minutes), 0) + coalesce((SELECT "
                                + "CAST(text AS integer) FROM zoom_transcriber_note WHERE name = ?), 0)" + TABLE
                                + "WHERE submitted_at >= ?",
                        Interventions.forgotten(day),
                        day)
                .get(0);
    }

    /**
     * The ledger at a glance.
     *
     * @param deliveredToday since midnight, UTC
     * @param secondsToday the length of those
     * @param minutesInFlight the length of what AssemblyAI is working on
     * @param oldestWaiting the id of the recording that has waited longest to be submitted; or null
     * @param oldestWaitingSince when that was found; or null
     */
    public record Glance(
            int deliveredToday,
            long secondsToday,
            long minutesInFlight,
            String oldestWaiting,
            Instant oldestWaitingSince) {}

    /** @param today the first instant of the day */
    public Glance glance(Instant today) {
        long minutes = database.query(
                        row -> row.getLong(1),
                        "SELECT coalesce(sum(duration_minutes), 0)" + TABLE
                                + "WHERE state IN ('SUBMITTING', 'TRANSCRIBING')")
                .get(0);
        Entry oldest = database
                .query(
                        Rows::entry,
                        "SELECT *" + TABLE + "WHERE state = 'DISCOVERED' ORDER BY created_at FETCH FIRST 1 ROWS ONLY")
                .stream()
                .findFirst()
                .orElse(null);
        // not by the last change: a recording whose files are written again was not delivered again
        return database.query(
                        row -> new Glance(
                                row.getInt(1),
                                row.getLong(2),
                                minutes,
                                oldest == null ? null : oldest.id(),
                                oldest == null ? null : oldest.createdAt()),
                        "SELECT count(*), coalesce(sum(audio_seconds), 0)" + TABLE
                                + "WHERE state = 'DELIVERED' AND delivered_at >= ?",
                        today)
                .get(0);
    }

    /**
     * How far some recordings are.
     *
     * @param delivered how many are delivered
     * @param ended how many are delivered, failed or skipped
     * @param minutes the length of those that have ended
     */
    public record Ended(int delivered, int ended, long minutes) {}

    /** How many of these recordings have ended. */
    public Ended ended(Collection<String> ids) {
        return database.query(
                        row -> new Ended(row.getInt(1), row.getInt(2), row.getLong(3)),
                        """
                SELECT count(CASE WHEN state = 'DELIVERED' THEN 1 END), count(*), coalesce(sum(duration_minutes), 0)
                FROM zoom_transcriber_recording WHERE id = ANY(?) AND state IN ('DELIVERED', 'FAILED', 'SKIPPED')""",
                        (Object) ids.toArray(String[]::new))
                .get(0);
    }

    /**
     * What happened on one day, in the time zone of this process.
     *
     * @param failed how many recordings failed on that day and are still failed
     * @param audioSeconds the length of what was delivered
     * @param tookSeconds the median time from finding a recording to its files, of what was delivered
     */
    public record Day(LocalDate date, int found, int delivered, int failed, long audioSeconds, long tookSeconds) {}

    /** The last so many days, today last; days on which nothing happened are among them. */
    public List<Day> days(int count) {
        LocalDate today = database.query(
                        row -> row.getObject(1, LocalDate.class), "SELECT CAST(current_timestamp AS date)")
                .get(0);
        Map<LocalDate, long[]> days = new TreeMap<>();
        for (int i = count - 1; i >= 0; i--) {
            days.put(today.minusDays(i), new long[5]);
        }
        LocalDate from = today.minusDays(count - 1L);
        addTo(days, 0, "created_at", "0", "", from);
        addTo(days, 1, "delivered_at", "audio_seconds", "", from);
        addTo(days, 2, "updated_at", "0", "state = 'FAILED' AND ", from);
        database.query(
                row -> {
                    long[] sums = days.getOrDefault(row.getObject(1, LocalDate.class), new long[5]);
                    sums[4] = Math.round(row.getDouble(2));
                    return sums;
                },
                """
                SELECT on_day, percentile_cont(0.5) WITHIN GROUP (ORDER BY took) FROM (SELECT CAST(delivered_at AS date)
                  AS on_day, EXTRACT(EPOCH FROM (delivered_at - created_at)) AS took FROM zoom_transcriber_recording
                  WHERE delivered_at >= CAST(? AS date)) AS d GROUP BY on_day""",
                from);
        List<Day> list = new ArrayList<>();
        days.forEach(
                (date, sums) -> list.add(new Day(date, (int) sums[0], (int) sums[1], (int) sums[2], sums[3], sums[4])));
        return list;
    }

    private void addTo(
            Map<LocalDate, long[]> days, int place, String column, String seconds, String condition, LocalDate from) {
        database.query(
                row -> {
                    long[] sums = days.get(row.getObject(1, LocalDate.class));
                    if (sums != null) {
                        sums[place] = row.getLong(2);
                        sums[3] = place == 1 ? row.getLong(3) : sums[3];
                    }
                    return sums;
                },
                ("SELECT on_day, count(*), coalesce(sum(seconds), 0) FROM (SELECT CAST(%s AS date) AS on_day, %s AS "
                                + "seconds%sWHERE %s%s >= CAST(? AS date)) AS d GROUP BY on_day")
                        .formatted(column, seconds, TABLE, condition, column),
                from);
    }

    /**
     * How long it took, in seconds, for what was delivered lately.
     *
     * @param recordings how many recordings those are
     * @param fromFound the median time from finding a recording to its files
     * @param fromSubmission the median time from submitting a recording to its files
     * @param nineOfTen nine of ten had their files within this time after they were found
     */
    public record Durations(int recordings, double fromFound, double fromSubmission, double nineOfTen) {}

    /** For what was delivered in the last so many hours; all 0 if nothing was. */
    public Durations durations(int hours) {
        return database.query(
                        row -> new Durations(row.getInt(1), row.getDouble(2), row.getDouble(3), row.getDouble(4)),
                        """
                SELECT count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY found),
                  percentile_cont(0.5) WITHIN GROUP (ORDER BY submitted),
                  percentile_cont(0.9) WITHIN GROUP (ORDER BY found)
                FROM (SELECT EXTRACT(EPOCH FROM (delivered_at - created_at)) AS found,
                  EXTRACT(EPOCH FROM (delivered_at - submitted_at)) AS submitted FROM zoom_transcriber_recording
                  WHERE delivered_at > current_timestamp - CAST(? AS integer) * interval '1' hour) AS d""",
                        hours)
                .get(0);
    }
}
