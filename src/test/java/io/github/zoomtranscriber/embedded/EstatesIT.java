package io.github.zoomtranscriber.embedded;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.embedded.Children.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Estates that depend on the installed artifact, built by the build before this runs, as processes against the
 * simulator of the distribution.
 */
class EstatesIT {

    private static final String INCLUDE =
            "-Dcamel.main.routes-include-pattern=classpath:zoom-transcriber/routes/*.camel.yaml";
    private static final String H2 = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0";

    @TempDir
    private Path folder;

    private final Children children = new Children();
    private final Map<String, String> environment = new TreeMap<>();

    @BeforeEach
    void startTheSimulator() throws IOException {
        environment.putAll(children.simulator(folder.resolve("simulator")));
        environment.put("ZOOM_LOOKBACK_DAYS", "60");
        environment.put("TRANSCRIBE_FIRST_DELAY", "100ms");
        environment.put("RETRY_FIRST_DELAY", "50ms");
        environment.put("RETRY_WAIT", "1s");
        environment.put("RESUME_EVERY", "500ms");
    }

    @AfterEach
    void leaveNothingRunning() {
        children.close();
    }

    @Test
    void theRoutesRunInAnotherCamelWithItsDatabaseQueueSinkNamesAndErrorHandling() throws Exception {
        String database = "jdbc:h2:file:" + folder.resolve("estate") + H2;
        environment.put("OUTPUT_TO", "direct:archive");
        environment.put("OUTPUT_FORMATS", "md");
        environment.put("QUEUE", "seda:work?size=1000");
        environment.put("ESTATE_PREFIX", "minutes-");
        Child program =
                children.program("main", folder.resolve("main"), environment, INCLUDE, "-Ddatabase=" + database);

        awaitAll(program, "archive");
        program.stop();
        assertEquals(0, counter("charged_twice"));

        assertFalse(
                Files.exists(program.folder().resolve("transcripts")),
                "nothing goes into our folder where the estate has its own");
        assertEquals(
                "report\n",
                Files.readString(program.folder().resolve("dead.txt")),
                "the estate's own trouble alone is a matter of the estate's error handling");
        try (Connection connection = DriverManager.getConnection(database)) {
            Map<String, Long> states = states(connection, "minutes_recording");
            assertEquals(
                    expected("DELIVERED") + expected("NO_SPEECH"),
                    states.get("DELIVERED").longValue(),
                    states::toString);
            assertEquals(expected("FAILED"), states.get("FAILED").longValue(), states::toString);
        }
    }

    @Test
    void springBootRunsThemFromItsOneJarWithItsDataSourceItsPropertiesAndItsHealth() throws Exception {
        environment.put("SERVER_PORT", "0");
        environment.put("MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE", "health");
        Child program = children.jar("boot", folder.resolve("boot"), environment);

        awaitAll(program, "transcripts");
        int http = Integer.parseInt(program.output().replaceAll("(?s).*Tomcat started on port (\\d+).*", "$1"));
        JsonNode health = get("http://127.0.0.1:" + http + "/actuator/health");

        assertEquals("UP", health.path("status").asText(), health.toString());
        assertTrue(health.toString().contains("assemblyai-submissions"), health.toString());
        program.stop();
        assertFalse(
                Files.exists(program.folder().resolve("data/ledger.mv.db")), "the ledger is in the estate's database");
    }

