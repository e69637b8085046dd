package io.github.zoomtranscriber.ledger;

import io.github.zoomtranscriber.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL server on this machine: one for all tests that want no more than a database, gone when they end, or
 * one's own.
 */
public final class Postgres implements AutoCloseable {

    public static final String USER = "postgres";

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static EmbeddedPostgres server;

    private final Path folder;
    private final int port;
    private EmbeddedPostgres own;

    /**
     * A server of a test's own, which it can stop and start again.
     *
     * @param folder where its data is
     */
    public Postgres(Path folder) {
        this.folder = folder;
        this.port = FreePort.next();
        start();
    }

    public void start() {
        try {
            own = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(folder)
                    .setCleanDataDirectory(false)
                    .setServerConfig("max_connections", "200")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void stop() {
        try {
            own.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its processes stop where they are: connections are taken by the system, and nothing answers. */
    public void freeze() {
        signal("-STOP");
    }

    public void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            long pid = Long.parseLong(
                    Files.readAllLines(folder.resolve("postmaster.pid")).get(0).strip());
            List<String> command = new ArrayList<>(List.of("kill", signal, "" + pid));
            ProcessHandle.of(pid).orElseThrow().descendants().forEach(child -> command.add("" + child.pid()));
            new ProcessBuilder(command).start().onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its port. */
    public int ownPort() {
        return port;
    }

    /** The address of its one database. */
    public String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres";
    }

    @Override
    public void close() {
        stop();
    }

    /** Port of the server of all tests. */
    static int port() {
        return server.getPort();
    }

    /** Runs this as {@link #USER}. */
    public static void execute(String database, String sql) {
        try (Connection connection = DriverManager.getConnection(database, USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return the address of a new, empty database, reached over TCP; its user is {@link #USER}, without a password */
    public static String database() {
        return database("");
    }

    /** @param with what follows the name in {@code CREATE DATABASE} */
    public static synchronized String database(String with) {
        try {
            if (server == null) {
                server = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("fsync", "off")
                        .start();
            }
            String name = "test_" + DATABASES.incrementAndGet();
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name + " " + with);
            }
            return "jdbc:postgresql://localhost:" + server.getPort() + "/" + name;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As if the minute were over after which what was offered, and not taken, is offered again. */
    public static void forgetOffers(String database) {
        try (Connection connection = DriverManager.getConnection(database, USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    // what a node is just changing is its own
                    "UPDATE zoom_transcriber_recording SET lease_until = current_timestamp WHERE id IN (SELECT id "
                            + "FROM zoom_transcriber_recording WHERE lease_owner IS NULL FOR UPDATE SKIP LOCKED)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
