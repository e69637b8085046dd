package io.github.zoomtranscriber.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.http.Answers;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.http.Seldom;
import io.github.zoomtranscriber.ledger.Ledger;
import java.io.IOException;
import java.time.Clock;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Zoom's events. Who has signed one may say that a meeting has been recorded, and no more: what there is to transcribe,
 * and where, Zoom's API is asked for. So neither an address nor a token out of an event is ever used or kept.
 * Thread-safe.
 */
public final class Webhook {

    /** The ledger's note on the last event. */
    public static final String NOTE = "zoom webhook";

    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String secret;
    private final String ours;
    private final Ledger ledger;
    private final Clock clock;
    private final Seldom unsigned = new Seldom();
    private final Seldom otherType = new Seldom();

    /**
     * @param secret the app's secret token; empty where there is no webhook
     * @param ledger is told when the last event came
     */
    public Webhook(String secret, boolean videoSdk, Ledger ledger, Clock clock) {
        this.secret = secret;
        this.ours = videoSdk ? "session.recording_completed" : "recording.completed";
        this.ledger = ledger;
        this.clock = clock;
    }

    public boolean isOn() {
        return !secret.isEmpty();
    }

    /**
     * What an event comes to.
     *
     * @param status the answer's
     * @param answer a short fixed text, or what Zoom's challenge asks for
     * @param meeting what has been recorded; null where there is nothing to do
     */
    public record Event(int status, String answer, JsonNode meeting) {}

    /** @param body the bytes as they came, on which the signature stands; null if there are none */
    public Event read(
            @Body byte[] body,
            @Header("x-zm-request-timestamp") String timestamp,
            @Header("x-zm-signature") String signature,
            @Header(Exchange.CONTENT_TYPE) String type) {
        if (!Answers.mayBeJson(type)) {
            otherType.log(more -> LOG.info("Zoom's webhook: rejected a call with a body that is not JSON{}", more));
            return new Event(415, "Not JSON", null);
        }
        Signature own = new Signature(secret);
        if (body == null || !own.fits(timestamp, signature, body, clock.instant())) {
            unsigned.log(more -> LOG.warn("Zoom's webhook: rejected a call without a valid signature{}", more));
            return new Event(401, "Signature or timestamp is wrong", null);
        }
        JsonNode event;
        try {
            event = JSON.readTree(body);
        } catch (IOException e) {
            LOG.warn("Zoom's webhook: rejected a signed call that is not JSON");
            return new Event(400, "Not JSON", null);
        }
        String name = Clean.text(event.path("event").asText());
        ledger.notes().put(NOTE, name);
        if (name.equals("endpoint.url_validation")) {
            String token = event.path("payload").path("plainToken").asText();
            LOG.info("Zoom's webhook: answered Zoom's validation request");
            return new Event(
                    200,
                    JSON.createObjectNode()
                            .put("plainToken", token)
                            .put("encryptedToken", own.answer(token))
                            .toString(),
                    null);
        }
        JsonNode meeting = event.path("payload").path("object");
        if (!name.equals(ours) || !meeting.isObject()) {
            LOG.info("Zoom's webhook: ignored event {}", name);
            return new Event(200, "Not for us", null);
        }
        return new Event(200, "Thank you", meeting);
    }
}
