package io.github.zoomtranscriber.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One small meeting in each format, as a reader gets it: the files {@code weekly-sync.*} beside this class. */
class FormatsOfAMeetingTest {

    @ParameterizedTest
    @EnumSource(Format.class)
    void eachFormatComesOutAsItsGoldenFileShows(Format format) throws IOException {
        JsonNode document = Documents.JSON.readTree(golden("weekly-sync.json"));
        String name = "weekly-sync." + format.extension();
        String written = Documents.write(format, Documents.read(document, SpeakerNames.Mode.TIMELINE));
        Path result = Path.of("target", "golden", name);
        Files.createDirectories(result.getParent());
        Files.writeString(result, written);
        assertEquals(golden(name), written, () -> name + " has changed; what came out now is in " + result);
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = FormatsOfAMeetingTest.class.getResourceAsStream(name)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aFormatIsChosenByItsExtensionInAnyCase() {
        assertEquals(Format.MD, Format.of(" md"));
        assertEquals(Format.VTT, Format.of("VTT"));
    }

    @Test
    void anUnknownFormatIsRefusedInOneLineThatNamesAll() {
        String message = assertThrows(IllegalArgumentException.class, () -> Format.of("do\ncx"))
                .getMessage();
        assertEquals("there is no format 'do cx', only: md, txt, srt, vtt, html, json", message);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void aMeetingWithoutSpeechGivesAFileOfEachFormat(Format format) {
        Transcript silent = new Documents().read();
        assertTrue(silent.isSpeechless());
        String written = Documents.write(format, silent);
        switch (format) {
            case SRT -> assertEquals("", written);
            case VTT -> assertTrue(written.startsWith("WEBVTT\n\nNOTE\n") && !written.contains("-->"), written);
            case JSON -> assertTrue(written.contains("\"utterances\": null"), written);
            default -> assertTrue(written.contains("No speech was found in this recording."), written);
        }
    }

    @Test
    void jsonKeepsEverythingAndGivesAWordOneLine() throws IOException {
        JsonNode document = new Documents()
                .says("A", 0, 900, "Half of an emoji \uD83D and \uD83D\uDE80.")
                .build();
        String written = Documents.write(Format.JSON, Documents.read(document, SpeakerNames.Mode.LETTERS));
        byte[] onDisk = written.getBytes(StandardCharsets.UTF_8);
        assertEquals(document.toString(), Documents.JSON.readTree(onDisk).toString());
        assertTrue(
                written.contains("        {\"text\":\"of\",\"start\":128,\"end\":257,\"speaker\":\"A\"},\n"), written);
        assertTrue(written.contains("\uD83D\uDE80"), "what can be read stays readable");
    }
}
