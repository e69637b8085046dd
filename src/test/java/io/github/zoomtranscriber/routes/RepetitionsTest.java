package io.github.zoomtranscriber.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.command.ExitCode;
import io.github.zoomtranscriber.command.Round;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.simulator.Faults;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A call that fails is repeated retry.attempts times and no more, whichever call it is; and while it is, others have
 * connections.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RepetitionsTest {

    private static final long TRIES = 3;

    @TempDir
    Path folder;

    private Simulator simulator;
    private Rounds rounds;

    @BeforeEach
    void play() throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)));
        rounds = new Rounds(folder, simulator)
                .with("retry.attempts", Long.toString(TRIES - 1))
                .with("retry.wait", "1h")
                .with("zoom.topics", "Alone*");
    }

    @AfterEach
    void end() {
        simulator.close();
    }

    /** What fails from some instant on, and for good. */
    enum Call {
        DOWNLOAD_LINK("link", State.DISCOVERED, "zoom 503", faults -> faults.zoomOutage = true),
        DOWNLOAD_FOR_AN_UPLOAD("upload", State.DISCOVERED, "zoom 503", faults -> faults.zoomOutage = true),
        MEETING("token", State.DISCOVERED, "zoom 503", faults -> faults.zoomOutage = true),
        UPLOAD("upload", State.DISCOVERED, "assemblyai 503", faults -> faults.assemblyaiOutage = true),
        SUBMISSION("link", State.DISCOVERED, "assemblyai 429", faults -> faults.requestLimit = 0),
        POLL("link", State.TRANSCRIBING, "assemblyai 503", faults -> faults.assemblyaiOutage = true);

        private final String handOff;
        private final State state;
        private final String answer;
        private final Consumer<Faults> fault;

        Call(String handOff, State state, String answer, Consumer<Faults> fault) {
            this.handOff = handOff;
            this.state = state;
            this.answer = answer;
            this.fault = fault;
        }
    }

    private void add(String topic) {
        simulator.addMeeting(topic, simulator.recordings().get(0).host(), Duration.ofMinutes(1), false);
    }

    private static void discover(Daemon daemon) throws IOException {
        try (ProducerTemplate template = daemon.context().createProducerTemplate()) {
            template.sendBody("direct:discover", null);
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterSoManyTriesTheRecordingWaitsInTheLedger(Call call) throws Exception {
        add("Alone");
        simulator.change(faults -> faults.transcriptionTime = Duration.ofHours(1));
        try (Daemon daemon = rounds.withLogin("oauth")
                .with("assemblyai.hand-off", call.handOff)
                .daemon()) {
            daemon.start();
            Ledger ledger = daemon.bean("zoomLedger", Ledger.class);
            daemon.context().getRouteController().stopRoute("transcribe");
            discover(daemon);
            if (call == Call.POLL) {
                daemon.context().getRouteController().startRoute("transcribe");
                await().until(() -> ledger.statistics().counts().getOrDefault(State.TRANSCRIBING, 0) == 1);
            }

            simulator.change(call.fault);
            daemon.context().getRouteController().startRoute("transcribe");

            await().until(() ->
                    ledger.records().list(call.state, 1).stream().anyMatch(entry -> "waiting".equals(entry.claim())));
            assertEquals(
                    TRIES,
                    simulator.counters().answers().get(call.answer),
                    () -> simulator.counters().answers().toString());
        }
    }

    /** Under OAuth it is the token that is not to be had. */
    @ParameterizedTest
    @ValueSource(strings = {"oauth", "jwt"})
    void onceEndsWhereZoomDoesNotAnswer(String login) throws Exception {
        simulator.change(faults -> faults.zoomOutage = true);

        Round round = rounds.withLogin(login).run();

        assertEquals(ExitCode.UNREACHABLE, round.report(System.out));
        assertEquals(TRIES, simulator.counters().answers().get("zoom 503"));
    }

    @Test
    void recordingsThatWaitForTheirTranscriptsKeepNoConnectionFromTheNext() throws Exception {
        simulator.change(faults -> {
            faults.redirectWithPage = true;
            faults.transcriptionTime = Duration.ofHours(1);
        });
        for (int i = 0; i < 8; i++) {
            add("Alone " + i);
        }
        rounds.withLogin("oauth")
                .with("assemblyai.hand-off", "upload")
                .with("camel.component.http.connections-per-route", "3")
                .with("camel.component.http.connection-request-timeout", "2000");
        try (Daemon daemon = rounds.daemon()) {
            daemon.start();
            discover(daemon);

            Ledger ledger = daemon.bean("zoomLedger", Ledger.class);
            await().until(() -> ledger.statistics().counts().getOrDefault(State.TRANSCRIBING, 0) == 8);
        }
    }
}