    @Test
    void theTwoKameletsAloneMakeTranscriptsInRoutesOfSomebodyElse() throws Exception {
        Child program = children.program("kamelets", folder.resolve("kamelets"), environment);
        long all = expected("DELIVERED") + expected("NO_SPEECH") + expected("FAILED");

        awaitOf(program, () -> files(program, "answers", "") + files(program, "failed", "") == all);
        program.stop();

        assertTrue(files(program, "answers", ".json") >= expected("DELIVERED"), program.output());
        try (Stream<Path> answers = Files.list(program.folder().resolve("answers"))) {
            for (Path answer : answers.toList()) {
                assertEquals(
                        "completed",
                        new ObjectMapper()
                                .readTree(answer.toFile())
                                .path("status")
                                .asText());
            }
        }
        long submissions = counter("submitted");
        assertEquals(0, counter("charged_twice"));
        Child again = children.program("kamelets", folder.resolve("kamelets"), environment);
        awaitOf(again, () -> again.output().contains("Nothing new"));
        again.stop();
        assertEquals(submissions, counter("submitted"), "what there was does not come again");
        assertFalse(program.output().contains("simulator-client-secret"), "no secret in the log");
    }

    @Test
    void aHalfConfiguredEstateSaysAtTheStartWhatToAdd() throws Exception {
        environment.remove("ZOOM_CLIENT_SECRET");
        environment.put("ZOOM_LOOKBACK_DAYS", "many");
        Child program = children.program(
                "main", folder.resolve("main"), environment, INCLUDE, "-Ddatabase=jdbc:h2:mem:estate" + H2);

        assertNotEquals(0, program.end());
        assertTrue(
                program.output()
                        .contains(
                                "zoom.client-secret is not set: expected zoom.account-id, zoom.client-id, zoom.client-secret"),
                program.output());
        assertTrue(program.output().contains("zoom.lookback-days = many"), program.output());
    }

    @Test
    void anEstateThatFindsNoRouteOfOursSaysAtTheStartWhereTheyAre() throws Exception {
        Child program = children.program(
                "main",
                folder.resolve("main"),
                environment,
                "-Dcamel.main.routes-include-pattern=classpath:zoom-transcriber/*.yaml",
                "-Ddatabase=jdbc:h2:mem:estate" + H2);

        assertNotEquals(0, program.end());
        assertTrue(
                program.output().contains("expected classpath:zoom-transcriber/routes/*.camel.yaml"), program.output());
    }

    /** Until the folder has what the simulator says must come of its recordings. */
    private void awaitAll(Child program, String output) throws IOException, InterruptedException {
        long transcripts = expected("DELIVERED") + expected("NO_SPEECH");
        long failures = expected("FAILED");
        awaitOf(
                program,
                () -> files(program, output, ".md") == transcripts
                        && files(program, output, ".error.json") == failures);
    }

    private static void awaitOf(Child program, Callable<Boolean> condition) throws IOException {
        try {
            await().until(() -> !program.process().isAlive() || condition.call());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(program.output(), e);
        }
        assertTrue(program.process().isAlive(), program.output());
    }

    private long counter(String name) throws IOException, InterruptedException {
        return get(environment.get("ASSEMBLYAI_API_URL") + "/simulator/counters")
                .path(name)
                .asLong();
    }

    private long expected(String outcome) throws IOException, InterruptedException {
        return get(environment.get("ASSEMBLYAI_API_URL") + "/simulator/recordings")
                .path("recordings")
                .findValuesAsText("outcome")
                .stream()
                .filter(outcome::equals)
                .count();
    }

    private static long files(Child program, String output, String ending) throws IOException {
        Path folder = program.folder().resolve(output);
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.find(
                folder,
                9,
                (file, attributes) -> attributes.isRegularFile()
                        && file.toString().endsWith(ending)
                        && !file.getFileName().toString().startsWith("."))) {
            return files.count();
        } catch (UncheckedIOException e) {
            // it is being written to
            return -1;
        }
    }

    private static Map<String, Long> states(Connection connection, String table) throws SQLException {
        Map<String, Long> states = new TreeMap<>();
        try (ResultSet row =
                connection.createStatement().executeQuery("SELECT state, count(*) FROM " + table + " GROUP BY state")) {
            while (row.next()) {
                states.put(row.getString(1), row.getLong(2));
            }
        }
        return states;
    }

    private static JsonNode get(String url) throws IOException, InterruptedException {
        return new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                        .body());
    }
}
