package io.github.zoomtranscriber.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.Patience;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
