package io.github.zoomtranscriber.ledger;

import io.github.zoomtranscriber.ledger.Records.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * The one truth about every recording. Queues, exchanges and half-written files may vanish at any instant: what is here decides
 * what is done next.
 *
 * <p>Whoever works on a recording holds a claim with a lease. Claims are compared on each change, so that somebody who slept
 * past the end of the lease changes nothing. All times are the database's. Thread-safe. Every method throws
 * {@link LedgerException} when the database does not answer.
 */
public final class Ledger {

    /** The reason of a recording that Zoom says it no longer has; it is taken up again should Zoom list it again. */
    public static final String GONE = "deleted at Zoom";

    /** The reason of a recording that is somebody's own notes; it is taken up where it was once the options let such through. */
    public static final String MY_NOTES = "My Notes, which zoom.my-notes leaves out";

    /** How the reason begins of what waits because a day's hours are used up. */
    public static final String CAPPED = "above assemblyai.max-hours-per-day";

    private static final String GIVEN_UP = "Zoom was still processing it after ";

    /** How long a hint in the queue is given to be taken before the recording is offered again. */
    private static final Duration OFFER = Duration.ofMinutes(1);

    /** Marks a row that waits on purpose: a stray hint must not cut the wait short. */
    private static final String WAITING = "waiting";

    /** What there was no file of until now; words of ours, so that they may stand in the statement. */
    static final String AWAITED = "(state = 'PROCESSING' OR state = 'SKIPPED' AND (reason IN ('" + GONE + "', '" + MY_NOTES + "') OR reason LIKE '"
            + GIVEN_UP + "%'))";
    static final String OPEN = "state IN ('DISCOVERED', 'SUBMITTING', 'TRANSCRIBING')";
    private static final String LATER = "current_timestamp + CAST(? AS integer) * interval '1' second";
    private static final String MINE = " WHERE id = ? AND lease_owner = ?";
    private static final String PUT_BACK = "UPDATE zoom_transcriber_recording SET lease_owner = ?, lease_until = " + LATER
            + ", reason = COALESCE(?, reason), updated_at = current_timestamp";
    /** What has been paid for, or may have been, is not submitted again. */
    private static final String WHERE_IT_WAS = "CASE WHEN transcript_id IS NOT NULL THEN 'TRANSCRIBING' WHEN submitted_at IS NOT NULL THEN 'SUBMITTING' "
            + "ELSE 'DISCOVERED' END";
    static final String FREE = "lease_owner = NULL, lease_until = current_timestamp, updated_at = current_timestamp";

    private final Database database;
    private final History history;
    private final Overview overview;
    private final Records records;
    private final Duration lease;
    private final String node = UUID.randomUUID().toString().substring(0, 8);
    private final AtomicLong claims = new AtomicLong();
    private final Nodes nodes;
    private final Schedule schedule;
    private final Tokens tokens;

    /**
     * Makes the tables where they are not there yet, or not as this program needs them.
     *
     * @param lease how long a claim lasts unless it is renewed
     */
    public Ledger(DataSource source, Duration lease) {
        this(source, lease, Database.PREFIX);
    }

    /**
     * As {@link #Ledger(DataSource, Duration)}.
     *
     * @param prefix what the names of its tables begin with, instead of {@code zoom_transcriber_}: letters, digits and {@code _}
     */
    public Ledger(DataSource source, Duration lease, String prefix) {
        this.database = new Database(source, prefix);
        this.overview = new Overview(database);
        this.records = new Records(database);
        this.lease = lease;
        this.nodes = new Nodes(database, node);
        this.history = new History(database, nodes::name);
        this.schedule = new Schedule(database, node);
        this.tokens = new Tokens(database, node);
        Schema.migrate(database);
    }

    /** The processes that share this ledger. */
    public Nodes nodes() {
        return nodes;
    }

    /** What they share of a login. */
    public Tokens tokens() {
        return tokens;
    }

    /** Who of them does what is done once for all. */
    public Schedule schedule() {
        return schedule;
    }

