package io.github.zoomtranscriber.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Everything that the dashboard and the alerts ask for is in the real output of a daemon, and says what the ledger
 * says.
 */
class MonitoringTest {

    private static final Pattern METRIC = Pattern.compile("\\b(?:zoom_transcriber|camel)_[a-z0-9_]+");
    private static final Pattern ROUTE = Pattern.compile("routeId=~?\"([^\"]*)\"");

    @TempDir
    static Path folder;

    private static Simulator simulator;
    private static Daemon daemon;
    private static String metrics;

    @BeforeAll
    static void play() throws Exception {
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)));
        Rounds rounds = new Rounds(folder, simulator).withLogin("oauth").with("zoom.lookback-days", "60");
        rounds.run();
        daemon = rounds.with("server.port", "0")
                .with("resume.every", "1h")
                .with("output.then", "log:told")
                .daemon();
        daemon.start();
        await().until(() -> {
            metrics = get("/observe/metrics");
            return metrics.contains("zoom_transcriber_recordings{");
        });
    }

    @AfterAll
    static void end() {
        daemon.close();
        simulator.close();
    }

    @Test
    void theDashboardAsksForNothingThatIsNotThere() throws Exception {
        List<String> queries = new ArrayList<>();
        JsonNode dashboard = new ObjectMapper()
                .readTree(Path.of("src/main/monitoring/grafana-dashboard.json").toFile());
        dashboard.findValues("expr").forEach(query -> queries.add(query.asText()));

        assertTrue(queries.size() > 15, queries::toString);
        queries.forEach(MonitoringTest::assertThere);
    }

    @Test
    void theAlertsAskForNothingThatIsNotThere() throws Exception {
        String rules = Files.readString(Path.of("src/main/monitoring/prometheus-alerts.yaml"));
        JsonNode alerts = new ObjectMapper()
                .valueToTree(new Load(LoadSettings.builder().build()).loadFromString(rules))
                .at("/groups/0/rules");

        assertEquals(8, alerts.size());
        alerts.forEach(alert -> assertThere(alert.path("expr").asText()));
    }

    @Test
    void anAlertFiresWhenItMattersAndStaysUntilItDoesNot() throws Exception {
        promtool("", 0, "test", "rules", "src/test/monitoring/prometheus-alerts-test.yaml");
    }

    /** About Camel's it has: their names are those of all other Camels, and stay. */
    @Test
    void prometheusHasNothingToSayAboutOurMetrics() throws Exception {
        promtool(metrics, 3, "check", "metrics")
                .lines()
                .forEach(line -> assertTrue(line.matches("(camel_|app_info).*"), line));
    }

    @Test
    void prometheusTakesTheConfigurationThatIsPrintedInTheManual(@TempDir Path other) throws Exception {
        Matcher printed = Pattern.compile("```yaml\\R(global:.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/operations.md")));
        assertTrue(printed.find());
        Path token = Files.writeString(other.resolve("token"), "the-token");
        Path configuration = Files.writeString(
                other.resolve("prometheus.yml"),
                printed.group(1).replace("/etc/prometheus/zoom-transcriber.token", token.toString()));
        Path rules = Path.of("src/main/monitoring/prometheus-alerts.yaml");
        Files.copy(rules, other.resolve(rules.getFileName()));

        assertTrue(promtool("", 0, "check", "config", configuration.toString()).contains("8 rules found"));
        JsonNode scrape = new ObjectMapper()
                .valueToTree(new Load(LoadSettings.builder().build()).loadFromString(printed.group(1)))
                .at("/scrape_configs/0");
        assertTrue(get(scrape.path("metrics_path").asText()).contains("zoom_transcriber_recordings{"));
    }

    /** @return what it says */
    private static String promtool(String input, int status, String... arguments) throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "promtool"))),
                "there is no promtool on this machine (Debian's package prometheus)");
        Path said = Files.createTempFile(folder, "promtool", ".txt");
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(status, process.waitFor(), () -> {
            try {
                return Files.readString(said);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return Files.readString(said);
    }

    private static void assertThere(String query) {
        Matcher metric = METRIC.matcher(query);
        assertTrue(metric.find(), () -> "no metric in " + query);
        do {
            String name = metric.group();
            assertTrue(
                    metrics.lines().anyMatch(line -> line.startsWith(name + " ") || line.startsWith(name + "{")),
                    () -> "no " + name + " for " + query);
        } while (metric.find());
        Matcher routes = ROUTE.matcher(query);
        while (routes.find()) {
            for (String route : routes.group(1).split("\\|")) {
                assertTrue(metrics.contains("routeId=\"" + route + "\""), () -> "no route " + route + " for " + query);
            }
        }
    }

    @Test
    void theNumbersAreTheLedgers() {
        Ledger ledger = daemon.bean("zoomLedger", Ledger.class);

        for (State state : State.values()) {
            assertEquals(
                    ledger.statistics().counts().getOrDefault(state, 0),
                    value("zoom_transcriber_recordings{state=\"" + state.name().toLowerCase() + "\"}"),
                    0);
        }
        assertEquals(ledger.statistics().counts().get(State.DELIVERED), value("zoom_transcriber_delivered_total"), 0);
        assertEquals(ledger.statistics().counts().get(State.FAILED), failures(), 0);
        assertTrue(value("zoom_transcriber_audio_seconds_total") > 0);
        assertEquals(1, value("zoom_transcriber_ledger_up"), 0);
    }

    private static double failures() {
        return metrics.lines()
                .filter(line -> line.startsWith("zoom_transcriber_failed{"))
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                .sum();
    }

    private static double value(String series) {
        return metrics.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + series + " in " + metrics));
    }

    @Test
    void noSeriesIsNamedAfterAnAddressOrARecording() {
        assertFalse(metrics.contains("://"), metrics);
        assertFalse(metrics.contains("endpointName"), metrics);
        simulator
                .recordings()
                .forEach(recording -> assertFalse(metrics.contains(recording.recordingId()), recording::recordingId));
        Set<String> labels = new TreeSet<>();
        Matcher label = Pattern.compile("([a-zA-Z_]+)=\"").matcher(metrics);
        while (label.find()) {
            labels.add(label.group(1));
        }
        assertEquals(
                Set.of(
                        "camelContext",
                        "camel_context",
                        "camel_runtime_provider",
                        "camel_runtime_version",
                        "camel_version",
                        "eventType",
                        "kind",
                        "reason",
                        "routeId",
                        "state",
                        "step",
                        "vendor"),
                labels);
    }

    @Test
    void withoutAPortNothingOfItIsLoaded() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        try (Daemon quiet = new Rounds(other, simulator).withLogin("oauth").daemon()) {
            quiet.start();
            assertEquals(0, quiet.serverPort());
            assertNull(quiet.context().hasComponent("platform-http"));
            assertNull(quiet.context().getRegistry().lookupByName("metricsRegistry"));
            assertNull(quiet.context().getRoute("status-page"));
        }
    }

    private static String get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.serverPort() + path))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
