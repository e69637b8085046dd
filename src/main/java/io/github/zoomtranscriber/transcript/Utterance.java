package io.github.zoomtranscriber.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What AssemblyAI says one speaker said in one go. Where it has no utterances they are made from what there is: words,
 * sentences, or the bare text.
 *
 * @param label AssemblyAI's name for the speaker or the channel; "" where it has none
 */
record Utterance(String label, long start, long end, String text, List<Word> words) {

    /** @param length of the recording in milliseconds, 0 where unknown */
    static List<Utterance> readAll(JsonNode answer, long length) {
        List<Utterance> utterances = new ArrayList<>();
        for (String field : List.of("utterances", "sentences", "paragraphs")) {
            if (utterances.isEmpty()) {
                answer.path(field).forEach(node -> addTo(utterances, read(node)));
            }
        }
        if (utterances.isEmpty()) {
            utterances.addAll(fromWords(answer));
        }
        String text = Text.line(answer.path("text").asText(""));
        if (utterances.isEmpty() && !text.isEmpty()) {
            utterances.add(new Utterance("", 0, length, text, List.of()));
        }
        utterances.sort(Comparator.comparingLong(Utterance::start));
        return utterances;
    }

    private static void addTo(List<Utterance> utterances, Utterance utterance) {
        if (!utterance.text.isEmpty()) {
            utterances.add(utterance);
        }
    }

    private static Utterance read(JsonNode node) {
        List<Word> words = words(node.path("words"));
        String text = Json.line(node, "text");
        return of(label(node), text.isEmpty() ? Text.join(words) : text, words,
                Json.milliseconds(node.path("start"), 1), Json.milliseconds(node.path("end"), 1));
    }

    private static Utterance of(String label, String text, List<Word> words, long start, long end) {
        long first = words.isEmpty() ? start : Math.min(start, words.get(0).start());
        long last = words.isEmpty() ? end : Math.max(end, words.get(words.size() - 1).end());
        return new Utterance(label, first, Math.max(first, last), text, words);
    }

    private static List<Word> words(JsonNode array) {
        List<Word> words = new ArrayList<>(array.size());
        for (JsonNode node : array) {
            Word word = word(node);
            if (!word.text().isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    private static Word word(JsonNode node) {
        long start = Json.milliseconds(node.path("start"), 1);
        return new Word(Json.line(node, "text"), start, Math.max(start, Json.milliseconds(node.path("end"), 1)));
    }

    /** {@code 1A} is already both, channel and speaker. */
    private static String label(JsonNode node) {
        return Json.line(node, "speaker", "channel");
    }

    /** Words of one speaker in a row are one utterance. */
    private static List<Utterance> fromWords(JsonNode answer) {
        List<Run> runs = new ArrayList<>();
        for (JsonNode node : answer.path("words")) {
            Word word = word(node);
            if (!word.text().isEmpty()) {
                if (runs.isEmpty() || !runs.get(runs.size() - 1).label().equals(label(node))) {
                    runs.add(new Run(label(node), new ArrayList<>()));
                }
                runs.get(runs.size() - 1).words().add(word);
            }
        }
        List<String> texts = texts(Text.line(answer.path("text").asText("")), runs);
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            List<Word> words = runs.get(i).words();
            utterances.add(of(runs.get(i).label(), texts.get(i), words, words.get(0).start(), 0));
        }
        return utterances;
    }

    private record Run(String label, List<Word> words) {
    }

    /** Cuts the whole text up, as it knows where blanks belong; where it is not made of these words, they are joined anew. */
    private static List<String> texts(String whole, List<Run> runs) {
        if (runs.size() == 1 && !whole.isEmpty()) {
            return List.of(whole);
        }
        List<String> texts = new ArrayList<>();
        int at = 0;
        for (Run run : runs) {
            int begin = at;
            for (Word word : run.words()) {
                at = whole.startsWith(" ", at) ? at + 1 : at;
                if (!whole.startsWith(word.text(), at)) {
                    return joined(runs);
                }
                at += word.text().length();
            }
            texts.add(whole.substring(begin, at).strip());
        }
        return at == whole.length() ? texts : joined(runs);
    }

    private static List<String> joined(List<Run> runs) {
        return runs.stream().map(run -> Text.join(run.words())).toList();
    }
}
