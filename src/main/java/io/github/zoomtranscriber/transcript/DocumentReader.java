package io.github.zoomtranscriber.transcript;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the kept JSON piece by piece. What was said in ten hours is some hundred thousand objects, each of them twice:
 * as a tree they would take a hundred times the memory of the words.
 */
final class DocumentReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode outline = JSON.createObjectNode();
    /** In the order of preference. */
    private final Map<String, List<Utterance>> said = new LinkedHashMap<>();

    private final Utterance.Words words = new Utterance.Words();
    private final Redaction redaction;

    private DocumentReader(Redaction redaction) {
        this.redaction = redaction;
        said.put("utterances", List.of());
        said.put("sentences", List.of());
        said.put("paragraphs", List.of());
    }

    /** @throws IOException if this is no JSON, or {@code document} throws it */
    static DocumentReader read(Transcript.Source document) throws IOException {
        DocumentReader reader = read(document, Redaction.NONE);
        List<String> labels =
                reader.utterances(0).stream().map(Utterance::label).toList();
        Redaction redaction = Redaction.NONE.with(reader.outline.path("assemblyai"), labels);
        return redaction.isOn() ? read(document, redaction) : reader;
    }

    private static DocumentReader read(Transcript.Source document, Redaction redaction) throws IOException {
        DocumentReader reader = new DocumentReader(redaction);
        reader.read(document, false);
        if (reader.said.values().stream().allMatch(List::isEmpty)) {
            // where there are utterances, the list of words says the same once more
            reader.read(document, true);
        }
        return reader;
    }

    private void read(Transcript.Source document, boolean withWords) throws IOException {
        try (JsonParser parser = redaction.through(JSON.createParser(document.open()))) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                readDocument(parser, withWords);
            }
        }
    }

    /** What is left out of the document, also out of what this gives. */
    Redaction redaction() {
        return redaction;
    }

    /** The document without the words and the utterances, and without what only repeats them. */
    JsonNode outline() {
        return outline;
    }

    /**
     * What was said, in the order of its start. Where AssemblyAI has no utterances they are made from what there is:
     * sentences, words, or the bare text.
     *
     * @param length of the recording in milliseconds, 0 where unknown
     */
    List<Utterance> utterances(long length) {
        String text = Text.line(outline.path("assemblyai").path("text").asText(""));
        List<Utterance> utterances = Utterance.timed(
                said.values().stream()
                        .filter(list -> !list.isEmpty())
                        .findFirst()
                        .orElseGet(() -> words.utterances(text)),
                length);
        if (utterances.isEmpty() && !text.isEmpty()) {
            utterances.add(new Utterance("", 0, length, text, List.of()));
        }
        utterances.sort(Comparator.comparingLong(Utterance::start));
        return utterances;
    }

    private void readDocument(JsonParser parser, boolean withWords) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            if (parser.nextToken() == JsonToken.START_OBJECT && field.equals("assemblyai")) {
                readAnswer(parser, outline.putObject(field), withWords);
            } else {
                outline.set(field, tree(parser));
            }
        }
    }

    private void readAnswer(JsonParser parser, ObjectNode answer, boolean withWords) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            boolean array = parser.nextToken() == JsonToken.START_ARRAY;
            if (array && said.containsKey(field)) {
                said.put(field, readUtterances(parser));
            } else if (array && field.equals("words")) {
                readWords(parser, withWords);
            } else if (Redaction.isAsSaid(field)) {
                parser.skipChildren();
            } else {
                answer.set(field, tree(parser));
            }
        }
    }

    private void readWords(JsonParser parser, boolean wanted) throws IOException {
        if (!wanted) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            words.add(tree(parser));
        }
    }

    private static List<Utterance> readUtterances(JsonParser parser) throws IOException {
        List<Utterance> utterances = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Utterance utterance = parser.currentToken() == JsonToken.START_OBJECT
                    ? readUtterance(parser)
                    : Utterance.read(tree(parser), List.of());
            if (!utterance.text().isEmpty()) {
                utterances.add(utterance);
            }
        }
        return utterances;
    }

    private static Utterance readUtterance(JsonParser parser) throws IOException {
        ObjectNode utterance = JSON.createObjectNode();
        List<Word> words = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            if (parser.nextToken() == JsonToken.START_ARRAY && field.equals("words")) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    Word word = Word.read(tree(parser));
                    if (!word.text().isEmpty()) {
                        words.add(word);
                    }
                }
            } else {
                utterance.set(field, tree(parser));
            }
        }
        return Utterance.read(utterance, words);
    }

    private static JsonNode tree(JsonParser parser) throws IOException {
        return parser.readValueAsTree();
    }
}
