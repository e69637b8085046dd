package io.github.zoomtranscriber.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {

    private static final String DEFAULT = "${date}/${topic}";

    private static List<String> names(String template, ZoneId zone, Documents documents) {
        return new FileNames(template, zone).candidates(Meeting.read(documents.build()));
    }

    private static String name(Documents documents) {
        return names(DEFAULT, null, documents).get(0);
    }

    @Test
    void aNameIsPlainThenHasTheTimeThenTheRecordingsId() {
        assertEquals(
                List.of(
                        "2026-11-24/Weekly sync",
                        "2026-11-24/Weekly sync 09.00",
                        "2026-11-24/Weekly sync 11111111-2222-4333-8444-555555555555"),
                names(DEFAULT, null, new Documents()));
    }

    @Test
    void everyPlaceholderHasItsValue() {
        assertEquals(
                "ada@example.com/audio_only/2026-11-24 09.00 Weekly sync 81234567890 11111111-2222-4333-8444-555555555555",
                names("${host}/${type}/${date} ${time} ${topic} ${meeting-id} ${recording-id}", null, new Documents())
                        .get(0));
    }

    @Test
    void whatZoomDoesNotSayHasAWordInstead() {
        Documents documents = new Documents();
        documents.zoom.removeAll();
        assertEquals(
                "unknown host/recording/undated no time Meeting no meeting id",
                names("${host}/${type}/${date} ${time} ${topic} ${meeting-id}", null, documents)
                        .get(0));
    }

    @Test
    void theDayIsTheMeetingsOwnOrThatOfTheChosenZone() {
        Documents late = new Documents().start("2026-11-24T23:30:00Z");
        assertEquals("2026-11-25/Weekly sync", name(late));
        assertEquals(
                "2026-11-24/Weekly sync 18.30",
                names(DEFAULT, ZoneId.of("America/New_York"), late).get(1));
    }

    @Test
    void theHourThatComesTwiceGivesTwoNames() {
        String first = names("${time}", null, new Documents().start("2026-10-25T00:30:00Z"))
                .get(0);
        String second = names("${time}", null, new Documents().start("2026-10-25T01:30:00Z"))
                .get(0);
        assertEquals("02.30+0200", first);
        assertEquals("02.30+0100", second);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "../../etc/passwd | etc-passwd",
                "CON | _CON",
                "nul.txt | _nul.txt",
                "LPT1 . | _LPT1",
                "console | console",
                "a/b\\c:d*e? | a-b-c-d-e",
                "Weekly: sync | Weekly - sync",
                "Q: \"why?\" | Q - 'why'",
                "dots... | dots",
                "-rf ~ | rf ~",
                "${env:HOME} {{secret}} $${x} #{y} | (env-HOME) ((secret)) (x) #(y)",
                "<script>alert(1)</script> | script-alert(1)-script",
                "שלום עולם | שלום עולם",
                "会議：計画 | 会議：計画",
                "می‌خواهم | می‌خواهم",
                "Cafe\u0301 | Caf\u00E9",
                "👩‍👩‍👧 family 🇩🇪 | 👩‍👩‍👧 family 🇩🇪"
            })
    void aHostileTopicBecomesAReadableName(String topic, String name) {
        assertEquals("2026-11-24/" + name, name(new Documents().topic(topic)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\n\t", "...", "?", "\u202E\u200F", "\u200D", "\u3164\u2800", "\uD800"})
    void aTopicThatShowsNothingIsAMeeting(String topic) {
        assertTrue(
                List.of("2026-11-24/Meeting", "2026-11-24/\uFFFD").contains(name(new Documents().topic(topic))), topic);
    }

    @Test
    void aTopicOnTwoLinesOrAgainstTheDirectionIsOneLine() {
        assertEquals("2026-11-24/line break gpj.exe", name(new Documents().topic("line\nbreak \u202Egpj.exe")));
    }

    @Test
    void aLongTopicIsCutBetweenCharactersAndLeavesRoomForTheExtension() {
        String name = name(new Documents().topic("👩‍👩‍👧".repeat(60)));
        assertEquals("2026-11-24/" + "👩‍👩‍👧".repeat(8), name, "18 bytes each, 160 in all");
        assertEquals("2026-11-24/" + "x".repeat(160), name(new Documents().topic("x".repeat(300))));
    }

    @Test
    void theIdOfALongTopicIsNeverCut() {
        assertTrue(names(DEFAULT, null, new Documents().topic("x".repeat(300)))
                .get(2)
                .endsWith("xxx 11111111-2222-4333-8444-555555555555"));
    }

    @Test
    void idsThatDifferOnlyInWhatANameCannotShowAreTwoNames() {
        String first = names(DEFAULT, null, new Documents().id("a/b==")).get(2);
        String second = names(DEFAULT, null, new Documents().id("A:b==")).get(2);
        assertNotEquals(first.toLowerCase(), second.toLowerCase());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${tpoic} | there is no ${tpoic}, only ${date}, ${host}, ${meeting-id}, ${recording-id}, ${time}, ${topic}, ${type}",
                "../${topic} | it must name files and folders below one folder, such as ${date}/${topic}",
                "/var/${topic} | it must name files and folders below one folder, such as ${date}/${topic}",
                "${date}//${topic} | it must name files and folders below one folder, such as ${date}/${topic}",
                "C:${topic} | a name may not contain :",
                "{{x}} | a name may not contain {",
                "${a | a name may not contain {",
                "a/b/c/d/e/f/g/h/i | it has more than 8 parts"
            })
    void aTemplateThatCannotBeUsedIsRefusedInOneLine(String template, String reason) {
        String message = assertThrows(IllegalArgumentException.class, () -> new FileNames(template, null))
                .getMessage();
        assertEquals("the file name '" + template + "' cannot be used: " + reason, message);
    }
}
