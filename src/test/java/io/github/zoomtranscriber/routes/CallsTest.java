package io.github.zoomtranscriber.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.sun.net.httpserver.HttpServer;
import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.http.Busy;
import io.github.zoomtranscriber.http.Call;
import io.github.zoomtranscriber.http.Vendor;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import io.github.zoomtranscriber.zoom.ZoomTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a route of one's own gets when it calls the routes that speak to the vendors. */
class CallsTest {

    private static final String ANSWER = "{\"access_token\":\"1\"}";

    private static final List<String> REQUESTS = new CopyOnWriteArrayList<>();

    @TempDir
    static Path folder;

    private static volatile boolean failing;

    private static HttpServer vendor;
    private static Simulator simulator;
    private static Daemon daemon;

    @BeforeAll
    static void start() throws Exception {
        vendor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        vendor.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            REQUESTS.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body).strip());
            byte[] answer = ANSWER.getBytes(StandardCharsets.UTF_8);
            boolean deletion = exchange.getRequestMethod().equals("DELETE");
            exchange.getResponseHeaders().add("X-Of-Theirs", "CamelHttpUri");
            if (failing) {
                exchange.sendResponseHeaders(503, -1);
                exchange.close();
                return;
            }
            exchange.sendResponseHeaders(deletion ? 204 : 200, deletion ? -1 : answer.length);
            exchange.getResponseBody().write(deletion ? new byte[0] : answer);
            exchange.close();
        });
        vendor.start();
        String there = "http://127.0.0.1:" + vendor.getAddress().getPort();
        simulator = Simulator.start(SimulatorSettings.defaults());
        daemon = new Rounds(folder, simulator)
                .withLogin("oauth")
                .with("resume.every", "1h")
                .with("zoom.api-url", there)
                .with("assemblyai.api-url", there)
                .daemon();
        daemon.start();
    }

    @BeforeEach
    void forget() {
        REQUESTS.clear();
        failing = false;
    }

    @AfterAll
    static void stop() {
        daemon.close();
        simulator.close();
        vendor.stop(0);
    }

    private Exchange call(String route, Call call, String body) throws Exception {
        Exchange done = request(route, call, body);
        if (done.getException() != null) {
            throw done.getException();
        }
        return done;
    }

    private Exchange request(String route, Call call, String body) throws Exception {
        try (ProducerTemplate template = daemon.context().createProducerTemplate()) {
            return template.request(route, exchange -> {
                exchange.setVariable(Call.VARIABLE, call);
                exchange.getMessage().setBody(body);
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "direct:zoom, ZOOM, false",
        "direct:assemblyai, ASSEMBLYAI, false",
        "direct:zoom, ZOOM, true",
        "direct:assemblyai, ASSEMBLYAI, true"
    })
    void noTokenAndNoHeaderOfTheVendorsIsLeftBehindACallAlsoWhereItFails(String route, Vendor called, boolean failed)
            throws Exception {
        failing = failed;

        Exchange done = request(route, Call.get(called, "/a", null), null);

        assertEquals(failed, done.getException() instanceof Busy, () -> String.valueOf(done.getException()));
        assertEquals(Map.of(), done.getMessage().getHeaders());
        assertEquals(1, REQUESTS.size());
    }

    @Test
    void whatFailedBeforeInTheExchangeIsForgottenOnceACallHasSucceeded() throws Exception {
        try (ProducerTemplate template = daemon.context().createProducerTemplate()) {
            Exchange done = template.request("direct:zoom", exchange -> {
                exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IOException("before"));
                exchange.setVariable(Call.VARIABLE, Call.get(Vendor.ZOOM, "/a", null));
            });
            assertNull(done.getException());
            assertNull(done.getProperty(Exchange.EXCEPTION_CAUGHT));
        }
    }

    @Test
    void theTokenTooIsAskedForByTheProxyThatCamelsHttpComponentIsToldOf() throws Exception {
        try (Daemon behind = new Rounds(folder.resolve("behind"), simulator)
                .withLogin("oauth")
                .with("resume.every", "1h")
                .with("zoom.api-url", "http://localhost:1/v2")
                .with("zoom.oauth-url", "http://localhost:1/oauth/token")
                .with("camel.component.http.proxy-host", "127.0.0.1")
                .with(
                        "camel.component.http.proxy-port",
                        "" + vendor.getAddress().getPort())
                .daemon()) {
            behind.start();
            behind.bean("zoomTokens", ZoomTokens.class).renew();
        }
        assertEquals(
                List.of("POST http://localhost:1/oauth/token grant_type=account_credentials&account_id="
                        + Simulator.ZOOM_ACCOUNT_ID),
                REQUESTS);
    }

    @Test
    void aDeletionGoesOutAsOneAndIsAnsweredWithNothing() throws Exception {
        assertNull(call("direct:zoom", Call.delete(Vendor.ZOOM, "/meetings/1/recordings/2", "action=trash"), null)
                .getMessage()
                .getBody());
        call("direct:assemblyai", Call.delete(Vendor.ASSEMBLYAI, "/v2/transcript/1", null), null);

        assertEquals(List.of("DELETE /meetings/1/recordings/2?action=trash", "DELETE /v2/transcript/1"), REQUESTS);
    }

    @Test
    void aQuestionGoesOutAsOneWhateverTheMessageHeldBefore() throws Exception {
        Exchange zoom = call("direct:zoom", Call.get(Vendor.ZOOM, "/users", "status=active"), "an earlier answer");
        call("direct:assemblyai", Call.get(Vendor.ASSEMBLYAI, "/v2/transcript", "limit=1"), "an earlier answer");

        assertEquals(List.of("GET /users?status=active", "GET /v2/transcript?limit=1"), REQUESTS);
        assertEquals(ANSWER, zoom.getMessage().getBody().toString());
    }

    @Test
    void whatIsPostedGoesOutWithItsBody() throws Exception {
        call(
                "direct:assemblyai",
                new Call(Vendor.ASSEMBLYAI, "POST", "/v2/transcript", null, "application/json", Call.Kind.SUBMISSION),
                "{}");
        call(
                "direct:assemblyai",
                new Call(Vendor.ASSEMBLYAI, "POST", "/v2/upload", null, "application/octet-stream", Call.Kind.UPLOAD),
                "sound");

        assertEquals(List.of("POST /v2/transcript {}", "POST /v2/upload sound"), REQUESTS);
    }
}
