package io.github.zoomtranscriber.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;

/** Builds the kept JSON of a recording: a short meeting in Berlin, in which nobody says a word until told to. */
final class Documents {

    static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode document = JSON.createObjectNode();
    final ObjectNode zoom = document.putObject("zoom");
    final ObjectNode file = JSON.createObjectNode();
    final ObjectNode assemblyai = document.putObject("assemblyai");
    private StringBuilder text = new StringBuilder();

    Documents() {
        zoom.put("uuid", "4aBcDeFgHiJkLmNoPqRsTu==")
                .put("id", 81234567890L)
                .put("topic", "Weekly sync")
                .put("host_email", "ada@example.com")
                .put("timezone", "Europe/Berlin")
                .put("start_time", "2026-11-24T08:00:04Z")
                .put("share_url", "https://zoom.example/rec/share/a.b");
        file.put("id", "11111111-2222-4333-8444-555555555555")
                .put("recording_type", "audio_only")
                .put("recording_start", "2026-11-24T08:00:10Z");
        zoom.set("recording_file", file);
        assemblyai
                .put("id", "1f6f2f0e-6a57-4b52-8c3e-2b0f3a9d7c10")
                .put("status", "completed")
                .put("language_code", "en_us")
                .put("audio_duration", 60)
                .put("speaker_labels", true)
                .put("text", "")
                .putNull("words")
                .putNull("utterances");
    }

    Documents topic(String topic) {
        zoom.put("topic", topic);
        return this;
    }

    Documents id(String id) {
        file.put("id", id);
        return this;
    }

    Documents start(String instant) {
        file.put("recording_start", instant);
        return this;
    }

    /** One utterance, its words evenly spread over the time. */
    Documents says(String speaker, long start, long end, String text) {
        ObjectNode utterance = array("utterances")
                .addObject()
                .put("speaker", speaker)
                .put("start", start)
                .put("end", end)
                .put("text", text);
        ArrayNode words = utterance.putArray("words");
        String[] parts = text.isBlank() ? new String[0] : text.strip().split("\\s+");
        for (int i = 0; i < parts.length; i++) {
            ObjectNode word = JSON.createObjectNode()
                    .put("text", parts[i])
                    .put("start", start + (end - start) * i / parts.length)
                    .put("end", start + (end - start) * (i + 1) / parts.length)
                    .put("speaker", speaker);
            words.add(word);
            array("words").add(word);
        }
        this.text.append(this.text.length() == 0 ? "" : " ").append(text);
        assemblyai.put("text", this.text.toString());
        return this;
    }

    private ArrayNode array(String name) {
        return assemblyai.path(name).isArray() ? (ArrayNode) assemblyai.get(name) : assemblyai.putArray(name);
    }

    /** An entry of Zoom's timeline. */
    Documents heard(String time, String... names) {
        ArrayNode users = entry(time);
        for (String name : names) {
            users.addObject().put("username", name).put("zoom_userid", "").put("multiple_people", false);
        }
        return this;
    }

    Documents heardSeveralAt(String time, String device) {
        entry(time).addObject().put("username", device).put("multiple_people", true);
        return this;
    }

    ArrayNode entry(String time) {
        ArrayNode timeline = zoom.has("timeline")
                ? (ArrayNode) zoom.path("timeline").path("timeline")
                : zoom.putObject("timeline").putArray("timeline");
        return timeline.addObject().put("ts", time).putArray("users");
    }

    Documents chat(String file) {
        zoom.put("chat", file);
        return this;
    }

    Documents chapter(long start, String headline, String summary) {
        array("chapters")
                .addObject()
                .put("start", start)
                .put("headline", headline)
                .put("summary", summary);
        return this;
    }

    JsonNode build() {
        return document;
    }

    Transcript read() {
        return read(document, SpeakerNames.Mode.TIMELINE);
    }

    static Transcript read(JsonNode document, SpeakerNames.Mode mode) {
        try {
            return Transcript.read(() -> new StringReader(document.toString()), mode);
        } catch (IOException e) {
            throw new AssertionError("a string can be read", e);
        }
    }

    static String write(Format format, Transcript transcript) {
        try {
            StringBuilder out = new StringBuilder();
            format.write(transcript, out);
            return out.toString();
        } catch (IOException e) {
            throw new AssertionError("a StringBuilder throws nothing", e);
        }
    }
}
