package io.github.zoomtranscriber.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What AssemblyAI has taken out of a text is in no file, whatever stands in the document that the files are made from.
 */
class RedactionTest {

    private static final String PERSON_NAME = "[\"person_name\",\"phone_number\"]";
    private static final String NO_NAMES = "[\"phone_number\",\"credit_card_number\"]";
    private static final List<String> NAMES = List.of("Ada", "Nowak", "Jo", "Lind", "Bearclaw");

    /** Two people talk. Zoom heard both, and AssemblyAI has found the name of one: all that both can say is in it. */
    private static Documents meeting(String policies) {
        Documents meeting = new Documents()
                .says("A", 0, 10_000, "Hello, my name is [PERSON_NAME].")
                .says("Jo Lind", 10_000, 20_000, "Call me at ####.")
                .heard("00:00:00.000", "Ada Nowak")
                .heard("00:00:10.000", "Jo Lind");
        meeting.zoom
                .putObject("files")
                .putObject("timeline")
                .put("extension", "json")
                .put("text", "{\"username\":\"Ada Nowak\"}");
        meeting.zoom.putArray("participant_audio_files").addObject().put("file_name", "Audio only - Ada Nowak");
        ObjectNode answer = meeting.assemblyai;
        answer.put("redact_pii", true)
                .put("redact_pii_return_unredacted", true)
                .set("redact_pii_policies", json(policies));
        answer.putArray("entities")
                .addObject()
                .put("entity_type", "person_name")
                .put("text", "Ada");
        answer.putArray("sentiment_analysis_results")
                .addObject()
                .put("text", "Hello, my name is Ada.")
                .put("speaker", "A");
        answer.put("unredacted_text", "Hello, my name is Ada. Call me at 4711.");
        answer.putArray("unredacted_words").addObject().put("text", "Ada");
        answer.putArray("unredacted_utterances")
                .addObject()
                .put("text", "Hello, my name is Ada.")
                .put("speaker", "A");
        answer.putArray("keyterms_prompt").add("Ada Nowak");
        answer.putObject("redact_static_entities").putArray("TOOL").add("Bearclaw");
        ObjectNode understood = answer.putObject("speech_understanding");
        understood
                .putObject("request")
                .putObject("speaker_identification")
                .putArray("known_values")
                .add("Ada Nowak")
                .add("Jo Lind");
        understood
                .putObject("response")
                .putObject("speaker_identification")
                .put("status", "success")
                .putObject("mapping")
                .put("B", "Jo Lind");
        return meeting;
    }

