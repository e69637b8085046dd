package io.github.zoomtranscriber.program;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.FreePort;
import io.github.zoomtranscriber.broker.Artemis;
import io.github.zoomtranscriber.ledger.Postgres;
import io.github.zoomtranscriber.program.Program.Run;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger's database, or the queue's broker, is not there yet, goes away, or ends connections. */
class AwayTest {

    @TempDir
    Path folder;

    private Simulator simulator;
    private Program program;

    @BeforeEach
    void play() throws IOException {
        simulator = Simulator.start(
                SimulatorSettings.defaults().withMeetings(6, 4).withTranscriptionTime(Duration.ofMillis(200)));
        program = new Program(folder, simulator).withOAuth().with("LEDGER_USERNAME", Postgres.USER);
    }

    @AfterEach
    void end() {
        program.close();
        simulator.close();
    }

    private static long lines(Run run, String part) {
        return run.log().lines().filter(line -> line.contains(part)).count();
    }

    private static void assertNoStackTrace(Run run) {
        assertFalse(run.log().lines().anyMatch(line -> line.startsWith("\tat ")), run::log);
    }

    private void awaitAll() {
        await().until(() -> program.files(".txt").size() >= 6);
        Map<String, Long> twice = new TreeMap<>(simulator.counters().charged());
        twice.values().removeIf(times -> times < 2);
        assertEquals(Map.of(), twice);
    }

    @Test
    void theDaemonWaitsForItsDatabaseSaysSoOnceWithTheAddressAndComesUpByItself(@TempDir Path data) {
        try (Postgres postgres = new Postgres(data)) {
            postgres.stop();
            // whatever was opened for the start that failed is in the way of the next
            Run run = program.with("LEDGER_URL", postgres.url())
                    .with("SERVER_PORT", "" + FreePort.next())
                    .start("run");
            await().until(() -> lines(run, "is not there: waiting for it") == 1);
            postgres.start();
            awaitAll();
            run.stop();

            assertEquals(1, lines(run, "is not there"), run::log);
            assertEquals(1, lines(run, postgres.url() + " is not there"), run::log);
            assertEquals(1, lines(run, postgres.url() + " is there, after "), run::log);
            assertNoStackTrace(run);
        }
    }

