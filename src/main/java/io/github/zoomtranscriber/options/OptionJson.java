package io.github.zoomtranscriber.options;

import static io.github.zoomtranscriber.options.Option.require;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks {@code assemblyai.options}, which are sent to AssemblyAI unchanged. Rejects what AssemblyAI would reject for
 * every recording (its documents of November 2026), and what this program sets itself.
 */
final class OptionJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern STRING_OR_BRACE = Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"|\\}(?=\\})");

    private OptionJson() {}

    static String check(String value) {
        JsonNode options;
        try {
            options = JSON.readTree(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a JSON object such as {\"language_code\":\"de\"}, but " + reason(e)
                    + (e.getLocation() == null
                            ? ""
                            : " at column " + e.getLocation().getColumnNr()));
        }
        require(options.isObject(), "a JSON object such as {\"language_code\":\"de\"}");
        require(!options.has("audio_url"), "no audio_url in it: each recording has its own");
        require(
                !options.has("speech_model"),
                "no speech_model in it, because AssemblyAI rejects it: leave it out, or write \"speech_models\":[\"...\"]");
        require(
                !options.path("language_detection").asBoolean() || !options.hasNonNull("language_code"),
                "language_code or language_detection in it: AssemblyAI rejects them together");
        require(
                !options.hasNonNull("speakers_expected") || !options.hasNonNull("speaker_options"),
                "speakers_expected or speaker_options in it: AssemblyAI rejects them together");
        for (Iterator<String> names = options.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            require(!name.startsWith("webhook_"), "no " + name + " in it: set assemblyai.webhook-url instead");
        }
        return withoutPlaceholderMarks(value);
    }

    /** To Camel, two braces in a row open or close a placeholder, so it cannot read {@code {"a":{"b":1}}} as it is. */
    private static String withoutPlaceholderMarks(String json) {
        return STRING_OR_BRACE.matcher(json).replaceAll(token -> {
            String text = token.group();
            return Matcher.quoteReplacement(
                    text.startsWith("\"") ? text.replace("{{", "{\\u007b").replace("}}", "}\\u007d") : text + " ");
        });
    }

    private static String reason(JsonProcessingException e) {
        String text = e.getOriginalMessage();
        return text == null ? "it cannot be read" : text.lines().findFirst().orElse("it cannot be read");
    }
}
