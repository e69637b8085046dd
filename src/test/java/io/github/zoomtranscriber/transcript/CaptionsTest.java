package io.github.zoomtranscriber.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptionsTest {

    private static List<CueParser.Cue> vtt(Documents documents) {
        return CueParser.vtt(Documents.write(Format.VTT, documents.read()));
    }

    private static List<List<String>> lines(Documents documents) {
        return vtt(documents).stream().map(CueParser.Cue::lines).toList();
    }

    @Test
    void aCaptionHasTwoLinesOfAboutTheSameLengthAndEndsWithAClause() {
        assertEquals(
                List.of(
                        List.of("We said the first of December,", "and I still think that we can make it,"),
                        List.of("but the support team has", "asked for two more days.")),
                lines(
                        new Documents()
                                .says(
                                        "A",
                                        0,
                                        9000,
                                        "We said the first of December, and I still think that we can make it, but the support team has asked for two more days.")));
    }

    @Test
    void aCaptionEndsRatherWithASentenceThanFull() {
        assertEquals(
                List.of(
                        List.of("That was the first topic of today."),
                        List.of("The second one is about the", "holidays and who is on call then.")),
                lines(
                        new Documents()
                                .says(
                                        "A",
                                        0,
                                        8000,
                                        "That was the first topic of today. The second one is about the holidays and who is on call then.")));
    }

    @Test
    void aPauseEndsACaption() {
        Documents documents = new Documents().says("A", 0, 1000, "Well.").says("A", 3000, 4000, "Yes.");
        assertEquals(
                List.of(
                        new CueParser.Cue(0, 1000, "Speaker A", List.of("Well.")),
                        new CueParser.Cue(3000, 4000, "Speaker A", List.of("Yes."))),
                vtt(documents));
    }

    @Test
    void aShortWordIsShownLongEnoughToBeRead() {
        assertEquals(1000, vtt(new Documents().says("A", 0, 120, "No.")).get(0).end());
    }

    @Test
    void whoInterruptsCutsTheCaptionShort() {
        List<CueParser.Cue> cues = vtt(
                new Documents().says("A", 0, 4000, "I was just about to say").says("B", 3000, 5000, "Sorry!"));
        assertEquals(3000, cues.get(0).end());
        assertEquals(3000, cues.get(1).start());
    }

    @Test
    void speakersStandInVttAsVoicesAndInSubRipWhereTheyChange() {
        Documents documents = new Documents()
                .says("A", 0, 2000, "One.")
                .says("A", 4000, 5000, "Two.")
                .says("B", 6000, 7000, "Three & <i>four</i>.");
        assertEquals(
                List.of("Speaker A", "Speaker A", "Speaker B"),
                vtt(documents).stream().map(CueParser.Cue::voice).toList());
        assertTrue(Documents.write(Format.VTT, documents.read())
                .endsWith("\n<v Speaker B>Three &amp; &lt;i&gt;four&lt;/i&gt;.\n"));
        assertEquals(
                List.of("Speaker A: One.", "Two.", "Speaker B: Three & \u2039i\u203Afour\u2039/i\u203A."),
                CueParser.srt(Documents.write(Format.SRT, documents.read())).stream()
                        .map(cue -> String.join("|", cue.lines()))
                        .toList());
    }

    @Test
    void oneSpeakerNeedsNoNameInSubRip() {
        assertTrue(Documents.write(
                        Format.SRT, new Documents().says("A", 0, 2000, "One.").read())
                .contains("\nOne.\n"));
    }

    @Test
    void aLanguageWithoutBlanksIsBrokenWhereItMayBe() {
        Documents documents =
                new Documents().says("A", 0, 9000, "本日はお忙しいところお集まりいただき、誠にありがとうございます。それでは早速始めたいと思います。よろしくお願いします。");
        documents.assemblyai.put("language_code", "ja");
        List<List<String>> lines = lines(documents);
        assertEquals(
                List.of(List.of("本日はお忙しいところお集まりいただき、", "誠にありがとうございます。"), List.of("それでは早速始めたいと思います。", "よろしくお願いします。")),
                lines);
    }

    @Test
    void aWordLongerThanALineIsCutBetweenCharacters() {
        List<List<String>> lines = lines(new Documents().says("A", 0, 5000, "👩‍👩‍👧".repeat(30)));
        assertEquals(List.of(List.of("👩‍👩‍👧".repeat(21), "👩‍👩‍👧".repeat(9))), lines);
    }

    @Test
    void withoutWordsTimeGoesByLength() {
        Documents documents = new Documents();
        documents
                .assemblyai
                .put("audio_duration", 10)
                .put(
                        "text",
                        "This half is as long as the other one, really. That half is as long as this one, is it not?");
        List<CueParser.Cue> cues = vtt(documents);
        assertEquals(0, cues.get(0).start());
        assertEquals(5000, cues.get(1).start(), 300);
        assertEquals(10_000, cues.get(1).end());
    }

    @Test
    void theNoteOfAFileCannotBecomeACue() {
        assertEquals(List.of(), vtt(new Documents().topic("x\n\n00:00:01.000 --> 00:00:02.000\nboo")));
    }

    @ParameterizedTest
    @CsvSource({
        "abc, 3",
        "日本, 4",
        "한국, 4",
        "ｱｲ, 2",
        "e\u0301, 1",
        "👩‍👩‍👧, 2",
        "🇩🇪, 2",
        "🚀, 2",
        "שלום, 4",
        "ทดสอบ, 5",
        "'', 0"
    })
    void widthIsCountedAsItIsSeen(String text, int width) {
        assertEquals(width, Columns.width(text));
    }

    @Test
    void textIsWrappedWithoutLosingAnything() {
        assertEquals(List.of("one two", "three"), Columns.wrap("one two three", 8, Locale.ROOT));
        assertEquals(List.of("aaaa", "aa b"), Columns.wrap("aaaaaa b", 4, Locale.ROOT));
        assertEquals(List.of(""), Columns.wrap("", 4, Locale.ROOT));
    }
}
