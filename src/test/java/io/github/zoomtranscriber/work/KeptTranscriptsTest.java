package io.github.zoomtranscriber.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.ledger.ARecording;
import io.github.zoomtranscriber.ledger.Reason;
import io.github.zoomtranscriber.ledger.TestLedger;
import io.github.zoomtranscriber.transcript.Redaction;
import io.github.zoomtranscriber.transcript.SpeakerNames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of a transcript, and what is said of a failure. */
class KeptTranscriptsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLAIN =
            """
            {"id":"t-1","status":"completed","entities":[{"text":"Ada"}],"words":[{"text":"Hi","speaker":"A"}],
            "utterances":[{"text":"Hi","speaker":"A"}],"audio_url":"https://zoom.us/a","redact_pii":%s,"redact_pii_policies":%s}""";
    private static final String ZOOM =
            """
            {"uuid":"u","topic":"Weekly sync","participant_audio_files":[{"file_name":"Audio only - Ada Nowak"}],"recording_file":{"id":"file"}}""";
    private static final String TIMELINE =
            "{\"timeline\":[{\"ts\":\"00:00:00.000\",\"users\":[{\"username\":\"Ada Nowak\"}]}]}";
    private static final ZoomFile FILE = new ZoomFile("timeline", "json", null, TIMELINE);

    @TempDir
    Path folder;

    private final TestLedger test = TestLedger.inMemory();

    @AfterEach
    void close() {
        test.close();
    }

    private KeptTranscripts transcripts(String options) throws IOException {
        return new KeptTranscripts(
                test.ledger, folder.resolve("kept"), SpeakerNames.Mode.TIMELINE, Redaction.of(JSON.readTree(options)));
    }

    private String report(String options) throws IOException {
        return new ErrorReports(test.ledger, null, Redaction.of(JSON.readTree(options)))
                .write(Work.of(test.entry("file")));
    }

    private JsonNode kept(String options, String answer) throws IOException {
        test.ledger.discoveries().add(List.of(ARecording.with("file").zoom(ZOOM).build()));
        transcripts(options)
                .keep(
                        Work.of(test.claim("file")).withZoomFiles(Map.of("timeline", FILE)),
                        new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
        return JSON.readTree(folder.resolve("kept/file.json").toFile());
    }

    @Test
    void aPlainTranscriptIsKeptAsItCameWithAllThatZoomKnows() throws IOException {
        String plain = PLAIN.formatted("false", "null");
        JsonNode kept = kept("{\"speaker_labels\":true}", plain);
        assertEquals(JSON.readTree(plain), kept.get("assemblyai"));
        assertEquals(JSON.readTree(TIMELINE), kept.at("/zoom/timeline"));
        assertEquals(TIMELINE, kept.at("/zoom/files/timeline/text").asText());
        assertTrue(kept.at("/zoom/participant_audio_files").isArray());
    }

    @Test
    void ofATranscriptWithoutNamesNoNameIsKeptWhateverTheOptionsSayByNow() throws IOException {
        String kept = kept("{\"speaker_labels\":true}", PLAIN.formatted("true", "[\"person_name\"]"))
                .toString();
        assertFalse(kept.contains("Ada"), kept);
        assertTrue(kept.contains("\"text\":\"Hi\",\"speaker\":\"A\""), kept);
    }

    @Test
    void norWhereAssemblyAiDoesNotSayWhatItWasAskedFor() throws IOException {
        String kept = kept(
                        "{\"redact_pii\":true,\"redact_pii_policies\":[\"person_name\"]}",
                        PLAIN.formatted("null", "null"))
                .toString();
        assertFalse(kept.contains("Ada"), kept);
    }

    @Test
    void aReportOfAFailureNamesNobodyEitherWhereNamesAreTakenOut() throws IOException {
        test.ledger.discoveries().add(List.of(ARecording.with("file").zoom(ZOOM).build()));
        test.ledger.progress().fail(test.claim("file"), Reason.ASSEMBLYAI_ERROR, "not audio", false);
        assertTrue(report("{}").contains("Ada Nowak"));
        String report = report("{\"redact_pii\":true,\"redact_pii_policies\":[\"person_name\"]}");
        assertFalse(report.contains("Ada"), report);
        assertTrue(report.contains("\"topic\" : \"Weekly sync\""), report);
        assertFalse(Files.exists(folder.resolve("kept")));
    }
}
