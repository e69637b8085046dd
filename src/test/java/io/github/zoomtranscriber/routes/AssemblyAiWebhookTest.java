package io.github.zoomtranscriber.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both services tell by themselves, through a proxy as in real life; asking alone would take minutes. */
class AssemblyAiWebhookTest {

    private static final int MEETINGS = 20;

    @TempDir
    Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Simulator simulator;
    private HttpServer proxy;
    private Daemon daemon;
    private Ledger ledger;

    @BeforeEach
    void play() throws Exception {
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(300)));
        proxy = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        proxy.setExecutor(Executors.newFixedThreadPool(8));
        proxy.createContext("/", this::forward);
        proxy.start();
    }

    @AfterEach
    void end() {
        daemon.close();
        proxy.stop(0);
        simulator.close();
    }

    @Test
    void aTranscriptIsFetchedWhenAssemblyAiCalls() throws Exception {
        start("5m");

        addAll();

        awaitAll();
        assertAtMostTwoPolls();
    }

    @Test
    void callsThatComeTwiceOrTooEarlyAndEventsThatComeTwiceChangeNothing() throws Exception {
        simulator.change(faults -> {
            faults.transcriptCalls = "twice";
            faults.repeatedEventRate = 1;
        });
        start("5m");

        addAll();

        awaitAll();
        assertAtMostTwoPolls();
    }

    @Test
    void aCallBeforeTheTranscriptIsReadyIsFollowedByLooksThatComeSoon() throws Exception {
        simulator.change(faults -> faults.transcriptCalls = "early");
        start("5m");

        addAll();

        awaitAll();
    }

    @Test
    void aCallThatNeverComesCostsTimeAndNoTranscript() throws Exception {
        simulator.change(faults -> faults.transcriptCalls = "never");
        start("1s");

        addAll();

        awaitAll();
        assertAtMostTwoPolls();
    }

    @Test
    void aCallWithoutTheSecretIsRefusedAndWakesNobody() throws Exception {
        simulator.change(faults -> faults.transcriptCalls = "never");
        start("5m");
        simulator.addMeeting("Weekly sync", host(), Duration.ofSeconds(60), false);
        await().until(() -> ledger.statistics().counts().containsKey(State.TRANSCRIBING));
        String id = ledger.records().list(State.TRANSCRIBING, 1).get(0).transcriptId();

        HttpRequest call = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + daemon.serverPort() + "/webhooks/assemblyai"))
                .header("x-transcriber-secret", "guessed")
                .POST(HttpRequest.BodyPublishers.ofString("{\"transcript_id\":\"" + id + "\"}"))
                .build();
        HttpResponse<String> answer = client.send(call, BodyHandlers.ofString());

        assertEquals("401 Not allowed", answer.statusCode() + " " + answer.body());
        assertEquals(Map.of(State.TRANSCRIBING, 1), ledger.statistics().counts());
    }

    private void start(String longestDelay) throws Exception {
        String address = "http://127.0.0.1:" + proxy.getAddress().getPort();
        daemon = new Rounds(folder, simulator)
                .withLogin("oauth")
                .with("server.port", "0")
                .with("transcribe.longest-delay", longestDelay)
                .with("zoom.webhook-secret", Simulator.ZOOM_WEBHOOK_SECRET)
                .with("assemblyai.webhook-url", address + "/webhooks/assemblyai")
                .daemon();
        daemon.start();
        ledger = daemon.bean("zoomLedger", Ledger.class);
        assertTrue(simulator.subscribe(address + "/webhooks/zoom"), "Zoom's challenge is met");
    }

    private void addAll() {
        for (int i = 0; i < MEETINGS; i++) {
            simulator.addMeeting("Meeting " + i, host(), Duration.ofSeconds(60), false);
        }
    }

    private void awaitAll() {
        await().until(() -> ledger.statistics().counts().equals(Map.of(State.DELIVERED, MEETINGS)));
        assertEquals(
                MEETINGS,
                ledger.records().list(State.DELIVERED, 100).stream()
                        .mapToInt(entry -> entry.submissions())
                        .sum(),
                "each charged once");
    }

    private void assertAtMostTwoPolls() {
        assertEquals(MEETINGS, simulator.counters().polls().size());
        simulator
                .counters()
                .polls()
                .forEach((id, count) -> assertTrue(count <= 2, () -> id + " was looked at " + count + " times"));
    }

    private String host() {
        return simulator.recordings().get(0).host();
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + daemon.serverPort() + exchange.getRequestURI()))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(
                            exchange.getRequestBody().readAllBytes()));
            for (String name :
                    List.of("Content-Type", "x-zm-request-timestamp", "x-zm-signature", "x-transcriber-secret")) {
                exchange.getRequestHeaders()
                        .getOrDefault(name, List.of())
                        .forEach(value -> request.header(name, value));
            }
            HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
