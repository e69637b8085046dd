package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * What a client asks to be transcribed, checked as AssemblyAI checks it in November 2026.
 *
 * @param options the request as it came
 * @param models in order of preference, the account's default where none was named
 */
record Submission(ObjectNode options, List<String> models) {

    private static final Set<String> FLAGS = Set.of(
            "auto_chapters",
            "auto_highlights",
            "content_safety",
            "custom_topics",
            "disfluencies",
            "dual_channel",
            "entity_detection",
            "filter_profanity",
            "format_text",
            "iab_categories",
            "language_detection",
            "multichannel",
            "punctuate",
            "redact_pii",
            "redact_pii_audio",
            "redact_pii_return_unredacted",
            "sentiment_analysis",
            "speaker_labels",
            "speed_boost",
            "summarization");
    private static final Set<String> OTHERS = Set.of(
            "audio_url",
            "audio_end_at",
            "audio_start_from",
            "boost_param",
            "content_safety_confidence",
            "custom_spelling",
            "domain",
            "keyterms_prompt",
            "language_code",
            "language_codes",
            "language_confidence_threshold",
            "language_detection_options",
            "prompt",
            "redact_pii_audio_options",
            "redact_pii_audio_quality",
            "redact_pii_policies",
            "redact_pii_sub",
            "redact_static_entities",
            "remove_audio_tags",
            "speaker_options",
            "speakers_expected",
            "speech_model",
            "speech_models",
            "speech_threshold",
            "speech_understanding",
            "summary_model",
            "summary_type",
            "temperature",
            "topics",
            "webhook_auth_header_name",
            "webhook_auth_header_value",
            "webhook_url",
            "word_boost");
    private static final Set<String> DETECTION_OPTIONS = Set.of(
            "code_switching",
            "code_switching_confidence_threshold",
            "expected_languages",
            "fallback_language",
            "localization",
            "on_low_language_confidence",
            "on_no_speech_detected");

    /**
     * Parses and checks.
     *
     * @throws AssemblyAiError for what AssemblyAI refuses
     */
    static Submission read(String body, Faults faults) {
        ObjectNode options = parse(body);
        requireKnownKeys(options);
        String url = options.path("audio_url").asText("");
        if (!options.path("audio_url").isTextual() || url.isEmpty()) {
            throw AssemblyAiError.badRequest("audio_url is required");
        }
        if (!url.matches("(?i)https?://.+")) {
            throw AssemblyAiError.badRequest("audio_url must start with http");
        }
        List<String> models = Models.accept(options, faults);
        checkLanguage(options);
        checkSpeakers(options);
        checkRanges(options);
        checkWebhook(options);
        checkFeatures(options);
        return new Submission(options, models);
    }

    private static ObjectNode parse(String body) {
        try {
            return Json.readObject(body);
        } catch (JsonProcessingException e) {
            throw AssemblyAiError.schema();
        }
    }

    private static void requireKnownKeys(ObjectNode options) {
        for (Iterator<String> names = options.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            boolean flag = FLAGS.contains(name);
            JsonNode value = options.get(name);
            if (!flag && !OTHERS.contains(name) || flag && !value.isBoolean() && !value.isNull()) {
                throw AssemblyAiError.schema();
            }
        }
    }

    private static void checkLanguage(ObjectNode options) {
        boolean code = options.hasNonNull("language_code");
        if (code && options.path("language_detection").asBoolean()) {
            throw AssemblyAiError.badRequest("language_detection is not available when language_code is specified.");
        }
        if (code && options.hasNonNull("language_confidence_threshold")) {
            throw AssemblyAiError.badRequest("language_confidence_threshold requires language_detection");
        }
        JsonNode detection = options.path("language_detection_options");
        for (Iterator<String> names = detection.fieldNames(); names.hasNext(); ) {
            if (!DETECTION_OPTIONS.contains(names.next())) {
                throw AssemblyAiError.schema();
            }
        }
        for (String choice : List.of("on_low_language_confidence", "on_no_speech_detected")) {
            if (!List.of("error", "fallback").contains(detection.path(choice).asText("error"))) {
                throw AssemblyAiError.schema();
            }
        }
        if (code
                && options.path("speaker_labels").asBoolean()
                && !Models.labelsSpeakers(options.get("language_code").asText())) {
            throw AssemblyAiError.badRequest("The following models are not available in this language: speaker_labels");
        }
    }

