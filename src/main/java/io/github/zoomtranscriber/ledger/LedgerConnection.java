package io.github.zoomtranscriber.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;

/**
 * The connections to the ledger's database. Only one process can open an embedded database; that process lets others on
 * this machine in through a port on the loopback address. They need a key, which stands in a file beside the database
 * that only its owner can read.
 */
public final class LedgerConnection implements AutoCloseable {

    /** A URL of H2 in a file that only one process can open. */
    private static final Pattern EMBEDDED = Pattern.compile(
            "jdbc:h2:(?:file:|async:)?(?![a-z]{2,}:)([^;]+)(?!.*;AUTO_SERVER=TRUE)(;.*)?", Pattern.CASE_INSENSITIVE);
    /**
     * Camel interrupts the threads of a route that stops. That would close a plain file in the middle of writing, and
     * H2 with it.
     */
    private static final String UNINTERRUPTIBLE = "async:";

    private static final String DOOR_URL = "jdbc:h2:tcp://127.0.0.1:";
    private static final int IN_USE = 90020;
    private static final String NO_DRIVER = "08001";
    /**
     * H2 closes itself when it cannot write, for instance to a full disk. Only a new connection opens it again, so the
     * pool drops the old ones.
     */
    private static final SQLExceptionOverride CLOSED = new SQLExceptionOverride() {
        @java.lang.Override
        public Override adjudicate(SQLException e) {
            return IS_CLOSED.contains(e.getErrorCode()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
        }
    };
    /** After a failover, the old connections may lead to what has become a standby. */
    private static final SQLExceptionOverride READ_ONLY = new SQLExceptionOverride() {
        @java.lang.Override
        public Override adjudicate(SQLException e) {
            return "25006".equals(e.getSQLState()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
        }
    };
    /** H2's codes for: object closed, connection broken, database closed, database shutting down. */
    private static final Set<Integer> IS_CLOSED = Set.of(90007, 90067, 90098, 90121);
    /**
     * How long to wait for another process: a command keeps the database for a moment, and a daemon lets others in soon
     * after it started.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    static {
        // H2 reads these when its first class is loaded. Without the first, its server would listen on all addresses
        System.setProperty("h2.bindAddress", "127.0.0.1");
        // Without the second, a command would try for two seconds to reach a daemon that was killed
        System.setProperty("h2.socketConnectRetry", "1");
    }

    private final HikariDataSource source;
    private final Server server;
    private final Path door;

    private LedgerConnection(HikariDataSource source, Server server, Path door) {
        this.source = source;
        this.server = server;
        this.door = door;
    }

    /**
     * Opens the database for the daemon. If a command has it open, this waits until the command is done.
     *
     * @param url a JDBC URL
     * @throws LedgerInUseException if another process has the embedded database open
     * @throws LedgerException if it cannot be opened for any other reason
     */
    public static LedgerConnection open(String url, String username, String password) {
        Path file = file(url);
        if (file == null) {
            return new LedgerConnection(pool(url, username, password), null, null);
        }
        HikariDataSource source =
                patiently(() -> pool(url, username, password), () -> isServed(url, username, password));
        try {
            String key = UUID.randomUUID().toString();
            Server server = Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-key", key, UNINTERRUPTIBLE + file)
                    .start();
            return new LedgerConnection(source, server, leaveKey(door(file), server.getPort() + "/" + key));
        } catch (SQLException | IOException e) {
            source.close();
            throw new IllegalStateException(
                    "cannot let commands use the ledger beside this daemon: " + e.getMessage(), e);
        }
    }

    /** Opens the database for a command: through a daemon that has it open, or directly. */
    public static LedgerConnection join(String url, String username, String password) {
        return join(file(url), url, username, password);
    }

    private static LedgerConnection join(Path file, String url, String username, String password) {
        HikariDataSource source = file == null
                ? pool(url, username, password)
                : patiently(() -> byDoorOrAlone(door(file), url, username, password), () -> false);
        return new LedgerConnection(source, null, null);
    }

    private static HikariDataSource byDoorOrAlone(Path door, String url, String username, String password) {
        if (!Files.exists(door)) {
            return pool(url, username, password);
        }
        try {
            return pool(DOOR_URL + Files.readString(door).strip(), username, password);
        } catch (LedgerException e) {
            // the file was left behind by a daemon that was killed
            return pool(url, username, password);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read " + door + ", which is needed to use the ledger beside the " + "running daemon", e);
        }
    }

    /**
     * Opens the database for a command that must not change anything: through a daemon, or directly and read-only.
     *
     * @return empty if the embedded database's file does not exist yet
     */
    public static Optional<LedgerConnection> look(String url, String username, String password) {
        Path file = file(url);
        if (file != null && !Files.exists(file.resolveSibling(file.getFileName() + ".mv.db"))) {
            return Optional.empty();
        }
        return Optional.of(join(file, file == null ? url : url + ";ACCESS_MODE_DATA=r", username, password));
    }

    /**
     * Opens an empty database in memory, which is gone when it is closed: for commands that use the routes and must
     * leave no trace.
     */
    public static LedgerConnection scratch() {
        return new LedgerConnection(
                pool("jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE", "", ""),
                null,
                null);
    }

    /** Whether a running daemon has the embedded database open. */
    public static boolean isServed(String url, String username, String password) {
        Path file = file(url);
        if (file == null || !Files.exists(door(file))) {
            return false;
        }
        try {
            pool(DOOR_URL + Files.readString(door(file)).strip(), username, password)
                    .close();
            return true;
        } catch (LedgerException | IOException e) {
            return false;
        }
    }

    /**
     * Tries whether the database is there, where that is not up to this process: for the embedded one it does nothing.
     *
     * @throws LedgerException if it cannot be opened
     */
    public static void knock(String url, String username, String password) {
        if (file(url) == null) {
            pool(url, username, password).close();
        }
    }

    /** Shrinks the embedded database's file to the size of its content, unless another process has it open. */
    public static void compact(String url, String username, String password) {
        if (file(url) == null || isServed(url, username, password)) {
            return;
        }
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL(url);
        try (Connection connection = h2.getConnection(username, password);
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN COMPACT");
        } catch (SQLException e) {
            if (e.getErrorCode() != IN_USE) {
                throw new LedgerException(e);
            }
        }
    }

    /** Whether other processes can use the database only through this one. */
    public boolean isExclusive() {
        return server != null;
    }

    /** Gives connections to the database. */
    public DataSource source() {
        return source;
    }

    @Override
    public void close() {
        source.close();
        if (server != null) {
            server.stop();
            try {
                Files.deleteIfExists(door);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** @param inVain whether waiting is useless, as the other process keeps the database open */
    private static HikariDataSource patiently(Supplier<HikariDataSource> opening, BooleanSupplier inVain) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return opening.get();
            } catch (LedgerInUseException e) {
                if (inVain.getAsBoolean() || System.nanoTime() > end) {
                    throw e;
                }
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for another process to close the ledger", e);
            }
        }
    }

    private static HikariDataSource pool(String url, String username, String password) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("ledger");
        config.setUsername(username);
        config.setPassword(password);
        config.setMinimumIdle(1);
        if (url.startsWith("jdbc:h2:")) {
            createFolder(file(url));
            // by its URL alone, Java would load all drivers that there are to look for the right one
            JdbcDataSource h2 = new JdbcDataSource();
            Matcher embedded = EMBEDDED.matcher(url);
            h2.setURL(
                    embedded.matches()
                            ? "jdbc:h2:" + UNINTERRUPTIBLE + file(url)
                                    + Objects.requireNonNullElse(embedded.group(2), "")
                            : url);
            config.setExceptionOverride(CLOSED);
            config.setDataSource(h2);
        } else {
            config.setJdbcUrl(url);
        }
        if (url.startsWith("jdbc:postgresql:")) {
            // a thread must not wait for ever for a server that vanished; what the URL itself says takes precedence
            config.addDataSourceProperty("tcpKeepAlive", "true");
            config.addDataSourceProperty("connectTimeout", "10");
            config.addDataSourceProperty("socketTimeout", "60");
            config.addDataSourceProperty("ApplicationName", "zoom-transcriber");
            // a pooler in transaction mode, such as PgBouncer, gives each transaction another of the server's sessions,
            // in
            // which nobody has prepared what this one has. To prepare anew costs a third more of a statement
            config.addDataSourceProperty("prepareThreshold", "0");
            config.setExceptionOverride(READ_ONLY);
        }
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause.getErrorCode() == IN_USE ? new LedgerInUseException(file(url)) : new LedgerException(cause);
            }
            throw e;
        } catch (RuntimeException e) {
            if (e.getCause() instanceof SQLException cause && NO_DRIVER.equals(cause.getSQLState())) {
                throw new LedgerException(
                        "No driver in lib/ takes ledger.url: expected jdbc:postgresql://host/database, "
                                + "or jdbc:h2:async:file and what H2 needs");
            }
            throw e;
        }
    }

    /**
     * The embedded database's file, without H2's extension; null if the URL is of another database, or of one that
     * several processes may open.
     */
    private static Path file(String url) {
        Matcher embedded = EMBEDDED.matcher(url);
        return embedded.matches()
                ? Path.of(embedded.group(1)
                                .replaceFirst("^~", Matcher.quoteReplacement(System.getProperty("user.home"))))
                        .toAbsolutePath()
                        .normalize()
                : null;
    }

    /** H2 would create it as well, but prints a stack trace if it cannot. */
    private static void createFolder(Path file) {
        try {
            if (file != null) {
                Files.createDirectories(file.getParent());
            }
        } catch (IOException e) {
            throw new LedgerException("Cannot create the ledger's folder " + file.getParent() + ": "
                    + e.getClass().getSimpleName() + ", "
                    + e.getMessage() + "; expected a folder that this user may write to (set ledger.url, or start the "
                    + "program elsewhere)");
        }
    }

    private static Path door(Path file) {
        return file.resolveSibling(file.getFileName() + ".door");
    }

    private static Path leaveKey(Path door, String key) throws IOException {
        Files.deleteIfExists(door);
        if (door.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(door, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return Files.writeString(door, key);
    }
}
