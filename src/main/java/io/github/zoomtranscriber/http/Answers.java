package io.github.zoomtranscriber.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Headers;

/** Tells answers from excuses and refusals. Error bodies may be JSON, text, HTML or nothing. */
public final class Answers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vendor vendor;
    private final Outages outages;
    private final Clock clock;

    public Answers(Vendor vendor, Outages outages, Clock clock) {
        this.vendor = vendor;
        this.outages = outages;
        this.clock = clock;
    }

    /** @param contentType a body's; null if that is not said */
    public static boolean mayBeJson(String contentType) {
        return contentType == null
                || contentType.strip().toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    /**
     * Lets a 2xx pass, unread.
     *
     * @throws Busy on 429 and 5xx
     * @throws Refusal on everything else
     */
    public void check(
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Headers Map<String, Object> headers,
            @Body InputStream answer)
            throws Busy, Refusal, IOException {
        quota(headers);
        if (status >= 200 && status <= 299) {
            outages.answered(vendor);
            outages.keyRefused(vendor, null);
            return;
        }
        String body = answer == null ? "" : new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        if (status == 429 || status == 408 || status >= 500) {
            Busy busy = new Busy(vendor, status, message(body), RetryAfter.of(headers, clock));
            if (!busy.isRefused()) {
                outages.failed(vendor, busy.getMessage());
            }
            throw busy;
        }
        outages.answered(vendor);
        Refusal refusal = new Refusal(vendor, status, json(body).path("code").asInt(0), message(body));
        if (status == 401 || refusal.getText().contains("invalid_client")) {
            outages.keyRefused(vendor, refusal.getMessage());
        }
        throw refusal;
    }

    /**
     * Lets a 2xx pass, and reads it.
     *
     * @return null where there is nothing to read, as after a deletion
     * @throws Busy on 429 and 5xx
     * @throws Refusal on everything else, also where Zoom says no inside a 200
     * @throws IOException if it is no JSON, which is worth another try
     */
    public JsonNode read(
            @Header(Exchange.HTTP_RESPONSE_CODE) int status, @Headers Map<String, Object> headers, @Body String answer)
            throws Busy, Refusal, IOException {
        check(
                status,
                headers,
                answer == null ? null : new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
        if (answer == null) {
            return null;
        }
        JsonNode json = JSON.readTree(answer);
        if (json.isMissingNode()) {
            throw new IOException(vendor + " answers " + status + " with nothing in it");
        }
        checkContent(json);
        return json;
    }

    /** Zoom's header, where it sends one (its documents of 2026). */
    private void quota(Map<String, Object> headers) {
        Object left = headers.get("X-RateLimit-Remaining");
        if (left != null && left.toString().matches("\\d{1,9}")) {
            outages.quota(vendor, Integer.parseInt(left.toString()));
        }
    }

    /** Zoom says no inside a 200 as well: {@code {"code":200,"message":"You do not have the right permissions."}}. */
    private void checkContent(JsonNode body) throws Refusal {
        if (body.hasNonNull("code") && body.hasNonNull("message")) {
            throw new Refusal(
                    vendor,
                    200,
                    body.path("code").asInt(0),
                    body.path("message").asText());
        }
    }

    private static String message(String body) {
        JsonNode json = json(body);
        for (String field : new String[] {"message", "reason", "error"}) {
            if (json.path(field).isTextual()) {
                String error = json.path("error").asText("");
                String text = json.path(field).asText();
                return error.isEmpty() || text.contains(error) ? text : text + " (" + error + ")";
            }
        }
        return body == null
                ? ""
                : body.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip();
    }

    private static JsonNode json(String body) {
        try {
            JsonNode json = body == null ? null : JSON.readTree(body);
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /**
     * Reads an answer.
     *
     * @param answer null where there was none
     * @return nothing but a {@link MissingNode} where it was empty
     * @throws IOException if it is no JSON: then it is as if the answer had been lost
     */
    public static JsonNode json(InputStream answer) throws IOException {
        return answer == null ? MissingNode.getInstance() : JSON.readTree(answer);
    }

    /** As {@link #required(Vendor, JsonNode, String)}, of an answer that was not read yet. */
    public static String required(Vendor vendor, InputStream answer, String field) throws IOException {
        return required(vendor, json(answer), field);
    }

    /**
     * What an answer must have.
     *
     * @param field of text
     * @return the text
     * @throws IOException if the field is not there, is empty, or is no text: then it is as if the answer had been lost
     */
    public static String required(Vendor vendor, JsonNode answer, String field) throws IOException {
        String text = answer.path(field).textValue();
        if (text == null || text.isBlank()) {
            throw new IOException(vendor + " answers without " + field);
        }
        return text.strip();
    }
}
