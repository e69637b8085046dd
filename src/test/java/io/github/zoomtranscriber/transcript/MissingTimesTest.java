package io.github.zoomtranscriber.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A time that AssemblyAI or Zoom left out is not the start of the recording. */
class MissingTimesTest {

    /** What is missing of the utterance from 5:00 to 5:04, and when it may begin then. */
    enum Loss {
        FIRST_WORDS_START(300_000, u -> words(u).get(0).remove("start")),
        FIRST_WORDS_START_AS_NULL(300_000, u -> words(u).get(0).putNull("start")),
        FIRST_WORDS_START_AS_TEXT(300_000, u -> words(u).get(0).put("start", "soon")),
        FIRST_WORDS_TIMES(300_000, u -> words(u).get(0).remove(List.of("start", "end"))),
        ITS_START(300_000, u -> u.remove("start")),
        ITS_TIMES(300_000, u -> u.remove(List.of("start", "end"))),
        ALL_STARTS(304_000, u -> {
            u.remove("start");
            words(u).forEach(word -> word.remove("start"));
        }),
        STARTS_OF_IT_AND_ITS_FIRST_WORD(301_000, u -> {
            u.putNull("start");
            words(u).get(0).putNull("start");
        }),
        MIDDLE_WORDS_START(300_000, u -> words(u).get(2).remove("start")),
        LAST_WORDS_END(300_000, u -> words(u).get(3).remove("end")),
        ALL_ENDS(300_000, u -> {
            u.remove("end");
            words(u).forEach(word -> word.remove("end"));
        }),
        THE_WORDS_TIMES(300_000, u -> words(u).forEach(word -> word.remove(List.of("start", "end")))),
        THE_WORDS_AND_ITS_END(300_000, u -> {
            u.remove("end");
            u.remove("words");
        }),
        EVERYTHING(304_500, u -> {
            u.remove(List.of("start", "end"));
            words(u).forEach(word -> word.remove(List.of("start", "end")));
        });

        private final long latestStart;
        private final Consumer<ObjectNode> lose;

        Loss(long latestStart, Consumer<ObjectNode> lose) {
            this.latestStart = latestStart;
            this.lose = lose;
        }

        private static List<ObjectNode> words(JsonNode utterance) {
            List<ObjectNode> words = new java.util.ArrayList<>();
            utterance.path("words").forEach(word -> words.add((ObjectNode) word));
            return words;
        }
    }

    private static Documents meeting() {
        Documents documents = new Documents()
                .says("A", 240_000, 299_000, "First a long story about the invoices of the last month.")
                .says("B", 300_000, 304_000, "Now the second point.")
                .says("A", 304_500, 310_000, "Yes, that one please.")
                .heard("00:04:00.000", "Ada")
                .heard("00:05:00.100", "Jo")
                .heard("00:05:04.600", "Ada");
        documents.assemblyai.put("audio_duration", 600);
        return documents;
    }

