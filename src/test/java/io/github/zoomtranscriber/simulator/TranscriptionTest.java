package io.github.zoomtranscriber.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.zoomtranscriber.MovableClock;
import io.github.zoomtranscriber.simulator.ExpectedRecording.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a user of the simulated AssemblyAI relies on: how a job ends, waits, and shows in the list. */
class TranscriptionTest {

    private final MovableClock clock = new MovableClock();
    private Simulator simulator;
    private Caller caller;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withTranscriptionTime(Duration.ZERO)
                .withClock(clock));
        caller = new Caller(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void silenceIsAnErrorWhereTheLanguageIsToBeDetectedAndEmptyWhereItIsNamed() {
        String link = link(one(Outcome.NO_SPEECH));

        JsonNode detected = caller.transcribe(link, "");
        JsonNode named = caller.transcribe(link, ",\"language_code\":\"en\",\"speaker_labels\":true");

        assertEquals("error", detected.get("status").asText());
        assertTrue(detected.get("error").asText().contains("no spoken audio"), detected::toString);
        assertEquals("completed", named.get("status").asText());
        assertEquals("", named.get("text").asText());
        assertEquals(
                1, simulator.counters().charged().get(one(Outcome.NO_SPEECH).recordingId()));
    }

    @Test
    void whatIsNoSoundIsNamedForWhatItIs() {
        List<String> errors = all(Outcome.FAILED).stream()
                .map(recording ->
                        caller.transcribe(link(recording), "").get("error").asText())
                .toList();

        assertTrue(
                errors.stream().allMatch(text -> text.contains("File does not appear to contain audio")),
                errors::toString);
        assertTrue(errors.stream().anyMatch(text -> text.contains("application/zip")), errors::toString);
        assertTrue(simulator.counters().charged().isEmpty());
    }

    @Test
    void twoAtOneDeviceAreTwoSpeakersForAssemblyAiAndOneForZoom() {
        ExpectedRecording critique = all(Outcome.DELIVERED).stream()
                .filter(each -> each.topic().startsWith("Design critique"))
                .findFirst()
                .orElseThrow();

        JsonNode transcript = caller.transcribe(link(critique), ",\"speaker_labels\":true");
        List<String> letters = new ArrayList<>();
        transcript
                .get("utterances")
                .forEach(utterance -> letters.add(utterance.get("speaker").asText()));
        String timeline = caller.send(Caller.at(caller.link(file(critique.meetingUuid(), "TIMELINE")
                        .get("download_url")
                        .asText())))
                .text();

        assertEquals(critique.speakers().size(), letters.stream().distinct().count());
        assertTrue(timeline.contains("\"username\":\"Meeting room Porto\",\"multiple_people\":true"), timeline);
        assertFalse(timeline.contains("Rui Faria"), timeline);
    }

    @Test
    void aNewJobShowsInTheListOnlyAfterTheLag() {
        simulator.change(faults -> faults.listLag = Duration.ofSeconds(30));
        String id =
                caller.submit(link(one(Outcome.DELIVERED)), "").json().get("id").asText();
        caller.untilDone(id);

        List<String> atOnce = listed("");
        clock.move(Duration.ofSeconds(31));

        assertEquals(List.of(), atOnce);
        assertEquals(List.of(id), listed(""));
    }

    @Test
    void moreThanTheLimitWaitsInItsTurnAndAllAreDoneInTheEnd() {
        List<String> links =
                all(Outcome.DELIVERED).stream().limit(3).map(this::link).toList();
        simulator.change(faults -> {
            faults.concurrency = 1;
            faults.transcriptionTime = Duration.ofMinutes(5);
        });
        List<String> ids = links.stream()
                .map(link -> caller.submit(link, "").json().get("id").asText())
                .toList();

        Awaitility.await().until(() -> status(ids.get(0)).equals("processing"));
        assertEquals(
                List.of("processing", "queued", "queued"),
                ids.stream().map(this::status).toList());

        simulator.change(faults -> {
            faults.concurrency = 3;
            faults.transcriptionTime = Duration.ZERO;
        });
        assertEquals(
                List.of("completed", "completed"),
                ids.stream()
                        .skip(1)
                        .map(id -> caller.untilDone(id).get("status").asText())
                        .toList());
        assertEquals("processing", status(ids.get(0)));
    }

    private String status(String id) {
        return caller.assemblyAi("GET", "/v2/transcript/" + id, null)
                .json()
                .get("status")
                .asText();
    }

    private List<String> listed(String query) {
        List<String> ids = new ArrayList<>();
        caller.assemblyAi("GET", "/v2/transcript" + query, null)
                .json()
                .get("transcripts")
                .forEach(row -> ids.add(row.get("id").asText()));
        return ids;
    }

    private ExpectedRecording one(Outcome outcome) {
        return all(outcome).get(0);
    }

    private List<ExpectedRecording> all(Outcome outcome) {
        return simulator.recordings().stream()
                .filter(recording -> recording.outcome() == outcome)
                .collect(Collectors.toList());
    }

    private String link(ExpectedRecording recording) {
        return caller.link(caller.file(recording.meetingUuid(), recording.recordingId())
                .get("download_url")
                .asText());
    }

    private JsonNode file(String meetingUuid, String type) {
        for (JsonNode file : caller.zoom("/meetings/" + Caller.encode(meetingUuid) + "/recordings")
                .json()
                .get("recording_files")) {
            if (file.path("file_type").asText().equals(type)) {
                return file;
            }
        }
        throw new AssertionError("no " + type);
    }
}