    /** The same for those who only look. */
    public Overview overview() {
        return overview;
    }

    /** The same ledger, for looking. */
    public Records records() {
        return records;
    }

    /** How long a claim lasts unless it is renewed. */
    public Duration lease() {
        return lease;
    }

    /**
     * What came of a page of recordings.
     *
     * @param fresh      those to be transcribed that were not known, or not ready, before
     * @param known      how many were known already
     * @param processing how many Zoom is still working on
     */
    public record Added(List<Recording> fresh, int known, int processing) {

        /** The ids of those to be transcribed. */
        public List<String> ids() {
            return fresh.stream().map(Recording::id).toList();
        }
    }

    /** Writes down what a page lists: one statement where all of it is known. */
    public Added add(List<Recording> recordings) {
        if (recordings.isEmpty()) {
            return new Added(List.of(), 0, 0);
        }
        Map<String, Known> known = records.known(recordings);
        List<Recording> unknown = new ArrayList<>();
        List<Recording> fresh = new ArrayList<>();
        List<String> awaited = new ArrayList<>();
        int processing = 0;
        for (Recording recording : recordings) {
            boolean isAwaited = known.containsKey(recording.segment()) && known.get(recording.segment()).awaited();
            if (!recording.ready()) {
                processing++;
            }
            if (!known.containsKey(recording.segment())) {
                unknown.add(recording);
            } else if (isAwaited && !recording.ready()) {
                awaited.add(recording.segment());
            } else if (isAwaited && becomeReady(recording)) {
                fresh.add(recording);
            }
        }
        if (!awaited.isEmpty()) {
            database.update("UPDATE zoom_transcriber_recording SET updated_at = current_timestamp WHERE state = 'PROCESSING' AND segment = ANY(?)",
                    (Object) awaited.toArray(String[]::new));
        }
        fresh.addAll(insert(unknown));
        return new Added(fresh, recordings.size() - fresh.size() - processing, processing);
    }

    private List<Recording> insert(List<Recording> recordings) {
        boolean[] inserted = history.changeAll("""
                INSERT INTO zoom_transcriber_recording (id, segment, meeting_uuid, meeting_id, topic, host, start_time, time_zone,
                  duration_minutes, recording_type, file_size, download_url, zoom, state, lease_until, created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, %s, current_timestamp, current_timestamp)
                ON CONFLICT DO NOTHING""".formatted(LATER),
                recordings.stream().map(r -> new Object[] {r.id(), r.segment(), r.meetingUuid(), r.meetingId(), r.topic(), r.host(),
                        r.start(), r.timeZone(), r.minutes(), r.recordingType(), r.fileSize(), r.downloadUrl(), r.zoom(),
                        r.ready() ? State.DISCOVERED : State.PROCESSING, OFFER}).toList());
        List<Recording> fresh = new ArrayList<>();
        for (int i = 0; i < inserted.length; i++) {
            if (inserted[i] && recordings.get(i).ready()) {
                fresh.add(recordings.get(i));
            }
        }
        return fresh;
    }

    private boolean becomeReady(Recording r) {
        return history.change(null, """
                UPDATE zoom_transcriber_recording SET id = ?, recording_type = ?, file_size = ?, download_url = ?, zoom = ?,
                  duration_minutes = ?, state = %s, reason = NULL, lease_owner = NULL, lease_until = %s,
                  updated_at = current_timestamp
                WHERE segment = ? AND %s""".formatted(WHERE_IT_WAS, LATER, AWAITED),
                r.id(), r.recordingType(), r.fileSize(), r.downloadUrl(), r.zoom(), r.minutes(), OFFER, r.segment()) == 1;
    }

    /** Whether there is no file yet of one of these segments. */
    public boolean isAwaited(List<String> segments) {
        return !database.query(row -> row.getString(1), "SELECT segment FROM zoom_transcriber_recording WHERE segment = ANY(?) AND " + AWAITED,
                (Object) segments.toArray(String[]::new)).isEmpty();
    }

