package io.github.zoomtranscriber.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.Patience;
import io.github.zoomtranscriber.logging.CapturedLog;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebServerTest {

    private static final int MAX_BODY = 2000;
    private static final int MAX_REQUESTS = 4;
    private static final String FORM = "application/x-www-form-urlencoded";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch door = new CountDownLatch(1);
    private WebServer server;

    @BeforeEach
    void start() throws Exception {
        server = new WebServer("127.0.0.1", 0, MAX_BODY, MAX_REQUESTS, Duration.ofMillis(300), context.getRegistry());
        server.start();
        context.addService(server);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/length?httpMethodRestrict=POST")
                        .convertBodyTo(byte[].class)
                        .setBody(simple("${body.length} bytes"));
                from("platform-http:/page?httpMethodRestrict=GET")
                        .setHeader("X-Query", simple("${header.CamelHttpQuery}"))
                        .setBody(constant("the page"));
                from("platform-http:/part/{id}?httpMethodRestrict=GET,PUT").setBody(simple("${header.id}"));
                from("platform-http:/wait?httpMethodRestrict=POST")
                        .process(exchange -> door.await())
                        .setBody(constant("done"));
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        door.countDown();
        context.stop();
    }

    @Test
    void aRouteAnswers() throws Exception {
        assertEquals("3 bytes", post("/length", "abc").body());
    }

    @Test
    void whatNoRouteTakesIsNotFound() throws Exception {
        assertEquals("404 Not found", said(post("/elsewhere", "abc")));
    }

    @Test
    void whileRoutesAreMissingWhoeverCallsIsToldToComeBack() throws Exception {
        server.openWhile(() -> false);
        for (String path : List.of("/length", "/elsewhere", "/observe/elsewhere")) {
            HttpResponse<String> answer = post(path, "abc");
            assertEquals("503 Busy", said(answer), path);
            assertTrue(answer.headers().firstValueAsLong("Retry-After").orElseThrow() > 0, path);
        }

        server.openWhile(() -> true);
        assertEquals("3 bytes", post("/length", "abc").body());
        assertEquals("404 Not found", said(post("/elsewhere", "abc")));
    }

    @Test
    void anotherMethodIsRefused() throws Exception {
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(uri("/length")).build(), BodyHandlers.ofString());

        assertEquals("405 Method not allowed", said(answer));
    }

    @Test
    void aBodyThatIsTooLongIsRefused() throws Exception {
        assertEquals("413 Too large", said(post("/length", "x".repeat(10_000_000))));
        assertEquals("3 bytes", post("/length", "abc").body());
    }

    @Test
    void aBodyThatTricklesInIsRefused() throws Exception {
        try (Socket slow = new Socket("127.0.0.1", server.port())) {
            slow.getOutputStream()
                    .write("POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nab"
                            .getBytes(StandardCharsets.US_ASCII));

            String answer = new String(slow.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
        }
        assertEquals("3 bytes", post("/length", "abc").body());
    }

    @Test
    void aConnectionOnWhichNothingIsAskedIsClosed() throws Exception {
        try (Socket silent = new Socket("127.0.0.1", server.port())) {
            silent.getOutputStream().write("POST /length HTTP/1.1\r\nHos".getBytes(StandardCharsets.US_ASCII));

            assertEquals(0, silent.getInputStream().readAllBytes().length);
        }
    }

    @Test
    void moreThanCanBeTakenAtOnceAreToldSo() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < MAX_REQUESTS; i++) {
            answers.add(client.sendAsync(request("/wait", "abc"), BodyHandlers.ofString()));
        }

        // which of them come first is not known: those that find no place are refused, and one place too many there is
        // not
        HttpResponse<String> last = post("/wait-for-nothing", "abc");
        while (last.statusCode() != 503) {
            last = post("/wait-for-nothing", "abc");
        }
        assertEquals("503 Busy", said(last));
        assertTrue(last.headers().firstValueAsLong("Retry-After").isPresent());
        door.countDown();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertTrue(List.of("done", "Busy").contains(answer.get().body()));
        }
        assertEquals("3 bytes", post("/length", "abc").body());
    }

    @Test
    void bodiesThatDribbleTakeNobodysPlace() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < MAX_REQUESTS * 5; i++) {
                slow.add(sent("POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nab"));
            }

            assertEquals("3 bytes", post("/length", "abc").body());
            for (Socket socket : slow) {
                assertTrue(rest(socket).startsWith("HTTP/1.1 408 "));
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void aBodyThatDribblesBehindAnotherRequestIsRefusedToo() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Socket slow = sent("GET /page HTTP/1.1\r\nHost: x\r\n\r\n"
                    + "POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nab")) {
                slow.setSoTimeout(10_000);
                String answers = rest(slow);
                assertTrue(answers.startsWith("HTTP/1.1 200 "), answers);
                assertTrue(answers.contains("HTTP/1.1 408 "), answers);
            }
        }
    }

    @Test
    void ofConnectionsThatSayNothingTheOldestMakesPlace() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < MAX_REQUESTS * 20; i++) {
                silent.add(sent("POST /length HTTP/1.1\r\n"));
                if (i % MAX_REQUESTS == 0) {
                    assertEquals("3 bytes", post("/length", "abc").body());
                }
            }
            assertEquals("3 bytes", post("/length", "abc").body());
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void headIsAnsweredAsGetIsWithoutTheBody() throws Exception {
        String answer = ask("HEAD /page?a=b HTTP/1.1", "Host: x");

        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertTrue(answer.contains("X-Query: a=b\r\n"), answer);
        assertTrue(answer.endsWith("\r\n\r\n"), answer);
        assertTrue(ask("GET /page?a=b HTTP/1.1", "Host: x").contains("the page"));
        assertTrue(ask("HEAD /length HTTP/1.1", "Host: x").startsWith("HTTP/1.1 405 "));
        assertTrue(ask("HEAD /elsewhere HTTP/1.1", "Host: x").startsWith("HTTP/1.1 404 "));
    }

    @Test
    void whoeverAsksWhatCanBeDoneIsToldSoAlsoInTheWayThatHaproxyAsks() throws Exception {
        assertEquals("HTTP/1.0 204 No Content, GET, HEAD, OPTIONS", allowed("OPTIONS /page HTTP/1.0"));
        assertEquals("HTTP/1.1 204 No Content, OPTIONS, POST", allowed("OPTIONS /length HTTP/1.1", "Host: x"));
        assertEquals(
                "HTTP/1.1 204 No Content, GET, HEAD, OPTIONS, PUT", allowed("OPTIONS /part/1 HTTP/1.1", "Host: x"));
        assertEquals("HTTP/1.1 204 No Content, GET, HEAD, OPTIONS, POST", allowed("OPTIONS * HTTP/1.1", "Host: x"));
        assertTrue(ask("OPTIONS /elsewhere HTTP/1.1", "Host: x").startsWith("HTTP/1.1 404 "));
        for (String method : List.of("PUT", "TRACE", "PROPFIND", "FOO")) {
            assertEquals(
                    "HTTP/1.1 405 Method Not Allowed, GET, HEAD, OPTIONS",
                    allowed(method + " /page HTTP/1.1", "Host: x"));
        }
    }

    @Test
    void whatIsAskedInAnOddWayIsRefusedAndNoneOfItIsAnError() throws Exception {
        try (CapturedLog log = new CapturedLog(WebServer.class)) {
            for (List<String> odd : List.of(
                    List.of("400", "POST /length HTTP/1.1", "Host: x", "Content-Length: 1", "Content-Length: 2"),
                    List.of("400", "POST /length HTTP/1.1", "Host: x", "Content-Length: -1"),
                    List.of("400", "POST /length HTTP/1.1"),
                    List.of("400", "GET /page HTTP/1.1", "Host: x", "Content-Length: 5"),
                    List.of("400", "GET /page?a=%zz HTTP/1.1", "Host: x"),
                    List.of("400", "POST /length HTTP/1.1", "Host: x", "Content-Type: " + FORM, "Content-Length: 1"),
                    List.of(
                            "400",
                            "POST /length HTTP/1.1",
                            "Host: x",
                            "Content-Type: Multipart/form-data; boundary=x",
                            "Content-Length: 1"),
                    List.of("200", "POST /length HTTP/1.1", "Host: x", "Content-Type: " + FORM, "Content-Length: 0"),
                    List.of("200", "POST /length HTTP/1.1", "Host: x"),
                    List.of("200", "GET /page HTTP/1.0"),
                    List.of(
                            "200",
                            "GET /page HTTP/1.1",
                            "Host: x",
                            "Upgrade: h2c",
                            "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"),
                    List.of("414", "GET /" + "a".repeat(5000) + " HTTP/1.1", "Host: x"),
                    List.of("404", "GET /" + "%C3%A9".repeat(600) + " HTTP/1.1", "Host: x"),
                    List.of("431", "GET /page HTTP/1.1", "Host: x", "X-Long: " + "a".repeat(10_000)),
                    List.of("501", "GET /page HTTP/3.0", "Host: x"),
                    List.of("501", "PRI * HTTP/2.0"))) {
                String answer = ask(odd.get(1), odd.subList(2, odd.size()).toArray(String[]::new));
                assertEquals(odd.get(0), answer.split(" ")[1], () -> odd + " -> " + answer);
            }
            assertTrue(log.lines().stream().allMatch(line -> line.startsWith("INFO ")), () -> "" + log.lines());
            assertEquals(
                    2,
                    log.lines().stream()
                            .filter(line -> line.contains("refused"))
                            .count(),
                    () -> "" + log.lines());
        }
    }

    @Test
    void anAddressHasOneNameOnly() throws Exception {
        for (String path : List.of(
                "/webhooks/../page",
                "/webhooks/..;/page",
                "/webhooks/%2e%2e/page",
                "/webhooks/%2E./page",
                "/webhooks/..%2fpage",
                "/webhooks/..%2Fpage",
                "/webhooks/..%5cpage",
                "/webhooks/..\\page",
                "/webhooks//../page",
                "//page",
                "/./page",
                "/page/.",
                "/page/..",
                "/page//",
                "/page;a=b",
                "/page%3ba",
                "/page%00",
                "/%70age",
                "/p%61ge",
                "/pa%67e",
                "/page#x",
                "/page%23",
                "/page%3f",
                "http://localhost/page")) {
            assertTrue(ask("GET " + path + " HTTP/1.1", "Host: x").startsWith("HTTP/1.1 404 "), path);
        }
        assertTrue(ask("GET /part/%C3%A9t%C3%A9%20-_.~@:+ HTTP/1.1", "Host: x").contains("-_.~@:+"));
        assertTrue(ask("GET /part/..a HTTP/1.1", "Host: x").contains("..a"));
    }

    @Test
    void aPortThatIsTakenIsSaidInOneLine() {
        WebServer second = new WebServer(
                "127.0.0.1", server.port(), MAX_BODY, MAX_REQUESTS, Duration.ofSeconds(1), context.getRegistry());

        PortException thrown = assertThrows(PortException.class, second::start);

        assertTrue(
                thrown.getMessage()
                        .startsWith("server.port = " + server.port() + ": expected one that is free on 127.0.0.1 ("),
                thrown.getMessage());
        assertEquals(1, thrown.getMessage().lines().count());
    }

    private String allowed(String request, String... headers) throws IOException {
        String answer = ask(request, headers);
        return answer.lines().findFirst().orElseThrow() + ", "
                + answer.lines()
                        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("allow: "))
                        .map(line -> line.substring(7))
                        .findFirst()
                        .orElse("nothing");
    }

    /** What is answered to exactly these lines, whatever body they promise. */
    private String ask(String request, String... headers) throws IOException {
        String lines = request + "\r\nConnection: close\r\n" + String.join("\r\n", headers);
        try (Socket socket = sent(lines.strip() + "\r\n\r\nx")) {
            return rest(socket);
        }
    }

    private Socket sent(String text) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout((int) Patience.LONG.toMillis());
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (SocketException closed) {
            // its answer is there all the same
        }
        return socket;
    }

    private static String rest(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        try {
            for (int c = socket.getInputStream().read();
                    c >= 0;
                    c = socket.getInputStream().read()) {
                answer.append((char) c);
            }
        } catch (SocketException closed) {
            // with something unread
        }
        return answer.toString();
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(request(path, body), BodyHandlers.ofString());
    }

    private HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(uri(path))
                .timeout(Patience.LONG)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static String said(HttpResponse<String> answer) {
        return answer.statusCode() + " " + answer.body();
    }
}
