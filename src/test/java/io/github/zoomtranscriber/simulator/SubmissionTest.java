package io.github.zoomtranscriber.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.simulator.Caller.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionTest {

    private static final String URL = "http://127.0.0.1:1/nothing.m4a";

    private static Simulator simulator;
    private static Caller caller;

    @BeforeAll
    static void start() throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ZERO));
        caller = new Caller(simulator);
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @AfterEach
    void reset() {
        simulator.reset();
    }

    private static void assertRefused(String text, Answer answer) {
        assertEquals(400, answer.status(), answer.text());
        assertTrue(answer.json().get("error").asText().contains(text), answer.text());
        assertTrue(simulator.counters().submissions().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"speech_model\":\"best\"' | speech_model is deprecated",
                "'\"speech_models\":[]' | non-empty list containing one or more of: \"universal-3-pro\", \"universal-2\", \"universal-3-5-pro\"",
                "'\"speech_models\":[\"nano\"]' | non-empty list",
                "'\"speaker_label\":true' | Invalid endpoint schema",
                "'\"speaker_labels\":\"yes\"' | Invalid endpoint schema",
                "'\"language_code\":\"de\",\"language_detection\":true' | language_detection is not available when language_code is specified.",
                "'\"language_code\":\"sw\",\"speaker_labels\":true' | The following models are not available in this language: speaker_labels",
                "'\"speakers_expected\":2,\"speaker_options\":{\"min_speakers_expected\":1}' | Both speaker_options and speakers_expected",
                "'\"speaker_labels\":true,\"punctuate\":false' | punctuate",
                "'\"speech_threshold\":2' | speech_threshold",
                "'\"redact_pii\":true,\"format_text\":false' | format_text",
                "'\"keyterms_prompt\":[\"a b c d e f g\"]' | 6 words",
                "'\"webhook_auth_header_name\":\"X\"' | webhook_auth_header",
                "'\"summarization\":true,\"auto_chapters\":true' | Only one of",
                "'\"speech_understanding\":{\"request\":{\"speaker_identification\":{\"speaker_type\":\"name\"}}}' | speaker_labels or multichannel required",
            })
    void whatAssemblyAiRefusesIsRefusedInItsWords(String option, String text) {
        assertRefused(text, caller.submit(URL, "," + option));
        assertEquals(1, simulator.counters().violations().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{}", "{\"audio_url\":5}", "{\"audio_url\":\"file:///etc/passwd\"}", "{\"audio_url\":"
            })
    void aBodyWithoutAnAddressIsRefused(String body) {
        assertRefused("", caller.assemblyAi("POST", "/v2/transcript", body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"language_detection\":true,\"speaker_labels\":true",
                ",\"speech_models\":[\"universal-2\"]",
                ",\"language_code\":\"en\"",
                ",\"language_detection\":false",
                ",\"custom_spelling\":[{\"from\":[\"k8s\"],\"to\":\"Kubernetes\"}]"
            })
    void whatAssemblyAiTakesIsTaken(String options) {
        Answer answer = caller.submit(URL, options);
        assertEquals(200, answer.status(), answer.text());
        assertTrue(List.of("queued", "processing")
                .contains(answer.json().get("status").asText()));
        assertTrue(answer.json().size() >= 75, "keys: " + answer.json().size());
        assertFalse(answer.json().has("error"));
        assertTrue(answer.json().get("text").isNull()
                && answer.json().get("audio_duration").isNull());
        assertFalse(answer.json().get("speech_models").isEmpty());
    }

    @Test
    void theKeyGoesBareAndABearerIsNoted() {
        Answer answer = caller.send(Caller.at(simulator.assemblyaiApiUrl() + "/v2/transcript")
                .header("Authorization", "Bearer " + caller.token()));
        assertEquals(401, answer.status());
        assertEquals(
                "Authentication error, API token missing/invalid",
                answer.json().get("error").asText());
        assertTrue(simulator.counters().violations().containsKey("assemblyai: Zoom's token sent to AssemblyAI"));
    }

    @Test
    void theAccountsOwnTokenInAnAddressIsNotedAsALeak() {
        caller.submit(URL + "?access_token=" + caller.newToken(), "");
        assertTrue(
                simulator.counters().violations().containsKey("zoom: the account's own token handed to a third party"));
    }

    @Test
    void aRetiredModelIsRefusedInEitherOfTheTwoWordingsAlsoAsTheDefault() {
        simulator.change(faults -> faults.retiredModels = List.of("universal-3-5-pro"));
        assertRefused(
                "non-empty list containing one or more of: \"universal-3-pro\", \"universal-2\", \"assemblyai-stt-3-7\"",
                caller.submit(URL, ""));
        simulator.change(faults -> faults.retiredModelText = "deprecated");
        assertRefused(
                "The \"universal-3-5-pro\" speech model(s) have been deprecated. Use speech_models: [\"universal-2\"] instead.",
                caller.submit(URL, ",\"speech_models\":[\"universal-3-5-pro\",\"universal-2\"]"));
        assertEquals(
                200, caller.submit(URL, ",\"speech_models\":[\"universal-2\"]").status());
    }

    @Test
    void modelsCanBeDemandedAsInSpring() {
        simulator.change(faults -> faults.requireSpeechModels = true);
        assertRefused("\"speech_models\" must be a non-empty list", caller.submit(URL, ""));
        assertEquals(
                200, caller.submit(URL, ",\"speech_models\":[\"universal-2\"]").status());
    }

    @Test
    void anEmptyBalanceRefusesSubmissionsAndUploadsButNoReading() {
        simulator.change(faults -> faults.negativeBalance = true);
        assertRefused("Your current account balance is negative.", caller.submit(URL, ""));
        assertRefused("Your current account balance is negative.", caller.assemblyAi("POST", "/v2/upload", "sound"));
        assertEquals(200, caller.assemblyAi("GET", "/v2/transcript", null).status());
    }

    @Test
    void everySubmissionCanBeRefusedWithTheSameText() {
        simulator.change(faults -> faults.sameRefusalForAll = "the option x has been withdrawn");
        assertRefused("the option x has been withdrawn", caller.submit(URL, ""));
    }

    @Test
    void anUploadTakesAnyBytesAndNobodyElseCanFetchThem() {
        Answer upload = caller.assemblyAi("POST", "/v2/upload", "<html>no sound</html>");
        assertEquals(200, upload.status());
        String url = upload.json().get("upload_url").asText();
        assertEquals(403, caller.send(Caller.at(url)).status());
        assertTrue(caller.transcribe(url, "").get("error").asText().contains("File type is text/html"));
        Answer empty = caller.assemblyAi("POST", "/v2/upload", "");
        assertEquals(422, empty.status());
        assertTrue(empty.header("Content-Type").startsWith("text/plain"));
        assertEquals(403, caller.submit(url + "x", "").status());
    }
}