    @Test
    void onceWaitsForNoLongerThanItIsToldAndEndsWith3AndOneLine() {
        String url = "jdbc:postgresql://127.0.0.1:" + FreePort.next() + "/ledger";

        Run once = program.with("LEDGER_URL", url).with("ONCE_WAIT", "1s").run("once");

        assertEquals(3, once.exitCode(), once::log);
        List<String> lines = once.log().lines().toList();
        assertEquals(2, lines.size(), once::log);
        assertTrue(lines.get(1).contains(url) && lines.get(1).contains("refused"), once::log);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "once"})
    void aMistakeInTheConfigurationIsNotWaitedFor(String command) {
        Run run = program.with("LEDGER_URL", Postgres.database() + "_x").run(command);

        assertEquals(2, run.exitCode(), run::log);
        assertTrue(
                run.log().matches("The ledger's database says: FATAL: database \"\\w+\" does not exist\\R"), run::log);
    }

    @Test
    void aCheckTellsADatabaseThatIsAwayFromOneThatIsRefused() {
        String away = "jdbc:postgresql://127.0.0.1:" + FreePort.next() + "/ledger";

        assertEquals(3, program.with("LEDGER_URL", away).run("check").exitCode());
        assertEquals(
                2,
                program.with("LEDGER_URL", Postgres.database() + "_x")
                        .run("check")
                        .exitCode());
    }

    @Test
    void aDatabaseThatGoesAwayForGoodEndsOnceWith3AndTheCauseAndTheNextOneGoesOn(@TempDir Path data) {
        simulator.change(faults -> faults.transcriptionTime = Duration.ofMinutes(10));
        try (Postgres postgres = new Postgres(data)) {
            Run once = program.with("LEDGER_URL", postgres.url())
                    .with("ONCE_WAIT", "2s")
                    .start("once");
            await().until(() -> simulator.counters().submissions().size() >= 6);
            postgres.stop();
            once.waitForEnd();

            assertEquals(3, once.exitCode(), once::log);
            assertTrue(once.log().contains("refused"), once::log);
            assertFalse(once.log().contains("request timed out"), once::log);
            assertNoStackTrace(once);

            simulator.change(faults -> faults.transcriptionTime = Duration.ofMillis(200));
            postgres.start();
            Run again = program.start("once");
            await().until(() -> lines(again, " that another process holds, or one that ended without letting go") == 1);
            assertTrue(
                    again.log().matches("(?s).*Waiting for \\d+ recordings that another process .* in 1\\d min .*"),
                    again::log);
            again.kill();
        }
    }

    @Test
    void connectionsThatTheServerEndsAreALineAndNotAStackTrace() {
        String database = Postgres.database();
        Run run = program.with("LEDGER_URL", database).start("run");
        awaitAll();
        for (int i = 1; i <= 3; i++) {
            int times = i;
            await().until(() -> {
                Postgres.execute(
                        database,
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'zoom-transcriber' "
                                + "AND datname = current_database()");
                return lines(run, "terminating connection due to administrator command") >= times;
            });
            await().until(() -> lines(run, "there again, after") >= times);
        }
        run.stop();

        assertNoStackTrace(run);
    }

    private void withBroker(String url) throws IOException {
        Files.copy(Path.of("src/main/samples/cluster/broker.camel.yaml"), folder.resolve("routes/broker.camel.yaml"));
        Files.writeString(
                folder.resolve("application.properties"),
                "broker.url=" + url + "\nbroker.username=\nbroker.password=\nqueue=" + queue() + "\n");
        program.with("LEDGER_URL", Postgres.database());
    }

    private static String queue() throws IOException {
        return Files.readAllLines(Path.of("src/main/samples/cluster/application-cluster.properties")).stream()
                .filter(line -> line.startsWith("queue="))
                .map(line -> line.substring("queue=".length()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theDaemonWaitsForItsBrokerSaysSoOnceWithTheAddressAndComesUpByItself(@TempDir Path data) throws Exception {
        try (Artemis artemis = Artemis.start(data)) {
            artemis.stop();
            withBroker(artemis.url());
            Run run = program.start("run");
            await().until(() -> lines(run, "is not there: waiting for it") == 1);
            artemis.start();
            awaitAll();
            run.stop();

            assertEquals(1, lines(run, "is not there"), run::log);
            assertEquals(1, lines(run, artemis.url() + " is not there"), run::log);
            assertNoStackTrace(run);
        }
    }

    @Test
    void onceDoesNotWaitForEverForABroker() throws Exception {
        String address = "127.0.0.1:" + FreePort.next();
        withBroker("tcp://" + address);

        Run once = program.with("ONCE_WAIT", "1s").run("once");

        assertEquals(3, once.exitCode(), once::log);
        assertTrue(
                once.log().lines().reduce((first, last) -> last).orElseThrow().contains(address), once::log);
        assertNoStackTrace(once);
    }

    @Test
    void theDaemonWaitsForABrokerWhoseNameCannotBeResolvedYet() throws Exception {
        Files.writeString(
                folder.resolve("application.properties"),
                "broker.url=nowhere.invalid:9092\nqueue.out=kafka:zoom-transcriber.recordings?brokers={{broker.url}}\nqueue.in={{queue.out}}\n");
        Run run = program.with("LEDGER_URL", Postgres.database()).start("run");

        await().until(() -> lines(run, "nowhere.invalid:9092 is not there: waiting for it") == 1);
        assertTrue(run.process().isAlive());
        assertNoStackTrace(run);
        run.stop();
    }

    @Test
    void whatABrokersClientDoesNotLikeIsALineAndNoDefect() throws Exception {
        Files.writeString(
                folder.resolve("application.properties"),
                "broker.url=none\nqueue.out=kafka:zoom-transcriber.recordings?brokers={{broker.url}}\nqueue.in={{queue.out}}\n");

        Run run = program.run("run");

        assertEquals(2, run.exitCode(), run::log);
        assertTrue(run.log().contains("queue.out = kafka:") && run.log().contains("Invalid url"), run::log);
        assertNoStackTrace(run);
    }
}
