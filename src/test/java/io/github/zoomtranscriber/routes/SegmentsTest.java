package io.github.zoomtranscriber.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.zoomtranscriber.ledger.Progress;
import io.github.zoomtranscriber.ledger.Recording;
import io.github.zoomtranscriber.logging.CapturedLog;
import io.github.zoomtranscriber.simulator.ExpectedRecording;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import io.github.zoomtranscriber.zoom.Ticks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One segment of a meeting is one transcript, and one charge, whatever files Zoom lists of it, and when. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SegmentsTest {

    @TempDir
    Path folder;

    private Simulator simulator;
    private Rounds rounds;

    @BeforeEach
    void play() throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)));
        rounds = new Rounds(folder, simulator).withLogin("oauth").with("zoom.topics", "Alone*");
    }

    @AfterEach
    void end() {
        simulator.close();
    }

    private ExpectedRecording add(String... files) {
        return simulator.addMeeting(
                "Alone", simulator.recordings().get(0).host(), Duration.ofMinutes(1), List.of(files));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "broken_audio audio speaker_view",
                "audio broken_audio",
                "cut_audio audio",
                "audio speaker_view+1",
                "speaker_view audio+1 timeline",
                "speaker_view+2 broken_audio+1 audio timeline+3",
                "gallery_view speaker_view+1",
                "broken_audio speaker_view",
                "new_view",
                "untyped_video",
                "new_view untyped_audio timeline",
                "new_view speaker_view",
                "new_view+1 audio"
            })
    void oneSegmentIsTranscribedOnceFromItsBestFile(String files) throws Exception {
        ExpectedRecording expected = add(files.split(" "));

        assertEquals(List.of(expected.recordingId()), Rounds.ids(rounds.run().delivered()));
        assertEquals(List.of(), rounds.run().delivered());
        assertEquals(Map.of(expected.recordingId(), 1L), simulator.counters().charged());
    }

    @ParameterizedTest
    @ValueSource(strings = {"speaker_view audio", "speaker_view+1 audio", "audio speaker_view+1", "broken_audio audio"})
    void aFileThatZoomAddsLaterIsNotChargedOnceMore(String files) throws Exception {
        String[] firstAndLater = files.split(" ");
        ExpectedRecording first = add(firstAndLater[0]);
        rounds.run();

        simulator.addFile(first.meetingUuid(), firstAndLater[1]);

        assertEquals(List.of(), rounds.run().delivered());
        assertEquals(
                List.of(first.recordingId()),
                List.copyOf(simulator.counters().submissions().keySet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"audio speaker_view", "audio speaker_view+1", "audio cut_audio", "audio audio+2"})
    void whatIsLeftAtZoomOnceTheTranscribedFileIsInTheTrashIsNotChargedOnceMore(String files) throws Exception {
        rounds.with("zoom.after-delivery", "trash");
        ExpectedRecording expected = add(files.split(" "));

        assertEquals(1, rounds.run().delivered().size());
        assertEquals(List.of(), rounds.run().delivered());
        assertEquals(Map.of(expected.recordingId(), 1L), simulator.counters().charged());
    }

    @Test
    void whichCopyIsLeftOutIsSaidOnceAndNotAgainOnEveryCheck() throws Exception {
        add("broken_audio", "audio");
        try (CapturedLog log = new CapturedLog(Ticks.class)) {
            rounds.run();
            rounds.run();
            assertEquals(
                    1,
                    log.lines().stream()
                            .filter(line -> line.contains("left out: ") && line.contains("20 bytes"))
                            .count(),
                    log.lines()::toString);
        }
    }

    /** As version 0.1.0 has it: one row for each start, and the first file of the best type. */
    private static Recording row(ExpectedRecording meeting, String fileId, Instant start) {
        return new Recording(
                fileId,
                meeting.meetingUuid() + "@" + start,
                meeting.meetingUuid(),
                meeting.meetingId(),
                meeting.topic(),
                meeting.host(),
                start,
                "UTC",
                1,
                "audio_only",
                1,
                "https://zoom.us/rec/download/x",
                true,
                "{}");
    }

    private void delivered(Recording... recordings) {
        rounds.before(ledger -> {
            ledger.discoveries().add(List.of(recordings));
            for (Recording recording : recordings) {
                ledger.progress()
                        .delivered(
                                ledger.claim(recording.id()).orElseThrow(),
                                List.of(),
                                new Progress.Result("en", 60, "best"));
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "audio speaker_view+1, audio", // only the sound was there then
        "audio speaker_view+1, picture",
        "audio speaker_view+1, audio picture", // and both were transcribed
        "speaker_view+1, audio", // it is in the trash since
        "broken_audio audio, audio",
        "audio broken_audio, other",
        "audio speaker_view, other",
        "speaker_view+4, audio"
    })
    void aLedgerThatAnEarlierVersionHasMadeLeadsToNoSecondSubmission(String files, String known) throws Exception {
        ExpectedRecording meeting = add(files.split(" "));
        Instant start = Instant.parse(meeting.start()).plusSeconds(5);
        delivered(List.of(known.split(" ")).stream()
                .map(which -> switch (which) {
                    case "audio" -> row(meeting, meeting.recordingId(), start);
                    case "picture" -> row(meeting, "picture", start.plusSeconds(1));
                    default -> row(meeting, "another file", start);
                })
                .toArray(Recording[]::new));

        assertEquals(List.of(), rounds.run().delivered());
        assertEquals(Map.of(), simulator.counters().submissions());
    }
}
