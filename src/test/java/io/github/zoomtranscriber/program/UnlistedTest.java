package io.github.zoomtranscriber.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.program.Program.Run;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command that did not see everything does not end as if it had. */
class UnlistedTest {

    @TempDir
    Path folder;

    private final String from = LocalDate.now(Clock.systemUTC()).minusDays(40).toString();
    private Simulator simulator;
    private Program program;

    @BeforeEach
    void play() throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withUsers(2)
                .withMeetings(4, 3)
                .withTranscriptionTime(Duration.ofMillis(10)));
        program = new Program(folder, simulator)
                .withOAuth()
                .with("ZOOM_USERS", "*")
                .with("ZOOM_TOPICS", "Weekly sync *,Design review *");
        simulator.change(faults -> faults.refusedUsers = Map.of("user1@simulator.example", "400"));
    }

    @AfterEach
    void end() {
        program.close();
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "once",
                "once --dry-run",
                "check",
                "backfill --yes --from ",
                "backfill --dry-run --from ",
            })
    void aCommandThatDidNotSeeEverythingEndsWithOneAndSaysSo(String command) {
        Run run = program.run((command.endsWith("--from ") ? command + from : command).split(" "));

        assertEquals(1, run.exitCode(), run::log);
        assertTrue((run.output() + run.log()).contains("not listed: "), run::output);

        simulator.change(faults -> faults.refusedUsers = Map.of());
        Run again = program.run((command.endsWith("--from ") ? command + from : command).split(" "));
        assertEquals(0, again.exitCode(), again::log);
    }

    @Test
    void scriptsFindWhatWasNotListedInTheSummary() throws IOException {
        Run once = program.run("once", "--json");

        assertEquals(1, once.exitCode());
        assertEquals(
                1, new ObjectMapper().readTree(once.output()).path("not_listed").size(), once::output);
    }
}
