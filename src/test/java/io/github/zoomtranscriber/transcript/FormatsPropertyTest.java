package io.github.zoomtranscriber.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever the two services send. */
class FormatsPropertyTest {

    private static final List<String> FIELDS = List.of(
            "zoom",
            "assemblyai",
            "zoom_transcriber",
            "recording_file",
            "timeline",
            "chat",
            "topic",
            "uuid",
            "id",
            "timezone",
            "start_time",
            "recording_start",
            "share_url",
            "utterances",
            "words",
            "text",
            "speaker",
            "channel",
            "start",
            "end",
            "chapters",
            "headline",
            "summary",
            "speech_understanding",
            "response",
            "summarization",
            "action_items",
            "speaker_identification",
            "mapping",
            "items",
            "auto_highlights_result",
            "results",
            "timestamps",
            "rank",
            "language_code",
            "audio_duration",
            "ts",
            "users",
            "username",
            "left_out",
            "metadata",
            "warnings");

    /** Any JSON made of the fields that are read, each with anything in it. */
    @Provide
    Arbitrary<JsonNode> rubbish() {
        return documents(5);
    }

    /** A meeting in which some fields hold something else than they ought to. */
    @Provide
    Arbitrary<JsonNode> broken() {
        return Combinators.combine(
                        Meetings.all(),
                        Arbitraries.maps(Arbitraries.of(FIELDS), documents(2))
                                .ofMinSize(1)
                                .ofMaxSize(4))
                .as((document, others) -> replace(document.deepCopy(), others));
    }

    private static JsonNode replace(JsonNode node, Map<String, JsonNode> others) {
        node.forEach(child -> replace(child, others));
        if (node instanceof ObjectNode object) {
            others.forEach((field, value) -> {
                if (object.has(field)) {
                    object.set(field, value);
                }
            });
        }
        return node;
    }

    private static Arbitrary<JsonNode> documents(int depth) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        Arbitrary<JsonNode> values = Arbitraries.oneOf(
                Hostile.texts(4).map(json::textNode),
                Arbitraries.longs().map(json::numberNode),
                Arbitraries.doubles().map(json::numberNode),
                Arbitraries.of(
                        json.nullNode(),
                        json.booleanNode(true),
                        json.textNode("2026-11-24T08:00:00Z"),
                        json.textNode("00:00:01"),
                        json.textNode("A")));
        if (depth == 0) {
            return values;
        }
        Arbitrary<JsonNode> inner = Arbitraries.lazy(() -> documents(depth - 1));
        Arbitrary<JsonNode> objects = Arbitraries.maps(Arbitraries.of(FIELDS), inner)
                .ofMinSize(1)
                .ofMaxSize(7)
                .map(fields -> (ObjectNode) json.objectNode().setAll(fields))
                .map(node -> node);
        Arbitrary<JsonNode> arrays =
                inner.list().ofMaxSize(3).map(list -> json.arrayNode().addAll(list));
        return Arbitraries.frequencyOf(Tuple.of(5, objects), Tuple.of(2, arrays), Tuple.of(depth == 5 ? 0 : 2, values));
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void noFormatFailsForRubbish(@ForAll @From("rubbish") JsonNode document) {
        write(document);
    }

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void noFormatFailsForAMeetingInPieces(@ForAll @From("broken") JsonNode document) {
        write(document);
    }

    private static void write(JsonNode document) {
        for (SpeakerNames.Mode mode : SpeakerNames.Mode.values()) {
            Transcript transcript = Documents.read(document, mode);
            for (Format format : Format.values()) {
                String written = Documents.write(format, transcript);
                assertTrue(written.isEmpty() || written.endsWith("\n"));
            }
            new FileNames("${date}/${time} ${topic}", null).candidates(transcript.meeting());
            CueParser.vtt(Documents.write(Format.VTT, transcript));
            CueParser.srt(Documents.write(Format.SRT, transcript));
        }
    }

    @Provide
    Arbitrary<JsonNode> meetings() {
        return Meetings.all();
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void jsonLosesNothing(@ForAll @From("meetings") JsonNode document) throws JsonProcessingException {
        String written = Documents.write(Format.JSON, Documents.read(document, SpeakerNames.Mode.TIMELINE));
        assertEquals(Documents.JSON.readTree(document.toString()), Documents.JSON.readTree(written));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void textHasEveryWordAndNoLineThatIsTooWide(@ForAll @From("meetings") JsonNode document) {
        Transcript transcript = Documents.read(document, SpeakerNames.Mode.TIMELINE);
        String written = Documents.write(Format.TXT, transcript);
        written.lines().forEach(line -> assertTrue(Columns.width(line) <= 80, line));
        String bare = written.replaceAll("[\\p{Z}\\s]", "");
        transcript.passages().forEach(passage -> {
            if (passage instanceof Paragraph paragraph) {
                assertTrue(bare.contains(paragraph.text().replaceAll("[\\p{Z}\\s]", "")), paragraph.text());
            }
        });
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void theFrontMatterOfMarkdownHasOneFieldALine(@ForAll @From("meetings") JsonNode document)
            throws JsonProcessingException {
        String written = Documents.write(Format.MD, Documents.read(document, SpeakerNames.Mode.TIMELINE));
        String[] parts = written.split("(?m)^---$", 3);
        assertEquals("", parts[0]);
        for (String line : parts[1].strip().split("\n")) {
            assertTrue(line.matches("[a-z_]+: [\"\\[].*"), line);
            Documents.JSON.readTree(line.substring(line.indexOf(' ')));
        }
        assertTrue(parts[2].startsWith("\n\n# "), parts[2]);
    }
}
