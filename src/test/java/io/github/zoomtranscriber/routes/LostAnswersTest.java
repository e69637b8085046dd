package io.github.zoomtranscriber.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.command.Round;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.simulator.ExpectedRecording;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * AssemblyAI answers with 200, and without what has to be in the answer: nothing is lost for it, and nothing paid
 * twice.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LostAnswersTest {

    @TempDir
    Path folder;

    private Simulator simulator;
    private Rounds rounds;
    private String id;

    @BeforeEach
    void play() throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)));
        rounds = new Rounds(folder, simulator).withLogin("oauth").with("zoom.topics", "CON");
        id = simulator.recordings().stream()
                .filter(each -> each.topic().equals("CON"))
                .map(ExpectedRecording::recordingId)
                .findFirst()
                .orElseThrow();
    }

    @AfterEach
    void end() {
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\":null}",
                "{\"id\":\"\"}",
                "{\"id\":\" \"}",
                "{\"id\":7}",
                "{\"id\":{}}",
                "[]",
                "null",
                "7",
                "no JSON",
                "",
                "<html><body>Sign in to the network</body></html>"
            })
    void aSubmissionThatWasTakenIsFoundInAssemblyAisListAndPaidOnce(String answer) throws Exception {
        simulator.change(faults -> {
            faults.lostPostAnswerRate = 1;
            faults.lostPostAnswer = "hollow";
            faults.hollowAnswer = answer;
        });

        Round round = rounds.run();

        assertEquals(List.of(id), Rounds.ids(round.delivered()));
        assertEquals(0, round.delivered().get(0).failures());
        assertEquals(Map.of(id, 1L), simulator.counters().submissions());
        rounds.retry(round.delivered());
        assertEquals(Map.of(id, 1L), simulator.counters().charged());
    }

    /** Neither is what the list does not say taken for "it is not there". */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"transcripts\":null}",
                "{\"transcripts\":{}}",
                "[]",
                "",
                "<html><body>Sign in to the network</body></html>"
            })
    void aListThatIsNoneDoesNotSayThatASubmissionWasNotTaken(String answer) throws Exception {
        simulator.change(faults -> {
            faults.lostPostAnswerRate = 1;
            faults.lostPostAnswer = "drop";
        });
        try (Daemon daemon = discovering()) {
            await().until(() -> simulator.counters().submissions().containsKey(id));
            long before = lists();
            simulator.change(faults -> {
                faults.hollowAnswerRate = 1;
                faults.hollowAnswer = answer;
            });
            // more than are looked at within assemblyai.list-lag, also where the first came before this
            await().until(() -> lists() > before + 12);
            simulator.change(faults -> faults.hollowAnswerRate = 0);

            deliveredOnce(daemon);
        }
    }

    @Test
    void aSubmissionThatWasNotTakenIsSentAgain() throws Exception {
        simulator.change(faults -> faults.hollowAnswerRate = 1);
        try (Daemon daemon = discovering()) {
            await().until(() -> simulator.counters().calls("assemblyai POST /v2/transcript") > 0 && lists() > 0);
            simulator.change(faults -> faults.hollowAnswerRate = 0);

            deliveredOnce(daemon);
            assertEquals(2, simulator.counters().calls("assemblyai POST /v2/transcript"));
        }
    }

    @Test
    void anUploadWithoutAnAddressIsMadeAgainAndNothingIsSubmittedWithoutOne() throws Exception {
        simulator.change(faults -> faults.hollowAnswerRate = 1);
        rounds.with("assemblyai.hand-off", "upload").with("retry.attempts", "2");
        try (Daemon daemon = discovering()) {
            // it has waited in the ledger meanwhile
            await().until(() -> simulator.counters().calls("assemblyai POST /v2/upload") > 4);
            assertEquals(0, simulator.counters().calls("assemblyai POST /v2/transcript"));
            simulator.change(faults -> faults.hollowAnswerRate = 0);

            deliveredOnce(daemon);
            assertEquals(Map.of(), simulator.counters().violations());
        }
    }

    @Test
    void aPollWithoutAStatusIsMadeAgain() throws Exception {
        simulator.change(faults -> faults.transcriptionTime = Duration.ofSeconds(5));
        try (Daemon daemon = discovering()) {
            Ledger ledger = daemon.bean("zoomLedger", Ledger.class);
            await().until(() -> ledger.statistics().counts().getOrDefault(State.TRANSCRIBING, 0) == 1);
            simulator.change(faults -> faults.hollowAnswerRate = 1);
            await().until(() -> simulator.counters().faults().getOrDefault("hollowAnswerRate", 0L) > 3);
            simulator.change(faults -> faults.hollowAnswerRate = 0);

            deliveredOnce(daemon);
        }
    }

    private Daemon discovering() throws Exception {
        Daemon daemon = rounds.daemon();
        daemon.start();
        try (ProducerTemplate template = daemon.context().createProducerTemplate()) {
            template.sendBody("direct:discover", null);
        }
        return daemon;
    }

    private long lists() {
        return simulator.counters().calls("assemblyai GET /v2/transcript");
    }

    private void deliveredOnce(Daemon daemon) throws Exception {
        Ledger ledger = daemon.bean("zoomLedger", Ledger.class);
        await().until(() -> ledger.statistics().counts().getOrDefault(State.DELIVERED, 0) == 1);
        assertEquals(0, ledger.records().find(id).orElseThrow().failures());
        assertEquals(Map.of(id, 1L), simulator.counters().submissions());
        assertEquals(Map.of(id, 1L), simulator.counters().charged());
    }
}
