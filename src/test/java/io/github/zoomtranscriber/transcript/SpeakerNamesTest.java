package io.github.zoomtranscriber.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpeakerNamesTest {

    private static Documents twoPeople() {
        return new Documents()
                .says("A", 0, 10_000, "I speak first.")
                .says("B", 10_000, 20_000, "Then I do.")
                .says("A", 20_000, 25_000, "And I again.");
    }

    private static List<String> names(Documents documents) {
        return documents.read().speakers().stream().map(Speaker::name).toList();
    }

    @Test
    void aSpeakerGetsTheNameOfWhoWasHeard() {
        Documents documents = twoPeople()
                .heard("00:00:00.300", "Ada")
                .heard("00:00:10.400", "Jo")
                .heard("00:00:20.100", "Ada");
        assertEquals(List.of("Ada", "Jo"), names(documents));
        Speaker ada = documents.read().speakers().get(0);
        assertEquals(Speaker.Source.TIMELINE, ada.source());
        assertEquals("from Zoom's timeline (97 % agree)", ada.origin());
    }

    @Test
    void lettersAreKeptWhereTheUserWantsThem() {
        Documents documents = twoPeople().heard("00:00:00", "Ada");
        assertEquals(
                "Speaker A",
                Documents.read(documents.build(), SpeakerNames.Mode.LETTERS)
                        .speakers()
                        .get(0)
                        .name());
    }

    @Test
    void theOrderOfTheTimelineDoesNotMatter() {
        assertEquals(
                List.of("Ada", "Jo"),
                names(twoPeople()
                        .heard("00:00:20", "Ada")
                        .heard("00:00:10", "Jo")
                        .heard("00:00:00", "Ada")));
    }

    @Test
    void aNameIsGivenOnceAndNotAtAllWhereTwoClaimItAlike() {
        assertEquals(List.of("Speaker A", "Speaker B"), names(twoPeople().heard("00:00:00", "Office")));
    }

    @Test
    void whoIsTakenForTwoKeepsTheNameWhereOneOfThemIsFarLikelier() {
        Documents documents = new Documents()
                .says("A", 0, 30_000, "A long speech.")
                .says("B", 30_000, 34_000, "A cough.")
                .heard("00:00:00", "Ada");
        assertEquals(List.of("Ada", "Speaker B"), names(documents));
    }

    @Test
    void severalPeopleAtOneDeviceShareItsName() {
        assertEquals(List.of("Room 4 (A)", "Room 4 (B)"), names(twoPeople().heardSeveralAt("00:00:00", "Room 4")));
        assertEquals(
                List.of("Room 4", "Jo"),
                names(twoPeople()
                        .heardSeveralAt("00:00:00", "Room 4")
                        .heard("00:00:10", "Jo")
                        .heardSeveralAt("00:00:20", "Room 4")));
    }

    @Test
    void twoWhoAreHeardAtOnceAreNoEvidence() {
        assertEquals(
                List.of("Speaker A", "Jo"),
                names(twoPeople()
                        .heard("00:00:00", "Ada", "Jo")
                        .heard("00:00:10", "Jo")
                        .heard("00:00:20", "Ada", "Jo")));
    }

    @Test
    void aWordOrTwoAreNoEvidence() {
        assertEquals(
                List.of("Speaker A"),
                names(new Documents().says("A", 0, 900, "Yes.").heard("00:00:00", "Ada")));
    }

    @Test
    void whoCameBackOrWasRenamedIsOnePerson() {
        Documents documents = twoPeople();
        documents
                .entry("00:00:00")
                .addObject()
                .put("username", "iPhone")
                .put("zoom_userid", "u1")
                .put("user_id", 1);
        documents.heard("00:00:03", "ADA").heard("00:00:10", "Jo");
        documents
                .entry("00:00:20")
                .addObject()
                .put("username", "Ada")
                .put("zoom_userid", "u1")
                .put("user_id", 2);
        documents
                .entry("00:00:22")
                .addObject()
                .put("username", "Ada")
                .put("zoom_userid", "u1")
                .put("user_id", 2);
        assertEquals(
                List.of("Ada", "Jo"),
                names(documents).stream()
                        .map(name -> name.equals("ADA") ? "Ada" : name)
                        .toList());
    }

    @Test
    void anOddTimelineLeavesTheLetters() throws Exception {
        for (String timeline : List.of(
                "null",
                "7",
                "[]",
                "{}",
                "{\"timeline\":7}",
                "{\"timeline\":[null,7,{},{\"ts\":null},{\"ts\":\"soon\"}]}",
                "{\"timeline\":[{\"ts\":\"00:00:00\",\"users\":null},{\"ts\":\"99:99:99.9999\",\"users\":{\"a\":1}},{\"ts\":\"-1:00:00\"}]}",
                "{\"timeline\":[{\"ts\":\"00:00:00\",\"users\":[{\"username\":\"\"},{\"user_id\":1},null,{\"username\":null}]}]}")) {
            Documents documents = twoPeople();
            documents.zoom.set("timeline", Documents.JSON.readTree(timeline));
            assertEquals(List.of("Speaker A", "Speaker B"), names(documents), timeline);
        }
    }

    @Test
    void namesOfAssemblyAiAreKeptAndTakenByNobodyElse() {
        Documents documents = new Documents()
                .says("Ada", 0, 10_000, "I speak first.")
                .says("B", 10_000, 20_000, "Then I do.")
                .heard("00:00:00", "Somebody")
                .heard("00:00:10", "Ada");
        documents
                .assemblyai
                .putObject("speech_understanding")
                .putObject("response")
                .putObject("speaker_identification")
                .putObject("mapping")
                .put("A", "Ada");
        assertEquals(List.of("Ada", "Speaker B"), names(documents));
        assertEquals(
                "from AssemblyAI, by what is said",
                documents.read().speakers().get(0).origin());
    }

    @Test
    void aMappingThatWasNotAppliedIsApplied() {
        Documents documents = twoPeople();
        documents
                .assemblyai
                .putObject("speech_understanding")
                .putObject("response")
                .putObject("speaker_identification")
                .putObject("mapping")
                .put("A", "JO");
        assertEquals(List.of("JO", "Speaker B"), names(documents));
    }

    @Test
    void aNameIsOnOneLineAndOfADecentLength() {
        String name = names(twoPeople()
                        .heard("00:00:00", "Ada\n\u202E" + "x".repeat(500))
                        .heard("00:00:10", "Jo")
                        .heard("00:00:20"))
                .get(0);
        assertTrue(name.startsWith("Ada x") && name.endsWith("\u2026") && name.length() == 80, name);
    }

    @Test
    void anUnknownModeIsRefusedInOneLine() {
        assertEquals(SpeakerNames.Mode.LETTERS, SpeakerNames.Mode.of("letters"));
        String message = assertThrows(IllegalArgumentException.class, () -> SpeakerNames.Mode.of("voices"))
                .getMessage();
        assertEquals("speakers' names cannot come from 'voices', only from: timeline, letters", message);
    }
}