    /** The uuids of the meetings that Zoom is still working on and that nobody has heard of for a while. */
    public List<String> processing(Duration unheardOfFor) {
        return database.query(row -> row.getString(1), """
                SELECT DISTINCT meeting_uuid FROM zoom_transcriber_recording
                WHERE state = 'PROCESSING' AND updated_at < current_timestamp - CAST(? AS integer) * interval '1' second""",
                unheardOfFor);
    }

    /**
     * Stops asking for what Zoom has been working on for longer than this since it was first seen; should Zoom list it as ready all the
     * same, it is taken up.
     *
     * @return how many those are
     */
    public int stopWaiting(Duration wait) {
        String reason = GIVEN_UP + wait.toDays() + " days";
        return history.change(reason, """
                UPDATE zoom_transcriber_recording SET state = 'SKIPPED', updated_at = current_timestamp,
                  reason = ? WHERE state = 'PROCESSING' AND created_at < current_timestamp - CAST(? AS integer) * interval '1' second""",
                reason, wait);
    }

    /**
     * What Zoom is still working on of these meetings is not to be transcribed.
     *
     * @return how many recordings those are
     */
    public int skipAwaited(List<String> meetingUuids, String reason) {
        return meetingUuids.isEmpty() ? 0 : history.change(reason, "UPDATE zoom_transcriber_recording SET state = 'SKIPPED', reason = ?, "
                + "updated_at = current_timestamp WHERE state = 'PROCESSING' AND meeting_uuid = ANY(?)", reason, meetingUuids.toArray(String[]::new));
    }

    /**
     * What is unfinished and nobody holds, oldest first; it is not offered again for a minute.
     *
     * @return the ids of at most {@code limit} recordings
     */
    public List<String> offer(int limit) {
        List<String> due = database.query(row -> row.getString(1), """
                SELECT id FROM zoom_transcriber_recording WHERE %s AND lease_until <= current_timestamp
                ORDER BY lease_until FETCH FIRST %d ROWS ONLY""".formatted(OPEN, limit));
        if (due.isEmpty()) {
            return due;
        }
        // another node may be at it as well
        boolean[] mine = database.updateAll("UPDATE zoom_transcriber_recording SET lease_owner = NULL, lease_until = " + LATER
                + " WHERE id = ? AND lease_until <= current_timestamp AND " + OPEN, due.stream().map(id -> new Object[] {OFFER, id}).toList());
        return IntStream.range(0, mine.length).filter(i -> mine[i]).mapToObj(due::get).toList();
    }

    /** What was just found is offered at once, by whichever process looks next: for one whose own queue nobody reads. */
    public void offerNow() {
        database.update("UPDATE zoom_transcriber_recording SET lease_until = current_timestamp WHERE state = 'DISCOVERED' AND lease_owner IS NULL");
    }

    /** @return the recording's row, now held by the caller; empty if somebody else has it, if it waits, or if nothing is to be done */
    public Optional<Entry> claim(String id) {
        String claim = node + "/" + claims.incrementAndGet();
        int won = database.update("UPDATE zoom_transcriber_recording SET lease_owner = ?, stuck = FALSE, progress = NULL, lease_until = " + LATER
                + " WHERE id = ? AND " + OPEN + " AND (lease_owner IS NULL OR lease_until <= current_timestamp)", claim, lease, id);
        return won == 1 ? find(id) : Optional.empty();
    }

    /**
     * Holds on to a recording. What was held on to a moment ago is only looked at: that writes nothing, and most calls are such.
     *
     * @param sleep for how long the caller will not be heard of; the lease is longer by its usual length, less a tenth at most
     * @return false if the claim was lost: then the caller has to stop
     */
    public boolean renew(Entry entry, Duration sleep) {
        // statements count in whole seconds
        Duration enough = lease.minus(lease.dividedBy(10)).plus(sleep).plusSeconds(1);
        return !database.query(row -> row.getInt(1), "SELECT 1 FROM zoom_transcriber_recording" + MINE + " AND lease_until >= " + LATER,
                entry.id(), entry.claim(), enough).isEmpty() || database.update("UPDATE zoom_transcriber_recording SET lease_until = " + LATER + MINE,
                lease.plus(sleep), entry.id(), entry.claim()) == 1;
    }

