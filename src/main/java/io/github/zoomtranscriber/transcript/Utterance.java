package io.github.zoomtranscriber.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What AssemblyAI says one speaker said in one go.
 *
 * @param label AssemblyAI's name for the speaker or the channel; "" where it has none
 */
record Utterance(String label, long start, long end, String text, List<Word> words) {

    /** @param node one of AssemblyAI's utterances, sentences or paragraphs; its own words are not looked at */
    static Utterance read(JsonNode node, List<Word> words) {
        String text = Json.line(node, "text");
        return of(
                label(node),
                text.isEmpty() ? Text.join(words) : text,
                words,
                Json.milliseconds(node.path("start"), 1),
                Json.milliseconds(node.path("end"), 1));
    }

    private static Utterance of(String label, String text, List<Word> words, long start, long end) {
        long first = words.isEmpty() ? start : Math.min(start, words.get(0).start());
        long last = words.isEmpty()
                ? end
                : Math.max(end, words.get(words.size() - 1).end());
        return new Utterance(label, first, Math.max(first, last), text, words);
    }

    /** {@code 1A} is already both, channel and speaker. */
    private static String label(JsonNode node) {
        return Json.line(node, "speaker", "channel");
    }

    /** Words of one speaker in a row. */
    private record Run(String label, List<Word> words) {}

    /** The words of a whole transcript, which are utterances where AssemblyAI gives none. */
    static final class Words {

        private final List<Run> runs = new ArrayList<>();

        void add(JsonNode node) {
            Word word = Word.read(node);
            if (!word.text().isEmpty()) {
                String label = label(node);
                if (runs.isEmpty() || !runs.get(runs.size() - 1).label().equals(label)) {
                    runs.add(new Run(label, new ArrayList<>()));
                }
                runs.get(runs.size() - 1).words().add(word);
            }
        }

        /**
         * Words of one speaker in a row are one utterance.
         *
         * @param text the whole text
         */
        List<Utterance> utterances(String text) {
            List<String> texts = texts(text, runs);
            List<Utterance> utterances = new ArrayList<>();
            for (int i = 0; i < runs.size(); i++) {
                List<Word> words = runs.get(i).words();
                utterances.add(of(
                        runs.get(i).label(), texts.get(i), words, words.get(0).start(), 0));
            }
            return utterances;
        }
    }

    /**
     * Cuts the whole text up, as it knows where blanks belong; where it is not made of these words, they are joined
     * anew.
     */
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
