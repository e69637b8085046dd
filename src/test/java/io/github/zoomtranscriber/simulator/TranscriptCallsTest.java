package io.github.zoomtranscriber.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.zoomtranscriber.simulator.ExpectedRecording.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptCallsTest {

    private static final String LABELS = ",\"speaker_labels\":true";

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

    private static ExpectedRecording byTopic(String topic) {
        return simulator.recordings().stream()
                .filter(each -> each.topic().startsWith(topic))
                .findFirst()
                .orElseThrow();
    }

    private static String link(ExpectedRecording recording) {
        return caller.link(caller.file(recording.meetingUuid(), recording.recordingId())
                .get("download_url")
                .asText());
    }

    private static JsonNode transcribe(String topic, String options) {
        return caller.transcribe(link(byTopic(topic)), options);
    }

    @Test
    void aTranscriptHasItsPeopleInTheOrderInWhichTheyAreHeard() {
        ExpectedRecording launch = byTopic("🚀");
        JsonNode transcript = transcribe("🚀", LABELS);
        assertEquals(
                Map.of("Grace Lin", "A", "Håkon Lie", "B", "Inés Duarte", "C", "Tomás Faria", "D"), launch.speakers());
        assertEquals("A", transcript.get("utterances").get(0).get("speaker").asText());
        assertTrue(transcript.get("text").asText().startsWith("Okay, launch party!"));
        assertEquals("en_us", transcript.get("language_code").asText());
        assertEquals("universal-3-5-pro", transcript.get("speech_model_used").asText());
        int last = 0;
        for (JsonNode word : transcript.get("words")) {
            assertTrue(word.get("start").isInt()
                    && word.get("start").asInt() >= last
                    && word.get("end").asInt() > word.get("start").asInt());
            last = word.get("end").asInt();
        }
        assertTrue(last <= transcript.get("audio_duration").asInt() * 1_000);
    }

    @Test
    void utterancesAreNullWhenNobodyAskedOrTheLanguageHasNone() {
        assertTrue(transcribe("CON", "").get("utterances").isNull());
        JsonNode swahili = transcribe("Mkutano", LABELS);
        assertEquals("sw", swahili.get("language_code").asText());
        assertTrue(swahili.get("utterances").isNull());
        assertEquals("universal-2", swahili.get("speech_model_used").asText());
    }

    @ParameterizedTest
    @CsvSource({
        "Quartals, de",
        "Разбор, ru",
        "第3, ja",
        "新搜, zh",
        "اجتماع, ar",
        "סקירת, he",
        "Atelier, fr",
        "Clase, es",
        "Przegl, pl"
    })
    void eachLanguageIsDetectedAndItsTextIsWhole(String topic, String language) {
        JsonNode transcript = transcribe(topic, LABELS);
        assertEquals(language, transcript.get("language_code").asText());
        assertTrue(transcript.get("language_confidence").asDouble() > 0.5);
        StringBuilder joined = new StringBuilder();
        transcript
                .get("utterances")
                .forEach(utterance -> joined.append(utterance.get("text").asText()));
        assertEquals(
                transcript.get("text").asText().replace(" ", ""),
                joined.toString().replace(" ", ""));
    }

    @Test
    void silenceIsAnErrorWhenTheLanguageIsDetectedAndEmptyOtherwise() {
        ExpectedRecording silent = simulator.recordings().stream()
                .filter(each -> each.outcome() == Outcome.NO_SPEECH)
                .findFirst()
                .orElseThrow();
        String url = link(silent);
        assertEquals(
                "language_detection cannot be performed on files with no spoken audio.",
                caller.transcribe(url, "").get("error").asText());
        assertEquals(Map.of(), simulator.counters().charged());
        JsonNode fallback =
                caller.transcribe(url, ",\"language_detection_options\":{\"on_no_speech_detected\":\"fallback\"}");
        assertEquals("completed", fallback.get("status").asText());
        assertEquals("", fallback.get("text").asText());
        assertFalse(fallback.at("/metadata/warnings/0/message").asText().isEmpty());
        assertEquals(
                "",
                caller.transcribe(url, ",\"language_code\":\"de\"").get("text").asText());
        assertEquals(Map.of(silent.recordingId(), 2L), simulator.counters().charged());
    }

    @Test
    void whatIsNoSoundFailsWithAssemblyAisTextAndIsNotCharged() {
        assertTrue(transcribe("Recorded, but", "")
                .get("error")
                .asText()
                .contains("File type is text/html (HTML document"));
        assertTrue(transcribe("Archived", "").get("error").asText().contains("File type is application/zip"));
        assertEquals(Map.of(), simulator.counters().charged());
    }

    @Test
    void anErrorRepeatsTheWholeAddress() {
        String url = link(byTopic("CON"));
        String forged = url.replaceFirst("Signature=.", "Signature=~");
        String text = caller.transcribe(forged, "").get("error").asText();
        assertTrue(text.contains("403 Client Error: Forbidden for url: " + forged), text);
        assertTrue(caller.transcribe("http://127.0.0.1:1/x?token=secret", "")
                .get("error")
                .asText()
                .contains("?token=secret"));
        simulator.change(faults -> faults.errors = Map.of("*", "Something new at URL"));
        assertEquals(
                "Something new at " + url,
                caller.transcribe(url, "").get("error").asText());
    }

    @Test
    void theRecordingIsKnownByItsBytesAlsoWhenItWasUploaded() throws Exception {
        ExpectedRecording recording = byTopic("CON");
        byte[] bytes = caller.client
                .send(Caller.at(link(recording)).build(), java.net.http.HttpResponse.BodyHandlers.ofByteArray())
                .body();
        JsonNode upload = caller.send(Caller.at(simulator.assemblyaiApiUrl() + "/v2/upload")
                        .header("Authorization", Simulator.ASSEMBLYAI_KEY)
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofInputStream(
                                () -> new java.io.ByteArrayInputStream(bytes))))
                .json();
        JsonNode transcript = caller.transcribe(upload.get("upload_url").asText(), "");
        assertEquals(recording.words(), transcript.get("words").size());
        assertEquals(Map.of(recording.recordingId(), 1L), simulator.counters().charged());
        assertEquals(bytes.length, simulator.counters().uploadedBytes());
    }

    @Test
    void soundThatBreaksOffGivesATranscriptThatBreaksOff() throws Exception {
        ExpectedRecording recording = byTopic("CON");
        byte[] bytes = caller.client
                .send(Caller.at(link(recording)).build(), java.net.http.HttpResponse.BodyHandlers.ofByteArray())
                .body();
        String half = new String(bytes, 0, bytes.length / 2, java.nio.charset.StandardCharsets.ISO_8859_1);
        JsonNode upload = caller.send(Caller.at(simulator.assemblyaiApiUrl() + "/v2/upload")
                        .header("Authorization", Simulator.ASSEMBLYAI_KEY)
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                                half, java.nio.charset.StandardCharsets.ISO_8859_1)))
                .json();
        JsonNode transcript = caller.transcribe(upload.get("upload_url").asText(), "");
        assertEquals("completed", transcript.get("status").asText());
        assertTrue(transcript.get("words").size() < recording.words());
    }

    @Test
    void channelsLimitsSpellingAndRedactionAreHonoured() {
        JsonNode channels = transcribe("🚀", ",\"multichannel\":true" + LABELS);
        assertEquals(2, channels.get("audio_channels").asInt());
        assertTrue(List.of("1A", "2B", "1C", "2D")
                .contains(channels.get("utterances").get(3).get("speaker").asText()));
        JsonNode two = transcribe("🚀", ",\"speakers_expected\":2" + LABELS);
        assertTrue(new java.util.HashSet<>(two.findValuesAsText("speaker")).size() <= 2);
        JsonNode spelt = transcribe("CON", ",\"custom_spelling\":[{\"from\":[\"honolulu\"],\"to\":\"Honolulu/HI\"}]");
        assertTrue(
                spelt.get("text").asText().contains("Honolulu/HI,"),
                spelt.get("text").asText());
        assertFalse(transcribe("Product", ",\"redact_pii\":true,\"redact_pii_policies\":[\"person_name\"]")
                .get("text")
                .asText()
                .contains("Dimitri"));
    }

    @Test
    void whatIsTakenOutOfTheTextStandsBesideItAsItWasSaid() {
        String beside = LABELS
                + ",\"entity_detection\":true,\"sentiment_analysis\":true,\"redact_pii\":true,\"redact_pii_return_unredacted\":true";
        JsonNode names = transcribe("Product", beside + ",\"redact_pii_policies\":[\"person_name\"]");
        assertFalse(names.get("text").asText().contains("Dimitri")
                || names.get("utterances").toString().contains("Dimitri"));
        for (String field : List.of(
                "unredacted_text",
                "unredacted_words",
                "unredacted_utterances",
                "entities",
                "sentiment_analysis_results")) {
            assertTrue(names.get(field).toString().contains("Dimitri"), field);
        }
        JsonNode numbers = transcribe("Product", beside + ",\"redact_pii_policies\":[\"number_sequence\"]");
        assertTrue(numbers.get("text").asText().contains("Dimitri"));
        assertEquals(names.get("unredacted_text"), numbers.get("unredacted_text"));
        assertEquals(
                400,
                caller.submit(link(byTopic("CON")), ",\"redact_pii_return_unredacted\":true")
                        .status());
    }

    @Test
    void whatWasAskedForBesideTheWordsIsThere() {
        JsonNode transcript = transcribe(
                "🚀",
                LABELS + ",\"auto_highlights\":true,\"summarization\":true,\"sentiment_analysis\":true,"
                        + "\"entity_detection\":true,\"speech_understanding\":{\"request\":{\"speaker_identification\":"
                        + "{\"speaker_type\":\"name\",\"known_values\":[\"Grace Lin\"]}}}");
        assertTrue(transcript.get("summary").asText().startsWith("- "));
        assertEquals("success", transcript.at("/auto_highlights_result/status").asText());
        assertFalse(transcript.get("sentiment_analysis_results").isEmpty());
        assertFalse(transcript.get("entities").isEmpty());
        assertEquals(
                "Grace Lin",
                transcript
                        .at("/speech_understanding/response/speaker_identification/mapping/A")
                        .asText());
        assertEquals(
                "Grace Lin", transcript.get("utterances").get(0).get("speaker").asText());
        assertEquals(
                4, transcribe("🚀", ",\"auto_chapters\":true").get("chapters").size());
    }

    @Test
    void captionsSentencesAndParagraphsAreThereOnceItIsDone() {
        String id = transcribe("CON", LABELS).get("id").asText();
        Caller.Answer srt = caller.assemblyAi("GET", "/v2/transcript/" + id + "/srt?chars_per_caption=32", null);
        assertTrue(srt.text().startsWith("1\n00:00:0"), srt.text());
        assertTrue(caller.assemblyAi("GET", "/v2/transcript/" + id + "/vtt", null)
                .text()
                .startsWith("WEBVTT\n"));
        JsonNode sentences = caller.assemblyAi("GET", "/v2/transcript/" + id + "/sentences", null)
                .json();
        assertEquals("A", sentences.get("sentences").get(0).get("speaker").asText());
        assertFalse(caller.assemblyAi("GET", "/v2/transcript/" + id + "/paragraphs", null)
                .json()
                .get("paragraphs")
                .get(0)
                .has("speaker"));
        assertTrue(caller.assemblyAi("GET", "/v2/transcript/" + id + "/word-search?words=puzzle", null)
                        .json()
                        .get("total_count")
                        .asInt()
                > 2);
        assertEquals(
                404,
                caller.assemblyAi("GET", "/v2/transcript/" + id + "/docx", null).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void anUnknownIdIsA400(String method) {
        Caller.Answer answer = caller.assemblyAi(method, "/v2/transcript/1f6f2f0e-6a57-4b52-8c3e-2b0f3a9d7c10", null);
        assertEquals(400, answer.status());
        assertEquals(
                "Transcript lookup error, transcript id not found",
                answer.json().get("error").asText());
    }

    @Test
    void aDeletedTranscriptStaysCompletedWithNothingInIt() {
        String id = transcribe("CON", LABELS).get("id").asText();
        for (int time = 0; time < 2; time++) {
            Caller.Answer deleted = caller.assemblyAi("DELETE", "/v2/transcript/" + id, null);
            assertEquals(200, deleted.status());
            assertEquals("completed", deleted.json().get("status").asText());
            assertEquals(
                    "http://deleted_by_user", deleted.json().get("audio_url").asText());
            assertTrue(deleted.json().get("words").isNull());
        }
        assertEquals(
                "Deleted by user.",
                caller.assemblyAi("GET", "/v2/transcript/" + id, null)
                        .json()
                        .get("text")
                        .asText());
    }

    @Test
    void aFinishedTranscriptCanBeFoundWiped() {
        ExpectedRecording recording = byTopic("CON");
        simulator.change(faults -> faults.scrubbed = List.of(recording.recordingId()));
        JsonNode wiped = transcribe("CON", "");
        assertEquals("completed", wiped.get("status").asText());
        assertEquals("http://deleted_by_user", wiped.get("audio_url").asText());
    }

    @Test
    void theListIsNewestFirstAndWalkedBackByItsPreviousUrl() {
        List<String> submitted = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            submitted.add(
                    0,
                    caller.submit("http://127.0.0.1:1/" + i + "?sig=s%2F" + i, "")
                            .json()
                            .get("id")
                            .asText());
        }
        List<String> listed = new ArrayList<>();
        String url = simulator.assemblyaiApiUrl() + "/v2/transcript?limit=2";
        while (url != null && !url.equals("null")) {
            JsonNode page = caller.assemblyAi(
                            "GET", url.substring(simulator.assemblyaiApiUrl().length()), null)
                    .json();
            page.get("transcripts").forEach(row -> listed.add(row.get("id").asText()));
            url = page.at("/page_details/prev_url").asText();
        }
        assertEquals(submitted, listed);
        JsonNode row = caller.assemblyAi("GET", "/v2/transcript?limit=1", null)
                .json()
                .get("transcripts")
                .get(0);
        assertEquals("http://127.0.0.1:1/4?sig=s%2F4", row.get("audio_url").asText());
        assertTrue(row.get("created").asText().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+"));
        assertEquals(
                400, caller.assemblyAi("GET", "/v2/transcript?limit=201", null).status());
    }

    @Test
    void aNewJobAndADeletionCanShowLateInTheList() {
        String id = transcribe("CON", "").get("id").asText();
        simulator.change(faults -> faults.listLag = Duration.ofMinutes(2));
        assertTrue(caller.assemblyAi("GET", "/v2/transcript", null)
                .json()
                .get("transcripts")
                .isEmpty());
        simulator.change(faults -> {
            faults.listLag = Duration.ZERO;
            faults.deletionLag = Duration.ofMinutes(2);
        });
        caller.assemblyAi("DELETE", "/v2/transcript/" + id, null);
        assertTrue(listed().startsWith("http://localhost"));
        simulator.change(faults -> faults.deletionLag = Duration.ZERO);
        assertEquals("deleted_by_user", listed());
    }

    private static String listed() {
        return caller.assemblyAi("GET", "/v2/transcript", null)
                .json()
                .at("/transcripts/0/audio_url")
                .asText();
    }
}