    /**
     * As {@link #renew}, and remembers how far the upload is, for as long as the claim lasts.
     *
     * @param progress in words
     * @return false if the claim was lost
     */
    public boolean uploading(Entry entry, String progress) {
        return database.update("UPDATE zoom_transcriber_recording SET progress = ?, lease_until = " + LATER + MINE,
                progress, lease, entry.id(), entry.claim()) == 1;
    }

    /**
     * An upload that goes on now.
     *
     * @param progress in words
     */
    public record Upload(String id, String topic, String progress) {
    }

    /** The uploads that go on now. */
    public List<Upload> uploads() {
        return database.query(row -> new Upload(row.getString(1), row.getString(2), row.getString(3)), """
                SELECT id, topic, progress FROM zoom_transcriber_recording WHERE state = 'DISCOVERED' AND lease_owner <> ?
                  AND lease_until > current_timestamp AND progress IS NOT NULL ORDER BY id""", WAITING);
    }

    /**
     * Written before AssemblyAI is asked: from now on it may have been charged.
     *
     * @param audioUrl without its query
     * @return false if the claim was lost
     */
    public boolean submitting(Entry entry, String handOff, String audioUrl) {
        boolean mine = history.change(null, """
                UPDATE zoom_transcriber_recording SET state = 'SUBMITTING', hand_off = ?, audio_url = ?, transcript_id = NULL,
                  submitted_at = current_timestamp, submissions = submissions + 1, updated_at = current_timestamp,
                  lease_until = %s%s AND state = 'DISCOVERED'""".formatted(LATER, MINE),
                handOff, audioUrl, lease, entry.id(), entry.claim()) == 1;
        database.sync();
        return mine;
    }

    /** AssemblyAI took it. True whoever holds the claim by now, so that is not asked; unless it has been submitted anew since. */
    public void submitted(Entry entry, String transcriptId) {
        history.change(null, """
                UPDATE zoom_transcriber_recording SET state = 'TRANSCRIBING', transcript_id = ?, reason = NULL,
                  updated_at = current_timestamp WHERE id = ? AND state = 'SUBMITTING' AND submissions <= ?""",
                transcriptId, entry.id(), entry.submissions() + 1);
        database.sync();
    }

    /**
     * Nothing was submitted, or what was is worth nothing: from the hand-off again, at once.
     *
     * @param reason   why, or null
     * @param leftOut  what is left out from now on, separated by commas
     * @param failures how many tries have failed by now
     */
    public void again(Entry entry, String reason, String leftOut, int failures) {
        String why = reason != null ? reason : leftOut.equals(entry.leftOut()) ? "AssemblyAI had not taken it" : "once more without " + leftOut;
        history.changeAgain(entry.id(), why, "UPDATE zoom_transcriber_recording SET state = 'DISCOVERED', transcript_id = NULL, submitted_at = NULL, "
                + "reason = ?, left_out = ?, failures = ?, "
                + FREE + MINE, reason, leftOut, failures, entry.id(), entry.claim());
    }

    /**
     * Leaves the recording as it is for whoever comes next, not before {@code wait} is over.
     *
     * @param reason why it waits, or null
     * @return false if the claim was lost
     */
    public boolean release(Entry entry, Duration wait, String reason) {
        String owner = wait.isZero() ? null : WAITING;
        // what waits for days for the same reason has one line of it in its story
        if (reason != null && history.changeAgain(entry.id(), reason, PUT_BACK + MINE + " AND reason IS DISTINCT FROM ?", owner, wait, reason,
                entry.id(), entry.claim(), reason) == 1) {
            return true;
        }
        return database.update(PUT_BACK + MINE, owner, wait, reason, entry.id(), entry.claim()) == 1;
    }

