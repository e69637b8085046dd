package io.github.zoomtranscriber.simulator;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhooksTest {

    private record Call(JsonNode body, boolean signed, String header) {}

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private Simulator simulator;
    private Caller caller;
    private HttpServer receiver;
    private String url;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ZERO));
        caller = new Caller(simulator);
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            JsonNode json = Json.MAPPER.readTree(body);
            String time = exchange.getRequestHeaders().getFirst("x-zm-request-timestamp");
            String expected = "v0=" + hmac("v0:" + time + ":" + new String(body, StandardCharsets.UTF_8));
            byte[] answer = new byte[0];
            if (json.path("event").asText().equals("endpoint.url_validation")) {
                String plain = json.at("/payload/plainToken").asText();
                answer = Json.bytes(Json.object().put("plainToken", plain).put("encryptedToken", hmac(plain)));
            } else {
                calls.add(new Call(
                        json,
                        expected.equals(exchange.getRequestHeaders().getFirst("x-zm-signature")),
                        exchange.getRequestHeaders().getFirst("X-Hook")));
            }
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        receiver.start();
        url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    }

    @AfterEach
    void stop() {
        simulator.close();
        receiver.stop(0);
    }

    private static String hmac(String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Simulator.ZOOM_WEBHOOK_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private ExpectedRecording add(String topic) {
        return simulator.addMeeting(topic, "ada.nowak@simulator.example", Duration.ofSeconds(20), false);
    }

    @Test
    void aMeetingThatIsDoneIsAnnouncedWithASignatureOverItsBytes() {
        assertTrue(simulator.subscribe(url));
        ExpectedRecording added = add("Größe ✓");
        await().until(() -> calls.size() == 1);
        JsonNode event = calls.get(0).body();
        assertTrue(calls.get(0).signed());
        assertEquals("recording.completed", event.get("event").asText());
        assertEquals(added.meetingUuid(), event.at("/payload/object/uuid").asText());
        assertTrue(event.at("/payload/object/type").isInt());
        String download =
                event.at("/payload/object/recording_files/0/download_url").asText();
        assertTrue(download.contains("/rec/webhook_download/"));
        assertEquals(
                302,
                caller.send(Caller.at(download)
                                .header(
                                        "Authorization",
                                        "Bearer " + event.get("download_token").asText()))
                        .status());
    }

    @Test
    void aReceiverThatDoesNotMeetTheChallengeGetsNothing() {
        status = 500;
        assertFalse(simulator.subscribe(url));
        status = 200;
        add("Unheard");
        assertTrue(simulator.subscribe(url));
        add("Heard");
        await().until(() -> calls.size() == 1);
        assertEquals("Heard", calls.get(0).body().at("/payload/object/topic").asText());
    }

    @Test
    void anEventIsSentAgainUntilItIsTaken() {
        simulator.subscribe(url);
        simulator.change(faults -> faults.eventRetrySpeed = 60_000);
        status = 503;
        add("Stubborn");
        await().until(() -> calls.size() == 4);
        assertEquals(4, simulator.counters().answers().get("zoom-events 503"));
    }

    @Test
    void anEventCanComeTwiceWithOtherAddressesBeForgedOrGetLost() {
        simulator.subscribe(url);
        simulator.change(faults -> faults.repeatedEventRate = 1);
        add("Twice");
        await().until(() -> calls.size() == 2);
        assertNotEquals(
                calls.get(0).body().at("/payload/object/recording_files/0/download_url"),
                calls.get(1).body().at("/payload/object/recording_files/0/download_url"));
        simulator.change(faults -> {
            faults.repeatedEventRate = 0;
            faults.wrongSignatureRate = 1;
        });
        add("Forged");
        await().until(() -> calls.size() == 3);
        assertFalse(calls.get(2).signed());
        simulator.change(faults -> faults.lostEventRate = 1);
        ExpectedRecording lost = add("Lost");
        simulator.sendEvent("recording.trashed", lost.recordingId());
        await().until(() -> calls.size() == 4);
        assertEquals("recording.trashed", calls.get(3).body().get("event").asText());
    }

    @Test
    void assemblyAiCallsWithTheHeaderThatWasAskedFor() {
        String id = submit();
        await().until(() -> calls.size() == 1);
        assertEquals(
                "{\"transcript_id\":\"" + id + "\",\"status\":\"error\"}",
                calls.get(0).body().toString());
        assertEquals("s3cret", calls.get(0).header());
        await().until(() -> caller.assemblyAi("GET", "/v2/transcript/" + id, null)
                        .json()
                        .get("webhook_status_code")
                        .asInt()
                == 200);
    }

    private String submit() {
        return caller.submit(
                        "http://127.0.0.1:1/x",
                        ",\"webhook_url\":\"" + url
                                + "\",\"webhook_auth_header_name\":\"X-Hook\",\"webhook_auth_header_value\":\"s3cret\"")
                .json()
                .get("id")
                .asText();
    }

    @Test
    void assemblyAiTriesTenTimesButA404EndsIt() {
        simulator.change(faults -> faults.transcriptCallPause = Duration.ofMillis(1));
        status = 500;
        submit();
        await().until(() -> calls.size() == 10);
        status = 404;
        submit();
        await().until(() -> simulator.counters().answers().containsKey("assemblyai-calls 404"));
        assertEquals(11, calls.size());
    }

    @Test
    void assemblyAisCallCanComeTwiceOrBeforeTheAnswerSaysSo() {
        simulator.change(faults -> faults.transcriptCalls = "twice");
        submit();
        await().until(() -> calls.size() == 2);
        simulator.change(faults -> faults.transcriptCalls = "early");
        String id = submit();
        await().until(() -> calls.size() == 3);
        caller.untilDone(id);
        simulator.change(faults -> faults.transcriptCalls = "never");
        caller.untilDone(submit());
        assertEquals(3, calls.size());
    }
}
