package io.github.zoomtranscriber.program;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.broker.Artemis;
import io.github.zoomtranscriber.broker.Kafka;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.LedgerConnection;
import io.github.zoomtranscriber.ledger.Nodes.Node;
import io.github.zoomtranscriber.ledger.Postgres;
import io.github.zoomtranscriber.ledger.Statistics;
import io.github.zoomtranscriber.program.Program.Run;
import io.github.zoomtranscriber.simulator.ExpectedRecording;
import io.github.zoomtranscriber.simulator.ExpectedRecording.Outcome;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes of the real program, with the shipped profile for several nodes, a real PostgreSQL and a real broker:
 * every recording is delivered, none is charged twice, and none is written by two, whatever happens to a node, the
 * broker or the database. {@code -Drecordings=1000} is the long form.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class NodesTest {

    private static final int RECORDINGS = Integer.getInteger("recordings", 60);
    private static final Pattern DELIVERED = Pattern.compile("(\\S+) delivered: ");

    @TempDir
    Path folder;

    private final List<Run> runs = new ArrayList<>();
    private Simulator simulator;
    private Postgres postgres;
    private Artemis artemis;
    private Program program;

    @BeforeEach
    void play() throws Exception {
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withMeetings(RECORDINGS, 6)
                .withConcurrency(10_000)
                .withTranscriptionTime(Duration.ofSeconds(3)));
        simulator.change(faults -> faults.newTokenKillsOldOne = true);
        postgres = new Postgres(folder.resolve("postgres"));
        artemis = Artemis.start(folder.resolve("artemis"));
        program = new Program(folder, simulator)
                .withOAuth()
                .with("CAMEL_MAIN_PROFILE", "cluster")
                .with("LEDGER_URL", postgres.url())
                .with("LEDGER_USERNAME", Postgres.USER)
                .with("BROKER_URL", artemis.url())
                // as the shipped ones are to each other: a lease outlives a lost answer, and the list's lag is waited
                // for
                .with("TRANSCRIBE_LEASE", "10s")
                .with("ASSEMBLYAI_LIST_LAG", "4s")
                .with("CAMEL_COMPONENT_HTTP_RESPONSE_TIMEOUT", "3000")
                .with("CAMEL_COMPONENT_HTTP_SO_TIMEOUT", "3000")
                .with("ZOOM_SCHEDULE", "0/3 * * * * ?")
                .with("ZOOM_PAGE_SIZE", "10");
        Files.copy(
                Path.of("src/main/samples/cluster/application-cluster.properties"),
                folder.resolve("application-cluster.properties"));
        Files.copy(Path.of("src/main/samples/cluster/broker.camel.yaml"), folder.resolve("routes/broker.camel.yaml"));
    }

    @AfterEach
    void end() {
        program.close();
        artemis.close();
        postgres.close();
        simulator.close();
    }

    private Run start() {
        Run run = program.start("run");
        runs.add(run);
        return run;
    }

    @Test
    void allIsDeliveredOnceThoughANodeIsKilledAnotherFrozenAndBrokerAndDatabaseAreRestarted() throws Exception {
        simulator.change(faults -> faults.emptyListings = true);
        Run killed = start();
        Run frozen = start();
        start();
        // a node that takes from the queue later than the others may find nothing left to do
        waitFor(() -> runs.stream().allMatch(run -> run.log().contains("for edited routes")));
        simulator.change(faults -> faults.emptyListings = false);
        submitted(1);
        waitFor(() -> isFrozenAtWork(frozen));
        submitted(2);
        killed.kill();
        start();
        submitted(3);
        artemis.stop();
        artemis.start();
        Postgres.forgetOffers(postgres.url());
        submitted(4);
        postgres.stop();
        postgres.start();
        waitFor(() -> inLedger(ledger -> node(ledger, frozen)
                .filter(node -> !node.living() && node.holds() == 0)
                .isPresent()));
        signal(frozen, "CONT");
        allIsDeliveredOnce();
        assertTrue(
                program.run("status")
                        .output()
                        .contains("pid " + frozen.process().pid()),
                "status shows all nodes");
        runs.stream().filter(run -> run.process().isAlive()).forEach(Run::stop);
        assertEquals(
                List.of(),
                inLedger(ledger -> ledger.nodes().list().stream()
                        .filter(node -> node.living())
                        .toList()),
                "all have left");
        assertTrue(tokens() <= 12, () -> tokens() + " requests for a token");
    }

    @Test
    void kafkaIsABrokerAsWell() throws Exception {
        try (Kafka kafka = new Kafka(folder.resolve("kafka"))) {
            // as the sample says it is to be changed
            Path profile = folder.resolve("application-cluster.properties");
            Files.writeString(
                    profile,
                    Files.readString(profile)
                            .replaceAll("(?m)^queue=.*", "")
                            .replaceAll("(?m)^#(queue.(?:out|in)=)", "$1"));
            program.with("BROKER_URL", kafka.brokers());
            Files.delete(folder.resolve("routes/broker.camel.yaml"));
            Run killed = start();
            start();
            start();
            submitted(2);
            killed.kill();
            allIsDeliveredOnce();
        }
    }

    /** So many sixths of all were submitted. */
    private void submitted(int sixths) {
        waitFor(() -> simulator.counters().submissions().size() >= RECORDINGS * sixths / 6);
    }

    private void allIsDeliveredOnce() {
        long wanted = count(Outcome.DELIVERED) + count(Outcome.NO_SPEECH);
        waitFor(() -> {
            Postgres.forgetOffers(postgres.url());
            return program.files(".txt").size() >= wanted
                    && inLedger(ledger -> ledger.statistics().unfinished()).equals(new Statistics.Unfinished(0, 0));
        });
        Map<String, Long> twice = new TreeMap<>(simulator.counters().charged());
        twice.values().removeIf(times -> times < 2);
        Map<String, Long> delivered = runs.stream()
                .flatMap(run -> DELIVERED.matcher(run.log()).results())
                .map(found -> found.group(1))
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        int written = delivered.size();
        delivered.values().removeIf(times -> times < 2);
        System.out.printf(
                "%d recordings: %d delivered by the logs, %d files of %d, %d charged, %d of them twice, %d written by two%n",
                RECORDINGS,
                written,
                program.files(".txt").size(),
                wanted,
                simulator.counters().charged().size(),
                twice.size(),
                delivered.size());
        assertEquals(Map.of(), twice, "charged twice");
        assertEquals(List.of(), simulator.submittedPrivately(), "My Notes");
        assertEquals(wanted, program.files(".txt").size());
        assertEquals(Map.of(), delivered, "delivered by two");
        assertEquals(List.of(), Secrets.in(folder), "secrets");
    }

    /** Stops it where it stands, if it works on something there; else it goes on. */
    private boolean isFrozenAtWork(Run run) throws IOException, InterruptedException {
        // asked first, as a node that is stopped again and again is left behind by the others
        if (!isAtWork(run)) {
            return false;
        }
        signal(run, "STOP");
        if (isAtWork(run)) {
            return true;
        }
        signal(run, "CONT");
        return false;
    }

    private boolean isAtWork(Run run) {
        return inLedger(
                ledger -> node(ledger, run).filter(node -> node.holds() > 0).isPresent());
    }

    private static Optional<Node> node(Ledger ledger, Run run) {
        return ledger.nodes().list().stream()
                .filter(node -> node.name().endsWith("pid " + run.process().pid()))
                .findFirst();
    }

    private <T> T inLedger(Function<Ledger, T> question) {
        try (LedgerConnection connection = LedgerConnection.join(postgres.url(), Postgres.USER, "")) {
            return question.apply(new Ledger(connection.source(), Duration.ofSeconds(10)));
        }
    }

    private long tokens() {
        return simulator.counters().calls().entrySet().stream()
                .filter(call -> call.getKey().contains("/oauth/token"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static void signal(Run run, String signal) throws IOException, InterruptedException {
        assertEquals(
                0,
                new ProcessBuilder(
                                "kill",
                                "-" + signal,
                                Long.toString(run.process().pid()))
                        .start()
                        .waitFor());
    }

    private void waitFor(Callable<Boolean> condition) {
        await().atMost(Duration.ofMinutes(4 + RECORDINGS / 100))
                .pollInterval(Duration.ofMillis(200))
                .until(condition);
    }

    private long count(Outcome outcome) {
        return simulator.recordings().stream()
                .map(ExpectedRecording::outcome)
                .filter(outcome::equals)
                .count();
    }
}
