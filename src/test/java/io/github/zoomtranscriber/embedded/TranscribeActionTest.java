package io.github.zoomtranscriber.embedded;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code assemblyai-transcribe-action}, without the Kamelet around it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TranscribeActionTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final DefaultCamelContext estate = new DefaultCamelContext();
    private final Transcription transcription = new Transcription();
    private Simulator simulator;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)));
        estate.start();
        transcription.setCamelContext(estate);
        transcription.setApiKey(Simulator.ASSEMBLYAI_KEY);
        transcription.setApiUrl(simulator.assemblyaiApiUrl());
        transcription.setFirstDelay("50ms");
        transcription.setLongestDelay("200ms");
        transcription.setListLag("500ms");
        transcription.setRetryDelay("20ms");
        transcription.start();
    }

    @AfterEach
    void stop() throws IOException {
        transcription.stop();
        estate.close();
        simulator.close();
    }

    private HttpResponse<String> get(String url, String authorization, String method)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Authorization", authorization)
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    /** The signed address of a recording's sound. */
    private String address() throws IOException, InterruptedException {
        String login = Simulator.ZOOM_CLIENT_ID + ":" + Simulator.ZOOM_CLIENT_SECRET;
        String token = "Bearer "
                + JSON.readTree(get(
                                        simulator.zoomOauthUrl() + "?grant_type=account_credentials&account_id="
                                                + Simulator.ZOOM_ACCOUNT_ID,
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(login.getBytes(StandardCharsets.UTF_8)),
                                        "POST")
                                .body())
                        .get("access_token")
                        .asText();
        String uuid = simulator.recordings().stream()
                .filter(each -> each.topic().equals("CON"))
                .findFirst()
                .orElseThrow()
                .meetingUuid();
        JsonNode meeting = JSON.readTree(get(
                        simulator.zoomApiUrl() + "/meetings/" + URLEncoder.encode(uuid, StandardCharsets.UTF_8)
                                + "/recordings",
                        token,
                        "GET")
                .body());
        return get(meeting.at("/recording_files/0/download_url").asText(), token, "GET")
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private CompletableFuture<Exchange> transcribe(String address) {
        Exchange exchange = new DefaultExchange(estate);
        exchange.getMessage().setBody(address);
        CompletableFuture<Exchange> done = new CompletableFuture<>();
        transcription.process(exchange, synchronously -> done.complete(exchange));
        return done;
    }

    private void paidOnce(CompletableFuture<Exchange> done) throws Exception {
        Exchange exchange = done.get();
        assertNull(exchange.getException());
        assertEquals(
                "completed",
                JSON.readTree(exchange.getMessage().getBody(String.class))
                        .get("status")
                        .asText());
        assertEquals(
                1,
                simulator.counters().submissions().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":\"\"}", "[]", "", "<html><body>Sign in to the network</body></html>"})
    void aSubmissionThatIsAnsweredWithoutAnIdIsFoundInAssemblyAisList(String answer) throws Exception {
        simulator.change(faults -> {
            faults.lostPostAnswerRate = 1;
            faults.lostPostAnswer = "hollow";
            faults.hollowAnswer = answer;
        });

        paidOnce(transcribe(address()));
    }

    @Test
    void aListThatIsNoneIsAskedForAgain() throws Exception {
        simulator.change(faults -> {
            faults.lostPostAnswerRate = 1;
            faults.lostPostAnswer = "drop";
            faults.hollowAnswer = "{\"transcripts\":null}";
        });
        String address = address();

        CompletableFuture<Exchange> done = transcribe(address);
        await().until(() -> !simulator.counters().submissions().isEmpty());
        simulator.change(faults -> faults.hollowAnswerRate = 1);
        await().until(() -> done.isDone() || simulator.counters().faults().getOrDefault("hollowAnswerRate", 0L) > 3);
        simulator.change(faults -> faults.hollowAnswerRate = 0);

        paidOnce(done);
    }

    /** First the submission, then the list in which it is looked for. */
    @Test
    void aCallThatKeepsFailingFailsForWhoeverWaitsAfterSoManyTries() throws Exception {
        transcription.stop();
        transcription.setAttempts("2");
        transcription.start();
        simulator.change(faults -> faults.requestLimit = 0);

        Exchange exchange = transcribe("http://127.0.0.1:1/a").get();

        assertEquals(
                "AssemblyAI answers 429 Too Many Requests",
                exchange.getException().getMessage());
        assertEquals(Map.of("assemblyai 429", 6L), simulator.counters().answers());
    }
}
