package io.github.zoomtranscriber.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.program.Program.Run;
import io.github.zoomtranscriber.simulator.ExpectedRecording.Outcome;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} says, and that it does nothing else. */
class CheckTest {

    @TempDir
    Path folder;

    private Simulator simulator;
    private Program program;

    @BeforeEach
    void play() throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(100)));
        program = new Program(folder, simulator).withOAuth().with("ASSEMBLYAI_PRICE_PER_HOUR", "0.37");
    }

    @AfterEach
    void end() {
        program.close();
        simulator.close();
    }

    @Test
    void itSaysWhatWouldBeTranscribedAndLeavesNoTrace() {
        Run check = program.run("check");

        assertEquals(0, check.exitCode(), check::output);
        Run list = program.run("once", "--dry-run");
        assertTrue(
                check.output()
                        .contains("Would be transcribed now: "
                                + list.output().lines().count() + " recordings"),
                check::output);
        assertTrue(check.output().contains("at 0.37 an hour"), check::output);
        assertFalse(Files.exists(folder.resolve("data")));
        assertFalse(Files.exists(folder.resolve("transcripts")));
        assertEquals(Map.of(), simulator.counters().submissions());
    }

    @Test
    void aQueueThatWouldTranscribeOneRecordingAfterTheOtherIsNamedWithTheWay() {
        Run check = program.with("QUEUE", "direct:recordings").run("check");

        assertEquals(2, check.exitCode(), check::output);
        assertEquals(
                1,
                check.output()
                        .lines()
                        .filter(line -> line.startsWith("WRONG queue ") && line.contains("queue.in"))
                        .count(),
                check::output);
    }

    @Test
    void aDryRunNamesExactlyWhatTheRealOneSubmitsAndNothingIsLeftAfterIt() throws IOException {
        Run list = program.run("once", "--dry-run");
        List<String> announced =
                list.output().lines().map(line -> line.split(" ")[0]).sorted().toList();

        program.run("once");
        assertEquals(
                announced,
                simulator.counters().submissions().keySet().stream().sorted().toList());

        byte[] before = Files.readAllBytes(folder.resolve("data/ledger.mv.db"));
        assertEquals("", program.run("once", "--dry-run").output());
        assertTrue(program.run("check").output().contains("Would be transcribed now: 0 recordings"));
        assertTrue(
                Arrays.equals(before, Files.readAllBytes(folder.resolve("data/ledger.mv.db"))),
                "the ledger's file was changed");
    }

    @Test
    void whatPeopleRecordForThemselvesIsNotAnnouncedEvenWhereItWaitsInTheLedger() {
        simulator.change(faults -> faults.negativeBalance = true);
        assertEquals(3, program.with("ZOOM_MY_NOTES", "true").run("once").exitCode());
        long notes = simulator.recordings().stream()
                .filter(recording -> recording.outcome() == Outcome.PRIVATE)
                .count();
        long all = program.run("once", "--dry-run").output().lines().count();

        Run list = program.with("ZOOM_MY_NOTES", "false").run("once", "--dry-run");

        assertEquals(all - notes + 1, list.output().lines().count(), "one is in work at Zoom");
        assertFalse(
                list.output().contains("Thoughts after the stand-up")
                        || list.output().contains("Coffee with Marta"),
                list::output);
        assertTrue(program.run("check")
                .output()
                .contains("Would be transcribed now: " + list.output().lines().count() + " recordings"));
    }

    @Test
    void aMissingScopeIsNamedInBothSpellingsAndEitherWillDo() {
        simulator.change(faults -> faults.scopes = "user:read:list_users:admin");
        Run missing = program.run("check");

        assertEquals(3, missing.exitCode(), missing::output);
        assertTrue(
                missing.output()
                        .contains(
                                "cloud_recording:read:list_account_recordings:admin (in an app with classic scopes: recording:master)"),
                missing::output);
        assertTrue(missing.output().contains("cloud_recording:read:list_recording_files:admin"), missing::output);

        simulator.change(faults -> faults.scopes = "recording:master recording:read:admin");
        assertEquals(0, program.run("check").exitCode());
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnceWithWhatToDo() throws IOException {
        simulator.change(faults -> {
            faults.invalidClient = true;
            faults.wrongKey = true;
        });
        Files.writeString(folder.resolve("transcripts"), "in the way");

        Run check = program.run("check");

        assertEquals(2, check.exitCode(), check::output);
        List<String> wrong =
                check.output().lines().filter(line -> line.startsWith("WRONG")).toList();
        assertEquals(3, wrong.size(), check::output);
        assertTrue(
                check.output().contains("zoom.client-secret") && check.output().contains("assemblyai.api-key"),
                check::output);
    }

    @Test
    void theConfigurationIsShownWithWhereItComesFromAndWithoutSecrets() {
        Run show = program.run("check", "--show-config");

        assertTrue(
                show.output()
                        .lines()
                        .anyMatch(line -> line.matches("zoom\\.client-secret = \\*\\*\\* +# ZOOM_CLIENT_SECRET")),
                show::output);
        assertTrue(
                show.output().lines().anyMatch(line -> line.matches("zoom\\.wait-days = 14 +# default")), show::output);
        assertFalse(show.output().contains(Simulator.ZOOM_CLIENT_SECRET));
    }
}
