package io.github.zoomtranscriber.program;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.ledger.Postgres;
import io.github.zoomtranscriber.program.Program.Run;
import io.github.zoomtranscriber.simulator.ExpectedRecording.Outcome;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy of the ledger that was made while the daemon ran is as good as the ledger. */
class CopyTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void whatWasInFlightIsDeliveredFromTheCopyAndNothingIsChargedTwice(String database) throws Exception {
        // one job at a time, so that the daemon goes on writing for minutes; and lost answers, which it looks for
        // minutes later
        try (Simulator simulator = Simulator.start(SimulatorSettings.defaults()
                        .withMeetings(150, 6)
                        .withConcurrency(1)
                        .withTranscriptionTime(Duration.ofSeconds(2)));
                Program old = program("old", simulator, "20m");
                Program fresh = program("fresh", simulator, "5s")) {
            simulator.change(faults -> {
                faults.lostPostAnswerRate = 0.2;
                faults.lostPostAnswer = "drop";
            });
            Run daemon = old.start("run");
            await().until(() -> !old.files(".txt").isEmpty()
                    && simulator.counters().submissions().size() >= wanted(simulator));
            await().until(() -> {
                JsonNode status = JSON.readTree(old.run("status", "--json").output());
                return status.path("delivered").asInt() > 0
                        && status.path("discovered").asInt() == 0
                        && status.path("submitting").asInt() > 0;
            });
            Run copy = old.run("export");
            int before = old.files(".txt").size();
            assertEquals(0, copy.exitCode(), copy::log);
            Map<String, Integer> states = states(copy);
            assertTrue(
                    states.get("SUBMITTING") > 0 && states.get("TRANSCRIBING") > 0 && states.get("DELIVERED") > 0,
                    states::toString);
            await().until(() -> old.files(".txt").size() > before);
            daemon.kill();
            assertFalse(old.files(".txt").size() >= wanted(simulator), "nothing was left to do");

            if (database.equals("PostgreSQL")) {
                fresh.with("LEDGER_URL", Postgres.database()).with("LEDGER_USERNAME", Postgres.USER);
            }
            Run dry = fresh.run("import", "--dry-run", copy.out().toString());
            assertEquals(lines(copy), dry.output().lines().count(), dry::log);
            assertTrue(
                    database.equals("PostgreSQL")
                            || !Files.exists(fresh.folder().resolve("data")),
                    "a dry run leaves nothing behind");

            // beside a daemon that has nothing to do yet, and does not ask Zoom
            Run other = fresh.with("ZOOM_DISCOVER", "false").start("run");
            await().until(() -> other.log().contains("Routes"));
            Run imported = fresh.run("import", copy.out().toString());
            assertEquals(0, imported.exitCode(), imported::log);
            assertTrue(imported.output().startsWith("added: " + lines(copy) + " recordings"), imported::output);
            simulator.change(faults -> faults.concurrency = 100);

            int delivered = states.get("DELIVERED");
            await().untilAsserted(() -> assertEquals(
                    wanted(simulator) - delivered, fresh.files(".txt").size()));
            other.stop();
            Map<String, Long> twice = new TreeMap<>(simulator.counters().charged());
            twice.values().removeIf(times -> times < 2);
            assertEquals(Map.of(), twice, "charged twice");
            assertTrue(fresh.run("import", copy.out().toString()).output().contains("left unchanged: " + lines(copy)));
            assertEquals(List.of(), Secrets.in(folder));
        }
    }

    private Program program(String name, Simulator simulator, String lag) throws Exception {
        return new Program(Files.createDirectories(folder.resolve(name)), simulator)
                .withOAuth()
                .with("ASSEMBLYAI_LIST_LAG", lag);
    }

    private static long lines(Run export) {
        return export.output().lines().count() - 1;
    }

    private static Map<String, Integer> states(Run export) throws Exception {
        Map<String, Integer> states = new TreeMap<>();
        for (String line : export.output().lines().skip(1).toList()) {
            states.merge(JSON.readTree(line).path("state").asText(), 1, Integer::sum);
        }
        return states;
    }

    private static long wanted(Simulator simulator) {
        return simulator.recordings().stream()
                .filter(recording ->
                        recording.outcome() == Outcome.DELIVERED || recording.outcome() == Outcome.NO_SPEECH)
                .count();
    }
}
