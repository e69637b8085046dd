package io.github.zoomtranscriber.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.command.Round;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.simulator.ExpectedRecording;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cap on a day's hours holds over restarts, and what is above it waits and says so. */
class DailyHoursTest {

    @TempDir
    Path folder;

    @Test
    void noMoreThanTheDaysHoursAreSubmittedHoweverOftenTheProgramIsStarted() throws Exception {
        SimulatorSettings settings =
                SimulatorSettings.defaults().withMeetings(30, 6).withTranscriptionTime(Duration.ofMillis(50));
        try (Simulator simulator = Simulator.start(settings)) {
            Rounds rounds =
                    new Rounds(folder, simulator).withLogin("oauth").with("assemblyai.max-hours-per-day", "0.2");

            Round first = rounds.run();
            int submitted = simulator.counters().charged().size();
            Round second = rounds.run();

            long minutes = first.delivered().stream()
                    .map(Entry::recording)
                    .mapToLong(recording -> recording.minutes())
                    .sum();
            assertTrue(minutes > 0 && minutes <= 12, () -> minutes + " minutes were delivered under a cap of 12");
            assertEquals(
                    submitted + second.delivered().size(),
                    simulator.counters().charged().size());
            long both = minutes
                    + second.delivered().stream()
                            .map(Entry::recording)
                            .mapToLong(recording -> recording.minutes())
                            .sum();
            assertTrue(both <= 12, () -> both + " minutes were delivered under a cap of 12");
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            second.report(new PrintStream(said));
            assertTrue(said.toString().contains("above assemblyai.max-hours-per-day: "), said::toString);

            Round raised = rounds.with("assemblyai.max-hours-per-day", "").run();

            assertTrue(raised.delivered().size() > 10, raised.delivered()::toString);
            assertTrue(simulator.counters().charged().values().stream().allMatch(times -> times == 1));
        }
    }

    @Test
    void whatIsLongerThanADaysHoursFailsAndSaysSoRatherThanWaitForEver() throws Exception {
        try (Simulator simulator =
                Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)))) {
            ExpectedRecording allDay =
                    simulator.addMeeting("All day long", "ada.nowak@simulator.example", Duration.ofHours(2), false);
            Rounds rounds = new Rounds(folder, simulator)
                    .withLogin("oauth")
                    .with("zoom.topics", "All day long")
                    .with("assemblyai.max-hours-per-day", "1.5");

            Round round = rounds.run();

            assertEquals(
                    List.of(
                            "longer (2.0 hours) than assemblyai.max-hours-per-day (1.5) lets through in a day: raise that, then retry"),
                    round.failed().stream().map(Entry::reason).toList());
            try (Stream<Path> files = Files.walk(folder.resolve("transcripts"))) {
                assertEquals(
                        1,
                        files.filter(file -> file.toString().endsWith("All day long.error.json"))
                                .count());
            }
            assertEquals(Map.of(), simulator.counters().submissions());
            Round retried = rounds.with("assemblyai.max-hours-per-day", "2").retry(round.failed());
            assertEquals(List.of(allDay.recordingId()), Rounds.ids(retried.delivered()));
        }
    }
}