    private static JsonNode json(String text) {
        try {
            return Documents.JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    private static JsonNode written(Documents meeting) {
        return json(Documents.write(Format.JSON, meeting.read()));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void noNameOfWhoTakesPartIsInAFileOfAnyFormat(Format format) {
        String written = Documents.write(format, meeting(PERSON_NAME).read());
        NAMES.forEach(name -> assertFalse(written.contains(name), () -> name + " in " + written));
        assertTrue(written.contains("####."), written);
        assertFalse(written.contains("4711"), written);
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"MD", "TXT", "HTML", "SRT", "VTT"})
    void speakersAreToldApartByTheirLettersAllTheSame(Format format) {
        String written = Documents.write(format, meeting(PERSON_NAME).read());
        assertTrue(written.contains("Speaker A") && written.contains("Speaker B"), written);
    }

    @Test
    void theJsonHasTheLettersOfAssemblyAiAndNothingElseIsGone() {
        JsonNode whole = meeting(PERSON_NAME).build();
        ObjectNode expected = whole.deepCopy();
        ((ObjectNode) expected.get("zoom")).remove(List.of("timeline", "participant_audio_files"));
        ((ObjectNode) expected.at("/zoom/files")).remove("timeline");
        ObjectNode answer = (ObjectNode) expected.get("assemblyai");
        answer.remove(List.of(
                "entities",
                "sentiment_analysis_results",
                "unredacted_text",
                "unredacted_words",
                "unredacted_utterances",
                "keyterms_prompt",
                "redact_static_entities"));
        ((ObjectNode) answer.at("/speech_understanding/request")).remove("speaker_identification");
        ((ObjectNode) answer.at("/speech_understanding/response")).remove("speaker_identification");
        answer.findParents("speaker").stream()
                .filter(said -> said.get("speaker").asText().equals("Jo Lind"))
                .forEach(said -> ((ObjectNode) said).put("speaker", "B"));
        assertEquals(expected.toString(), written(meeting(PERSON_NAME)).toString());
    }

    @Test
    void whereNamesAreNotTakenOutTheyStayAndTheRestGoesAllTheSame() {
        Documents meeting = meeting(NO_NAMES);
        String page = Documents.write(Format.MD, meeting.read());
        assertTrue(page.contains("Ada Nowak") && page.contains("Jo Lind"), page);
        JsonNode written = written(meeting);
        for (String gone : List.of(
                "entities",
                "sentiment_analysis_results",
                "unredacted_text",
                "unredacted_words",
                "unredacted_utterances")) {
            assertFalse(written.path("assemblyai").has(gone), gone);
        }
        assertEquals(meeting.zoom.toString(), written.get("zoom").toString());
        assertEquals(
                meeting.assemblyai.get("utterances").toString(),
                written.at("/assemblyai/utterances").toString());
        assertEquals(meeting.assemblyai.get("speech_understanding"), written.at("/assemblyai/speech_understanding"));
        assertFalse(written.toString().contains("4711"), written::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "\"phone_number\"",
                "[\"phone_number\",\"brand_new\"]",
                "[\"username\"]",
                "[null]",
                "{}"
            })
    void whatNobodyKnowsOfThePoliciesIsTakenForNames(String policies) {
        assertTrue(Redaction.of(meeting(policies).assemblyai).hidesNames());
        NAMES.forEach(name ->
                assertFalse(Documents.write(Format.MD, meeting(policies).read()).contains(name), name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"redact_pii\":false,\"redact_pii_policies\":[\"person_name\"]}",
                "{\"redact_pii\":null}",
                "[]"
            })
    void withoutRedactionNothingIsLeftOut(String options) throws IOException {
        Redaction none = Redaction.of(json(options));
        assertFalse(none.hidesNames());
        try (JsonParser parser = Documents.JSON.createParser("{}")) {
            assertSame(parser, none.through(parser));
        }
        Documents plain = meeting(PERSON_NAME);
        plain.assemblyai.put("redact_pii", false);
        assertEquals(plain.build().toString(), written(plain).toString());
    }

    @Test
    void aNameThatNoMappingExplainsGetsALetterOfItsOwnWhichIsTheSameEverywhere() {
        Documents meeting = new Documents()
                .says("Jo Lind", 0, 1_000, "One.")
                .says("A", 1_000, 2_000, "Two.")
                .says("C", 2_000, 3_000, "Three.")
                .says("Ada Nowak", 3_000, 4_000, "Four.")
                .says("Jo Lind", 4_000, 5_000, "Five.");
        meeting.assemblyai.put("redact_pii", true);
        assertEquals(
                List.of("Speaker B", "Speaker A", "Speaker C", "Speaker D", "Speaker B"),
                meeting.read().turns().stream()
                        .map(turn -> turn.speaker().name())
                        .toList());
        assertEquals(
                List.of("B", "A", "C", "D", "B"),
                written(meeting).at("/assemblyai/words").findValuesAsText("speaker"));
    }

    /** As it is kept: the answer alone, which says what it is at its end. */
    @Test
    void anAnswerIsCopiedWithoutWhatItMustNotHoldWhateverTheOrderOfItsFields() throws IOException {
        String answer =
                """
                {"entities":[{"text":"Ada"}],"unredacted_words":[{"text":"Ada","deep":[[{}]]}],"empty":{},"list":[],"text":"[PERSON_NAME]: 1.50 \\u00e9",
                "words":[{"text":"I","start":12345678901,"confidence":0.5,"speaker":"Ada Nowak"}],
                "utterances":[{"speaker":"Ada Nowak","words":[{"text":"I","speaker":"Ada Nowak"}],"text":"I"},{"speaker":null},{"speaker":"B"}],
                "unredacted_utterances":null,"sentiment_analysis_results":[],"speech_understanding":{"response":{"speaker_identification":{"mapping":
                {"C":"Ada Nowak"}}}},"redact_pii_policies":["person_name"],"redact_pii":true,"last":1}""";
        assertEquals(
                json(
                        """
                {"empty":{},"list":[],"text":"[PERSON_NAME]: 1.50 \\u00e9",
                "words":[{"text":"I","start":12345678901,"confidence":0.5,"speaker":"C"}],
                "utterances":[{"speaker":"C","words":[{"text":"I","speaker":"C"}],"text":"I"},{"speaker":null},{"speaker":"B"}],
                "speech_understanding":{"response":{}},"redact_pii_policies":["person_name"],"redact_pii":true,"last":1}"""),
                kept(Redaction.NONE, answer));
    }

    @Test
    void whatWasAskedForHoldsWhereTheAnswerDoesNotSaySo() throws IOException {
        Redaction asked = Redaction.of(json("{\"redact_pii\":true,\"redact_pii_policies\":[\"person_name\"]}"));
        assertEquals(
                json("{\"utterances\":[{\"speaker\":\"A\"}]}"),
                kept(asked, "{\"utterances\":[{\"speaker\":\"Ada\"}],\"entities\":[\"Ada\"]}"));
        assertTrue(
                Redaction.of(json("{\"redact_pii\":true,\"redact_pii_policies\":" + NO_NAMES + "}"))
                        .with(json("{\"redact_pii\":true}"), List.of())
                        .hidesNames(),
                "and what the answer leaves open is taken for names");
        assertEquals(json("{}"), kept(asked, "{\"entities\":[]}"));
        assertEquals(json("[1]"), kept(asked, "[1]"));
    }

    private static JsonNode kept(Redaction asked, String answer) throws IOException {
        StringWriter out = new StringWriter();
        Redaction redaction;
        try (JsonParser first = Documents.JSON.createParser(answer)) {
            redaction = asked.with(first);
        }
        try (JsonParser in = redaction.through(Documents.JSON.createParser(answer));
                JsonGenerator generator = Documents.JSON.createGenerator(out)) {
            in.nextToken();
            generator.copyCurrentStructure(in);
        }
        return json(out.toString());
    }
}