    private static ObjectNode second(Documents documents) {
        return (ObjectNode) documents.assemblyai.path("utterances").get(1);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void anUtteranceStaysWhereItWasSaidAndItsSpeakerIsCountedFromThere(Loss loss) {
        Documents documents = meeting();
        loss.lose.accept(second(documents));
        Transcript transcript = documents.read();

        assertEquals(
                List.of("First a long", "Now the second point.", "Yes, that one please."),
                transcript.turns().stream()
                        .map(Turn::text)
                        .map(text -> text.startsWith("First") ? text.substring(0, 12) : text)
                        .toList());
        Turn turn = transcript.turns().get(1);
        assertTrue(turn.start() >= 299_000 && turn.start() <= loss.latestStart, turn::toString);
        assertTrue(turn.end() >= turn.start() && turn.end() <= 304_500, turn::toString);
        long before = turn.start();
        for (Word word : turn.words()) {
            assertTrue(
                    word.start() >= before && word.end() >= word.start() && word.end() <= turn.end(), turn::toString);
            before = word.start();
        }
        Speaker b = transcript.speakers().get(1);
        assertTrue(b.spoken().compareTo(Duration.ofMillis(5_500)) <= 0, b::toString);
        if (turn.end() - turn.start() > 1_500) {
            assertEquals("Jo", b.name());
        }
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void inNoFormatDoesAnythingMoveToTheStart(Loss loss) {
        Documents documents = meeting();
        loss.lose.accept(second(documents));
        for (Format format : Format.values()) {
            if (format != Format.JSON) {
                String text = Documents.write(format, documents.read());
                assertFalse(text.contains("00:00:0"), () -> format + ":\n" + text);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void wordsWithoutUtterancesKeepTheirPlaceToo(Loss loss) {
        Documents documents = meeting();
        ArrayNode words = (ArrayNode) documents.assemblyai.path("words");
        int first = documents.assemblyai.path("utterances").get(0).path("words").size();
        loss.lose.accept((ObjectNode) documents.assemblyai.path("utterances").get(1));
        JsonNode left = documents.assemblyai.path("utterances").get(1).path("words");
        for (int i = 0; i < left.size(); i++) {
            words.set(first + i, left.get(i));
        }
        documents.assemblyai.putNull("utterances");
        Turn turn = documents.read().turns().get(1);
        assertEquals("Now the second point.", turn.text());
        assertTrue(turn.start() >= 299_000 && turn.end() <= 304_500, turn::toString);
    }

    @Test
    void whatHasNoTimesAtAllKeepsItsOrder() {
        Documents documents = meeting();
        documents.assemblyai.path("utterances").forEach(utterance -> {
            ((ObjectNode) utterance).remove(List.of("start", "end", "words"));
        });
        assertEquals(
                List.of(0L, 0L, 0L),
                documents.read().turns().stream().map(Turn::start).toList());
    }

    @Test
    void theFirstAndTheLastUtteranceTakeTheirTimesFromTheOneNextToThem() {
        Documents documents = meeting();
        for (int i : new int[] {0, 2}) {
            ((ObjectNode) documents.assemblyai.path("utterances").get(i)).remove(List.of("start", "end", "words"));
        }
        List<Turn> turns = documents.read().turns();
        assertTrue(turns.get(0).start() > 290_000 && turns.get(0).end() == 300_000, turns::toString);
        assertTrue(turns.get(2).start() == 304_000 && turns.get(2).end() < 310_000, turns::toString);
    }

    @Test
    void aChapterWithoutAStartBeginsWhereTheOneBeforeEndsOrTheNextBegins() {
        Documents documents = meeting()
                .chapter(240_000, "Invoices", "")
                .chapter(300_000, "Second point", "")
                .chapter(306_000, "The end", "");
        ArrayNode chapters = (ArrayNode) documents.assemblyai.path("chapters");
        ((ObjectNode) chapters.get(0)).put("end", 299_500);
        chapters.forEach(chapter -> ((ObjectNode) chapter).remove("start"));
        ((ObjectNode) chapters.get(2)).put("start", 306_000);
        assertEquals(
                List.of("Invoices 240000", "Second point 299500", "The end 306000"),
                documents.read().chapters().stream()
                        .map(chapter -> chapter.title() + " " + chapter.start())
                        .toList());
        ((ObjectNode) chapters.get(0)).put("start", 240_000).remove("end");
        assertEquals(306_000, documents.read().chapters().get(1).start());
        ((ObjectNode) chapters.get(2)).putNull("start");
        assertEquals(
                List.of(240_000L, 240_000L, 240_000L),
                documents.read().chapters().stream().map(Chapter::start).toList());
    }

    @Test
    void aHighlightHasOnlyTheTimesThatAreKnown() {
        Documents documents = meeting();
        ArrayNode times = documents
                .assemblyai
                .putObject("auto_highlights_result")
                .putArray("results")
                .addObject()
                .put("text", "second point")
                .put("rank", 0.1)
                .putArray("timestamps");
        times.addObject().put("start", 301_000).put("end", 303_000);
        times.addObject().put("end", 305_000);
        times.addObject().putNull("start");
        assertEquals(
                List.of(301_000L, 305_000L),
                documents.read().highlights().get(0).times());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\tAda:\tsecond", "Ada:\tsecond", "--:--:--\tAda:\tsecond", "soon\tAda:\tsecond"})
    void aChatMessageWithoutATimeIsOneOfItsOwnAtTheTimeOfTheOneBeforeIt(String line) {
        assertEquals(
                List.of(
                        new ChatMessage(300_000, "Jo", "first\nand more"),
                        new ChatMessage(300_000, "Ada", "second"),
                        new ChatMessage(360_000, "Jo", "third")),
                meeting()
                        .chat("00:05:00\tJo:\tfirst\r\n\tand more\r\n" + line + "\r\n00:06:00\tJo:\tthird\r\n")
                        .read()
                        .chat());
        assertEquals(
                List.of(new ChatMessage(360_000, "Ada", "second"), new ChatMessage(360_000, "Jo", "third")),
                meeting().chat(line + "\r\n00:06:00\tJo:\tthird\r\n").read().chat());
        assertEquals(List.of(), meeting().chat(line).read().chat(), "nothing says when any of it was written");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "null"})
    void whoIsHeardAtATimeThatZoomLeavesOutIsHeardBesideTheOneBefore(String time) {
        Documents documents = new Documents()
                .says("A", 0, 20_000, "One two three four five.")
                .heard("00:00:00.000", "Ada")
                .heard(time.equals("null") ? null : time, "Jo")
                .heard("00:00:20.000", "Ada");
        assertEquals("Speaker A", documents.read().speakers().get(0).name(), "which of them it was is not known");
        Documents first = new Documents()
                .says("A", 0, 10_000, "One two three four five.")
                .heard(time.equals("null") ? null : time, "Jo")
                .heard("00:00:00.000");
        assertEquals("Jo", first.read().speakers().get(0).name());
    }
}
