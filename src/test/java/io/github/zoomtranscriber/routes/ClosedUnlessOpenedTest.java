package io.github.zoomtranscriber.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever adds a route to the built-in server opens it to nobody, unless that is said. */
class ClosedUnlessOpenedTest {

    private static final String TOKEN = "the-token-of-the-closed-routes-test";
    private static final String KNOWN = "Authorization: Bearer " + TOKEN;

    @TempDir
    static Path folder;

    private static Simulator simulator;
    private static Daemon daemon;

    @BeforeAll
    static void start() throws Exception {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        try (Stream<Path> shipped = Files.list(Path.of("routes"))) {
            for (Path file : shipped.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        Path status = routes.resolve("status.camel.yaml");
        Files.writeString(status, Files.readString(status) + "\n" + route("added", "page", "GET"));
        Files.writeString(
                routes.resolve("mine.camel.yaml"),
                route("bare", null, "GET")
                        + route("dressed", "page", "GET")
                        + route("posted", null, "POST")
                        + route("replaced", "page", "PUT")
                        + route("opened", "webhook", "GET")
                        + route("told", "webhook", "POST"));
        simulator = Simulator.start(SimulatorSettings.defaults());
        daemon = new Rounds(folder, simulator)
                .withLogin("oauth")
                .with("server.port", "0")
                .with("server.token", TOKEN)
                .with("resume.every", "1h")
                .daemon(routes);
        daemon.start();
    }

    @AfterAll
    static void stop() {
        daemon.close();
        simulator.close();
    }

    private static String route(String id, String configuration, String method) {
        return """
                - route:
                    id: %1$s
                %2$s    from:
                      uri: platform-http:/%1$s
                      parameters:
                        httpMethodRestrict: %3$s
                      steps:
                        - to: direct:inner-%1$s
                - route:
                    id: inner-%1$s
                    from:
                      uri: direct:inner-%1$s
                      steps:
                        - setBody:
                            constant: what %1$s says
                """
                .formatted(
                        id, configuration == null ? "" : "    routeConfigurationId: " + configuration + "\n", method);
    }

    @Test
    void aRouteThatNobodyOpenedIsClosedWhateverItsFileAndItsConfiguration() throws IOException {
        for (String closed : List.of(
                "GET /added",
                "GET /bare",
                "GET /dressed",
                "POST /posted",
                "PUT /replaced",
                "GET /",
                "GET /api/status",
                "POST /api/retry?id=x")) {
            String answer = answer(closed, "Host: rebound.example", "X-Of-Theirs: kept");
            assertEquals("401", answer.split(" ")[1], closed);
            assertFalse(answer.contains("says"), answer);
            assertFalse(answer.contains("X-Of-Theirs"), answer);
        }
    }

    @Test
    void whoKnowsTheTokenGetsIn() throws IOException {
        for (String closed : List.of("added", "bare", "dressed")) {
            assertEquals("what " + closed + " says", body(answer("GET /" + closed, "Host: rebound.example", KNOWN)));
        }
    }

    @Test
    void whatMayChangeSomethingIsDoneForAPageOfOursAloneAsABrowserSendsPasswordsFromAny() throws IOException {
        for (String changing : List.of("POST /posted", "PUT /replaced")) {
            assertEquals(
                    "403",
                    answer(changing, "Host: status.example", KNOWN, "Content-Length: 0")
                            .split(" ")[1]);
            assertEquals(
                    "403",
                    answer(changing, "Host: status.example", KNOWN, "Origin: https://evil.example", "Content-Length: 0")
                            .split(" ")[1]);
            assertEquals(
                    "what " + changing.split("/")[1] + " says",
                    body(answer(
                            changing,
                            "Host: status.example",
                            KNOWN,
                            "Origin: https://status.example",
                            "Content-Length: 0")));
        }
    }

    @Test
    void aRouteThatSaysSoIsOpenToEverybody() throws IOException {
        assertEquals("what opened says", body(answer("GET /opened", "Host: rebound.example")));
        assertEquals("what told says", body(answer("POST /told", "Host: rebound.example", "Content-Length: 0")));
    }

    private static String body(String answer) {
        assertEquals("200", answer.split(" ")[1], answer);
        return answer.substring(answer.indexOf("\r\n\r\n")).strip();
    }

    private static String answer(String request, String... headers) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", daemon.serverPort())) {
            socket.getOutputStream()
                    .write((request + " HTTP/1.0\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
