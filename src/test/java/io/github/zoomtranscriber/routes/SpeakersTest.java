package io.github.zoomtranscriber.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.simulator.ExpectedRecording;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import io.github.zoomtranscriber.transcript.Speaker;
import io.github.zoomtranscriber.transcript.SpeakerNames;
import io.github.zoomtranscriber.transcript.Transcript;
import io.github.zoomtranscriber.transcript.Turn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many of the simulator's utterances get the name of who said them. */
class SpeakersTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"no recording", "*"})
    void mostUtterancesOfMeetingsWithAGoodTimelineGetTheRightNameAndNoneAWrongOneAlsoWhereTimesAreMissing(
            String withoutTimes) throws Exception {
        int right = 0;
        int letters = 0;
        int wrong = 0;
        try (Simulator simulator =
                Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)))) {
            simulator.change(faults -> faults.missingTimes = List.of(withoutTimes));
            new Rounds(folder, simulator)
                    .withLogin("oauth")
                    .with("zoom.lookback-days", "60")
                    .run();
            for (ExpectedRecording expected : simulator.recordings()) {
                Path kept = folder.resolve("data/transcripts/" + expected.recordingId() + ".json");
                if (!expected.timeline().equals("good")
                        || expected.speakers().isEmpty()
                        || !kept.toFile().exists()) {
                    continue;
                }
                Map<String, String> names = new HashMap<>();
                expected.speakers()
                        .forEach((name, letter) -> names.merge(letter, name, (one, other) -> one + ", " + other));
                for (Turn turn : Transcript.read(() -> Files.newBufferedReader(kept), SpeakerNames.Mode.TIMELINE)
                        .turns()) {
                    Speaker speaker = turn.speaker();
                    if (speaker == null || speaker.source() != Speaker.Source.TIMELINE) {
                        letters++;
                    } else if (names.getOrDefault(speaker.label(), "").contains(speaker.name())
                            || speaker.name().endsWith("(" + speaker.label() + ")")) {
                        right++;
                    } else {
                        wrong++;
                    }
                }
            }
        }
        System.out.printf(
                "utterances with the right name %d, with a letter %d, with a wrong name %d%n", right, letters, wrong);
        assertEquals(0, wrong);
        assertTrue(right > 9 * letters, right + " named, " + letters + " with letters");
    }
}
