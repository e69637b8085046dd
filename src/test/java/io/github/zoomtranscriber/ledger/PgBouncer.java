package io.github.zoomtranscriber.ledger;

import io.github.zoomtranscriber.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real PgBouncer in transaction mode before a server of the tests, where the machine has one. */
public final class PgBouncer implements AutoCloseable {

    private final Process process;
    private final int port = FreePort.next();

    PgBouncer(Path folder) {
        this(folder, Postgres.port());
    }

    /** @param server the server's port */
    public PgBouncer(Path folder, int server) {
        try {
            Path settings = Files.writeString(
                    folder.resolve("pgbouncer.ini"),
                    """
                    [databases]
                    * = host=127.0.0.1 port=%d user=%s
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = any
                    pool_mode = transaction
                    default_pool_size = 3
                    ignore_startup_parameters = extra_float_digits
                    """
                            .formatted(server, Postgres.USER, port));
            List<String> command = new ArrayList<>(List.of(program().toString(), settings.toString()));
            if (System.getProperty("user.name").equals("root")) {
                command.addAll(1, List.of("-u", "nobody"));
            }
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("pgbouncer.log").toFile())
                    .start();
            Awaitility.await().until(this::listens);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static boolean isInstalled() {
        return program() != null;
    }

    private static Path program() {
        return Stream.concat(
                        Stream.of("/usr/sbin", "/usr/local/sbin"),
                        Stream.of(System.getenv("PATH").split(":")))
                .map(folder -> Path.of(folder, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    private boolean listens() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** @return the same database, through this */
    public String url(String database) {
        return database.replaceFirst("//[^/]*", "//127.0.0.1:" + port);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
