package io.github.zoomtranscriber.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far every recording is. Only the ledger is trusted: queues, exchanges in memory and half-written files may vanish
 * at any moment, and what is written here decides what is done next.
 *
 * <p>Here a worker claims a recording, for as long as a lease lasts, and releases it. What else can be done with the
 * ledger is in its parts: what Zoom lists goes into {@link #discoveries()}, what happens to a claimed recording into
 * {@link #progress()}; {@link #records()} and {@link #statistics()} are for looking, and change nothing.
 *
 * <p>Every change compares the claim, so a worker that slept past the end of its lease changes nothing. All times are
 * the database's. Thread-safe. Every method throws {@link LedgerException} when the database does not answer.
 */
public final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    /** How long a recording that was put into a queue may stay there before it is offered again. */
    static final Duration OFFER = Duration.ofMinutes(1);

    private final String node = UUID.randomUUID().toString().substring(0, 8);
    private final AtomicLong claims = new AtomicLong();
    private final Duration lease;
    private final Held held;
    private final Database database;
    private final History history;
    private final Nodes nodes;
    private final Schedule schedule;
    private final Tokens tokens;
    private final Notes notes;
    private final Records records;
    private final Statistics statistics;
    private final Discoveries discoveries;
    private final Progress progress;
    private final Steps steps;
    private final OutputNames outputNames;
    private final Interventions interventions;
    private final Archive archive;

    /**
     * Opens the ledger, and creates its tables or brings them up to date.
     *
     * @param lease how long a claim lasts unless it is renewed
     */
    public Ledger(DataSource source, Duration lease) {
        this(source, lease, Database.PREFIX);
    }

    /**
     * As {@link #Ledger(DataSource, Duration)}.
     *
     * @param prefix what the names of its tables begin with, instead of {@code zoom_transcriber_}: letters, digits and
     *     {@code _}
     */
    public Ledger(DataSource source, Duration lease, String prefix) {
        this(source, lease, prefix, System::nanoTime);
    }

    /** @param nanos as {@link System#nanoTime}; a test lets it pass */
    Ledger(DataSource source, Duration lease, String prefix, LongSupplier nanos) {
        this.lease = lease;
        this.held = new Held(nanos);
        this.database = new Database(source, prefix);
        this.nodes = new Nodes(database, node);
        this.history = new History(database, nodes::name);
        this.schedule = new Schedule(database, node);
        this.tokens = new Tokens(database, node);
        this.notes = new Notes(database);
        this.records = new Records(database);
        this.statistics = new Statistics(database);
        this.discoveries = new Discoveries(database, history, records);
        this.progress = new Progress(database, history, lease);
        this.steps = new Steps(database, node, lease, nanos);
        this.outputNames = new OutputNames(database);
        this.interventions = new Interventions(database, history);
        this.archive = new Archive(database);
        try {
            Schema.migrate(database);
        } catch (LedgerException e) {
            throw new Rights(database).explain(e);
        }
        if (!database.encoding().holdsAll()) {
            LOG.warn(
                    "The ledger's database: the topics that its encoding cannot hold are stored with ? in them. Expected one that "
                            + "was made with ENCODING 'UTF8' TEMPLATE template0");
        }
    }

    /** What Zoom lists, and what it is still processing. */
    public Discoveries discoveries() {
        return discoveries;
    }

    /** What happens to a claimed recording, from its submission to its files. */
    public Progress progress() {
        return progress;
    }

    /** What is to be done for a recording once it is delivered. */
    public Steps steps() {
        return steps;
    }

    /** The names of the files that are written for a recording. */
    public OutputNames outputNames() {
        return outputNames;
    }

    /** The recordings, for looking. */
    public Records records() {
        return records;
    }

    /** Counts and sums, for looking. */
    public Statistics statistics() {
        return statistics;
    }

    /** What a person orders. */
    public Interventions interventions() {
        return interventions;
    }

    /** The whole ledger, for export and import. */
    public Archive archive() {
        return archive;
    }

    /** What the program remembers about itself. */
    public Notes notes() {
        return notes;
    }

    /** The processes that share this ledger. */
    public Nodes nodes() {
        return nodes;
    }

    /** Which of them does what has to be done once. */
    public Schedule schedule() {
        return schedule;
    }

    /** The access tokens that they share. */
    public Tokens tokens() {
        return tokens;
    }

    /** How long a claim lasts unless it is renewed. */
    public Duration lease() {
        return lease;
    }

    /**
     * For whoever waits for the database no longer than that.
     *
     * @throws LedgerException why the database is away, if it has been for at least so long
     */
    public void awaited(Duration most) {
        database.presence().awaited(most);
    }

    /** The database's clock, by which all times in the ledger are. */
    public Instant now() {
        return database.now();
    }

    /**
     * Recordings that are unfinished and that nobody holds, oldest first. They are not offered again for a minute. What
     * this process works on is held as long as it lasts by the machine's uptime, whatever the database's clock says;
     * and where that was set back, nothing waits until it is there again.
     *
     * @return the ids of at most {@code limit} recordings
     */
    public List<String> offer(int limit) {
        held.tidy();
        List<Due> due = database.query(
                row -> new Due(row.getString(1), row.getString(2)),
                """
                SELECT id, lease_owner FROM zoom_transcriber_recording WHERE %s AND %s
                ORDER BY lease_until, id FETCH FIRST %d ROWS ONLY"""
                        .formatted(Sql.OPEN, Sql.DUE, limit));
        Map<Boolean, List<Due>> byWorkedOn = due.stream().collect(Collectors.partitioningBy(this::isWorkedOn));
        extend(byWorkedOn.get(true));
        return take(byWorkedOn.get(false));
    }

    /** @param owner the claim whose lease has run out by the database's clock; or null */
    private record Due(String id, String owner) {}

    private boolean isWorkedOn(Due due) {
        return due.owner() != null && due.owner().equals(held.claim(due.id()));
    }

    /** The database's clock has gone forward; the lease of whoever works here goes on. */
    private void extend(List<Due> workedOn) {
        if (!workedOn.isEmpty()) {
            database.updateAll(
                    "UPDATE zoom_transcriber_recording SET lease_until = " + Sql.LATER + Sql.MINE,
                    workedOn.stream()
                            .map(due -> new Object[] {lease, due.id(), due.owner()})
                            .toList());
        }
    }

    private List<String> take(List<Due> due) {
        if (due.isEmpty()) {
            return List.of();
        }
        // another node may be offering them as well
        boolean[] mine = database.updateAll(
                "UPDATE zoom_transcriber_recording SET lease_owner = NULL, lease_until = " + Sql.LATER
                        + " WHERE id = ? AND lease_owner IS NOT DISTINCT FROM ? AND " + Sql.DUE + " AND " + Sql.OPEN,
                due.stream()
                        .map(each -> new Object[] {OFFER, each.id(), each.owner()})
                        .toList());
        return IntStream.range(0, mine.length)
                .filter(i -> mine[i])
                .mapToObj(i -> due.get(i).id())
                .toList();
    }

    /**
     * Lets the next {@link #offer} of any process include what was just found: for a process whose own queue nobody
     * reads.
     */
    public void offerNow() {
        database.update("UPDATE zoom_transcriber_recording SET lease_until = current_timestamp "
                + "WHERE state = 'DISCOVERED' AND lease_owner IS NULL");
    }

    /**
     * Claims a recording.
     *
     * @return its row, held by the caller from now on; empty if another worker holds it, if it waits, or if there is
     *     nothing left to do
     */
    public Optional<Entry> claim(String id) {
        String claim = node + "/" + claims.incrementAndGet();
        String working = held.claim(id);
        int won = database.update(
                "UPDATE zoom_transcriber_recording SET lease_owner = ?, stuck = FALSE, "
                        + "progress = NULL, lease_until = " + Sql.LATER + " WHERE id = ? AND " + Sql.OPEN
                        + " AND (lease_owner IS NULL OR lease_until <= current_timestamp AND lease_owner <> ?)",
                claim,
                lease,
                id,
                working == null ? "" : working);
        if (won == 0) {
            return Optional.empty();
        }
        held.hold(id, claim, lease);
        return records.find(id);
    }

    /**
     * Extends the lease of a claim. If it was extended a moment ago, as in most calls, nothing is written.
     *
     * @param sleep for how long the caller will not renew it; the lease lasts for that time and its usual length, less
     *     a tenth of the latter at most
     * @return false if the claim is lost: then the caller must stop
     */
    public boolean renew(Entry entry, Duration sleep) {
        boolean mine = renewed(entry, sleep);
        if (mine) {
            held.hold(entry.id(), entry.claim(), lease.plus(sleep));
        }
        return mine;
    }

    private boolean renewed(Entry entry, Duration sleep) {
        // statements count in whole seconds
        Duration enough = lease.minus(lease.dividedBy(10)).plus(sleep).plusSeconds(1);
        return !database.query(
                                row -> row.getInt(1),
                                "SELECT 1 FROM zoom_transcriber_recording" + Sql.MINE + " AND lease_until >= "
                                        + Sql.LATER,
                                entry.id(),
                                entry.claim(),
                                enough)
                        .isEmpty()
                || database.update(
                                "UPDATE zoom_transcriber_recording SET lease_until = " + Sql.LATER + Sql.MINE,
                                lease.plus(sleep),
                                entry.id(),
                                entry.claim())
                        == 1;
    }

    /**
     * As {@link #renew}, and records how far the upload is, for as long as the claim lasts.
     *
     * @param progress in words
     * @return false if the claim is lost
     */
    public boolean uploading(Entry entry, String progress) {
        boolean mine = database.update(
                        "UPDATE zoom_transcriber_recording SET progress = ?, lease_until = " + Sql.LATER + Sql.MINE,
                        progress,
                        lease,
                        entry.id(),
                        entry.claim())
                == 1;
        if (mine) {
            held.hold(entry.id(), entry.claim(), lease);
        }
        return mine;
    }

    /**
     * Releases a claim: another worker may go on with the recording at once.
     *
     * @return false if the claim was lost
     */
    public boolean release(Entry entry) {
        return database.update(Sql.RELEASE + Sql.MINE, null, Duration.ZERO, entry.id(), entry.claim()) == 1;
    }

    /**
     * Releases a claim: another worker may go on with the recording once {@code wait} is over.
     *
     * @param code why it waits
     * @param reason the same in a sentence
     * @return false if the claim was lost
     */
    public boolean release(Entry entry, Duration wait, Reason code, String reason) {
        String owner = wait.isZero() ? null : Sql.WAITING;
        // a recording that waits for days for the same reason has one line about it in its history
        return history.changeAgain(
                                entry.id(),
                                reason,
                                Sql.RELEASE + Sql.REASON + Sql.MINE + " AND reason IS DISTINCT FROM ?",
                                owner,
                                wait,
                                reason,
                                code,
                                entry.id(),
                                entry.claim(),
                                reason)
                        == 1
                || database.update(
                                Sql.RELEASE + Sql.REASON + Sql.MINE,
                                owner,
                                wait,
                                reason,
                                code,
                                entry.id(),
                                entry.claim())
                        == 1;
    }

    /**
     * Releases everything that this process holds, once it no longer works on any of it.
     *
     * @return how many recordings that were
     */
    public int releaseAll() {
        held.clear();
        steps.releaseAll();
        return database.update(
                "UPDATE zoom_transcriber_recording SET lease_owner = NULL, " + "lease_until = current_timestamp WHERE "
                        + Sql.OPEN + " AND lease_owner LIKE ?",
                node + "/%");
    }

    /**
     * Releases everything that any process holds. For a database that only one process can open: the earlier one is
     * gone.
     */
    public void takeOver() {
        nodes.alone();
        steps.takeOver();
        database.update(
                "UPDATE zoom_transcriber_recording SET lease_owner = NULL, "
                        + "lease_until = current_timestamp WHERE "
                        + Sql.OPEN + " AND (lease_owner IS NULL OR lease_owner <> ?)",
                Sql.WAITING);
    }

    /** What other processes hold, also such as have ended without releasing it. */
    public Statistics.Pending heldElsewhere() {
        return database.query(
                        Statistics.Pending::of,
                        "SELECT count(*), max(lease_until), CAST(NULL AS varchar) FROM zoom_transcriber_recording WHERE "
                                + Sql.OPEN
                                + " AND lease_owner IS NOT NULL AND lease_owner <> ? AND lease_owner NOT LIKE ?"
                                + " AND lease_until > current_timestamp",
                        Sql.WAITING,
                        node + "/%")
                .get(0);
    }

    /** Ends the wait of the unfinished recordings that wait for this reason. */
    public void wake(Reason code) {
        database.update(
                "UPDATE zoom_transcriber_recording SET " + Sql.FREE + " WHERE " + Sql.OPEN
                        + " AND lease_owner = ? AND reason_code = ?",
                Sql.WAITING,
                code);
    }
}
