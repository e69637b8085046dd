package io.github.zoomtranscriber.assemblyai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.http.Answers;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.http.Seldom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AssemblyAI's call when a transcript has ended. It signs nothing: a secret header that is named in each request proves
 * the sender, and all that is believed is that a look is worth while. Thread-safe.
 */
public final class Webhook {

    static final String HEADER = "x-transcriber-secret";

    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALGORITHM = "HmacSHA256";

    private final String url;
    private final String secret;
    private final Seldom withoutSecret = new Seldom();
    private final Seldom otherType = new Seldom();

    /**
     * @param url where AssemblyAI reaches this program; empty where there is no webhook
     * @param apiKey the secret is derived from it, so that all nodes have the same, after a restart too
     */
    public Webhook(String url, String apiKey) {
        this.url = url;
        this.secret = url.isEmpty() ? "" : derived(apiKey);
        Clean.remember(secret);
    }

    private static String derived(String apiKey) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(apiKey.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal("webhook of a transcript".getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean isOn() {
        return !url.isEmpty();
    }

    /** Asks for the call, in a request for a transcript. */
    void addTo(ObjectNode request) {
        if (isOn()) {
            request.put("webhook_url", url)
                    .put("webhook_auth_header_name", HEADER)
                    .put("webhook_auth_header_value", secret);
        }
    }

    /**
     * What a call comes to.
     *
     * @param transcriptId null where nothing is worth a look
     */
    public record Call(int status, String answer, String transcriptId) {}

    /** @param body null if there is none */
    public Call read(@Body byte[] body, @Header(HEADER) String proof, @Header(Exchange.CONTENT_TYPE) String type) {
        if (!Answers.mayBeJson(type)) {
            otherType.log(
                    more -> LOG.info("AssemblyAI's webhook: rejected a call with a body that is not JSON{}", more));
            return new Call(415, "Not JSON", null);
        }
        if (proof == null
                || !MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8), proof.getBytes(StandardCharsets.UTF_8))) {
            withoutSecret.log(more -> LOG.warn("AssemblyAI's webhook: rejected a call without the secret{}", more));
            return new Call(401, "Not allowed", null);
        }
        JsonNode id;
        try {
            id = JSON.readTree(body == null ? new byte[0] : body).path("transcript_id");
        } catch (IOException e) {
            LOG.warn("AssemblyAI's webhook: rejected a call that is not JSON");
            return new Call(400, "Not JSON", null);
        }
        if (!id.isTextual() || id.asText().length() > 100) {
            LOG.info("AssemblyAI's webhook: ignored a call without a transcript_id");
            return new Call(200, "Not for us", null);
        }
        return new Call(200, "Thank you", id.asText());
    }
}
