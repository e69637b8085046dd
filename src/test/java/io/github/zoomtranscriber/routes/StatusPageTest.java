package io.github.zoomtranscriber.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.logging.CapturedLog;
import io.github.zoomtranscriber.observe.Door;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The status page of a daemon that has done a round: what it shows, to whom, and what it lets be done. */
class StatusPageTest {

    private static final String TOKEN = "the-token-of-the-status-page-test";
    private static final String BEARER = "Authorization: Bearer " + TOKEN;
    private static final String BASIC = "Authorization: Basic "
            + Base64.getEncoder().encodeToString(("me:" + TOKEN).getBytes(StandardCharsets.UTF_8));
    /** All that is there beside health and the webhooks. */
    private static final List<String> ADDRESSES = List.of(
            "/",
            "/page.js",
            "/page.css",
            "/api/status",
            "/api/recordings",
            "/api/recording?id=x",
            "/file?id=x&name=y",
            "/observe/metrics");

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Simulator simulator;
    private static Daemon daemon;

    @BeforeAll
    static void play() throws Exception {
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)));
        Rounds rounds = new Rounds(folder, simulator)
                .withLogin("oauth")
                .with("zoom.lookback-days", "60")
                .with("output.formats", "md,html,json");
        rounds.run();
        daemon = rounds.with("server.port", "0")
                .with("server.token", TOKEN)
                .with("resume.every", "1h")
                .daemon();
        daemon.start();
        await().until(() -> get("/observe/health/ready").statusCode() == 200);
    }

    @AfterAll
    static void end() {
        daemon.close();
        simulator.close();
    }

    @Test
    void thePageAndAllThatItNeedsComesFromTheProgramItself() throws Exception {
        HttpResponse<String> page = get("/");

        assertEquals(200, page.statusCode());
        assertEquals(
                "text/html;charset=utf-8",
                page.headers().firstValue("content-type").orElseThrow());
        assertTrue(page.headers()
                .firstValue("content-security-policy")
                .orElseThrow()
                .startsWith("default-src 'none'; style-src 'self'; script-src 'self'"));
        assertEquals("no-store", page.headers().firstValue("cache-control").orElseThrow());
        for (String part : List.of("/page.css", "/page.js")) {
            assertEquals(200, get(part).statusCode(), part);
            assertTrue(page.body().contains("\"" + part.substring(1) + "\""), part);
        }
        assertFalse(page.body().contains("http"), "nothing from elsewhere");
    }

    @Test
    void theSummaryCountsEveryState() throws Exception {
        JsonNode summary = json(get("/api/status"));

        assertTrue(summary.at("/states/delivered").asInt() > 0, summary::toString);
        assertTrue(summary.at("/states/failed").asInt() > 0, summary::toString);
        assertEquals(14, summary.path("days").size());
        assertTrue(summary.at("/tick/text").asText().contains("new at Zoom"), summary::toString);
    }

    @Test
    void aRecordingHasItsStoryAndItsFilesAndNoOthersCanBeHad() throws Exception {
        String id = json(get("/api/recordings?state=delivered"))
                .at("/recordings/0/id")
                .asText();
        JsonNode story = json(get("/api/recording?id=" + encoded(id)));
        assertEquals(3, story.path("files").size(), story::toString);
        for (JsonNode name : story.path("files")) {
            HttpResponse<String> file = get("/file?id=" + encoded(id) + "&name=" + encoded(name.asText()));
            assertEquals(200, file.statusCode());
            assertEquals(Files.readString(folder.resolve("transcripts").resolve(name.asText())), file.body());
            assertTrue(file.headers()
                    .firstValue("content-security-policy")
                    .orElseThrow()
                    .startsWith("sandbox "));
        }
        Files.writeString(folder.resolve("secret.txt"), "secret");
        for (String other :
                List.of("../secret.txt", folder.resolve("secret.txt").toString(), "../data/ledger.mv.db", "")) {
            assertEquals(
                    404,
                    get("/file?id=" + encoded(id) + "&name=" + encoded(other)).statusCode(),
                    other);
        }
        assertEquals(404, get("/api/recording?id=unknown").statusCode());
    }

    @Test
    void whatHappenedToARecordingIsToldFromTheBeginningAndInItsErrorFileToo() throws Exception {
        String id =
                json(get("/api/recordings?state=failed")).at("/recordings/0/id").asText();
        JsonNode told = json(get("/api/recording?id=" + encoded(id)));
        JsonNode events = told.path("events");
        JsonNode last = events.get(events.size() - 1);

        assertEquals("discovered", events.at("/0/state").asText(), told::toString);
        assertEquals("failed", last.path("state").asText(), told::toString);
        assertEquals(
                told.at("/story/recording/reason").asText(), last.path("reason").asText());
        JsonNode written = json(get("/file?id=" + encoded(id) + "&name="
                + encoded(told.at("/files/0").asText())));
        assertEquals(events.size(), written.path("history").size(), written::toString);
        assertEquals(
                last.path("at"), written.at("/history").get(events.size() - 1).path("at"));
    }

    @Test
    void aSearchIsOfTopicsWhateverTheyAreWrittenWith() throws Exception {
        assertEquals(
                List.of("Product stand-up"),
                topics("/api/recordings?text=" + encoded("stand-UP")).stream()
                        .distinct()
                        .toList());
        assertEquals(List.of(), topics("/api/recordings?text=" + encoded("%")));
        assertEquals(1, topics("/api/recordings?length=1").size());
    }

    @Test
    void onlyAFailedRecordingIsPutBackAndOnlyByPost() throws Exception {
        String id =
                json(get("/api/recordings?state=failed")).at("/recordings/0/id").asText();
        String retry = "/api/retry?id=" + encoded(id);
        assertEquals(405, get(retry).statusCode());

        assertEquals(200, post(retry, origin()).statusCode());
        assertEquals(404, post(retry, origin()).statusCode());
        assertFalse(json(get("/api/recording?id=" + encoded(id)))
                .at("/story/recording/state")
                .asText()
                .equals("failed"));
    }

    @Test
    void aPageFromElsewhereCannotHaveABrowserDoIt() throws Exception {
        String id =
                json(get("/api/recordings?state=failed")).at("/recordings/0/id").asText();
        String retry = "/api/retry?id=" + encoded(id);
        for (String origin :
                List.of("https://evil.example", "null", "http://localhost:1", origin() + ".evil.example")) {
            assertEquals(403, post(retry, origin).statusCode(), origin);
            assertEquals(
                    403, post(retry + "&Origin=" + encoded(origin()), origin).statusCode(), origin);
        }
        assertEquals(
                403,
                HTTP.send(known(retry).POST(HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.ofString())
                        .statusCode());
        assertEquals(
                "failed",
                json(get("/api/recording?id=" + encoded(id)))
                        .at("/story/recording/state")
                        .asText());
    }

    /**
     * nginx with no more than {@code proxy_pass http://127.0.0.1:8080;}, and HAProxy or stunnel before whoever says
     * localhost.
     */
    @Test
    void aStrangerWhomAProxyMakesLookLocalNeedsTheToken() throws Exception {
        for (List<String> headers : asAProxyPassesOn()) {
            String[] stranger = headers.toArray(String[]::new);
            for (String path : ADDRESSES) {
                assertEquals("401", status("GET " + path, stranger), path + headers);
                assertEquals(
                        "401", status("GET " + path, with(stranger, "Authorization: Bearer wrong")), path + headers);
                assertEquals("401", status("GET " + path, with(stranger, "Authorization: Basic bWU6")), path + headers);
                for (String login : List.of(BEARER, BASIC)) {
                    String expected = path.contains("?") ? "404" : "200";
                    assertEquals(expected, status("GET " + path, with(stranger, login)), path + headers);
                }
            }
            String id = json(get("/api/recordings?state=failed"))
                    .at("/recordings/0/id")
                    .asText();
            assertEquals(
                    "401",
                    status(
                            "POST /api/retry?id=" + encoded(id),
                            with(stranger, "Origin: " + origin(), "Content-Length: 0")),
                    headers.toString());
            assertEquals(
                    "failed",
                    json(get("/api/recording?id=" + encoded(id)))
                            .at("/story/recording/state")
                            .asText());
        }
    }

    @Test
    void aStrangerWhomAProxyMakesLookLocalHearsOneWordOfHealthAndMoreWithTheToken() throws Exception {
        for (List<String> headers : asAProxyPassesOn()) {
            String[] stranger = headers.toArray(String[]::new);
            for (String path : List.of("/observe/health", "/observe/health/live", "/observe/health/ready")) {
                String answer = answer("GET " + path + "?exposureLevel=full&data=true&stackTrace=true", stranger);
                assertEquals("200", answer.split(" ")[1], path + headers);
                assertEquals(
                        JSON.readTree("{\"status\":\"UP\"}"),
                        JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n"))),
                        path + headers);
            }
            assertTrue(
                    answer("GET /observe/health?exposureLevel=full&data=true", with(stranger, BEARER))
                            .contains("zoom-login"),
                    headers.toString());
        }
    }

    @Test
    void noAddressOfThePageIsLeftOutHere() {
        Set<String> there = daemon.context().getRoutes().stream()
                .map(route -> route.getEndpoint().getEndpointUri())
                .filter(uri -> uri.startsWith("platform-http:") && !uri.contains("/webhooks/"))
                .map(uri -> uri.replaceFirst("platform-http:/+", "/").replaceFirst("\\?.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> here = Stream.concat(ADDRESSES.stream(), Stream.of("/api/retry"))
                .filter(path -> !path.startsWith("/observe/"))
                .map(path -> path.replaceFirst("\\?.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(there, here);
    }

    private static List<List<String>> asAProxyPassesOn() {
        return List.of(
                List.of("HTTP/1.0", "Host: 127.0.0.1:" + daemon.serverPort()),
                List.of("HTTP/1.1", "Host: localhost"),
                List.of("HTTP/1.1", "Host: localhost:" + daemon.serverPort()),
                List.of("HTTP/1.1", "Host: status.example.com"),
                List.of("HTTP/1.1", "Host: localhost", "X-Forwarded-For: 127.0.0.1"));
    }

    @Test
    void aParameterOfTheAddressIsNoHeader() throws Exception {
        for (String path : ADDRESSES) {
            String address = path + (path.contains("?") ? "&" : "?") + "Host=localhost&Authorization="
                    + encoded("Bearer " + TOKEN);
            assertEquals("401", status("GET " + address, "HTTP/1.1", "Host: rebound.example"), address);
        }
    }

    @Test
    void withoutATokenOnlyPeopleOnThisMachineGetInAndUnderItsOwnName(@TempDir Path other) throws Exception {
        try (Daemon open = new Rounds(other, simulator)
                .withLogin("oauth")
                .with("server.port", "0")
                .daemon()) {
            open.start();
            String local = "Host: localhost:" + open.serverPort();
            for (String path : ADDRESSES) {
                assertEquals(path.contains("?") ? "404" : "200", status(open, "GET " + path, "HTTP/1.1", local), path);
            }
            for (String path : ADDRESSES) {
                for (String stranger : List.of(
                        "Host: rebound.example",
                        "Host: rebound.example\r\nAuthorization: Bearer ",
                        local + "\r\nX-Forwarded-For: 192.0.2.1",
                        local)) {
                    String answer = answer(open, "GET " + path, "HTTP/1.1", stranger);
                    assertEquals("403", answer.split(" ")[1], path + stranger);
                    assertTrue(answer.contains("Closed until server.token is set"), answer);
                }
            }
            assertEquals("200", status(open, "GET /observe/health/ready", "HTTP/1.1", "Host: rebound.example"));
            assertTrue(answer(open, "GET /observe/health?data=true", "HTTP/1.1", local)
                    .contains("\r\n\r\n{"));
            assertFalse(answer(open, "GET /observe/health?data=true&exposureLevel=full", "HTTP/1.1", local)
                    .contains("zoom-login"));
        }
    }

    @Test
    void whereAWebhookIsSetThePageIsClosedFromTheStartUntilThereIsAToken(@TempDir Path other) throws Exception {
        for (String option : List.of("zoom.webhook-secret", "assemblyai.webhook-url")) {
            try (CapturedLog log = new CapturedLog(Door.class);
                    Daemon closed = new Rounds(other, simulator)
                            .withLogin("oauth")
                            .with("server.port", "0")
                            .with(option, "https://status.example/webhooks/assemblyai")
                            .daemon()) {
                closed.start();
                for (String path : ADDRESSES) {
                    assertEquals("403", status(closed, "GET " + path, "HTTP/1.1", "Host: localhost"), option + path);
                }
                assertEquals(
                        "401",
                        status(
                                closed,
                                "POST /webhooks/" + option.split("\\.")[0],
                                "HTTP/1.1",
                                "Host: localhost",
                                "Content-Length: 0"));
                assertEquals(1, log.lines().size(), () -> "" + log.lines());
                assertTrue(log.lines().get(0).contains("closed until server.token is set: " + option + " is set"));
            }
        }
    }

    @Test
    void theRetryButtonWorksBehindProxiesAndForThePageAlone() throws Exception {
        for (String there : List.of(
                // nginx and Apache by default, with TLS
                "Host: 127.0.0.1:8080\r\nOrigin: https://status.example\r\nSec-Fetch-Site: same-origin",
                // Apache by default, without
                "Host: 127.0.0.1:8080\r\nOrigin: http://status.example\r\nX-Forwarded-Host: status.example",
                "Host: 127.0.0.1:8080\r\nOrigin: http://status.example:81\r\nX-Forwarded-Host: status.example:81, b",
                "Host: 127.0.0.1:8080\r\nOrigin: https://status.example\r\n"
                        + "Forwarded: for=192.0.2.1;proto=https;host=\"status.example\"",
                "Host: status.example\r\nOrigin: https://status.example")) {
            assertEquals("404", status("POST /api/retry?id=none", "HTTP/1.1", BEARER, there, EMPTY), there);
        }
        for (String elsewhere : List.of(
                "Host: status.example\r\nOrigin: https://status.example\r\nSec-Fetch-Site: cross-site",
                "Host: status.example\r\nOrigin: https://status.example\r\nSec-Fetch-Site: same-site",
                "Host: status.example\r\nSec-Fetch-Site: none",
                "Host: status.example\r\nOrigin: https://evil.example\r\nX-Forwarded-Host: status.example",
                "Host: status.example\r\nOrigin: https://evil.example\r\nForwarded: host=status.example",
                "Host: status.example\r\nOrigin: null",
                "Host: status.example")) {
            assertEquals("403", status("POST /api/retry?id=none", "HTTP/1.1", BEARER, elsewhere, EMPTY), elsewhere);
        }
    }

    @Test
    void noSecretIsOnAnyOfIt() throws Exception {
        List<String> all = new ArrayList<>();
        for (String path : List.of(
                "/",
                "/page.js",
                "/api/status",
                "/api/recordings?length=500",
                "/observe/metrics",
                "/observe/health?exposureLevel=full")) {
            all.add(get(path).body());
        }
        for (JsonNode recording : json(get("/api/recordings?length=500")).path("recordings")) {
            all.add(get("/api/recording?id=" + encoded(recording.path("id").asText()))
                    .body());
        }
        for (String secret :
                List.of(TOKEN, Simulator.ZOOM_CLIENT_SECRET, Simulator.ASSEMBLYAI_KEY, "access_token=", "Bearer ")) {
            all.forEach(text -> assertFalse(text.contains(secret), () -> secret + " in " + text));
        }
    }

    private static List<String> topics(String path) throws Exception {
        List<String> topics = new ArrayList<>();
        json(get(path))
                .path("recordings")
                .forEach(recording -> topics.add(recording.path("topic").asText()));
        return topics;
    }

    private static final String EMPTY = "Content-Length: 0";

    private static String origin() {
        return "http://127.0.0.1:" + daemon.serverPort();
    }

    private static URI uri(String path) {
        return URI.create(origin() + path);
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(known(path).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String origin) throws IOException, InterruptedException {
        return HTTP.send(
                known(path)
                        .header("Origin", origin)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    /** Of somebody who knows the token. */
    private static HttpRequest.Builder known(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + TOKEN);
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertEquals(200, answer.statusCode(), answer::body);
        return JSON.readTree(answer.body());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * The status of the answer to a request of exactly these words and lines: the method and address, the version, and
     * the headers.
     */
    private static String status(String request, String... lines) throws IOException {
        return status(daemon, request, lines);
    }

    private static String status(Daemon of, String request, String... lines) throws IOException {
        return answer(of, request, lines).split(" ")[1];
    }

    private static String answer(String request, String... lines) throws IOException {
        return answer(daemon, request, lines);
    }

    private static String answer(Daemon of, String request, String... lines) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", of.serverPort())) {
            socket.getOutputStream()
                    .write((request + " " + String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String[] with(String[] lines, String... more) {
        return Stream.concat(Stream.of(lines), Stream.of(more)).toArray(String[]::new);
    }
}
