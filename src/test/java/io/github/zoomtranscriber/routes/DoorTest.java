package io.github.zoomtranscriber.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.seda.SedaEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes in from outside, by a queue that others can write to, is a hint and steers nothing. */
class DoorTest {

    @TempDir
    Path folder;

    @Test
    void aMessageWithHeadersThatSteerCallsReachesNoOtherHost() throws Exception {
        List<String> reached = new CopyOnWriteArrayList<>();
        HttpServer attacker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        attacker.createContext("/", exchange -> {
            reached.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().keySet());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        attacker.start();
        String there = "http://127.0.0.1:" + attacker.getAddress().getPort();
        try (Simulator simulator =
                        Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)));
                Daemon daemon = new Rounds(folder, simulator)
                        .withLogin("oauth")
                        .with("resume.every", "1h")
                        .daemon()) {
            daemon.start();
            CamelContext context = daemon.context();
            context.getRouteController().stopRoute("transcribe");
            try (ProducerTemplate template = context.createProducerTemplate()) {
                template.sendBody("direct:discover", null);
                SedaEndpoint queue = (SedaEndpoint) context.getEndpoints().stream()
                        .filter(endpoint -> endpoint.getEndpointUri().startsWith("seda://recordings"))
                        .findFirst()
                        .orElseThrow();
                queue.purgeQueue();
                Ledger ledger = context.getRegistry().lookupByNameAndType("zoomLedger", Ledger.class);
                String id = ledger.records().list(State.DISCOVERED, 1).get(0).id();

                template.sendBodyAndHeaders(
                        queue,
                        id,
                        Map.of(
                                "CamelHttpUri",
                                there,
                                "CamelHttpPath",
                                "/stolen",
                                "CamelHttpQuery",
                                "a=b",
                                "CamelRestHttpUri",
                                there,
                                "CamelHttpHost",
                                "127.0.0.1",
                                "CamelFileName",
                                "../stolen.txt",
                                "Host",
                                there));
                context.getRouteController().startRoute("transcribe");

                await().until(() -> ledger.records().find(id).orElseThrow().state() == State.DELIVERED);
            }
            assertEquals(List.of(), reached);
        } finally {
            attacker.stop(0);
        }
    }
}
