package io.github.zoomtranscriber.routes;

import io.github.zoomtranscriber.command.ExitCode;
import io.github.zoomtranscriber.command.Round;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.assemblyai.Submissions;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.simulator.ExpectedRecording.Outcome;
import io.github.zoomtranscriber.simulator.Faults;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** AssemblyAI refuses everything: nothing is spent on it, nobody is given up for it, and all goes on by itself. */
class PauseTest {

    @TempDir
    Path folder;

    static Stream<Named<Consumer<Faults>>> refusals() {
        return Stream.of(
                Named.of("a wrong key", faults -> faults.wrongKey = true),
                Named.of("an empty balance", faults -> faults.negativeBalance = true),
                Named.of("a model demanded", faults -> faults.requireSpeechModels = true),
                Named.of("the same 400 for all", faults -> faults.sameRefusalForAll = "Something new is demanded of everybody."));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void submissionsPauseLoudlyAndGoOnByThemselves(Consumer<Faults> refusal) throws Exception {
        SimulatorSettings settings = SimulatorSettings.defaults().withMeetings(10, 5).withTranscriptionTime(Duration.ofMillis(50));
        try (Simulator simulator = Simulator.start(settings);
             Daemon daemon = new Rounds(folder, simulator).withLogin("oauth").with("assemblyai.probe-every", "1s").daemon()) {
            simulator.change(refusal);
            daemon.start();
            Ledger ledger = daemon.context().getRegistry().lookupByNameAndType("zoomLedger", Ledger.class);
            try (ProducerTemplate template = daemon.context().createProducerTemplate()) {
                template.sendBody("direct:discover", null);
            }
            await().until(() -> ledger.notes().find(Submissions.NOTE).isPresent());
            assertEquals(HealthCheck.State.DOWN, health(daemon));
            assertEquals(Map.of(), simulator.counters().submissions());
            assertEquals(0, ledger.statistics().counts().getOrDefault(State.FAILED, 0));

            simulator.change(faults -> {
                faults.wrongKey = false;
                faults.negativeBalance = false;
                faults.requireSpeechModels = false;
                faults.sameRefusalForAll = "";
            });

            long wanted = simulator.recordings().stream()
                    .filter(recording -> recording.outcome() == Outcome.DELIVERED || recording.outcome() == Outcome.NO_SPEECH).count();
            await().until(() -> ledger.statistics().counts().getOrDefault(State.DELIVERED, 0) >= Math.min(10, wanted));
            assertTrue(ledger.notes().find(Submissions.NOTE).isEmpty());
            assertEquals(HealthCheck.State.UP, health(daemon));
            assertTrue(simulator.counters().charged().values().stream().allMatch(times -> times == 1));
        }
    }

    private static HealthCheck.State health(Daemon daemon) {
        HealthCheck check = HealthCheckHelper.getHealthCheck(daemon.context(), "assemblyai-submissions");
        return check.call().getState();
    }

    @Test
    void onceEndsWithTheReasonInsteadOfWaitingForBetterTimes() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorSettings.defaults())) {
            simulator.change(faults -> faults.wrongKey = true);

            Round round = new Rounds(folder, simulator).withLogin("oauth").run();

            assertEquals(ExitCode.UNREACHABLE, round.report(System.out));
            assertEquals(0, round.failed().size());
        }
    }
}
