package io.github.zoomtranscriber.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.assemblyai.Submissions;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.Postgres;
import io.github.zoomtranscriber.ledger.Statistics.Unfinished;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three daemons on one PostgreSQL, in this process. */
class SharedLedgerTest {

    @TempDir
    Path folder;

    private final List<Daemon> daemons = new ArrayList<>();
    private final String database = Postgres.database();
    private Simulator simulator;

    @BeforeEach
    void play() throws Exception {
        simulator = Simulator.start(
                SimulatorSettings.defaults().withMeetings(30, 3).withTranscriptionTime(Duration.ofMillis(50)));
    }

    @AfterEach
    void end() {
        daemons.forEach(Daemon::close);
        simulator.close();
    }

    private void start(int count) throws Exception {
        Rounds rounds = new Rounds(folder, simulator)
                .withLogin("oauth")
                .with("ledger.url", database)
                .with("ledger.username", Postgres.USER)
                .with("zoom.lookback-days", "60")
                .with("zoom.page-size", "3")
                .with("assemblyai.probe-every", "1h");
        for (int i = 0; i < count; i++) {
            Daemon daemon =
                    rounds.with("camel.main.name", "node-" + daemons.size()).daemon();
            daemons.add(daemon);
            daemon.start();
        }
    }

    private static void tick(Daemon daemon) {
        try (ProducerTemplate template = daemon.context().createProducerTemplate()) {
            template.requestBody("direct:discover", (Object) null);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void threeNodesShareOneTokenWhereEachNewOneEndsTheOlder() throws Exception {
        simulator.change(faults -> faults.newTokenKillsOldOne = true);
        start(3);
        for (int round = 0; round < 3; round++) {
            daemons.parallelStream().forEach(SharedLedgerTest::tick);
        }
        Ledger ledger = daemons.get(0).bean("zoomLedger", Ledger.class);
        await().until(() -> ledger.statistics().unfinished().equals(new Unfinished(0, 0)));

        long asked = simulator.counters().calls().entrySet().stream()
                .filter(call -> call.getKey().contains("/oauth/token"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        assertTrue(asked >= 1 && asked <= 3, () -> asked + " requests for a token");
        assertEquals(Map.of(), twice());
    }

    /** One node, with all that there is put off until better times, which it looks for seldom. */
    private Ledger paused() throws Exception {
        simulator.change(faults -> faults.negativeBalance = true);
        start(1);
        Ledger ledger = daemons.get(0).bean("zoomLedger", Ledger.class);
        tick(daemons.get(0));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> ledger.notes().find(Submissions.NOTE).isPresent()
                        && ledger.statistics().unfinished().working() == 0);
        return ledger;
    }

    @Test
    void aNodeThatStartsLetsTheNoteOnAnothersPauseStandAndTheFirstThatIsTakenFromAnyEndsItForAll() throws Exception {
        Ledger ledger = paused();
        start(1);
        assertTrue(ledger.notes().find(Submissions.NOTE).isPresent());

        simulator.change(faults -> faults.negativeBalance = false);
        simulator.addMeeting("Taken", simulator.recordings().get(0).host(), Duration.ofMinutes(1), false);
        tick(daemons.get(1));

        await().atMost(Duration.ofMinutes(1))
                .until(() -> ledger.statistics().unfinished().equals(new Unfinished(0, 0)));
        assertTrue(ledger.notes().find(Submissions.NOTE).isEmpty());
        assertEquals(Map.of(), twice());
    }

    @Test
    void aNodeThatStartsWhereNoOtherLivesKnowsOfNoPause() throws Exception {
        paused();
        daemons.remove(0).close();

        start(1);

        assertTrue(daemons.get(0)
                .bean("zoomLedger", Ledger.class)
                .notes()
                .find(Submissions.NOTE)
                .isEmpty());
    }

    private Map<String, Long> twice() {
        Map<String, Long> twice = new java.util.TreeMap<>(simulator.counters().charged());
        twice.values().removeIf(times -> times < 2);
        return twice;
    }
}
