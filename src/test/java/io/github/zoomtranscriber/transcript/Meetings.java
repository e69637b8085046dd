package io.github.zoomtranscriber.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Meetings in which everything may be hostile: names, texts, times, and whether the words fit the text. */
final class Meetings {

    private Meetings() {}

    private static final Arbitrary<Long> TIMES = Arbitraries.oneOf(
            Arbitraries.longs().between(0, 60_000),
            Arbitraries.longs().between(-5, 5),
            Arbitraries.of(0L, Long.MAX_VALUE, Long.MIN_VALUE, 36_000_000L, 1L << 40));

    private record Said(String text, long start, long end, boolean words, long jitter) {}

    /** Each utterance has a speaker of its own, called {@code Person 1} and so on. */
    static Arbitrary<JsonNode> all() {
        Arbitrary<Said> said = Combinators.combine(
                        Hostile.texts(25),
                        TIMES,
                        TIMES,
                        Arbitraries.of(true, true, false),
                        Arbitraries.longs().between(-900, 900))
                .as(Said::new);
        Arbitrary<String> language = Arbitraries.of("en_us", "ja", "th", "ar", "xx", "", "no", "\"><b>", "zh");
        return Combinators.combine(said.list().ofMaxSize(6), Hostile.texts(8), Hostile.texts(8), language, TIMES)
                .as(Meetings::document);
    }

    private static JsonNode document(List<Said> all, String topic, String chat, String language, long chapter) {
        Documents documents = new Documents()
                .topic(topic)
                .chat("00:00:01\t" + topic + ":\t" + chat)
                .chapter(chapter, chat, topic);
        documents.assemblyai.put("language_code", language).put("summary", chat).put("id", topic);
        documents
                .assemblyai
                .putObject("auto_highlights_result")
                .putArray("results")
                .addObject()
                .put("text", chat)
                .putArray("timestamps")
                .addObject()
                .put("start", chapter);
        documents.zoom.put("host_email", topic).put("share_url", chat);
        documents.heard("00:00:00", topic);
        for (int i = 0; i < all.size(); i++) {
            Said said = all.get(i);
            documents.says("Person " + (i + 1), 0, 5000, said.text());
            ObjectNode utterance =
                    (ObjectNode) documents.assemblyai.path("utterances").get(i);
            utterance.put("start", said.start()).put("end", said.end());
            if (said.words()) {
                move((ArrayNode) utterance.path("words"), said);
            } else {
                utterance.putNull("words");
            }
        }
        return documents.build();
    }

    private static void move(ArrayNode words, Said said) {
        long at = Math.max(0, Math.min(said.start(), 60_000));
        for (JsonNode word : words) {
            at += said.jitter();
            ((ObjectNode) word).put("start", at).put("end", at + said.jitter());
        }
    }
}
