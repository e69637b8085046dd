package io.github.zoomtranscriber.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.zoomtranscriber.simulator.ExpectedRecording.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FromListToTranscriptTest {

    @Test
    void everyShippedRecordingEndsAsTheSimulatorSaysItMust() throws IOException {
        SimulatorSettings settings = SimulatorSettings.defaults().withTranscriptionTime(Duration.ZERO);
        try (Simulator simulator = Simulator.start(settings)) {
            Caller caller = new Caller(simulator);
            Map<String, String> urls = new TreeMap<>();
            List<JsonNode> meetings = caller.list("/accounts/me/recordings", 20, -1, 7, "meetings");
            meetings.addAll(caller.list("/accounts/me/recordings", 50, 20, 7, "meetings"));
            for (JsonNode meeting : meetings) {
                meeting.path("recording_files")
                        .forEach(file -> urls.put(
                                file.path("id").asText(),
                                file.path("download_url").asText()));
            }
            for (ExpectedRecording expected : simulator.recordings()) {
                if (expected.outcome() != Outcome.PROCESSING && expected.outcome() != Outcome.PRIVATE) {
                    JsonNode transcript = caller.transcribe(
                            caller.link(urls.get(expected.recordingId())), ",\"speaker_labels\":true");
                    assertEnds(expected, transcript);
                }
            }
            assertEquals(Map.of(), simulator.counters().violations());
            assertTrue(simulator.counters().submissions().values().stream().allMatch(count -> count == 1));
        }
    }

    private static void assertEnds(ExpectedRecording expected, JsonNode transcript) {
        String what = expected.topic() + " " + transcript.path("error").asText();
        boolean spoken = expected.outcome() == Outcome.DELIVERED;
        assertEquals(spoken ? "completed" : "error", transcript.get("status").asText(), what);
        assertTrue(transcript.path("error").asText().contains(expected.reason()), what);
        if (spoken) {
            assertEquals(expected.words(), transcript.get("words").size(), what);
            assertEquals(
                    expected.language().equals("en") ? "en_us" : expected.language(),
                    transcript.get("language_code").asText(),
                    what);
        }
    }
}
