package io.github.zoomtranscriber.program;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.FreePort;
import io.github.zoomtranscriber.ledger.Postgres;
import io.github.zoomtranscriber.program.Program.Run;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the log as it is shipped, what the program copes with by itself is said in lines, not in stack traces. */
class NoiseTest {

    private static final String EVENT = "{\"event\":\"recording.completed\",\"payload\":{\"object\":{\"uuid\":\"x\"}}}";

    @TempDir
    Path folder;

    @TempDir
    Path data;

    private final int port = FreePort.next();
    private Simulator simulator;
    private Postgres postgres;
    private Program program;

    @BeforeEach
    void play() throws Exception {
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)));
        postgres = new Postgres(data);
        // fails at once where the program waits for half a minute by default
        Path pool = Files.writeString(folder.resolve("pool.properties"), "connectionTimeout=1000\n");
        program = new Program(folder, simulator)
                .withOAuth()
                .with("JAVA_TOOL_OPTIONS", "-Dhikaricp.configurationFile=" + pool)
                .with("LEDGER_URL", postgres.url())
                .with("LEDGER_USERNAME", Postgres.USER)
                .with("SERVER_PORT", "" + port)
                .with("SERVER_TOKEN", "a-token-of-the-noise-test")
                .with("ZOOM_WEBHOOK_SECRET", Simulator.ZOOM_WEBHOOK_SECRET)
                .with("ASSEMBLYAI_WEBHOOK_URL", "https://zoom.example.com/webhooks/assemblyai")
                .with("ZOOM_SCHEDULE", "0/5 * * * * ?");
    }

    @AfterEach
    void end() {
        program.close();
        postgres.close();
        simulator.close();
    }

    @Test
    void callersWhoHangUpDribbleOrSendRubbishLeaveNoStackTraceAndFewLines() throws Exception {
        program.with("ZOOM_DISCOVER", "false");
        Run run = started();
        for (int i = 0; i < 20; i++) {
            for (String request : List.of(
                    "POST /webhooks/zoom HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc",
                    "POST /webhooks/zoom HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                    "GET /page.js HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a-token-of-the-noise-test\r\n\r\n",
                    "GET /observe/metrics HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a-token-of-the-noise-test\r\n\r\n",
                    "GET /observe/health HTTP/1.1\r\nHost: x\r\n\r\n",
                    "\u0016\u0003\u0001\u0002\r\n\r\n",
                    "GET")) {
                try (Socket socket = new Socket("127.0.0.1", port)) {
                    // closed with its answer unread: the other side is told so by a reset
                    socket.setSoLinger(true, 0);
                    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                }
            }
            assertEquals(400, ask("POST /webhooks/zoom", "x", "Content-Type: application/x-www-form-urlencoded"));
            assertEquals(400, ask("POST /webhooks/assemblyai", "x", "Content-Type: multipart/form-data"));
            assertEquals(415, ask("POST /webhooks/zoom", "x", "Content-Type: text/plain"));
            assertEquals(415, ask("POST /webhooks/assemblyai", "<x/>", "Content-Type: text/xml"));
            assertEquals(401, ask("POST /webhooks/zoom", "{}", "Content-Type: application/json"));
            assertEquals(401, ask("POST /webhooks/assemblyai", "{}"));
            assertEquals(404, ask("GET /wp-login.php", ""));
            assertEquals(405, ask("PUT /webhooks/zoom", "{}"));
            assertEquals(413, ask("POST /webhooks/zoom", "x".repeat(1_100_000)));
        }

        assertQuiet(run);
        String log = run.log();
        for (String once : List.of(
                "refused: Bad request",
                "refused: Not found",
                "refused: Method not allowed",
                "refused: Too large",
                "Zoom's webhook: rejected a call without a valid signature",
                "Zoom's webhook: rejected a call with a body that is not JSON",
                "AssemblyAI's webhook: rejected a call without the secret",
                "AssemblyAI's webhook: rejected a call with a body that is not JSON")) {
            assertTrue(count(log, once) >= 1 && count(log, once) <= 4, () -> once + "\n" + log);
        }
        assertEquals(0, count(log, " ERROR "), log);
    }

    @Test
    void aDatabaseThatGoesAwayAndComesBackLeavesNoStackTraceWhoeverAsksMeanwhile() throws Exception {
        Run run = started();
        await().until(() -> !program.files(".txt").isEmpty());
        postgres.stop();

        List<CompletableFuture<Integer>> asked = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        ask("GET /observe/metrics", "", "Authorization: Bearer a-token-of-the-noise-test");
                        ask("GET /observe/health/ready", "");
                        ask("POST /webhooks/zoom", EVENT, Asked.signature(EVENT).toArray(String[]::new));
                        return ask("GET /api/status", "", "Authorization: Bearer a-token-of-the-noise-test");
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();
        asked.forEach(answer -> assertEquals(503, answer.join()));
        assertTrue(
                ask("POST /webhooks/zoom", EVENT, Asked.signature(EVENT).toArray(String[]::new)) >= 500,
                "a webhook that could not be kept is sent again");
        postgres.start();
        await().until(() -> ask("GET /api/status", "", "Authorization: Bearer a-token-of-the-noise-test") == 200);

        assertQuiet(run);
    }

    @Test
    void aSinkThatIsDownLeavesNoStackTrace() throws Exception {
        program.with("OUTPUT_TO", "http://127.0.0.1:" + FreePort.next() + "/in")
                .with("OUTPUT_PROBE_EVERY", "1s")
                .with("ZOOM_TOPICS", "*");
        Run run = started();
        await().until(() -> count(run.log(), "Deliveries") > 0);

        assertQuiet(run);
    }

    private Run started() {
        Run run = program.start();
        await().until(() -> {
            assertTrue(run.process().isAlive(), run::log);
            return run.log().contains("Listening on")
                    && ask("GET /", "", "Authorization: Bearer a-token-of-the-noise-test") == 200;
        });
        return run;
    }

    private int ask(String request, String body, String... headers) throws IOException {
        return Asked.of(
                        new Socket("127.0.0.1", port),
                        request,
                        Stream.concat(Stream.of("Host: x"), Stream.of(headers)).toList(),
                        body)
                .status();
    }

    private static long count(String log, String part) {
        return log.lines().filter(line -> line.contains(part)).count();
    }

    private static void assertQuiet(Run run) {
        run.stop();
        List<String> traces = run.log()
                .lines()
                .filter(line -> line.matches("\\s+at .*|Caused by: .*|[a-z]+(\\.[A-Za-z]+)+(Exception|Error)\\b.*"))
                .toList();
        assertEquals(List.of(), traces, run::log);
    }
}
