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
 * The connections to the ledger's database. An embedded one belongs to one process; that process lets others on this machine in by a
 * port on the loopback address, with a key that only the owner of the file beside the database can read.
 */
public final class LedgerConnection implements AutoCloseable {

    /** H2 in a file, as far as H2 lets one process alone have it. */
    private static final Pattern EMBEDDED = Pattern.compile("jdbc:h2:(?:file:|async:)?(?![a-z]{2,}:)([^;]+)(?!.*;AUTO_SERVER=TRUE)(;.*)?",
            Pattern.CASE_INSENSITIVE);
    /** A thread that is interrupted while it writes, as Camel does with those of a route that stops, closes a plain file, and H2 with it. */
    private static final String UNINTERRUPTIBLE = "async:";
    private static final String DOOR_URL = "jdbc:h2:tcp://127.0.0.1:";
    private static final int IN_USE = 90020;
    /** H2 closes itself when it cannot write, for instance on a full disk. A new connection opens it again; the pool would go on with the old ones. */
    private static final SQLExceptionOverride CLOSED = new SQLExceptionOverride() {
        @java.lang.Override
        public Override adjudicate(SQLException e) {
            return IS_CLOSED.contains(e.getErrorCode()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
        }
    };
    /** Object closed, connection broken, database closed, database called at shutdown. */
    private static final Set<Integer> IS_CLOSED = Set.of(90007, 90067, 90098, 90121);
    /** A command has the database for a moment only, and a daemon opens it a moment before it lets others in. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    static {
        // H2 reads these when its first class is loaded; without the first, its server would listen on all addresses
        System.setProperty("h2.bindAddress", "127.0.0.1");
        // and without the second, a command would knock for two seconds at the door of a daemon that was killed
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
     * For the daemon. A command that has the database open just now is waited for.
     *
     * @param url a JDBC URL
     * @throws LedgerInUseException if another process has the embedded database open
     * @throws LedgerException      if it cannot be opened for any other reason
     */
    public static LedgerConnection open(String url, String username, String password) {
        Path file = file(url);
        if (file == null) {
            return new LedgerConnection(pool(url, username, password), null, null);
        }
        HikariDataSource source = patiently(() -> pool(url, username, password), () -> isServed(url, username, password));
        try {
            String key = UUID.randomUUID().toString();
            Server server = Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-key", key, UNINTERRUPTIBLE + file).start();
            return new LedgerConnection(source, server, leaveKey(door(file), server.getPort() + "/" + key));
        } catch (SQLException | IOException e) {
            source.close();
            throw new IllegalStateException("cannot open the ledger to other commands: " + e.getMessage(), e);
        }
    }

    /** For commands: beside a daemon that has the database open, or alone. */
    public static LedgerConnection join(String url, String username, String password) {
        return join(file(url), url, username, password);
    }

    private static LedgerConnection join(Path file, String url, String username, String password) {
        HikariDataSource source = file == null ? pool(url, username, password)
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
            // left behind by a daemon that was killed
            return pool(url, username, password);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + door + ", by which the running daemon lets others in", e);
        }
    }

    /**
     * For commands that must not change anything: beside a daemon, or for reading alone.
     *
     * @return empty where the embedded database's file is not there yet
     */
    public static Optional<LedgerConnection> look(String url, String username, String password) {
        Path file = file(url);
        if (file != null && !Files.exists(file.resolveSibling(file.getFileName() + ".mv.db"))) {
            return Optional.empty();
        }
        return Optional.of(join(file, file == null ? url : url + ";ACCESS_MODE_DATA=r", username, password));
    }

    /** A database of its own in memory, gone when it is closed: for commands that use the routes and must leave no trace. */
    public static LedgerConnection scratch() {
        return new LedgerConnection(pool("jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE", "", ""), null, null);
    }

    /** Whether a running daemon has the embedded database open. */
    public static boolean isServed(String url, String username, String password) {
        Path file = file(url);
        if (file == null || !Files.exists(door(file))) {
            return false;
        }
        try {
            pool(DOOR_URL + Files.readString(door(file)).strip(), username, password).close();
            return true;
        } catch (LedgerException | IOException e) {
            return false;
        }
    }

    /** Makes the embedded database's file no larger than what is in it, unless another process has it open. */
    public static void compact(String url, String username, String password) {
        if (file(url) == null || isServed(url, username, password)) {
            return;
        }
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL(url);
        try (Connection connection = h2.getConnection(username, password); Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN COMPACT");
        } catch (SQLException e) {
            if (e.getErrorCode() != IN_USE) {
                throw new LedgerException(e);
            }
        }
    }

    /** Whether no other process can have the database open, but through this one. */
    public boolean isExclusive() {
        return server != null;
    }

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

    /** @param inVain whether whoever has the database keeps it */
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
                throw new IllegalStateException("interrupted while another process has the ledger", e);
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
            // asked for by its address alone, it would be looked for among all drivers that there are, and these loaded
            JdbcDataSource h2 = new JdbcDataSource();
            Matcher embedded = EMBEDDED.matcher(url);
            h2.setURL(embedded.matches() ? "jdbc:h2:" + UNINTERRUPTIBLE + file(url) + Objects.requireNonNullElse(embedded.group(2), "") : url);
            config.setExceptionOverride(CLOSED);
            config.setDataSource(h2);
        } else {
            config.setJdbcUrl(url);
        }
        if (url.startsWith("jdbc:postgresql:")) {
            // a server that vanished without a word must not hold a thread for ever; what the address says itself is stronger
            config.addDataSourceProperty("tcpKeepAlive", "true");
            config.addDataSourceProperty("connectTimeout", "10");
            config.addDataSourceProperty("socketTimeout", "60");
            config.addDataSourceProperty("ApplicationName", "zoom-transcriber");
        }
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause.getErrorCode() == IN_USE ? new LedgerInUseException(file(url)) : new LedgerException(cause);
            }
            throw e;
        }
    }

    /** The embedded database without H2's extension; null where the URL leads to none, or to one that several processes may open. */
    private static Path file(String url) {
        Matcher embedded = EMBEDDED.matcher(url);
        return embedded.matches() ? Path.of(embedded.group(1).replaceFirst("^~", Matcher.quoteReplacement(System.getProperty("user.home"))))
                .toAbsolutePath().normalize() : null;
    }

    /** H2 would do it as well, but says with a stack trace on the console that it cannot. */
    private static void createFolder(Path file) {
        try {
            if (file != null) {
                Files.createDirectories(file.getParent());
            }
        } catch (IOException e) {
            throw new LedgerException("The ledger's folder " + file.getParent() + " cannot be made: " + e.getClass().getSimpleName() + ", "
                    + e.getMessage() + "; expected a folder that may be written (ledger.url, or where the program is started)");
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
