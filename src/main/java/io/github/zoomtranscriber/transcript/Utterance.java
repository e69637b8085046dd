package io.github.zoomtranscriber.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What AssemblyAI says one speaker said in one go. As it is read, times of it and of its words may be
 * {@link Gaps#MISSING}; {@link #timed} fills them in.
 *
 * @param label AssemblyAI's name for the speaker or the channel; "" where it has none
 */
record Utterance(String label, long start, long end, String text, List<Word> words) implements Gaps.Timed<Utterance> {

    /** @param node one of AssemblyAI's utterances, sentences or paragraphs; its own words are not looked at */
    static Utterance read(JsonNode node, List<Word> words) {
        String text = Json.line(node, "text");
        return of(
                label(node),
                text.isEmpty() ? Text.join(words) : text,
                words,
                Json.time(node.path("start")),
                Json.time(node.path("end")));
    }

    private static Utterance of(String label, String text, List<Word> words, long start, long end) {
        long first = Gaps.MISSING;
        for (int i = 0; i < words.size() && first == Gaps.MISSING; i++) {
            first = Gaps.first(words.get(i).start(), words.get(i).end());
        }
        long last = Gaps.MISSING;
        for (int i = words.size() - 1; i >= 0 && last == Gaps.MISSING; i--) {
            last = Gaps.first(words.get(i).end(), words.get(i).start());
        }
        long begins =
                start == Gaps.MISSING || first == Gaps.MISSING ? Gaps.first(start, first) : Math.min(start, first);
        long ends = Math.max(end, last);
        return new Utterance(label, begins, ends == Gaps.MISSING ? ends : Math.max(begins, ends), text, words);
    }

    @Override
    public Utterance at(long newStart, long newEnd) {
        return new Utterance(label, newStart, newEnd, text, words);
    }

    /**
     * Gives each its times and those of its words.
     *
     * @param utterances in AssemblyAI's order
     * @param length of the recording in milliseconds, 0 where unknown
     */
    static List<Utterance> timed(List<Utterance> utterances, long length) {
        return Gaps.fill(utterances, Gaps.MISSING, length > 0 ? length : Gaps.MISSING).stream()
                .map(Utterance::withTimedWords)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private Utterance withTimedWords() {
        List<Word> timed = Gaps.fill(words, start, end);
        return timed == words || timed.isEmpty()
                ? this
                : new Utterance(label, Math.min(start, timed.get(0).start()), end, text, timed);
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
                utterances.add(of(runs.get(i).label(), texts.get(i), words, Gaps.MISSING, Gaps.MISSING));
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
