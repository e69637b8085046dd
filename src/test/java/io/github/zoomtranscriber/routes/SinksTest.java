package io.github.zoomtranscriber.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.github.zoomtranscriber.command.Round;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reaches the endpoints that a user names: all that is meant for them, and nothing of what we work with. */
class SinksTest {

    /** Several of one topic among them, on different days: which recording gets which name is the same each time. */
    private static final String OF_DIFFERENT_NAMES = "Product stand-up,R&D*,新*";

    @TempDir
    Path folder;

    private Simulator simulator;
    private Rounds rounds;
    private HttpServer server;
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();

    /** As a server of a user's gets it. */
    private record Request(String method, String path, String query, Headers headers, String body) {}

    @BeforeEach
    void play() throws Exception {
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)));
        rounds = new Rounds(folder, simulator).withLogin("oauth").with("output.formats", "txt");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestURI().getRawQuery(),
                    exchange.getRequestHeaders(),
                    body));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        Recorder.SEEN.clear();
    }

    @AfterEach
    void end() {
        server.stop(0);
        simulator.close();
    }

    @Test
    void aWebServerGetsEveryFileWholeUnderItsNameAndNoKeyOfOurs() throws Exception {
        simulator.addMeeting(
                "R&D: \"a\" #1 100% + 三", simulator.recordings().get(0).host(), Duration.ofMinutes(1), false);

        Round round = rounds.with("output.to", address("/archive?key=abc"))
                .with("zoom.topics", OF_DIFFERENT_NAMES)
                .run();

        assertTrue(round.delivered().size() > 3);
        assertEquals(
                Set.of("PUT key=abc"),
                requests.stream()
                        .map(request -> request.method() + " " + request.query())
                        .collect(Collectors.toSet()));
        assertEquals(round.delivered().size(), requests.size());
        assertEquals(
                texts(),
                requests.stream()
                        .collect(Collectors.toMap(
                                request -> request.path().replaceFirst("^/archive/", ""), Request::body)));
        assertNoSecrets();
    }

    @Test
    void anAddressThatSaysAMethodIsTakenAsItIs() throws Exception {
        rounds.with("output.to", address("/archive?httpMethod=POST")).run();

        assertFalse(requests.isEmpty());
        assertEquals(
                Set.of("POST /archive"),
                requests.stream()
                        .map(request -> request.method() + " " + request.path())
                        .collect(Collectors.toSet()));
    }

    @Test
    void aWebServerThatIsToldOfDeliveriesGetsEachAsAPostOfJson() throws Exception {
        Round round = rounds.with("zoom.after-delivery", "trash")
                .with("output.notify", address("/hook?key=abc"))
                .run();

        assertFalse(round.delivered().isEmpty());
        assertEquals(round.delivered().size(), requests.size());
        for (Request request : requests) {
            assertEquals("POST key=abc", request.method() + " " + request.query());
            assertTrue(request.headers().getFirst("Content-Type").startsWith("application/json"), request::toString);
            assertFalse(json(request.body()).path("files").isEmpty(), request::body);
        }
        assertNoSecrets();
    }

    @Test
    void aRouteOfTheUsersGetsAFileAndItsNameAndNothingElse() throws Exception {
        Round round = rounds.with("zoom.after-delivery", "trash")
                .with("output.to", "direct:files")
                .with("output.notify", "direct:events")
                .with("queue.out", "direct:ids")
                .run(routesThatRecord());

        assertFalse(round.delivered().isEmpty());
        assertEquals(Set.of("files [CamelFileName]", "events [Idempotency-Key]", "ids []"), seen());
        assertNoSecrets();
    }

    @Test
    void soDoesAReportOfADownloadThatZoomRefused() throws Exception {
        simulator.change(faults -> faults.refusedDownloadRate = 1);

        Round round = rounds.with("assemblyai.hand-off", "link")
                .with("output.to", "direct:files")
                .run(routesThatRecord());

        assertFalse(round.failed().isEmpty());
        assertEquals(Set.of("files [CamelFileName]"), seen());
        assertEquals(round.failed().size(), Recorder.SEEN.size());
        assertTrue(Recorder.SEEN.stream()
                .allMatch(message ->
                        message.headers().get("CamelFileName").toString().endsWith(".error.json")));
        assertNoSecrets();
    }

    @Test
    void aWebServerGetsThatReportAndZoomDoesNot() throws Exception {
        simulator.change(faults -> faults.refusedDownloadRate = 1);

        Round round = rounds.with("assemblyai.hand-off", "link")
                .with("output.to", address("/archive"))
                .run();

        assertFalse(round.failed().isEmpty());
        assertEquals(round.failed().size(), requests.size());
        for (Request request : requests) {
            assertFalse(json(request.body()).path("reason").asText().isEmpty(), request::body);
        }
        assertNoSecrets();
    }

    private String address(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    /** What the same recordings become in a folder, by name. */
    private Map<String, String> texts() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        new Rounds(other, simulator)
                .withLogin("oauth")
                .with("output.formats", "txt")
                .with("zoom.topics", OF_DIFFERENT_NAMES)
                .run();
        Path transcripts = other.resolve("transcripts");
        try (Stream<Path> files = Files.walk(transcripts)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .collect(Collectors.toMap(
                            file -> transcripts.relativize(file).toString().replace('\\', '/'), SinksTest::read));
        }
    }

    /** The shipped routes, and one for each endpoint of a user's. */
    private Path routesThatRecord() throws IOException {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        try (Stream<Path> shipped = Files.list(Path.of("routes"))) {
            for (Path route : shipped.toList()) {
                Files.copy(route, routes.resolve(route.getFileName()));
            }
        }
        for (String name : List.of("files", "events", "ids")) {
            Files.writeString(
                    routes.resolve(name + ".camel.yaml"),
                    """
                    - route:
                        id: %s
                        from:
                          uri: direct:%s
                          steps:
                            - bean:
                                beanType: %s
                            - filter:
                                simple: "${routeId} == 'ids'"
                                steps:
                                  - to: "{{queue}}"
                    """
                            .formatted(name, name, Recorder.class.getName()));
        }
        return routes;
    }

    private static Set<String> seen() {
        return Recorder.SEEN.stream()
                .map(message -> message.route() + " " + message.headers().keySet())
                .collect(Collectors.toSet());
    }

    /** Neither where a web server nor where a route of a user's sees it. */
    private void assertNoSecrets() {
        List<String> everything = Stream.concat(
                        requests.stream().map(Record::toString),
                        Recorder.SEEN.stream().map(Record::toString))
                .toList();
        List<String> headers = requests.stream()
                .map(Request::headers)
                .map(Headers::keySet)
                .flatMap(Collection::stream)
                .toList();

        assertEquals(
                List.of(),
                headers.stream()
                        .filter(header -> header.equalsIgnoreCase("Authorization"))
                        .toList());
        assertTrue(
                everything.stream().noneMatch(message -> message.contains(Simulator.ASSEMBLYAI_KEY)),
                "AssemblyAI's key");
        assertTrue(
                everything.stream().noneMatch(message -> message.toLowerCase().contains("bearer ")), "Zoom's bearer");
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In a route of a user's. */
    public static final class Recorder {

        private static final Queue<Message> SEEN = new ConcurrentLinkedQueue<>();

        private record Message(String route, Map<String, Object> headers, String body) {}

        public void take(Exchange exchange) {
            SEEN.add(new Message(
                    ExchangeHelper.getRouteId(exchange),
                    new TreeMap<>(exchange.getMessage().getHeaders()),
                    exchange.getMessage().getBody(String.class)));
        }
    }
}
