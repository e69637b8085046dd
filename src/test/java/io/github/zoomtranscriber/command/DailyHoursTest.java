package io.github.zoomtranscriber.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cap on a day's hours holds over restarts, and what is above it waits and says so. */
class DailyHoursTest {

    @TempDir
    Path folder;

    @Test
    void noMoreThanTheDaysHoursAreSubmittedHoweverOftenTheProgramIsStarted() throws Exception {
        SimulatorSettings settings = SimulatorSettings.defaults().withMeetings(30, 6).withTranscriptionTime(Duration.ofMillis(50));
        try (Simulator simulator = Simulator.start(settings)) {
            Rounds rounds = new Rounds(folder, simulator).withLogin("oauth").with("assemblyai.max-hours-per-day", "0.2");

            Round first = rounds.run();
            int submitted = simulator.counters().charged().size();
            Round second = rounds.run();

            long minutes = first.delivered().stream().map(Entry::recording).mapToLong(recording -> recording.minutes()).sum();
            assertTrue(minutes > 0 && minutes <= 12, () -> minutes + " minutes were delivered under a cap of 12");
            assertEquals(submitted + second.delivered().size(), simulator.counters().charged().size());
            long both = minutes + second.delivered().stream().map(Entry::recording).mapToLong(recording -> recording.minutes()).sum();
            assertTrue(both <= 12, () -> both + " minutes were delivered under a cap of 12");
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            second.report(new PrintStream(said));
            assertTrue(said.toString().contains("above assemblyai.max-hours-per-day: "), said::toString);

            Round raised = rounds.with("assemblyai.max-hours-per-day", "").run();

            assertTrue(raised.delivered().size() > 10, raised.delivered()::toString);
            assertTrue(simulator.counters().charged().values().stream().allMatch(times -> times == 1));
        }
    }
}
