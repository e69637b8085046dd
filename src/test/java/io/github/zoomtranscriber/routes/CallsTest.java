package io.github.zoomtranscriber.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.sun.net.httpserver.HttpServer;
import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.http.Call;
import io.github.zoomtranscriber.http.Vendor;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a route of one's own gets when it calls the routes that speak to the vendors. */
class CallsTest {

    private final List<String> requests = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    private HttpServer vendor;
    private Simulator simulator;
    private Daemon daemon;

    @BeforeEach
    void start() throws Exception {
        vendor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        vendor.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body).strip());
            byte[] answer = "{\"id\":\"1\"}".getBytes(StandardCharsets.UTF_8);
            boolean deletion = exchange.getRequestMethod().equals("DELETE");
            exchange.sendResponseHeaders(deletion ? 204 : 200, deletion ? -1 : answer.length);
            exchange.getResponseBody().write(deletion ? new byte[0] : answer);
            exchange.close();
        });
        vendor.start();
        String there = "http://127.0.0.1:" + vendor.getAddress().getPort();
        simulator = Simulator.start(SimulatorSettings.defaults());
        daemon = new Rounds(folder, simulator).withLogin("oauth").with("resume.every", "1h").with("zoom.api-url", there)
                .with("assemblyai.api-url", there).daemon();
        daemon.start();
    }

    @AfterEach
    void stop() {
        daemon.close();
        simulator.close();
        vendor.stop(0);
    }

    private Exchange call(String route, Call call, String body) throws Exception {
        try (ProducerTemplate template = daemon.context().createProducerTemplate()) {
            Exchange done = template.request(route, exchange -> {
                exchange.setVariable(Call.VARIABLE, call);
                exchange.getMessage().setBody(body);
            });
            if (done.getException() != null) {
                throw done.getException();
            }
            return done;
        }
    }

    @Test
    void aDeletionGoesOutAsOneAndIsAnsweredWithNothing() throws Exception {
        assertNull(call("direct:zoom", Call.delete(Vendor.ZOOM, "/meetings/1/recordings/2", "action=trash"), null).getMessage().getBody());
        call("direct:assemblyai", Call.delete(Vendor.ASSEMBLYAI, "/v2/transcript/1", null), null);

        assertEquals(List.of("DELETE /meetings/1/recordings/2?action=trash", "DELETE /v2/transcript/1"), requests);
    }

    @Test
    void aQuestionGoesOutAsOneWhateverTheMessageHeldBefore() throws Exception {
        Exchange zoom = call("direct:zoom", Call.get(Vendor.ZOOM, "/users", "status=active"), "an earlier answer");
        call("direct:assemblyai", Call.get(Vendor.ASSEMBLYAI, "/v2/transcript", "limit=1"), "an earlier answer");

        assertEquals(List.of("GET /users?status=active", "GET /v2/transcript?limit=1"), requests);
        assertEquals("{\"id\":\"1\"}", zoom.getMessage().getBody().toString());
    }

    @Test
    void whatIsPostedGoesOutWithItsBody() throws Exception {
        call("direct:assemblyai", new Call(Vendor.ASSEMBLYAI, "POST", "/v2/transcript", null, "application/json", Call.Kind.SUBMISSION), "{}");
        call("direct:assemblyai", new Call(Vendor.ASSEMBLYAI, "POST", "/v2/upload", null, "application/octet-stream", Call.Kind.UPLOAD), "sound");

        assertEquals(List.of("POST /v2/transcript {}", "POST /v2/upload sound"), requests);
    }
}
