package io.github.zoomtranscriber.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.command.Round;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.Reason;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.simulator.ExpectedRecording.Outcome;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import io.github.zoomtranscriber.work.Deliveries;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing can be delivered: no recording fails for it, it is said aloud, and all goes on by itself. */
class DeliveriesPauseTest {

    @TempDir
    Path folder;

    private Simulator simulator;

    @BeforeEach
    void play() throws Exception {
        simulator = Simulator.start(
                SimulatorSettings.defaults().withMeetings(10, 5).withTranscriptionTime(Duration.ofMillis(50)));
    }

    @AfterEach
    void end() {
        simulator.close();
    }

    private interface Repair {
        void make() throws Exception;
    }

    @ParameterizedTest
    @ValueSource(strings = {"transcripts", "data/transcripts"})
    void whereAFileIsInTheWayOfTheFolder(String inTheWay) throws Exception {
        Path file = folder.resolve(inTheWay);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        allWaitAndGoOn(rounds(), () -> Files.delete(file));
    }

    @Test
    void whereTheFolderIsALinkToADiskThatIsNotThere() throws Exception {
        Path disk = folder.resolve("disk");
        Files.createSymbolicLink(folder.resolve("transcripts"), disk);
        allWaitAndGoOn(rounds(), () -> Files.createDirectory(disk));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 429, 500, 503, 507})
    void whereAWebServerRefusesAll(int status) throws Exception {
        AtomicInteger answer = new AtomicInteger(status);
        HttpServer server = server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), answer);
        try {
            allWaitAndGoOn(
                    rounds().with(
                                    "output.to",
                                    "http://127.0.0.1:" + server.getAddress().getPort()),
                    () -> answer.set(201));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whereAServerIsDown() throws Exception {
        HttpServer before = server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new AtomicInteger(201));
        InetSocketAddress address = before.getAddress();
        before.stop(0);
        HttpServer[] after = new HttpServer[1];
        try {
            allWaitAndGoOn(
                    rounds().with("output.to", "http://127.0.0.1:" + address.getPort()),
                    () -> after[0] = server(address, new AtomicInteger(201)));
        } finally {
            if (after[0] != null) {
                after[0].stop(0);
            }
        }
    }

    private static HttpServer server(InetSocketAddress address, AtomicInteger status) throws Exception {
        HttpServer server = HttpServer.create(address, 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private Rounds rounds() {
        return new Rounds(folder, simulator)
                .withLogin("oauth")
                .with("zoom.lookback-days", "60")
                .with("output.probe-every", "500ms");
    }

    private void allWaitAndGoOn(Rounds rounds, Repair repair) throws Exception {
        long wanted = count(Outcome.DELIVERED) + count(Outcome.NO_SPEECH);
        try (Daemon daemon = rounds.daemon()) {
            daemon.start();
            Ledger ledger = daemon.bean("zoomLedger", Ledger.class);
            try (ProducerTemplate template = daemon.context().createProducerTemplate()) {
                template.sendBody("direct:discover", null);
            }
            await().until(() -> ledger.statistics().waitingFor(Reason.DELIVERIES_PAUSED) > 2);
            assertTrue(ledger.notes().find(Deliveries.NOTE).isPresent());
            assertEquals(HealthCheck.State.DOWN, health(daemon));
            assertEquals(0, ledger.statistics().counts().getOrDefault(State.DELIVERED, 0));

            repair.make();

            await().until(() -> ledger.statistics().counts().getOrDefault(State.DELIVERED, 0) == wanted
                    && ledger.statistics().counts().getOrDefault(State.FAILED, 0) >= count(Outcome.FAILED));
            assertTrue(ledger.notes().find(Deliveries.NOTE).isEmpty());
            assertEquals(HealthCheck.State.UP, health(daemon));
            assertEquals(
                    count(Outcome.FAILED),
                    ledger.statistics().counts().getOrDefault(State.FAILED, 0).longValue());
            assertTrue(simulator.counters().charged().values().stream().allMatch(times -> times == 1));
        }
    }

    private static HealthCheck.State health(Daemon daemon) {
        return HealthCheckHelper.getHealthCheck(daemon.context(), "deliveries")
                .call()
                .getState();
    }

    /** Its folder cannot be made, all others can. */
    @Test
    void whatIsWrongWithOneRecordingAloneFailsAlone() throws Exception {
        Path transcripts = Files.createDirectories(folder.resolve("transcripts"));
        simulator.addMeeting("in the way", simulator.recordings().get(0).host(), Duration.ofMinutes(1), false);
        Files.createFile(transcripts.resolve("in the way"));

        Round round = rounds().with("output.file-name", "${topic}/${date}").run();

        assertEquals(count(Outcome.FAILED) + 1, round.failed().size());
        assertEquals(
                1,
                round.failed().stream()
                        .filter(entry -> "in the way".equals(entry.recording().topic()))
                        .filter(entry -> entry.transcriptId() != null)
                        .count());
        assertEquals(
                Map.of(),
                rounds().counts().entrySet().stream()
                        .filter(state -> state.getKey() == State.TRANSCRIBING && state.getValue() > 0)
                        .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private long count(Outcome outcome) {
        return simulator.recordings().stream()
                .filter(recording -> recording.outcome() == outcome)
                .count();
    }
}
