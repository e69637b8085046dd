package io.github.zoomtranscriber.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.Patience;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.simulator.ExpectedRecording;
import io.github.zoomtranscriber.simulator.ExpectedRecording.Outcome;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import io.github.zoomtranscriber.zoom.Webhook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zoom's events, at the daemon with its shipped routes. No tick helps. */
class ZoomWebhookTest {

    private static final String HOST = "ada@example.com";

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Simulator simulator;
    private Daemon daemon;
    private Ledger ledger;
    private String url;

    @BeforeEach
    void play() throws Exception {
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)));
        daemon = new Rounds(folder, simulator)
                .withLogin("oauth")
                .with("server.port", "0")
                .with("zoom.webhook-secret", Simulator.ZOOM_WEBHOOK_SECRET)
                .with("zoom.topics.exclude", "Secret*")
                .daemon();
        daemon.start();
        ledger = daemon.bean("zoomLedger", Ledger.class);
        url = "http://127.0.0.1:" + daemon.serverPort() + "/webhooks/zoom";
        assertTrue(simulator.subscribe(url), "Zoom's challenge is met");
    }

    @AfterEach
    void end() {
        daemon.close();
        simulator.close();
    }

    @Test
    void aRecordingThatZoomTellsOfIsDelivered() {
        ExpectedRecording told = add("Weekly sync");

        awaitDelivered(told);
        assertEquals(
                "recording.completed",
                ledger.notes().find(Webhook.NOTE).orElseThrow().text());
    }

    @Test
    void whatIsToldTwiceIsChargedOnce() {
        simulator.change(faults -> faults.repeatedEventRate = 1);
        ExpectedRecording told = add("Weekly sync");
        awaitDelivered(told);

        simulator.sendEvent("recording.completed", told.recordingId());
        simulator.sendEvent("recording.transcript_completed", told.recordingId());
        ExpectedRecording next = add("Another");

        awaitDelivered(next);
        assertEquals(Map.of(State.DELIVERED, 2), ledger.statistics().counts());
        assertEquals(2, submissions());
    }

    @Test
    void eventsThatAreLostRepeatedOrLateLeaveEachRecordingDeliveredOnceTogetherWithATick() {
        simulator.change(faults -> {
            faults.lostEventRate = 0.3;
            faults.repeatedEventRate = 0.3;
            faults.lateEventRate = 0.3;
        });
        List<ExpectedRecording> told =
                IntStream.range(0, 20).mapToObj(i -> add("Meeting " + i)).toList();

        try (ProducerTemplate template = daemon.context().createProducerTemplate()) {
            template.sendBody("direct:discover", null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }

        told.forEach(this::awaitDelivered);
        assertTrue(
                simulator
                        .counters()
                        .faults()
                        .keySet()
                        .containsAll(List.of("lostEventRate", "repeatedEventRate", "lateEventRate")),
                simulator.counters()::toString);
        assertTrue(
                simulator.counters().charged().values().stream().allMatch(times -> times == 1),
                simulator.counters()::toString);
    }

    @Test
    void theFiltersHoldAsInAList() {
        add("Secret plans");
        ExpectedRecording next = add("Open day");

        awaitDelivered(next);
        assertEquals(1, submissions());
    }

    @Test
    void ofWhatSomebodyRecordedForHerselfAnEventChangesNothing() throws Exception {
        ExpectedRecording notes = simulator.recordings().stream()
                .filter(each -> each.outcome() == Outcome.PRIVATE)
                .findFirst()
                .orElseThrow();
        simulator.sendEvent("recording.completed", notes.recordingId());
        await().until(() -> simulator.counters().answers().getOrDefault("zoom-events 200", 0L) > 0);
        assertEquals(
                "200 Thank you",
                post(
                        event("bm90ZXM=", "https://zoom.us/rec/webhook_download/x")
                                .replace("\"id\":1,", "\"id\":1,\"type\":\"96\","),
                        now()));

        assertEquals(Map.of(), ledger.statistics().counts());
        awaitDelivered(add("Open day"));
        assertEquals(1, submissions());
    }

    @Test
    void anEventThatDoesNotSayThatItIsAboutMyNotesLeavesNothingToWaitFor() throws Exception {
        ExpectedRecording notes = simulator.recordings().stream()
                .filter(each -> each.outcome() == Outcome.PRIVATE)
                .findFirst()
                .orElseThrow();
        assertEquals(
                "200 Thank you", post(event(notes.meetingUuid(), "https://zoom.us/rec/webhook_download/x"), now()));

        await().until(() -> Map.of(State.SKIPPED, 1).equals(ledger.statistics().counts()));
        assertEquals(List.of(), simulator.submittedPrivately());
    }

    @Test
    void whatZoomsApiDoesNotKnowYetWaitsInTheLedger() throws Exception {
        assertEquals(
                "200 Thank you", post(event("bm90IHlldCBrbm93bg==", "https://zoom.us/rec/webhook_download/x"), now()));

        assertEquals(Map.of(State.PROCESSING, 1), ledger.statistics().counts());
        assertEquals(0, submissions());
    }

    @Test
    void anAddressOnAForeignHostIsNotEvenKept() throws Exception {
        post(event("Zm9yZWlnbg==", "http://127.0.0.1:1/steal?download_token=t0pSecretValue"), now());

        assertEquals(
                null,
                ledger.records().list(State.PROCESSING, 1).get(0).recording().downloadUrl());
        assertEquals(
                null,
                ledger.records()
                        .zoom(ledger.records().list(State.PROCESSING, 1).get(0).id()));
    }

    @Test
    void whatIsNotForUsIsAnsweredAllTheSame() throws Exception {
        assertEquals("200 Not for us", post("{\"event\":\"meeting.ended\",\"payload\":{\"object\":{}}}", now()));
        assertEquals("200 Not for us", post("{\"event\":\"recording.completed\"}", now()));
        assertEquals("200 Not for us", post("[1,2]", now()));
        assertEquals("400 Not JSON", post("{\"event\":", now()));
        assertEquals(Map.of(), ledger.statistics().counts());
    }

    @Test
    void anAttackChangesNothing() throws Exception {
        String good = event("YXR0YWNr", "https://zoom.us/rec/webhook_download/x");
        Instant then = ledger.notes().find(Webhook.NOTE).orElseThrow().updatedAt();
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Socket socket = new Socket("127.0.0.1", daemon.serverPort());
            socket.getOutputStream()
                    .write(("POST /webhooks/zoom HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            slow.add(socket);
        }

        assertEquals("401 Signature or timestamp is wrong", post(good, now(), "wrong-secret", "application/json"));
        assertEquals(
                "401 Signature or timestamp is wrong",
                post(good, now().minus(Duration.ofHours(2)), Simulator.ZOOM_WEBHOOK_SECRET, "application/json"));
        assertEquals(
                "401 Signature or timestamp is wrong",
                post(good, now().plus(Duration.ofHours(2)), Simulator.ZOOM_WEBHOOK_SECRET, "application/json"));
        assertEquals("400 Bad request", post("a=b", now(), "wrong-secret", "application/x-www-form-urlencoded"));
        assertEquals("413 Too large", post("x".repeat(10_000_000), now()));
        List<CompletableFuture<HttpResponse<String>>> flood = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            flood.add(client.sendAsync(
                    request(good, now(), "wrong-secret", "application/json"), BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> answer : flood) {
            int status = answer.handle((got, refused) -> got == null ? 503 : got.statusCode())
                    .join();
            assertTrue(status == 401 || status == 503, () -> "answered " + status);
        }

        assertEquals(Map.of(), ledger.statistics().counts());
        assertEquals(then, ledger.notes().find(Webhook.NOTE).orElseThrow().updatedAt());
        for (Socket socket : slow) {
            socket.close();
        }
        awaitDelivered(add("After the attack"));
    }

    private ExpectedRecording add(String topic) {
        return simulator.addMeeting(topic, simulator.recordings().get(0).host(), Duration.ofSeconds(60), false);
    }

    private void awaitDelivered(ExpectedRecording told) {
        await().until(() -> ledger.records()
                .find(told.recordingId())
                .filter(entry -> entry.state() == State.DELIVERED)
                .isPresent());
    }

    private int submissions() {
        return (int) ledger.records().list(State.DELIVERED, 100).stream()
                .mapToInt(entry -> entry.submissions())
                .sum();
    }

    private static Instant now() {
        return Instant.now();
    }

    private static String event(String uuid, String downloadUrl) {
        return """
                {"event":"recording.completed","event_ts":1,"download_token":"t0pSecretValue","payload":{"account_id":"a","object":{
                "uuid":"%s","id":1,"topic":"Grüße","host_email":"%s","duration":31,"start_time":"2026-01-12T09:00:04Z","recording_files":[
                {"id":"11111111-2222-4333-8444-555555555555","recording_start":"2026-01-12T09:00:10Z","file_type":"M4A","file_size":5,
                "download_url":"%s","status":"completed","recording_type":"audio_only"}]}}}"""
                .formatted(uuid, HOST, downloadUrl);
    }

    private String post(String body, Instant at) throws Exception {
        return post(body, at, Simulator.ZOOM_WEBHOOK_SECRET, "application/json");
    }

    private String post(String body, Instant at, String secret, String type) throws Exception {
        HttpResponse<String> answer = client.send(request(body, at, secret, type), BodyHandlers.ofString());
        assertFalse(answer.body().contains("xception"), answer.body());
        return answer.statusCode() + " " + answer.body();
    }

    private HttpRequest request(String body, Instant at, String secret, String type) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signed = "v0="
                + HexFormat.of()
                        .formatHex(mac.doFinal(
                                ("v0:" + at.getEpochSecond() + ":" + body).getBytes(StandardCharsets.UTF_8)));
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(Patience.LONG)
                .header("Content-Type", type)
                .header("x-zm-request-timestamp", Long.toString(at.getEpochSecond()))
                .header("x-zm-signature", signed)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}
