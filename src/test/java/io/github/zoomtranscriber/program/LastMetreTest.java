package io.github.zoomtranscriber.program;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.github.zoomtranscriber.FreePort;
import io.github.zoomtranscriber.program.Program.Run;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes elsewhere arrives, however often the process and the server at the other end are killed in between.
 * {@code -Drecordings=200} is the long form.
 */
class LastMetreTest {

    private static final int RECORDINGS = Integer.getInteger("recordings", 24);

    /** Of two of one topic on one day, whichever comes first gets the shorter name otherwise. */
    private static final String NAME = "${date}/${topic} ${recording-id}";

    @TempDir
    Path folder;

    private Simulator simulator;
    private Program program;

    @BeforeEach
    void play() throws IOException {
        simulator = Simulator.start(
                SimulatorSettings.defaults().withMeetings(RECORDINGS, 1).withTranscriptionTime(Duration.ofMillis(500)));
        program = new Program(Files.createDirectory(folder.resolve("program")), simulator)
                .withOAuth()
                .with("ZOOM_SCHEDULE", "0/5 * * * * ?")
                .with("OUTPUT_FORMATS", "txt,vtt")
                .with("OUTPUT_FILE_NAME", NAME)
                .with("OUTPUT_PROBE_EVERY", "500ms");
    }

    @AfterEach
    void end() {
        program.close();
        simulator.close();
    }

    private static void waitFor(Callable<Boolean> condition) {
        await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(100))
                .until(condition);
    }

    private long delivered() {
        return simulator.recordings().stream()
                .filter(recording -> switch (recording.outcome()) {
                    case DELIVERED, NO_SPEECH -> true;
                    default -> false;
                })
                .count();
    }

    @Test
    void whoeverIsToBeToldIsToldOfEachRecordingAndOfNoneTwiceUnlessTheProcessWasKilledMeanwhile() throws Exception {
        Queue<String> keys = new ConcurrentLinkedQueue<>();
        AtomicInteger refused = new AtomicInteger(10);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            boolean refuses = refused.getAndDecrement() > 0;
            if (!refuses) {
                keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            }
            exchange.sendResponseHeaders(refuses ? 503 : 204, -1);
            exchange.close();
        });
        server.start();
        try {
            program.with(
                    "OUTPUT_NOTIFY", "http://localhost:" + server.getAddress().getPort() + "/hook");
            int kills = 3;
            Run run = program.start("run");
            for (int kill = 1; kill <= kills; kill++) {
                long next = delivered() * kill / (kills + 1);
                waitFor(() -> keys.stream().distinct().count() >= next);
                run.kill();
                run = program.start("run");
            }
            waitFor(() -> keys.stream().distinct().count() == delivered());
            run.stop();

            assertTrue(keys.stream().allMatch(key -> key.endsWith("/notify")), keys::toString);
            // a request or two of each of the consumers may have been answered without the answer getting through
            assertTrue(keys.size() <= delivered() + 10L * kills, keys::toString);
            assertTrue(
                    program.run("status", "--json").output().contains("\"steps\" : { }"),
                    () -> program.run("status", "--json").output());
            assertEquals(Set.of(1L), Set.copyOf(simulator.counters().charged().values()));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anSftpServerHasEveryFileWholeAndOnceThoughItWasKilledAndSoWereWe() throws Exception {
        Path sshd = Path.of("/usr/sbin/sshd");
        assumeTrue(Files.isExecutable(sshd), "skipped: OpenSSH's sshd is not installed");
        Path home = Files.createDirectory(folder.resolve("sftp"));
        Sshd server = new Sshd(sshd, home);
        try {
            server.start();
            program.with(
                    "OUTPUT_TO",
                    "sftp:" + System.getProperty("user.name") + "@localhost:" + server.port + "/far?privateKeyFile="
                            + home.resolve("key") + "&knownHostsFile=" + home.resolve("known")
                            + "&autoCreateKnownHostsFile=true&tempPrefix=.writing-&connectTimeout=3000");
            Run run = program.start("run");
            for (int kill = 1; kill <= 3; kill++) {
                long next = 2 * delivered() * kill / 4;
                waitFor(() -> files(home.resolve("far")).size() >= next);
                server.kill();
                if (kill == 2) {
                    run.kill();
                    run = program.start("run");
                }
                Run now = run;
                waitFor(() -> now.log().contains("Deliveries are paused")
                        || files(home.resolve("far")).size() == 2 * delivered());
                server.start();
            }
            waitFor(() -> files(home.resolve("far")).size() == 2 * delivered());
            run.stop();

            Program here = new Program(Files.createDirectory(folder.resolve("here")), simulator)
                    .withOAuth()
                    .with("OUTPUT_FORMATS", "txt,vtt")
                    .with("OUTPUT_FILE_NAME", NAME);
            assertEquals(1, here.run("once").exitCode(), "two of the simulator's recordings cannot be transcribed");
            assertEquals(files(here.transcripts()), files(home.resolve("far")));
        } finally {
            server.kill();
        }
    }

    /** By name below the place, those that are being written left out. */
    private static Map<String, String> files(Path place) {
        if (!Files.isDirectory(place)) {
            return Map.of();
        }
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(file -> file.toString().matches(".*\\.(txt|vtt)"))
                    .filter(file -> !file.getFileName().toString().startsWith(".writing-"))
                    .collect(Collectors.toMap(
                            file -> place.relativize(file).toString(), LastMetreTest::read, (a, b) -> a, TreeMap::new));
        } catch (IOException | UncheckedIOException gone) {
            // it is renamed while this looks
            return Map.of();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** OpenSSH's server, for whoever runs this test alone. */
    private static final class Sshd {

        private final Path program;
        private final Path home;
        private final int port = FreePort.next();
        private Process process;

        private Sshd(Path program, Path home) throws Exception {
            this.program = program;
            this.home = home;
            for (String key : List.of("host", "key")) {
                assertEquals(
                        0,
                        new ProcessBuilder(
                                        "ssh-keygen",
                                        "-q",
                                        "-t",
                                        "ed25519",
                                        "-N",
                                        "",
                                        "-f",
                                        home.resolve(key).toString())
                                .start()
                                .waitFor());
            }
            Files.copy(home.resolve("key.pub"), home.resolve("authorized"));
            Files.setPosixFilePermissions(home.resolve("authorized"), PosixFilePermissions.fromString("rw-------"));
            Files.writeString(
                    home.resolve("config"),
                    """
                    Port %d
                    ListenAddress 127.0.0.1
                    HostKey %s
                    AuthorizedKeysFile %s
                    PidFile none
                    StrictModes no
                    UsePAM no
                    Subsystem sftp internal-sftp -d %s
                    """
                            .formatted(port, home.resolve("host"), home.resolve("authorized"), home));
            Files.createDirectories(Path.of("/run/sshd"));
        }

        private void start() throws IOException {
            process = new ProcessBuilder(
                            program.toString(),
                            "-D",
                            "-e",
                            "-f",
                            home.resolve("config").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("log").toFile())
                    .start();
        }

        /** With whatever it has at hand. */
        private void kill() throws InterruptedException {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }
}