    /**
     * As {@link #release}, and counts it.
     *
     * @return false if the claim was lost
     */
    public boolean failedOnce(Entry entry, Duration wait, String reason) {
        return history.changeAgain(entry.id(), reason, PUT_BACK + ", failures = failures + 1" + MINE, wait.isZero() ? null : WAITING, wait, reason,
                entry.id(), entry.claim()) == 1;
    }

    /**
     * Takes back what was marked as being submitted, as it certainly was not; why is said next.
     *
     * @param marked whether it was marked at all
     */
    public void notSubmitted(Entry entry, boolean marked) {
        if (!marked) {
            return;
        }
        database.update("UPDATE zoom_transcriber_recording SET state = 'DISCOVERED', submitted_at = NULL, reason = NULL" + MINE + " AND state = 'SUBMITTING'",
                entry.id(), entry.claim());
    }

    /** What waits for better times is tried now. */
    public void wake() {
        database.update("UPDATE zoom_transcriber_recording SET " + FREE + " WHERE state = 'DISCOVERED' AND lease_owner = ?", WAITING);
    }

    /** What waits for the next day's hours is looked at now: there may be more of them than before. */
    public void wakeCapped() {
        database.update("UPDATE zoom_transcriber_recording SET " + FREE + " WHERE state = 'DISCOVERED' AND lease_owner = ? AND reason LIKE ?",
                WAITING, CAPPED + "%");
    }

    /** How many wait for the next day's hours. */
    public int capped() {
        return database.query(row -> row.getInt(1), "SELECT count(*) FROM zoom_transcriber_recording WHERE state = 'DISCOVERED' "
                + "AND lease_owner = ? AND reason LIKE ?", WAITING, CAPPED + "%").get(0);
    }

    /**
     * Given up, until somebody says retry.
     *
     * @param keepTranscript whether what is at AssemblyAI is, or may be, good: then a retry goes on from there, or looks for it first
     * @return false if the claim was lost
     */
    public boolean fail(Entry entry, String reason, boolean keepTranscript) {
        return history.changeAgain(entry.id(), reason, "UPDATE zoom_transcriber_recording SET state = 'FAILED', reason = ?"
                + (keepTranscript ? "" : ", transcript_id = NULL, submitted_at = NULL") + ", " + FREE + MINE, reason, entry.id(),
                entry.claim()) == 1;
    }

    /** Not to be transcribed. */
    public void skip(Entry entry, String reason) {
        history.changeAgain(entry.id(), reason, "UPDATE zoom_transcriber_recording SET state = 'SKIPPED', reason = ?, " + FREE + MINE,
                reason, entry.id(), entry.claim());
    }

    /**
     * Names a recording's files: as they are named already, if that name is to stay, else by the first of the candidates that no other
     * recording has. Whoever asks, also somebody who has lost the recording meanwhile, gets the same name, and nobody writes a second
     * file.
     *
     * @param candidates names without extension; names that differ in upper and lower case alone are one
     * @param stays      whether the name that the files have is still right
     * @param taken      whether there is such a file already that this ledger knows nothing of
     * @throws IllegalStateException if all are taken
     * @throws ClaimLostException    if the claim was lost
     */
    public String name(Entry entry, List<String> candidates, Predicate<String> stays, Predicate<String> taken) {
        String current = outputName(entry);
        if (current != null && stays.test(current)) {
            return current;
        }
        for (String candidate : candidates) {
            if (!taken.test(candidate) && isNamed(entry, current, candidate)) {
                return candidate;
            }
        }
        String now = outputName(entry);
        if (now == null || now.equals(current)) {
            throw new IllegalStateException("all names are taken by other files: " + candidates);
        }
        return now;
    }

    private String outputName(Entry entry) {
        return database.query(row -> row.getString(1), "SELECT output_name FROM zoom_transcriber_recording WHERE id = ?", entry.id()).get(0);
    }

