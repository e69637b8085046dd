package io.github.zoomtranscriber.assemblyai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.http.Answers;
import io.github.zoomtranscriber.http.Vendor;
import io.github.zoomtranscriber.work.Work;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.Body;
import org.apache.camel.Message;
import org.apache.camel.Variable;

/** What is sent to AssemblyAI. */
public final class Requests {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String apiKey;
    private final ObjectNode options;
    private final Webhook webhook;

    /** @param options a JSON object that goes into every request as it is */
    public Requests(String apiKey, String options, Webhook webhook) {
        this.webhook = webhook;
        this.apiKey = apiKey;
        try {
            this.options = (ObjectNode) JSON.readTree(options);
        } catch (JsonProcessingException | ClassCastException e) {
            throw new IllegalArgumentException("assemblyai.options is not a JSON object: " + options, e);
        }
    }

    /** Puts the key into the {@code Authorization} header, bare, as AssemblyAI wants it. */
    public void authorize(Message message) {
        message.setHeader("Authorization", apiKey);
    }

    /**
     * @return the body of {@code POST /v2/transcript}: all options but those that AssemblyAI refused for this recording
     *     before
     */
    public String transcript(@Variable(Work.VARIABLE) Work work) {
        ObjectNode request = options.deepCopy();
        for (String option : work.entry().leftOut().split(",")) {
            request.remove(option);
        }
        webhook.addTo(request);
        return request.put("audio_url", work.audioUrl()).toString();
    }

    /**
     * Adds the {@code upload_url} of an answer to {@code POST /v2/upload}, as what AssemblyAI is to fetch.
     *
     * @throws IOException if it has none: the upload is made again
     */
    public Work uploaded(@Variable(Work.VARIABLE) Work work, @Body InputStream answer) throws IOException {
        return work.withAudioUrl(Answers.required(Vendor.ASSEMBLYAI, answer, "upload_url"));
    }

    /** Whether the options, as they are, ask for this. */
    boolean has(String option) {
        JsonNode value = options.path(option);
        return !value.isMissingNode() && !value.isNull() && !(value.isBoolean() && !value.asBoolean());
    }
}
