package io.github.zoomtranscriber.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.Patience;
import io.github.zoomtranscriber.command.ExitCode;
import io.github.zoomtranscriber.command.Round;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Step;
import io.github.zoomtranscriber.ledger.Steps;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import io.github.zoomtranscriber.work.Endpoints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever is to be told of a delivered recording is told of it, however long he cannot be reached. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AfterDeliveryTest {

    @TempDir
    Path folder;

    private Simulator simulator;
    private Rounds rounds;
    private HttpServer server;
    private final Queue<JsonNode> told = new ConcurrentLinkedQueue<>();
    private final Queue<String> keys = new ConcurrentLinkedQueue<>();
    /** So many requests are answered with 503. */
    private final AtomicInteger refused = new AtomicInteger();

    @BeforeEach
    void play() throws Exception {
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)));
        rounds = new Rounds(folder, simulator)
                .withLogin("oauth")
                .with("output.formats", "txt")
                .with("output.probe-every", "300ms");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean refuses = refused.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            if (!refuses) {
                told.add(new ObjectMapper().readTree(body));
                keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            }
            exchange.sendResponseHeaders(refuses ? 503 : 204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
        simulator.close();
    }

    private String hook() {
        return "http://localhost:" + server.getAddress().getPort() + "/hook?key=s3cret";
    }

    private Map<String, Steps.Count> left() {
        Map<String, Steps.Count> left = new TreeMap<>();
        rounds.before(ledger -> left.putAll(ledger.steps().counts()));
        return left;
    }

    private List<Step> steps(String id) {
        List<Step> steps = new java.util.ArrayList<>();
        rounds.before(ledger -> steps.addAll(ledger.steps().of(id)));
        return steps;
    }

    private static String report(Round round) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = round.report(new PrintStream(out, true, StandardCharsets.UTF_8));
        return code + " " + out.toString(StandardCharsets.UTF_8);
    }

    /** The shipped routes, and one file of the user's. */
    private Path routesWith(String yaml) throws IOException {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        try (Stream<Path> shipped = Files.list(Path.of("routes"))) {
            for (Path route : shipped.toList()) {
                Files.copy(route, routes.resolve(route.getFileName()));
            }
        }
        Files.writeString(routes.resolve("mine.camel.yaml"), yaml);
        return routes;
    }

    @Test
    void eachIsToldOnceOfEachRecordingAndByAKeyOfItsOwn() throws Exception {
        Round round =
                rounds.with("output.notify", hook()).with("output.then", hook()).run();

        List<String> expected = round.delivered().stream()
                .map(Entry::id)
                .flatMap(id -> Stream.of(id + "/notify", id + "/" + Endpoints.name(hook())))
                .sorted()
                .toList();
        assertFalse(expected.isEmpty());
        assertEquals(expected, keys.stream().sorted().toList());
        assertEquals(
                expected,
                told.stream()
                        .map(event -> event.path("recording_id").asText() + "/"
                                + event.path("step").asText())
                        .sorted()
                        .toList());
        assertEquals(Map.of(), left());
        assertTrue(report(round).contains("delivered " + round.delivered().size()), () -> report(round));
    }

    @Test
    void anOutageIsWaitedForAndNobodyIsLeftOut() throws Exception {
        refused.set(5);

        Round round = rounds.with("output.notify", hook()).run();

        assertEquals(
                round.delivered().stream().map(Entry::id).sorted().toList(),
                told.stream()
                        .map(event -> event.path("recording_id").asText())
                        .sorted()
                        .toList());
        assertEquals(Map.of(), left());
    }

    @Test
    void anEndpointThatIsAwayForGoodUndoesNoDeliveryIsSaidAndIsToldByALaterRun() throws Exception {
        Round round = rounds.with("output.notify", "http://127.0.0.1:1/nobody").run();

        int delivered = round.delivered().size();
        assertTrue(delivered > 0);
        String report = report(round);
        assertTrue(report.startsWith("1 "), report);
        assertTrue(
                report.contains("not done yet: notify for " + delivered + " recordings (HttpHostConnectException"),
                report);
        assertEquals(delivered, left().get("notify").open());

        Round next = rounds.with("output.notify", hook()).run();

        assertEquals(delivered, told.size());
        assertEquals(Map.of(), left());
        assertTrue(next.delivered().isEmpty());
    }

    @Test
    void anEndpointThatDoesNotAnswerHoldsUpNoOther() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String never =
                    "http://localhost:" + silent.getLocalPort() + "/never?responseTimeout=300000&soTimeout=300000";
            try (Daemon daemon = rounds.with("output.then", never + "," + hook())
                    .with("zoom.discover", "true")
                    .with("zoom.schedule", "0/2 * * * * ?")
                    .daemon()) {
                daemon.start();
                await().atMost(Patience.LONG).until(() -> told.size() == 33);
            }
        }
    }

    @Test
    void aPathThatIsASecretIsInNoReason() throws Exception {
        refused.set(Integer.MAX_VALUE);

        Round round = rounds.with("output.then", hook().replace("/hook", "/services/T0/B0/s3cretpath"))
                .run();

        Set<String> reasons = round.delivered().stream()
                .flatMap(entry -> steps(entry.id()).stream())
                .map(Step::reason)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        assertEquals(
                Set.of("HttpOperationFailedException: HTTP operation failed invoking http://localhost:"
                        + server.getAddress().getPort() + " with statusCode: 503"),
                reasons);
        assertFalse(report(round).contains("s3cret"), () -> report(round));
    }

    @Test
    void whatIsNotWantedAnyMoreIsNotDoneAndHoldsUpNothing() throws Exception {
        rounds.with("output.notify", "http://127.0.0.1:1/nobody").run();

        Round next = rounds.with("output.notify", "").run();

        assertFalse(report(next).contains("notify"), () -> report(next));
        assertTrue(told.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                errorHandler:
                  deadLetterChannel:
                    deadLetterUri: log:dead
                """,
                """
                onException:
                  - onException:
                      exception:
                        - java.lang.Exception
                      handled:
                        constant: "true"
                """
            })
    void aRouteOfTheUsersThatHandlesItsOwnFailureHasNotDoneIt(String handling) throws Exception {
        Path routes = routesWith(
                """
                - routeConfiguration:
                    id: mine
                %s
                - route:
                    id: told
                    routeConfigurationId: mine
                    from:
                      uri: direct:told
                      steps:
                        - throwException:
                            exceptionType: java.lang.IllegalStateException
                            message: no luck
                """
                        .formatted(handling.indent(4)));

        Round round = rounds.with("output.then", "direct:told").run(routes);

        List<Step> steps = round.delivered().stream()
                .flatMap(entry -> steps(entry.id()).stream())
                .toList();
        assertTrue(steps.stream().noneMatch(Step::isDone));
        // some have not been tried: it pauses
        assertEquals(
                Set.of("told failed and handled that itself, so nothing has arrived: IllegalStateException: no luck"),
                steps.stream().map(Step::reason).filter(Objects::nonNull).collect(Collectors.toSet()));
    }

    @Test
    void aPlaceThatHandlesItsOwnFailureHasNotTheFilesAndNothingHangs() throws Exception {
        Path routes = routesWith(
                """
                - routeConfiguration:
                    id: mine
                    errorHandler:
                      deadLetterChannel:
                        deadLetterUri: log:dead
                - route:
                    id: archive
                    routeConfigurationId: mine
                    from:
                      uri: direct:archive
                      steps:
                        - throwException:
                            exceptionType: java.lang.IllegalStateException
                            message: no luck
                """);

        Round round = rounds.with("output.to", "direct:archive").run(routes);

        assertTrue(round.delivered().isEmpty());
        assertTrue(report(round).startsWith(ExitCode.UNREACHABLE + " "), () -> report(round));
    }

    @Test
    void allPlacesHaveEveryFileBeforeARecordingIsDelivered() throws Exception {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");

        Round round = rounds.with("output.to", "file:" + one + ", file:" + two).run();

        assertFalse(round.delivered().isEmpty());
        assertEquals(files(one), files(two));
        assertEquals(round.delivered().size(), files(one).size());
        assertFalse(Files.exists(folder.resolve("transcripts")));
    }

    private static Map<String, String> files(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .collect(Collectors.toMap(
                            file -> place.relativize(file).toString(), file -> read(file), (a, b) -> a, TreeMap::new));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whatARouteGivesToBeKeptIsThereForTheOthersAndMadeOnce() throws Exception {
        Path routes = routesWith(
                """
                - route:
                    id: summarise
                    from:
                      uri: direct:summarise
                      steps:
                        - setBody:
                            simple: "in short, ${header.Idempotency-Key}"
                        - setHeader:
                            name: ZoomTranscriberKeep
                            constant: "true"
                """);
        Round round = rounds.with("output.then", "direct:summarise").run(routes);
        String id = round.delivered().get(0).id();
        assertEquals("in short, " + id + "/summarise", steps(id).get(0).result());

        rounds.with("output.then", hook()).before(ledger -> ledger.steps().repeat(Endpoints.name(hook()), List.of(id)));
        rounds.run(routes);

        assertEquals(
                "in short, " + id + "/summarise",
                told.element().path("results").path("summarise").asText());
    }

    @Test
    void nothingOfOneRecordingIsThereWhenTheNextIsDealtWith() throws Exception {
        Path routes = routesWith(
                """
                - route:
                    id: told
                    from:
                      uri: direct:told
                      steps:
                        - filter:
                            simple: "${exchangeProperty.mine} != null || ${header.mine} != null || ${variable.mine} != null"
                            steps:
                              - throwException:
                                  exceptionType: java.lang.IllegalStateException
                                  message: "of ${exchangeProperty.mine}"
                        - setProperty: {name: mine, simple: "${header.Idempotency-Key}"}
                        - setHeader: {name: mine, simple: "${header.Idempotency-Key}"}
                        - setVariable: {name: mine, simple: "${header.Idempotency-Key}"}
                """);

        Round round = rounds.with("output.then", "direct:told").run(routes);

        assertTrue(round.delivered().size() > 20);
        assertEquals(Map.of(), left());
    }

    @Test
    void aRouteThatStopsItselfHasDoneItsWork() throws Exception {
        Path routes = routesWith(
                """
                - route:
                    id: told
                    from:
                      uri: direct:told
                      steps:
                        - stop: {}
                """);

        Round round = rounds.with("output.then", "direct:told").run(routes);

        assertNull(left().get("told"));
        assertTrue(steps(round.delivered().get(0).id()).get(0).isDone());
    }

    @Test
    void whatIsGoneAlreadyIsDeleted() throws Exception {
        rounds.with("assemblyai.delete-after-delivery", "true").with("zoom.after-delivery", "trash");
        Round round = rounds.run();
        assertFalse(round.delivered().isEmpty());
        List<String> ids = Rounds.ids(round.delivered());
        rounds.before(ledger -> List.of("delete-at-assemblyai", "trash-at-zoom")
                .forEach(step -> assertEquals(ids.size(), ledger.steps().repeat(step, ids))));

        Round again = rounds.run();

        assertFalse(report(again).contains("not done"), () -> report(again));
    }
}
