package io.github.zoomtranscriber.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.PgBouncer;
import io.github.zoomtranscriber.ledger.Postgres;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is said about the program while its ledger's database is away, however it is away. Nobody who asks waits longer
 * than Prometheus does, which is not even a third of what the ledger's pool waits for the database.
 */
class LedgerAwayTest {

    private static final Duration SCRAPE = Duration.ofSeconds(10);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Simulator simulator;
    private static Postgres postgres;
    private static Rounds rounds;

    private Daemon daemon;

    @BeforeAll
    static void play() throws Exception {
        postgres = new Postgres(Files.createDirectory(folder.resolve("postgres")));
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)));
        rounds = new Rounds(folder, simulator)
                .withLogin("oauth")
                .with("zoom.lookback-days", "60")
                .with("ledger.url", postgres.url())
                .with("ledger.username", Postgres.USER);
        rounds.run();
        rounds.with("server.port", "0").with("resume.every", "1h");
    }

    @AfterAll
    static void end() {
        simulator.close();
        postgres.close();
    }

    @Test
    void aServerThatRefuses() throws Exception {
        try (Relay relay = new Relay(postgres.ownPort())) {
            tell("jdbc:postgresql://localhost:" + relay.port() + "/postgres", relay::refuse, relay::listen);
        }
    }

    @Test
    void aServerThatTakesConnectionsAndNeverAnswers() throws Exception {
        try (Relay relay = new Relay(postgres.ownPort())) {
            tell("jdbc:postgresql://localhost:" + relay.port() + "/postgres", relay::fallSilent, relay::speakAgain);
        }
    }

    @Test
    void aServerThatIsFrozen() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "there is no kill on this machine");
        try {
            tell(postgres.url(), postgres::freeze, postgres::thaw);
        } finally {
            postgres.thaw();
        }
    }

    @Test
    void aPoolerWhoseServerIsAway(@TempDir Path pooler) throws Exception {
        assumeTrue(PgBouncer.isInstalled(), "there is no pgbouncer on this machine");
        try (PgBouncer bouncer = new PgBouncer(pooler, postgres.ownPort())) {
            tell(bouncer.url(postgres.url()), postgres::stop, postgres::start);
        }
    }

    /** As by statements that all wait for one lock. */
    @Test
    void aPoolOfWhichEveryConnectionIsTaken() throws Exception {
        try (Connection connection = DriverManager.getConnection(postgres.url(), Postgres.USER, "");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            tell(
                    postgres.url(),
                    () -> {
                        statement.execute("LOCK TABLE zoom_transcriber_recording IN ACCESS EXCLUSIVE MODE");
                        Ledger ledger = daemon.bean("zoomLedger", Ledger.class);
                        IntStream.range(0, 10)
                                .forEach(i -> CompletableFuture.runAsync(
                                        () -> ledger.statistics().counts(), task -> new Thread(task).start()));
                    },
                    connection::rollback);
        }
    }

    private interface Step {
        void take() throws Exception;
    }

    private void tell(String url, Step away, Step back) throws Exception {
        daemon = rounds.with("ledger.url", url).daemon();
        try {
            daemon.start();
            awaitAnswers();
            String before = metrics();

            away.take();
            try {
                await().until(() -> get("/observe/health/ready").statusCode() == 503);
                whoeverAsksIsAnswered();
                readinessSaysWhy();
                theMetricsSayWhatIsKnown(before);
                thePageSaysSo();
            } finally {
                back.take();
            }

            awaitAnswers();
            await().until(() -> get("/api/status").statusCode() == 200);
        } finally {
            daemon.close();
        }
    }

    private void awaitAnswers() {
        await().until(() -> get("/observe/health/ready").statusCode() == 200);
        await().until(() -> {
            String metrics = metrics();
            return metrics.contains("zoom_transcriber_ledger_up 1") && metrics.contains("zoom_transcriber_recordings{");
        });
    }

    private void whoeverAsksIsAnswered() throws Exception {
        List<String> asked = List.of(
                "/observe/health", "/observe/health/ready", "/observe/metrics", "/api/status", "/api/recordings");
        List<CompletableFuture<HttpResponse<String>>> many = IntStream.range(0, 200)
                .mapToObj(i -> HTTP.sendAsync(request(asked.get(i % asked.size())), BodyHandlers.ofString()))
                .toList();
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> live = get("/observe/health/live");
            assertEquals(200, live.statusCode());
            assertEquals("UP", JSON.readTree(live.body()).path("status").asText());
        }
        for (CompletableFuture<HttpResponse<String>> one : many) {
            HttpResponse<String> answer = one.get();
            assertEquals(answer.uri().getPath().equals("/observe/metrics") ? 200 : 503, answer.statusCode());
        }
    }

    private void readinessSaysWhy() throws Exception {
        for (String path : List.of("/observe/health", "/observe/health/ready")) {
            HttpResponse<String> answer = get(path);
            JsonNode said = JSON.readTree(answer.body());
            assertEquals(503, answer.statusCode());
            assertEquals("DOWN", said.path("status").asText());
            assertEquals("ledger", said.at("/checks/0/name").asText(), answer::body);
            assertTrue(said.at("/checks/0/message").asText().startsWith("The ledger's database "), answer::body);
        }
    }

    /** What is counted stays, and how things stand is not made up. */
    private void theMetricsSayWhatIsKnown(String before) throws Exception {
        String now = metrics();
        assertTrue(now.contains("zoom_transcriber_ledger_up 0"), now);
        for (String counter : List.of("found_total", "delivered_total", "audio_seconds_total")) {
            assertEquals(line(before, counter), line(now, counter));
        }
        for (String gauge : List.of("recordings", "failed", "in_flight", "oldest_unfinished", "lag", "paused")) {
            assertFalse(now.contains("zoom_transcriber_" + gauge), now);
        }
        assertTrue(now.contains("camel_exchanges_total"), now);
    }

    private static String line(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith("zoom_transcriber_" + name + " "))
                .findFirst()
                .orElseThrow();
    }

    private void thePageSaysSo() throws Exception {
        assertEquals(200, get("/").statusCode());
        for (String path : List.of("/api/status", "/api/recordings", "/api/recording?id=x", "/file?id=x&name=y")) {
            HttpResponse<String> answer = get(path);
            assertEquals(503, answer.statusCode(), path);
            assertEquals("The ledger does not answer. /observe/health says why", answer.body());
        }
    }

    private String metrics() throws Exception {
        HttpResponse<String> answer = get("/observe/metrics");
        assertEquals(200, answer.statusCode());
        return answer.body();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(request(path), BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.serverPort() + path))
                .timeout(SCRAPE)
                .build();
    }
}
