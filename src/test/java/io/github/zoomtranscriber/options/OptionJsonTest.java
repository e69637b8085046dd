package io.github.zoomtranscriber.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionJsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"language_code\":\"de\"}",
                "{\"speech_models\":[\"universal-2\"]}",
                "{\"language_code\":\"de\",\"language_detection\":false}",
                "{\"speakers_expected\":3,\"speaker_labels\":true}",
                "{\"an_option_of_2027\":{\"deep\":[1,2.50]}}"
            })
    void whatAssemblyAiTakesGoesThroughAsItIs(String json) {
        assertEquals(json.replace("}}", "} }"), OptionJson.check(json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"audio_url":"https://x"}                              | no audio_url in it: each recording has its own
            {"speech_model":"best"}                                | no speech_model in it, because AssemblyAI rejects it: leave it out, or write "speech_models":["..."]
            {"language_code":"de","language_detection":true}       | language_code or language_detection in it: AssemblyAI rejects them together
            {"speakers_expected":2,"speaker_options":{}}           | speakers_expected or speaker_options in it: AssemblyAI rejects them together
            {"webhook_url":"https://x"}                            | no webhook_url in it: set assemblyai.webhook-url instead
            {"webhook_auth_header_name":"x"}                       | no webhook_auth_header_name in it: set assemblyai.webhook-url instead
            [1]                                                    | a JSON object such as {"language_code":"de"}
            "text"                                                 | a JSON object such as {"language_code":"de"}
            null                                                   | a JSON object such as {"language_code":"de"}
            """)
    void whatWouldBeRefusedForEveryRecordingIsRefusedAtOnceWithTheWayOut(String json, String expected) {
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, () -> OptionJson.check(json))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\":1,}", "{'a':1}", "{\"a\":1} x", "{\"a\":1,\"a\":2}", "speaker_labels"})
    void whatIsNoJsonIsRefusedInOneLineThatSaysWhere(String json) {
        String message = assertThrows(IllegalArgumentException.class, () -> OptionJson.check(json))
                .getMessage();

        assertTrue(message.startsWith("a JSON object such as {\"language_code\":\"de\"}"), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void nestedOptionsSurviveCamelsPlaceholders() throws Exception {
        String json = "{\"speaker_options\":{\"min_speakers_expected\":2},\"prompt\":\"a {{b}} \\\"c}}\\\" d\"}";
        Properties properties = new Properties();
        properties.setProperty("assemblyai.options", OptionJson.check(json));

        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().setInitialProperties(properties);
            String read = context.resolvePropertyPlaceholders("{{assemblyai.options}}");

            assertEquals(new ObjectMapper().readTree(json), new ObjectMapper().readTree(read));
        }
    }

    @Test
    void aLongPromptIsNoTrouble() {
        String json = "{\"prompt\":\"" + "Köln \\n ".repeat(20_000) + "\"}";

        assertEquals(json, OptionJson.check(json));
    }
}
