package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/** A job as AssemblyAI shows it: about eighty keys, nearly all null until it is done. */
final class TranscriptJson {

    /** Where a wiped transcript says that its audio was. */
    static final String DELETED = "http://deleted_by_user";

    private static final ObjectNode BLANK = blank();
    private static final Set<String> NEVER_SHOWN = Set.of("webhook_auth_header_value", "content_safety_confidence");

    private TranscriptJson() {}

    private static ObjectNode blank() {
        try (InputStream in = TranscriptJson.class.getResourceAsStream("blank-transcript.json")) {
            return (ObjectNode) Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param scrubbed it was wiped: {@code completed} still, with nothing in it */
    static ObjectNode of(Job job, String status, boolean scrubbed) {
        ObjectNode json = BLANK.deepCopy().put("id", job.id());
        Submission asked = job.submission();
        asked.options().properties().forEach(option -> {
            if (!NEVER_SHOWN.contains(option.getKey())) {
                json.set(option.getKey(), option.getValue());
            }
        });
        ArrayNode models = json.putArray("speech_models");
        asked.models().forEach(models::add);
        json.put("status", status)
                .put("throttled", job.wasThrottled())
                .put("webhook_auth", asked.options().hasNonNull("webhook_auth_header_name"))
                .put("webhook_status_code", job.webhookStatus());
        if (asked.options().hasNonNull("language_code")) {
            json.put(
                            "language_code",
                            Models.normalised(
                                    asked.options().get("language_code").asText()))
                    .put("language_detection", false);
        }
        if (status.equals("completed")) {
            complete(json, job.end().verdict(), asked);
        } else if (status.equals("error")) {
            json.put("error", job.end().verdict().error());
        }
        if (scrubbed) {
            scrub(json);
        }
        return json;
    }

    /** Leaves out times here and there, the same in each answer. The first and the last are there. */
    static void loseTimes(ObjectNode json) {
        JsonNode utterances = json.path("utterances");
        for (int i = 1; i < utterances.size() - 1; i++) {
            ObjectNode utterance = (ObjectNode) utterances.get(i);
            ObjectNode first = (ObjectNode) utterance.path("words").get(0);
            if (i % 2 == 1) {
                first.remove("start");
            } else {
                first.putNull("start").putNull("end");
            }
            if (i % 3 == 1) {
                utterance.remove("start");
            }
            if (i % 5 == 1) {
                utterance.putNull("end");
            }
        }
        for (int i = 1; i < json.path("chapters").size(); i++) {
            ((ObjectNode) json.path("chapters").get(i)).remove("start");
        }
    }

    private static void scrub(ObjectNode json) {
        json.put("is_deleted", true).put("text", "Deleted by user.").put("audio_url", DELETED);
        for (String name : List.of(
                "words",
                "utterances",
                "confidence",
                "chapters",
                "summary",
                "entities",
                "auto_highlights_result",
                "sentiment_analysis_results",
                "speech_understanding")) {
            json.putNull(name);
        }
        if (json.hasNonNull("webhook_url")) {
            json.put("webhook_url", DELETED);
        }
    }

    private static void complete(ObjectNode json, Verdict verdict, Submission asked) {
        Transcription heard = new Transcription(verdict.talk().get(), asked);
        List<Transcription.Word> words = heard.words();
        json.put("text", heard.text(words))
                .put("audio_duration", verdict.seconds())
                .put("language_code", heard.language())
                .put("confidence", Transcription.confidence(words))
                .put("speech_model_used", Models.used(asked.models(), heard.language()));
        if (!asked.namesLanguage()) {
            json.put(
                    "language_confidence",
                    verdict.warning() != null
                            ? 0
                            : Math.round(Verdict.confidence(heard.talk(), verdict.length()) * 10_000) / 10_000.0);
        }
        if (heard.hasChannels()) {
            json.put("audio_channels", 2);
        }
        addWords(json, "", heard);
        if (asked.isOn("redact_pii_return_unredacted")) {
            Transcription said = heard.unredacted();
            addWords(json.put("unredacted_text", said.text(said.words())), "unredacted_", said);
        }
        if (verdict.warning() != null) {
            json.putObject("metadata").putArray("warnings").addObject().put("message", verdict.warning());
            fallBack(json, asked);
        }
        new Insights(heard, asked).addTo(json);
    }

    private static void addWords(ObjectNode json, String prefix, Transcription heard) {
        ArrayNode array = json.putArray(prefix + "words");
        heard.words().forEach(word -> array.add(word(word)));
        if (heard.hasUtterances()) {
            ArrayNode utterances = json.putArray(prefix + "utterances");
            heard.utterances().forEach(part -> utterances.add(utterance(part, heard)));
        }
    }

    private static void fallBack(ObjectNode json, Submission asked) {
        String language = asked.options()
                .path("language_detection_options")
                .path("fallback_language")
                .asText("auto");
        json.put("language_code", language.equals("auto") ? "en_us" : Models.normalised(language));
    }

    static ObjectNode word(Transcription.Word word) {
        ObjectNode json = Json.object()
                .put("text", word.text())
                .put("start", word.start())
                .put("end", word.end())
                .put("confidence", word.confidence())
                .put("speaker", word.speaker());
        return word.channel() == null ? json : json.put("channel", word.channel());
    }

    /** A run of words with its own text, times and confidence. */
    static ObjectNode part(List<Transcription.Word> words, Transcription heard) {
        ObjectNode json = Json.object()
                .put("text", heard.text(words))
                .put("start", words.get(0).start())
                .put("end", words.get(words.size() - 1).end())
                .put("confidence", Transcription.confidence(words));
        ArrayNode array = json.putArray("words");
        words.forEach(word -> array.add(word(word)));
        return json;
    }

    static JsonNode utterance(List<Transcription.Word> words, Transcription heard) {
        Transcription.Word first = words.get(0);
        ObjectNode json = part(words, heard).put("speaker", first.speaker());
        return first.channel() == null ? json : json.put("channel", first.channel());
    }
}