    private static void checkSpeakers(ObjectNode options) {
        if (options.hasNonNull("speakers_expected") && options.hasNonNull("speaker_options")) {
            throw AssemblyAiError.badRequest(
                    "Both speaker_options and speakers_expected can not be used in the same request.");
        }
        boolean labels = options.path("speaker_labels").asBoolean();
        if (labels && !options.path("punctuate").asBoolean(true)) {
            throw AssemblyAiError.badRequest("speaker_labels requires punctuate to be enabled");
        }
        boolean identifies = !options.at("/speech_understanding/request/speaker_identification")
                .isMissingNode();
        if (identifies && !labels && !options.path("multichannel").asBoolean()) {
            throw AssemblyAiError.badRequest("speaker_labels or multichannel required");
        }
    }

    private static void checkRanges(ObjectNode options) {
        for (String share : List.of("language_confidence_threshold", "speech_threshold", "temperature")) {
            JsonNode value = options.path(share);
            boolean inRange = value.isNumber() && value.asDouble() >= 0 && value.asDouble() <= 1;
            if (!value.isMissingNode() && !value.isNull() && !inRange) {
                throw AssemblyAiError.badRequest(share + " must be between 0 and 1");
            }
        }
        if (options.path("redact_pii").asBoolean()
                && !options.path("format_text").asBoolean(true)) {
            throw AssemblyAiError.badRequest("redact_pii requires format_text to be enabled");
        }
        for (String part : List.of("redact_pii_return_unredacted", "redact_static_entities")) {
            if (isAsked(options.path(part)) && !options.path("redact_pii").asBoolean()) {
                throw AssemblyAiError.badRequest(part + " requires redact_pii to be enabled");
            }
        }
        for (JsonNode term : options.path("keyterms_prompt")) {
            if (term.asText().trim().split("\\s+").length > 6) {
                throw AssemblyAiError.badRequest("keyterms_prompt must contain phrases of at most 6 words");
            }
        }
        if (options.path("keyterms_prompt").size() > 1_000) {
            throw AssemblyAiError.badRequest("keyterms_prompt must contain at most 1000 words or phrases");
        }
        for (JsonNode spelling : options.path("custom_spelling")) {
            if (!spelling.path("from").isArray()
                    || spelling.path("to").asText(" ").contains(" ")) {
                throw AssemblyAiError.schema();
            }
        }
    }

    private static boolean isAsked(JsonNode value) {
        return value.isObject() || value.asBoolean();
    }

    private static void checkWebhook(ObjectNode options) {
        String name = options.path("webhook_auth_header_name").asText("");
        String value = options.path("webhook_auth_header_value").asText("");
        boolean url = options.hasNonNull("webhook_url");
        if (name.isEmpty() != value.isEmpty() || !name.isEmpty() && !url) {
            throw AssemblyAiError.badRequest(
                    "webhook_auth_header_name and webhook_auth_header_value must be provided together"
                            + " with webhook_url");
        }
        if (!name.isEmpty()
                && (!name.matches("[A-Za-z0-9_-]{1,1000}")
                        || value.length() > 1_000
                        || value.matches("(?s).*[\r\n].*"))) {
            throw AssemblyAiError.schema();
        }
        if (url && !options.get("webhook_url").asText().matches("(?i)https?://.+")) {
            throw AssemblyAiError.badRequest("webhook_url must start with http");
        }
    }

    private static void checkFeatures(ObjectNode options) {
        List<String> asked = new ArrayList<>();
        for (String feature : List.of("summarization", "auto_chapters")) {
            if (options.path(feature).asBoolean()) {
                asked.add(feature);
            }
        }
        if (asked.size() > 1) {
            throw AssemblyAiError.badRequest(
                    "Only one of the following models can be enabled at a time: auto_chapters, summarization.");
        }
    }

    String audioUrl() {
        return options.get("audio_url").asText();
    }

    boolean isOn(String flag) {
        return options.path(flag).asBoolean();
    }

    /** The language was named, so that none is detected. */
    boolean namesLanguage() {
        return options.hasNonNull("language_code")
                || options.has("language_detection")
                        && !options.get("language_detection").asBoolean(true);
    }

    boolean fallsBackOnSilence() {
        return options.path("language_detection_options")
                .path("on_no_speech_detected")
                .asText()
                .equals("fallback");
    }
}
