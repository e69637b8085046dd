package io.github.zoomtranscriber.program;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.program.Program.Run;
import io.github.zoomtranscriber.simulator.ExpectedRecording;
import io.github.zoomtranscriber.simulator.ExpectedRecording.Outcome;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person orders while the daemon runs, and what that sees of it. */
class OrdersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void whatIsForgottenSkippedOrPutBackIsSoForTheRunningDaemon() throws Exception {
        try (Simulator simulator =
                        Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(100)));
                Program program = new Program(folder, simulator).withOAuth()) {
            String slow = one(simulator, 1);
            String again = one(simulator, 0);
            simulator.change(faults -> faults.neverFinishes = List.of(slow));
            Run daemon = program.start("run");
            // each look at the ledger is a process: only when the log says that it is time
            await().until(() ->
                    daemon.log().contains(slow + " submitted") && daemon.log().contains(again + " delivered"));
            await().until(() -> state(program, slow).equals("TRANSCRIBING")
                    && state(program, again).equals("DELIVERED"));
            List<String> files = program.files(".txt");

            assertTrue(program.run("skip", "--dry-run", slow).output().contains("would be skipped: " + slow));
            assertEquals("TRANSCRIBING", state(program, slow));
            assertEquals(0, program.run("skip", slow).exitCode());
            assertEquals("SKIPPED", state(program, slow));
            assertEquals(2, program.run("skip", again).exitCode());

            assertEquals(0, program.run("forget", "--dry-run", again).exitCode());
            assertEquals(1, simulator.counters().submissions().get(again));
            assertEquals(0, program.run("forget", again).exitCode());
            await().until(() -> daemon.log().split(again + " delivered", -1).length == 3);
            await().until(() -> state(program, again).equals("DELIVERED"));
            assertEquals(2, simulator.counters().submissions().get(again));
            assertEquals(files, program.files(".txt"));

            List<String> story = new ArrayList<>();
            JSON.readTree(program.run("status", again, "--json").output())
                    .path("history")
                    .forEach(event -> story.add(event.path("state").asText()));
            assertEquals(
                    List.of(
                            "discovered",
                            "submitting",
                            "transcribing",
                            "delivered",
                            "discovered",
                            "submitting",
                            "transcribing",
                            "delivered"),
                    story);
            String shown = program.run("status", again).output();
            assertTrue(shown.lines().anyMatch(line -> line.matches("when +state +hand-off +try +reason")), shown);
            assertTrue(shown.contains("forgotten by hand"), shown);

            Run chosen = program.run("retry", "--failed", "--reason", "no such reason", "--dry-run");
            assertEquals("", chosen.output());
            long failed = simulator.recordings().stream()
                    .filter(recording -> recording.outcome() == Outcome.FAILED)
                    .count();
            assertEquals(
                    failed,
                    program.run("retry", "--failed", "--dry-run")
                            .output()
                            .lines()
                            .count());

            JsonNode status = JSON.readTree(program.run("status", "--json").output());
            assertEquals(1, status.path("skipped").asInt());
            assertEquals(
                    status.path("delivered").asInt(),
                    status.path("delivered_today").asInt());
            assertTrue(status.path("last_tick").path("ok").asBoolean(), status::toString);
            assertTrue(program.run("status").output().contains("ago, ok: "));
            daemon.stop();
        }
    }

    private static String one(Simulator simulator, int index) {
        return simulator.recordings().stream()
                .filter(recording -> recording.outcome() == Outcome.DELIVERED)
                .map(ExpectedRecording::recordingId)
                .toList()
                .get(index);
    }

    private static String state(Program program, String id) throws Exception {
        Run run = program.run("status", id, "--json");
        return run.exitCode() == 0 ? JSON.readTree(run.output()).path("state").asText() : "";
    }
}
