package io.github.zoomtranscriber.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.broker.Artemis;
import io.github.zoomtranscriber.broker.Kafka;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.Nodes.Node;
import io.github.zoomtranscriber.ledger.Postgres;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.ledger.Statistics.Unfinished;
import io.github.zoomtranscriber.logging.CapturedLog;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import io.github.zoomtranscriber.work.QueueWatch;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.StreamMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Daemons that share a PostgreSQL and a real ActiveMQ Artemis, with the sample of a connection factory that is shipped.
 */
class BrokerTest {

    private static final int MEETINGS = 24;

    private static final String QUEUE = "jms:queue:zoom-transcriber.recordings?connectionFactory=#broker";

    private static final Duration FOR_EVER = Duration.ofHours(5);

    @TempDir
    Path folder;

    private final List<Daemon> daemons = new ArrayList<>();
    private final String database = Postgres.database();
    private Simulator simulator;
    private Artemis artemis;
    private Rounds rounds;

    /** @param transcription how long each takes */
    private void play(Duration transcription) throws Exception {
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withMeetings(MEETINGS, 4)
                .withConcurrency(1000)
                .withTranscriptionTime(transcription));
        artemis = Artemis.start(folder.resolve("artemis"));
        rounds = new Rounds(folder, simulator)
                .withLogin("oauth")
                .with("ledger.url", database)
                .with("ledger.username", Postgres.USER)
                .with("zoom.lookback-days", "60")
                .with("broker.url", artemis.url())
                .with("broker.username", "")
                .with("broker.password", "")
                .with("queue", Rounds.clusterQueue());
    }

    @AfterEach
    void end() {
        daemons.forEach(Daemon::close);
        artemis.close();
        simulator.close();
    }

    private void start(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            Daemon daemon =
                    rounds.with("camel.main.name", "node-" + daemons.size()).daemon(routes());
            daemons.add(daemon);
            daemon.start();
        }
    }

    /** The shipped routes, and the sample beside them. */
    private Path routes() throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        try (Stream<Path> shipped = Stream.concat(
                Files.list(Path.of("routes")), Stream.of(Path.of("src/main/samples/cluster/broker.camel.yaml")))) {
            for (Path file : shipped.toList()) {
                Path copy = routes.resolve(file.getFileName());
                if (!Files.exists(copy)) {
                    Files.copy(file, copy);
                }
            }
        }
        return routes;
    }

    private Ledger ledger() {
        return daemons.get(0).bean("zoomLedger", Ledger.class);
    }

    private void tick() throws IOException {
        try (ProducerTemplate template = daemons.get(0).context().createProducerTemplate()) {
            template.requestBody("direct:discover", (Object) null);
        }
    }

    private void waitForAll() {
        await().until(() -> ledger().statistics().unfinished().equals(new Unfinished(0, 0)));
        Map<String, Long> twice = new TreeMap<>(simulator.counters().charged());
        twice.values().removeIf(times -> times < 2);
        assertEquals(Map.of(), twice);
    }

    private static int sum(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).sum();
    }

    private List<Integer> holds() {
        return ledger().nodes().list().stream().map(Node::holds).sorted().toList();
    }

    @Test
    void nodesCompeteForWhatIsInTheQueueAndEachMessageIsGoneOnceItIsClaimed() throws Exception {
        play(FOR_EVER);
        start(3);
        tick();
        await().until(() -> artemis.waiting() == 0 && sum(holds()) >= MEETINGS);
        assertTrue(holds().get(0) > 0, () -> "one node has nothing to do: " + holds());
    }

    @Test
    void aNodeTakesNoMoreThanItMayHaveInFlightAndTheRestStaysInTheBroker() throws Exception {
        play(FOR_EVER);
        rounds.with("transcribe.max-in-flight", "6");
        start(1);
        tick();
        await().until(() -> sum(holds()) >= 6 && artemis.hoarded() == 0);
        assertTrue(sum(holds()) <= 11, () -> "in flight: " + holds());
        assertTrue(artemis.waiting() >= MEETINGS / 2, () -> artemis.waiting() + " wait in the broker");
    }

    @Test
    void aNodeThatConsumesNoMoreDoesNotHoldUpTheRest() throws Exception {
        play(Duration.ofMillis(100));
        start(2);
        daemons.get(1).context().getRouteController().suspendRoute("transcribe");
        tick();
        waitForAll();
    }

    @Test
    void withoutTheBrokerTheTickIsWholeAndAllIsDoneOnceItIsBack() throws Exception {
        play(Duration.ofMillis(100));
        start(2);
        artemis.stop();
        tick();
        assertTrue(ledger().statistics().counts().getOrDefault(State.DISCOVERED, 0) >= MEETINGS);
        artemis.start();
        Postgres.forgetOffers(database);
        waitForAll();
    }

    @Test
    void kafkaIsAQueueAsWell() throws Exception {
        play(Duration.ofMillis(100));
        try (Kafka kafka = new Kafka(folder.resolve("kafka"))) {
            String topic = "kafka:zoom-transcriber.recordings?brokers=" + kafka.brokers();
            rounds.with("queue", Rounds.ownQueue())
                    .with("queue.out", topic)
                    .with("queue.in", topic + "&groupId=zoom-transcriber&autoOffsetReset=earliest");
            start(2);
            tick();
            waitForAll();
            daemons.forEach(Daemon::close);
            daemons.clear();
        }
    }

    /** A queue of the broker's that is consumed from as most components do: one message after the other. */
    private void playThroughQueueIn(Duration transcription) throws Exception {
        play(transcription);
        rounds.with("queue", Rounds.ownQueue())
                .with("queue.out", QUEUE + "&explicitQosEnabled=true&deliveryPersistent=false&timeToLive=60000")
                .with("queue.in", QUEUE);
    }

    @Test
    void aConsumerThatWaitsForEachMessageDoesNotTranscribeOneAtATime() throws Exception {
        playThroughQueueIn(FOR_EVER);
        start(1);
        tick();
        await().until(() -> sum(holds()) >= MEETINGS);
    }

    @Test
    void aNodeTakesNoMoreFromQueueInThanItMayHaveInFlightAndTheRestIsForOthers() throws Exception {
        playThroughQueueIn(FOR_EVER);
        rounds.with("transcribe.max-in-flight", "12");
        start(1);
        tick();
        await().until(() -> sum(holds()) >= 12 && artemis.hoarded() == 0);
        assertTrue(sum(holds()) <= 14, () -> "in flight: " + holds());
        assertTrue(artemis.waiting() >= MEETINGS - 16, () -> artemis.waiting() + " wait in the broker");
    }

    @Test
    void whatANodeLeftInTheBrokerItTakesOnceItHasRoomAgain() throws Exception {
        playThroughQueueIn(Duration.ofMillis(500));
        rounds.with("transcribe.max-in-flight", "6");
        start(1);
        tick();
        waitForAll();
    }

    @Test
    void aMessageThatIsNoTextCostsOneLineAndHoldsUpNothing() throws Exception {
        play(Duration.ofMillis(100));
        start(1);
        try (CapturedLog log = CapturedLog.ofAll();
                ProducerTemplate template = daemons.get(0).context().createProducerTemplate()) {
            sendStream();
            template.sendBody(QUEUE, "no\u0000id".getBytes(StandardCharsets.UTF_8));
            tick();
            waitForAll();
            assertEquals(
                    2,
                    log.lines().stream()
                            .filter(line -> line.contains("dropped: expected a recording's id as text"))
                            .count(),
                    log.lines()::toString);
            assertTrue(log.lines().stream().noneMatch(line -> line.contains("stack trace")), log.lines()::toString);
        }
    }

    /** As another program may, by mistake. */
    private void sendStream() throws JMSException {
        try (JMSContext jms =
                daemons.get(0).bean("broker", ConnectionFactory.class).createContext()) {
            StreamMessage message = jms.createStreamMessage();
            message.writeInt(5);
            message.writeString("five");
            jms.createProducer().send(jms.createQueue("zoom-transcriber.recordings"), message);
        }
    }

    @Test
    void aQueueThatGivesNothingBackIsSaidOnceUntilItDoes() throws Exception {
        play(Duration.ofMillis(100));
        rounds.with("queue", Rounds.ownQueue()).with("queue.out", "jms:topic:nobody.listens?connectionFactory=#broker");
        start(2);
        try (CapturedLog log = new CapturedLog(QueueWatch.class)) {
            tick();
            await().until(() -> {
                Postgres.forgetOffers(database);
                return daemons.stream().allMatch(BrokerTest::isUnanswered);
            });
            assertEquals(2, log.lines().size(), "one line for each node");
            assertTrue(
                    log.lines().get(0).contains("queue.out = jms:topic:nobody.listens")
                            && log.lines().get(0).contains("queue = seda:recordings"),
                    log.lines()::toString);
            try (ProducerTemplate template = daemons.get(0).context().createProducerTemplate()) {
                template.sendBody(Rounds.ownQueue(), "an id");
            }
            await().until(() -> !isUnanswered(daemons.get(0)));
        }
    }

    private static boolean isUnanswered(Daemon daemon) {
        return HealthCheckHelper.invokeReadiness(daemon.context()).stream()
                .anyMatch(result ->
                        result.getCheck().getId().equals("queue") && result.getState() == HealthCheck.State.DOWN);
    }
}
