package io.github.zoomtranscriber.program;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.program.Program.Run;
import io.github.zoomtranscriber.simulator.ExpectedRecording.Outcome;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An older period: announced exactly, done once. */
class BackfillTest {

    private final LocalDate today = LocalDate.now(Clock.systemUTC());
    private final String from = today.minusDays(100).toString();
    private final String to = today.minusDays(40).toString();

    @TempDir
    Path folder;

    private Simulator simulator;
    private Program program;

    @BeforeEach
    void play() throws IOException {
        simulator = Simulator.start(
                SimulatorSettings.defaults().withMeetings(40, 120).withTranscriptionTime(Duration.ofMillis(100)));
        program = new Program(folder, simulator)
                .withOAuth()
                .with("ZOOM_LOOKBACK_DAYS", "7")
                .with("ASSEMBLYAI_PRICE_PER_HOUR", "0.37");
    }

    @AfterEach
    void end() {
        program.close();
        simulator.close();
    }

    @Test
    void itDoesExactlyWhatItAnnouncedAndASecondTimeNothing() throws IOException {
        List<String> announced = program.run("backfill", "--from", from, "--to", to, "--dry-run")
                .output()
                .lines()
                .map(line -> line.split(" ")[0])
                .sorted()
                .toList();
        assertFalse(announced.isEmpty());
        assertFalse(Files.exists(folder.resolve("data")));

        Run backfill = program.run("backfill", "--from", from, "--to", to, "--yes");

        assertEquals(0, backfill.exitCode(), backfill::log);
        assertTrue(backfill.output().contains("delivered " + announced.size() + ", failed 0"), backfill::output);
        assertTrue(
                backfill.log().contains(announced.size() + " of " + announced.size() + " recordings"), backfill::log);
        assertEquals(
                announced,
                List.copyOf(new TreeSet<>(simulator.counters().submissions().keySet())));
        assertTrue(
                program.run("backfill", "--from", from, "--to", to).log().contains("To be transcribed: 0 recordings"));
        assertEquals(
                0,
                json("backfill", "--from", from, "--to", to, "--json")
                        .path("delivered")
                        .asInt(-1));
    }

    @Test
    void scriptsGetOneObjectOfWhatWouldBeDoneAndOneOfWhatCameOfIt() throws IOException {
        JsonNode plan = json("backfill", "--from", from, "--to", to, "--dry-run", "--json");
        JsonNode summary = json("backfill", "--from", from, "--to", to, "--yes", "--json");

        assertTrue(plan.path("would_transcribe").path("cost").asDouble() > 0, plan::toString);
        assertEquals(plan.path("recordings").size(), summary.path("delivered").asInt(-1), summary::toString);
        assertEquals(plan.path("recordings").size(), summary.path("recordings").size());
    }

    private JsonNode json(String... arguments) throws IOException {
        return new ObjectMapper().readTree(program.run(arguments).output());
    }

    @Test
    void nothingIsDoneUnlessSomebodySaysYes() throws IOException {
        Run unanswered = program.start("backfill", "--from", from, "--to", to);
        unanswered.process().getOutputStream().close();
        unanswered.waitForEnd();

        assertEquals(2, unanswered.exitCode(), unanswered::log);
        assertTrue(unanswered.log().contains("--yes"), unanswered::log);
        assertEquals(Map.of(), simulator.counters().submissions());
    }

    @Test
    void killedAndRepeatedItGoesOnAndNothingIsPaidTwice() {
        simulator.change(faults -> faults.transcriptionTime = Duration.ofSeconds(2));
        Run killed = program.start("backfill", "--from", from, "--to", to, "--yes");
        await().until(() -> !simulator.counters().submissions().isEmpty());
        killed.kill();
        simulator.change(faults -> faults.transcriptionTime = Duration.ofMillis(100));

        Run again = program.run("backfill", "--from", from, "--to", to, "--yes");

        assertEquals(0, again.exitCode(), again::log);
        assertTrue(again.log().contains("that are already in progress"), again::log);
        assertTrue(
                simulator.counters().charged().values().stream().allMatch(times -> times == 1),
                simulator.counters()::toString);
        assertTrue(
                program.run("backfill", "--from", from, "--to", to).log().contains("To be transcribed: 0 recordings"));
    }

    @Test
    void besideADaemonThatOneDoesTheWork() {
        Run daemon = program.start("run");
        long failing = simulator.recordings().stream()
                .filter(recording -> recording.outcome() == Outcome.FAILED)
                .count();
        await().until(() -> daemon.log().contains("at Zoom: ")
                && program.files(".error.json").size() == failing);

        Run backfill = program.run("backfill", "--from", from, "--to", to, "--yes");

        assertEquals(0, backfill.exitCode(), backfill::log);
        assertTrue(daemon.process().isAlive());
        assertFalse(backfill.output().contains("delivered 0"), backfill::output);
        assertTrue(
                simulator.counters().charged().values().stream().allMatch(times -> times == 1),
                simulator.counters()::toString);
        daemon.stop();
    }
}
