package io.github.zoomtranscriber.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptTest {

    private static Transcript read(String json) throws IOException {
        return Documents.read(Documents.JSON.readTree(json), SpeakerNames.Mode.TIMELINE);
    }

    private static List<String> texts(Transcript transcript) {
        return transcript.turns().stream()
                .map(turn -> (turn.speaker() == null ? "" : turn.speaker().name() + ": ") + turn.text())
                .toList();
    }

    @Test
    void nothingAtAllIsAMeetingWithoutSpeech() throws IOException {
        for (String json : List.of("{}", "null", "[]", "7", "{\"zoom\":null,\"assemblyai\":[]}")) {
            Transcript transcript = read(json);
            assertTrue(transcript.isSpeechless());
            assertEquals("Meeting", transcript.title());
            assertEquals(ZoneId.of("UTC"), transcript.meeting().zone());
        }
    }

    @Test
    void aRecordingBeginsWhenItsSegmentDoesInTheMeetingsZone() {
        Meeting meeting = new Documents().read().meeting();
        assertEquals(Instant.parse("2026-11-24T08:00:10Z"), meeting.start());
        assertEquals(ZoneId.of("Europe/Berlin"), meeting.begin().getZone());
        assertEquals(Duration.ofMinutes(1), meeting.length());
    }

    @Test
    void aVideoSdkSessionIsAMeetingToo() throws IOException {
        Meeting meeting = read("{\"zoom\":{\"session_id\":\"s==\",\"session_name\":\"Lesson\"}}")
                .meeting();
        assertEquals("s==", meeting.uuid());
        assertEquals("Lesson", meeting.topic());
        assertNull(meeting.begin());
    }

    @Test
    void oddTimesAndZonesAreNoTimesAndZones() {
        Documents documents = new Documents().start("yesterday");
        documents.zoom.put("timezone", "Middle/Earth").put("start_time", 7);
        assertNull(documents.read().meeting().start());
        assertEquals(ZoneId.of("UTC"), documents.read().meeting().zone());
    }

    @Test
    void onlyLinksIntoTheWebAreLinks() {
        for (String link :
                List.of("javascript:alert(1)", "data:text/html,x", "https:", "http://a b", "/rec/share", "")) {
            Documents documents = new Documents();
            documents.zoom.put("share_url", link);
            assertEquals("", documents.read().meeting().shareUrl(), link);
        }
    }

    @Test
    void withoutUtterancesWordsOfOneSpeakerInARowMakeATurn() {
        Documents documents = new Documents()
                .says("A", 0, 1000, "Hello there.")
                .says("B", 1000, 2000, "Hi.")
                .says("B", 2000, 3000, "Well?");
        documents.assemblyai.putNull("utterances");
        assertEquals(List.of("Speaker A: Hello there.", "Speaker B: Hi. Well?"), texts(documents.read()));
    }

    @Test
    void wordsOfALanguageWithoutBlanksAreJoinedWithoutThem() {
        Documents documents = new Documents();
        ArrayNode words = documents.assemblyai.putArray("words");
        for (String word : List.of("今日", "は", "OK", "です", "。")) {
            words.addObject().put("text", word).put("start", 0).put("end", 100);
        }
        assertEquals(List.of("今日は OK です。"), texts(documents.read()));
        documents.assemblyai.put("text", "今日はOKです。");
        assertEquals(List.of("今日はOKです。"), texts(documents.read()), "the text as it came knows better");
    }

    @Test
    void withoutWordsTheBareTextIsOneTurnOfTheWholeLength() {
        Documents documents = new Documents();
        documents.assemblyai.put("text", "Just  this.");
        Turn turn = documents.read().turns().get(0);
        assertEquals("Just this.", turn.text());
        assertNull(turn.speaker());
        assertEquals(60_000, turn.end());
    }

    @Test
    void channelsAreSpeakersToo() {
        Documents documents = new Documents().says("1A", 0, 1000, "Left.").says("2", 1000, 2000, "Right.");
        ((ObjectNode) documents.assemblyai.path("utterances").get(1)).remove("speaker");
        ((ObjectNode) documents.assemblyai.path("utterances").get(1)).put("channel", "2");
        assertEquals(List.of("Speaker 1A: Left.", "Channel 2: Right."), texts(documents.read()));
    }

    @Test
    void turnsComeInTheOrderOfTheirStart() {
        Transcript transcript = new Documents()
                .says("A", 5000, 6000, "Second.")
                .says("B", 0, 1000, "First.")
                .read();
        assertEquals(List.of("Speaker B: First.", "Speaker A: Second."), texts(transcript));
        assertEquals("Speaker B", transcript.speakers().get(0).name());
        assertEquals(Duration.ofSeconds(1), transcript.speakers().get(0).spoken());
    }

    @Test
    void whatIsNoTextIsLeftOutOfTheText() {
        assertEquals("a b\uFFFDc", Text.line(" a\u0000\n\tb\uD800\u202Ec\u2069\uFEFF "));
        assertEquals("one\ntwo", Text.lines("one\r\n\r\n \r\ntwo"));
    }

    @Test
    void aNoteSaysWhySpeakersAreNotToldApart() {
        Documents documents = new Documents().says("A", 0, 1000, "Tere.");
        ((ObjectNode) documents.build())
                .putObject("zoom_transcriber")
                .putArray("left_out")
                .add("speaker_labels")
                .add("auto_chapters");
        assertEquals(
                List.of(
                        "AssemblyAI does not tell speakers apart in this language.",
                        "AssemblyAI does not offer auto_chapters in this language."),
                documents.read().notes());
    }

    @Test
    void aNoteSaysThatADetectedLanguageHadNoSpeakers() {
        Documents documents = new Documents();
        documents.assemblyai.put("text", "Tere.");
        assertEquals(
                List.of("AssemblyAI did not tell the speakers apart."),
                documents.read().notes());
    }

    @Test
    void notesSayWhatWasBlackedOutAndWhatAssemblyAiWarnedOf() {
        Documents documents = new Documents().says("A", 0, 1000, "I am [PERSON_NAME], ####.");
        documents
                .assemblyai
                .put("redact_pii", true)
                .putObject("metadata")
                .putArray("warnings")
                .addObject()
                .put("message", "No speech at first.");
        Transcript transcript = documents.read();
        assertEquals(
                List.of("Personal data was taken out of the text by AssemblyAI.", "No speech at first."),
                transcript.notes());
        assertTrue(Documents.write(Format.MD, transcript).contains("I am \\[PERSON_NAME], ####."));
    }

    @Test
    void summariesOfBothKindsAreRead() {
        Documents documents = new Documents();
        documents.assemblyai.put("summary", "- First point.\n- Second point.");
        JsonNode response =
                documents.assemblyai.putObject("speech_understanding").putObject("response");
        ((ObjectNode) response)
                .putObject("summarization")
                .putArray("summary")
                .add("Third.")
                .addObject()
                .put("headline", "Fourth")
                .put("text", "more");
        ((ObjectNode) response)
                .putObject("action_items")
                .putArray("action_items")
                .addObject()
                .put("task", "Write");
        assertEquals(
                List.of("First point.", "Second point.", "Third.", "Fourth: more"),
                documents.read().summary());
        assertEquals(List.of("Write"), documents.read().actionItems());
    }

    @Test
    void aLongTurnIsCutIntoParagraphsAtSentencesThatKnowWhenTheyBegin() {
        String sentence = "This is a sentence of exactly ten words, I hope. ";
        Transcript transcript = new Documents()
                .says("A", 0, 300_000, sentence.repeat(30).strip())
                .read();
        List<Passage> passages = transcript.passages();
        assertEquals(3, passages.size());
        assertEquals(130_000, passages.get(1).start(), 1);
        assertTrue(((Paragraph) passages.get(0)).opens());
        assertFalse(((Paragraph) passages.get(1)).opens());
        assertTrue(((Paragraph) passages.get(1)).text().startsWith("This")
                && ((Paragraph) passages.get(1)).text().endsWith("hope."));
    }

    @Test
    void aChapterBeginsInTheMiddleOfATurnAndChatFollowsWhatWasSaid() {
        Transcript transcript = new Documents()
                .says("A", 0, 4000, "One two three four.")
                .chapter(2000, "Three", "About it.")
                .chat("00:00:03\tJo:\tfour?")
                .read();
        List<Passage> passages = transcript.passages();
        assertEquals(
                List.of("One two", "Three", "three four.", "four?"),
                passages.stream()
                        .map(passage -> passage instanceof Chapter chapter
                                ? chapter.title()
                                : passage instanceof ChatMessage message
                                        ? message.text()
                                        : ((Paragraph) passage).text())
                        .toList());
        assertTrue(((Paragraph) passages.get(2)).opens(), "after a title the name is wanted again");
    }

    @Test
    void timesFollowTheTextWhereWordsDifferFromIt() {
        Documents documents = new Documents().says("A", 0, 4000, "call me at nine");
        ((ObjectNode) documents.assemblyai.path("utterances").get(0)).put("text", "Call me at 9:00.");
        Timing timing = new Timing(documents.read().turns().get(0));
        assertEquals(1000, timing.startAt(5), "me");
        assertEquals(4000, timing.endAt("Call me at 9:00.".length()));
        assertTrue(timing.startAt(11) >= 3000 && timing.startAt(11) < 4000);
    }
}