    /** Whether no recording's files have this name. */
    public boolean isNameFree(String name) {
        return database.query(row -> row.getInt(1), "SELECT 1 FROM zoom_transcriber_recording WHERE output_key = ?",
                name.toLowerCase(Locale.ROOT)).isEmpty();
    }

    /** @return false if another recording has that name, or this one has another by now */
    private boolean isNamed(Entry entry, String current, String name) {
        try {
            if (database.update("UPDATE zoom_transcriber_recording SET output_name = ?, output_key = ? WHERE id = ? "
                    + "AND coalesce(output_name, '') = ? AND lease_owner IS NOT DISTINCT FROM CAST(? AS varchar)", name,
                    name.toLowerCase(Locale.ROOT), entry.id(), current == null ? "" : current, entry.claim()) == 1) {
                return true;
            }
            if (!Objects.equals(outputName(entry), current)) {
                return false;
            }
            throw new ClaimLostException(entry.id());
        } catch (LedgerException e) {
            if (e.isUniqueViolation()) {
                return false;
            }
            throw e;
        }
    }

    /**
     * What is known of a transcript.
     *
     * @param audioSeconds the length that was charged, rounded up
     * @param speechModel  AssemblyAI's {@code speech_model_used}, which decides the price
     */
    public record Result(String languageCode, Integer audioSeconds, String speechModel) {
    }

    /**
     * All files are on disk under their names.
     *
     * @param note for instance {@code no speech}, or null
     * @return false if the claim was lost
     */
    public boolean delivered(Entry entry, List<String> files, Result result, String note) {
        return history.change(note, """
                UPDATE zoom_transcriber_recording SET state = 'DELIVERED', reason = ?, output_files = ?, language_code = ?,
                  audio_seconds = ?, speech_model = ?, zoom = NULL, delivered_at = current_timestamp, %s%s""".formatted(FREE, MINE),
                note, String.join("\n", files), result.languageCode(), result.audioSeconds(), result.speechModel(),
                entry.id(), entry.claim()) == 1;
    }

    /** The files that were written for a recording, below the output directory. */
    public List<String> files(String id) {
        return database.query(row -> row.getString(1), "SELECT output_files FROM zoom_transcriber_recording WHERE id = ? "
                + "AND output_files IS NOT NULL", id).stream().flatMap(files -> files.lines()).toList();
    }

    /** The files of a delivered recording were written anew. */
    public void rendered(String id, List<String> files) {
        database.update("UPDATE zoom_transcriber_recording SET output_files = ?, updated_at = current_timestamp "
                + "WHERE id = ? AND state = 'DELIVERED'", String.join("\n", files), id);
    }

    /** Gives back all that this process holds: its exchanges are gone. */
    public int releaseAll() {
        return database.update("UPDATE zoom_transcriber_recording SET lease_owner = NULL, lease_until = current_timestamp WHERE "
                + OPEN + " AND lease_owner LIKE ?", node + "/%");
    }

    /** Gives back all that anybody holds. For a database that one process has to itself: whoever held something is gone. */
    public void takeOver() {
        nodes.alone();
        database.update("UPDATE zoom_transcriber_recording SET lease_owner = NULL, lease_until = current_timestamp WHERE " + OPEN
                + " AND (lease_owner IS NULL OR lease_owner <> ?)", WAITING);
    }

    /**
     * Puts one failed recording back to where it failed.
     *
     * @return false if there is no such failed recording
     */
    public boolean retry(String id) {
        return retryWhere("id = ? AND state = 'FAILED'", id) == 1;
    }

    /**
     * Puts all failed recordings back to where they failed.
     *
     * @return how many
     */
    public int retryFailed() {
        return retryWhere("state = 'FAILED'");
    }

    private int retryWhere(String condition, Object... arguments) {
        return history.change("put back to where it failed", "UPDATE zoom_transcriber_recording SET failures = 0, reason = NULL, "
                + "state = " + WHERE_IT_WAS + ", " + FREE + " WHERE " + condition, arguments);
    }

