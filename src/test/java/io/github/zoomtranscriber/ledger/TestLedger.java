package io.github.zoomtranscriber.ledger;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** A ledger with the settings that the program ships, whose time a test lets pass. */
public final class TestLedger implements AutoCloseable {

    public static final Duration LEASE = Duration.ofMinutes(15);

    public final Ledger ledger;
    private final LedgerConnection connection;
    private final AtomicLong passed = new AtomicLong();

    private TestLedger(LedgerConnection connection) {
        this.connection = connection;
        this.ledger = another();
    }

    /** In a file, as the program has it. */
    static TestLedger in(Path folder) {
        return new TestLedger(LedgerConnection.open(url(folder), "", ""));
    }

    /** For tests of those who use a ledger. */
    public static TestLedger inMemory() {
        return new TestLedger(LedgerConnection.open(
                shippedUrl().replace("jdbc:h2:async:./data/ledger", "jdbc:h2:mem:" + UUID.randomUUID()), "", ""));
    }

    /** In a database of its own on a real PostgreSQL server. */
    public static TestLedger onPostgres() {
        return new TestLedger(LedgerConnection.open(Postgres.database(), Postgres.USER, ""));
    }

    /** The shipped {@code ledger.url}, but in a folder of the test's own. */
    static String url(Path folder) {
        return shippedUrl().replace("./data", folder.toString());
    }

    private static String shippedUrl() {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of("application.properties"))) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("ledger.url");
    }

    /** The ledger as another process sees it that has the same database. */
    public Ledger another() {
        return new Ledger(connection.source(), LEASE, Database.PREFIX, () -> System.nanoTime() + passed.get());
    }

    /** The same recordings, where one search goes through so many of them. */
    Records recordsThatSearch(int length) {
        return new Records(new Database(connection.source(), Database.PREFIX), length);
    }

    /** All that the ledger knows happened that much earlier. */
    public void pass(Duration time) {
        passed.addAndGet(time.toNanos());
        shift(time);
    }

    /** Somebody sets the database's clock forward, or back by a negative time: no time passes. */
    public void setClock(Duration time) {
        shift(time);
        earlier("tick", time, "scheduled");
    }

    private void shift(Duration time) {
        earlier("recording", time, "lease_until", "submitted_at", "created_at", "updated_at", "delivered_at");
        earlier("step", time, "due_at", "done_at");
        earlier("history", time, "at");
        earlier("node", time, "joined_at", "seen_at", "seen_until");
        earlier("tick", time, "begun_at");
        earlier("token", time, "valid_until", "asked_until");
        earlier("note", time, "updated_at");
    }

    private void earlier(String table, Duration time, String... columns) {
        execute("UPDATE zoom_transcriber_" + table + " SET "
                + Arrays.stream(columns)
                        .map(column -> column + " = " + column + " - interval '" + time.toSeconds() + "' second")
                        .collect(Collectors.joining(", ")));
    }

    void empty() {
        for (String table : List.of("recording", "history", "note", "node", "tick", "token", "step")) {
            execute("DELETE FROM zoom_transcriber_" + table);
        }
    }

    void execute(String sql) {
        try (Connection open = connection.source().getConnection();
                Statement statement = open.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> query(String sql) {
        return new Database(connection.source(), Database.PREFIX).query(row -> row.getString(1), sql);
    }

    public void add(String... ids) {
        ledger.discoveries()
                .add(Arrays.stream(ids).map(id -> ARecording.with(id).build()).toList());
    }

    public State state(String id) {
        return entry(id).state();
    }

    public Entry entry(String id) {
        return ledger.records().find(id).orElseThrow();
    }

    /** Of a recording that is there. */
    public Entry claim(String id) {
        return ledger.claim(id).orElseThrow();
    }

    /** Adds a recording and claims it. */
    public Entry claimed(String id) {
        add(id);
        return claim(id);
    }

    /** Adds a recording that is about to be submitted. */
    public Entry submitting(String id) {
        Entry entry = claimed(id);
        ledger.progress().submitting(entry, "link", "https://ssrweb.zoom.us/" + id + ".m4a");
        return entry(id);
    }

    /** Adds a recording that AssemblyAI has. */
    public Entry submitted(String id, String transcriptId) {
        Entry entry = submitting(id);
        ledger.progress().submitted(entry, transcriptId);
        return entry(id);
    }

    /** Adds a recording whose files are there. */
    public Entry delivered(String id, int audioSeconds) {
        Entry entry = submitted(id, "transcript of " + id);
        ledger.progress()
                .delivered(
                        entry,
                        List.of("2026-11-24/" + id + ".md"),
                        new Progress.Result("en", audioSeconds, "universal"));
        return entry(id);
    }

    /** Adds a recording that was given up. */
    public Entry failed(String id, String reason) {
        return failed(id, Reason.OTHER, reason);
    }

    /** Adds a recording that was given up for this reason. */
    public Entry failed(String id, Reason code, String reason) {
        ledger.progress().fail(claimed(id), code, reason, false);
        return entry(id);
    }

    @Override
    public void close() {
        connection.close();
    }
}
