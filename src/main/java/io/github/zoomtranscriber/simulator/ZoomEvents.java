package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Zoom's webhooks: signed, answered within three seconds or sent again after 5, 25 and 85 minutes, sometimes twice with
 * other addresses, sometimes never (Zoom's documents of 2026 and users' reports).
 */
final class ZoomEvents implements AutoCloseable {

    private static final Duration LATE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** From one try to the next. */
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMinutes(5), Duration.ofMinutes(20), Duration.ofMinutes(60));

    private final World world;
    private final ZoomTokens tokens;
    private final ZoomJson json;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(PATIENCE)
            .build();
    private final ScheduledExecutorService senders = Executors.newScheduledThreadPool(8, task -> {
        Thread thread = new Thread(task, "simulator-events");
        thread.setDaemon(true);
        return thread;
    });
    private volatile String target = "";

    ZoomEvents(World world, ZoomTokens tokens, ZoomJson json) {
        this.world = world;
        this.tokens = tokens;
        this.json = json;
    }

    /**
     * Sends events there from now on, after a challenge as Zoom makes it.
     *
     * @param url empty: no events
     * @return whether the challenge was met; if not, nothing is sent there
     */
    boolean subscribe(String url) {
        target = url.isEmpty() || meetsChallenge(url) ? url : "";
        return target.equals(url);
    }

    private boolean meetsChallenge(String url) {
        String plain = Seeds.letters(22, world.settings().seed(), url + world.now());
        ObjectNode event = Json.object()
                .put("event", "endpoint.url_validation")
                .put("event_ts", world.now().toEpochMilli());
        event.putObject("payload").put("plainToken", plain);
        try {
            HttpResponse<String> answer = post(url, event.toString(), false);
            JsonNode body = Json.MAPPER.readTree(answer.body());
            return answer.statusCode() == 200
                    && body.path("plainToken").asText().equals(plain)
                    && body.path("encryptedToken").asText().equals(hmac(plain));
        } catch (JsonProcessingException noJson) {
            return false;
        } catch (IOException unreachable) {
            return false;
        }
    }

    /** Zoom is done with a meeting: says so, as the faults will have it. */
    void completed(Meeting meeting) {
        Faults faults = world.faults();
        if (target.isEmpty() || world.strikes("lostEventRate", meeting.uuid(), faults.lostEventRate)) {
            return;
        }
        send("recording.completed", meeting);
        if (world.strikes("repeatedEventRate", meeting.uuid(), faults.repeatedEventRate)) {
            send("recording.completed", meeting);
        }
    }

    /** Sends an event, whatever the faults say about losses. */
    void send(String event, Meeting meeting) {
        String body = body(event, meeting).toString();
        boolean wrongSignature = world.strikes("wrongSignatureRate", meeting.uuid(), world.faults().wrongSignatureRate);
        long late = world.strikes("lateEventRate", meeting.uuid(), world.faults().lateEventRate) ? LATE.toMillis() : 0;
        senders.schedule(() -> attempt(event, body, wrongSignature, 0), late, TimeUnit.MILLISECONDS);
    }

    private void attempt(String event, String body, boolean wrongSignature, int failures) {
        world.counters().called("zoom-events", event);
        try {
            int status = post(target, body, wrongSignature).statusCode();
            world.counters().answered("zoom-events", status);
            if (status == 200 || status == 204) {
                return;
            }
        } catch (IOException | IllegalArgumentException unreachable) {
            world.counters().answered("zoom-events", 0);
        }
        if (failures < PAUSES.size()) {
            long wait = Math.round(PAUSES.get(failures).toMillis() / Math.max(0.001, world.faults().eventRetrySpeed));
            senders.schedule(() -> attempt(event, body, wrongSignature, failures + 1), wait, TimeUnit.MILLISECONDS);
        }
    }

    private HttpResponse<String> post(String url, String body, boolean wrongSignature) throws IOException {
        String time = Long.toString(world.now().getEpochSecond());
        String signature = "v0=" + hmac((wrongSignature ? "v0:0:" : "v0:" + time + ":") + body);
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "Zoom Marketplace/1.0a")
                .header("x-zm-request-timestamp", time)
                .header("x-zm-signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException(stopping);
        }
    }

    private static String hmac(String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Simulator.ZOOM_WEBHOOK_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Addresses and token are made anew for each event; Zoom's own transcript has an event of its own. */
    private ObjectNode body(String event, Meeting meeting) {
        boolean ofTranscript = event.equals("recording.transcript_completed");
        List<RecordingFile> files = meeting.presentFiles().stream()
                .filter(file -> !file.processing() && file.type().equals("TRANSCRIPT") == ofTranscript)
                .toList();
        ObjectNode body = Json.object()
                .put("event", event)
                .put("event_ts", world.now().toEpochMilli())
                .put("download_token", tokens.downloadToken(meeting, world.faults().eventTokenLife));
        body.putObject("payload")
                .put("account_id", Simulator.ZOOM_ACCOUNT_ID)
                .set("object", json.eventMeeting(meeting, files));
        return body;
    }

    @Override
    public void close() {
        senders.shutdownNow();
    }
}
