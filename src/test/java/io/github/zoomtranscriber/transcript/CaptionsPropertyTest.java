package io.github.zoomtranscriber.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is said, and whenever. */
class CaptionsPropertyTest {

    @Provide
    Arbitrary<JsonNode> meetings() {
        return Meetings.all();
    }

    @Property(tries = 700, edgeCases = EdgeCasesMode.NONE)
    void webVttIsValidAndLosesNothing(@ForAll @From("meetings") JsonNode document) {
        Transcript transcript = Documents.read(document, SpeakerNames.Mode.LETTERS);
        List<CueParser.Cue> cues = CueParser.vtt(Documents.write(Format.VTT, transcript));
        checkTimesAndLines(cues);
        Map<String, String> said = new HashMap<>();
        cues.forEach(cue -> said.merge(cue.voice(), String.join("", cue.lines()), String::concat));
        Map<String, String> expected = new HashMap<>();
        transcript.turns().forEach(turn -> expected.put(turn.speaker().name(), turn.text()));
        said.replaceAll((name, text) -> bare(text));
        expected.replaceAll((name, text) -> bare(text));
        assertEquals(expected, said);
    }

    @Property(tries = 700, edgeCases = EdgeCasesMode.NONE)
    void subRipIsValidAndLosesNothing(@ForAll @From("meetings") JsonNode document) {
        Transcript transcript = Documents.read(document, SpeakerNames.Mode.LETTERS);
        List<CueParser.Cue> cues = CueParser.srt(Documents.write(Format.SRT, transcript));
        checkTimesAndLines(cues);
        StringBuilder said = new StringBuilder();
        cues.forEach(cue -> cue.lines().forEach(said::append));
        StringBuilder expected = new StringBuilder();
        transcript.turns().forEach(turn -> expected.append(
                        transcript.speakers().size() > 1 ? turn.speaker().name() + ":" : "")
                .append(turn.text()));
        assertEquals(sorted(expected.toString()), sorted(said.toString()));
    }

    private static void checkTimesAndLines(List<CueParser.Cue> cues) {
        long free = 0;
        for (CueParser.Cue cue : cues) {
            assertTrue(cue.start() >= free && cue.end() > cue.start(), () -> "overlap: " + cues);
            free = cue.end();
            assertTrue(cue.lines().size() <= 2, cue::toString);
            cue.lines().forEach(line -> assertTrue(Columns.width(line) <= 42, () -> "too wide: " + line));
        }
    }

    private static String bare(String text) {
        return text.replaceAll("[\\p{Z}\\s]", "");
    }

    /** Two who speak at once are shown in turns: all is there, in another order. */
    private static String sorted(String text) {
        String plain = bare(text)
                .replace('<', '\u2039')
                .replace('>', '\u203A')
                .replace('{', '(')
                .replace('}', ')');
        int[] characters = plain.codePoints().toArray();
        Arrays.sort(characters);
        return new String(characters, 0, characters.length);
    }
}
