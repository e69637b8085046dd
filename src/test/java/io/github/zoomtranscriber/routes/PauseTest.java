package io.github.zoomtranscriber.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.assemblyai.Submissions;
import io.github.zoomtranscriber.command.ExitCode;
import io.github.zoomtranscriber.command.Round;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.logging.CapturedLog;
import io.github.zoomtranscriber.simulator.ExpectedRecording.Outcome;
import io.github.zoomtranscriber.simulator.Faults;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import io.github.zoomtranscriber.work.Troubles;
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
import org.junit.jupiter.params.provider.ValueSource;

/** AssemblyAI refuses everything: nothing is spent on it, nobody is given up for it, and all goes on by itself. */
class PauseTest {

    /** Long enough for something to come between. */
    private static final SimulatorSettings SLOW =
            SimulatorSettings.defaults().withTranscriptionTime(Duration.ofSeconds(10));

    @TempDir
    Path folder;

    static Stream<Named<Consumer<Faults>>> refusals() {
        return Stream.of(
                Named.of("a wrong key", faults -> faults.wrongKey = true),
                Named.of("an empty balance", faults -> faults.negativeBalance = true),
                Named.of("a model demanded", faults -> faults.requireSpeechModels = true),
                Named.of(
                        "a gateway's 404, as an address with a typo gets it", faults -> faults.assemblyaiGateway = 404),
                Named.of("a gateway's 403", faults -> faults.assemblyaiGateway = 403),
                Named.of("a gateway's 405", faults -> faults.assemblyaiGateway = 405),
                Named.of("a gateway's 410", faults -> faults.assemblyaiGateway = 410),
                Named.of("a redirect", faults -> faults.assemblyaiGateway = 302),
                Named.of(
                        "the same 400 for all",
                        faults -> faults.sameRefusalForAll = "Something new is demanded of everybody."));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void submissionsPauseLoudlyAndGoOnByThemselves(Consumer<Faults> refusal) throws Exception {
        submissionsPause("link", refusal);
    }

    @Test
    void uploadsThatAreRefusedPauseAsSubmissionsDo() throws Exception {
        submissionsPause("upload", faults -> faults.assemblyaiGateway = 404);
    }

    private void submissionsPause(String handOff, Consumer<Faults> refusal) throws Exception {
        SimulatorSettings settings =
                SimulatorSettings.defaults().withMeetings(10, 5).withTranscriptionTime(Duration.ofMillis(50));
        try (Simulator simulator = Simulator.start(settings);
                Daemon daemon = new Rounds(folder, simulator)
                        .withLogin("oauth")
                        .with("assemblyai.hand-off", handOff)
                        .with("assemblyai.probe-every", "1s")
                        .daemon()) {
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
                faults.assemblyaiGateway = 0;
            });

            long wanted = simulator.recordings().stream()
                    .filter(recording ->
                            recording.outcome() == Outcome.DELIVERED || recording.outcome() == Outcome.NO_SPEECH)
                    .count();
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

    /** One that is about the recording alone stays its own. */
    @Test
    void oneRefusalBetweenSubmissionsThatAreTakenPausesNothing() throws Exception {
        try (Simulator simulator =
                Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)))) {
            Rounds rounds = new Rounds(folder, simulator)
                    .withLogin("oauth")
                    .with("zoom.lookback-days", "60")
                    .with("retry.wait", "50ms");
            simulator.change(faults -> faults.assemblyaiGateway = 404);
            Round refused = rounds.with("zoom.topics", "CON").run();
            assertEquals(1, refused.failed().size());

            simulator.change(faults -> faults.assemblyaiGateway = 0);
            Round round = rounds.with("zoom.topics", "").run();

            assertTrue(round.failed().size() < round.delivered().size(), () -> round.failed()
                    .toString());
            assertEquals(1, rounds.retry(refused.failed()).delivered().size());
            assertTrue(simulator.counters().charged().values().stream().allMatch(times -> times == 1));
        }
    }

    /** What is at AssemblyAI is paid for. */
    @ParameterizedTest
    @ValueSource(ints = {302, 403, 405})
    void whatAGatewaySaysToAPollIsNoAnswer(int status) throws Exception {
        try (Simulator simulator = Simulator.start(SLOW);
                CapturedLog log = new CapturedLog(Troubles.class);
                Daemon daemon = new Rounds(folder, simulator)
                        .withLogin("oauth")
                        .with("zoom.topics", "CON")
                        .daemon()) {
            Ledger ledger = submitted(simulator, daemon);
            simulator.change(faults -> faults.assemblyaiGateway = status);
            await().until(() -> simulator.counters().answers().getOrDefault("assemblyai " + status, 0L) > 2);
            assertEquals(1, log.lines().size(), () -> log.lines().toString());

            simulator.change(faults -> faults.assemblyaiGateway = 0);

            await().until(() -> ledger.statistics().counts().getOrDefault(State.DELIVERED, 0) == 1);
            assertTrue(simulator.counters().charged().values().stream().allMatch(times -> times == 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void whatIsNotFoundFailsAloneAndARetryLooksAgainBeforeItPaysAgain(int status) throws Exception {
        try (Simulator simulator = Simulator.start(SLOW);
                Daemon daemon = new Rounds(folder, simulator)
                        .withLogin("oauth")
                        .with("zoom.topics", "CON")
                        .daemon()) {
            Ledger ledger = submitted(simulator, daemon);
            simulator.change(faults -> faults.assemblyaiGateway = status);
            await().until(() -> ledger.statistics().counts().getOrDefault(State.FAILED, 0) == 1);
            assertTrue(ledger.notes().find(Submissions.NOTE).isEmpty());
            simulator.change(faults -> faults.assemblyaiGateway = 0);

            assertTrue(ledger.progress()
                    .retry(ledger.records().list(State.FAILED, 1).get(0).id()));

            await().until(() -> ledger.statistics().counts().getOrDefault(State.DELIVERED, 0) == 1);
            assertTrue(simulator.counters().submissions().values().stream().allMatch(times -> times == 1));
        }
    }

    @Test
    void whatAssemblyAiItselfDoesNotKnowAnyMoreIsSubmittedAnewByARetry() throws Exception {
        try (Simulator simulator = Simulator.start(SLOW);
                Daemon daemon = new Rounds(folder, simulator)
                        .withLogin("oauth")
                        .with("zoom.topics", "CON")
                        .daemon()) {
            Ledger ledger = submitted(simulator, daemon);
            simulator.reset();
            await().until(() -> ledger.statistics().counts().getOrDefault(State.FAILED, 0) == 1);
            assertTrue(
                    ledger.records().list(State.FAILED, 1).get(0).reason().contains("lookup error"),
                    () -> ledger.records().list(State.FAILED, 1).toString());

            ledger.records().list(State.FAILED, 100).forEach(entry -> ledger.progress()
                    .retry(entry.id()));

            await().until(() ->
                    simulator.counters().submissions().values().stream().anyMatch(times -> times == 1));
        }
    }

    /** One recording, which AssemblyAI has taken and is not done with. */
    private static Ledger submitted(Simulator simulator, Daemon daemon) throws Exception {
        daemon.start();
        try (ProducerTemplate template = daemon.context().createProducerTemplate()) {
            template.sendBody("direct:discover", null);
        }
        Ledger ledger = daemon.bean("zoomLedger", Ledger.class);
        await().until(() -> ledger.statistics().counts().getOrDefault(State.TRANSCRIBING, 0) == 1);
        return ledger;
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