    public Optional<Entry> find(String id) {
        return database.query(Rows::entry, "SELECT * FROM zoom_transcriber_recording WHERE id = ?", id).stream().findFirst();
    }

    /** @return the recordings in this state, newest change first, at most {@code limit} */
    public List<Entry> list(State state, int limit) {
        return database.query(Rows::entry, "SELECT * FROM zoom_transcriber_recording WHERE state = ? ORDER BY updated_at DESC FETCH FIRST "
                + limit + " ROWS ONLY", state);
    }

    /** The meeting and the file as Zoom gave them, as JSON; null once it is delivered. */
    public String zoom(String id) {
        List<String> zoom = database.query(row -> row.getString(1), "SELECT zoom FROM zoom_transcriber_recording WHERE id = ?", id);
        return zoom.isEmpty() ? null : zoom.get(0);
    }

    /** How many recordings are in each state that occurs. */
    public Map<State, Integer> counts() {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        overview.totals().forEach((state, total) -> counts.put(state, Math.toIntExact(total)));
        return counts;
    }

    /** The database's clock, by which all times in the ledger are. */
    public Instant now() {
        return database.query(row -> Rows.instant(row, 1), "SELECT current_timestamp").get(0);
    }

    /**
     * What is left to do, leaving out what is stuck at AssemblyAI and what waits for the next day's hours.
     *
     * @param working how many are in the queue or worked on
     * @param waiting how many wait for better times
     */
    public record Unfinished(int working, int waiting) {
    }

    /** What is left to do: what was flagged as stuck counts until somebody has looked at it anew. */
    public Unfinished unfinished() {
        return database.query(row -> new Unfinished(row.getInt(1), row.getInt(2)), """
                SELECT count(*) - count(CASE WHEN lease_owner = ? THEN 1 END), count(CASE WHEN lease_owner = ? THEN 1 END)
                FROM zoom_transcriber_recording WHERE %s AND NOT (stuck AND lease_owner IS NOT NULL)
                  AND NOT (lease_owner IS NOT NULL AND lease_owner = ? AND reason IS NOT NULL AND reason LIKE ?)""".formatted(OPEN),
                WAITING, WAITING, WAITING, CAPPED + "%").get(0);
    }

    /** AssemblyAI was asked, and has been at it for longer than is good. Holds until the recording is claimed anew. */
    public void flagStuck(Entry entry) {
        history.changeAgain(entry.id(), "stuck: it takes longer than is good",
                "UPDATE zoom_transcriber_recording SET stuck = TRUE, updated_at = current_timestamp" + MINE,
                entry.id(), entry.claim());
    }

    /** How many were flagged as stuck at AssemblyAI when they were last looked at. */
    public int stuck() {
        return overview.stuck();
    }

    /** Remembers something about the daemon itself, for those who look at the ledger from outside. */
    public void note(String name, String text) {
        if (database.update("UPDATE zoom_transcriber_note SET text = ?, updated_at = current_timestamp WHERE name = ?", text, name) == 0) {
            database.update("INSERT INTO zoom_transcriber_note (name, text, updated_at) VALUES (?, ?, current_timestamp) "
                    + "ON CONFLICT DO NOTHING", name, text);
        }
    }

    /**
     * The opposite of {@link #note(String, String)}.
     *
     * @return whether there was such a note
     */
    public boolean forget(String name) {
        return database.update("DELETE FROM zoom_transcriber_note WHERE name = ?", name) == 1;
    }

    /** What {@link #note(String, String)} remembers. */
    public Optional<Note> note(String name) {
        return database.query(row -> new Note(row.getString(1), Rows.instant(row, 2)),
                "SELECT text, updated_at FROM zoom_transcriber_note WHERE name = ?", name).stream().findFirst();
    }

    /** How long ago a note was written, by the database's clock. */
    public Optional<Duration> noteAge(String name) {
        return note(name).map(note -> Duration.between(note.updatedAt(), now()));
    }

    /** A note, and when it was written last. */
    public record Note(String text, Instant updatedAt) {
    }
}
