package io.github.zoomtranscriber.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.FreePort;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vendor that calls while the program starts, replaces routes or stops must not take the answer for final. */
class AtTheDoorTest {

    @TempDir
    Path folder;

    private final int port = FreePort.next();
    private final Set<Integer> answers = new ConcurrentSkipListSet<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile boolean over;

    private void call() {
        HttpRequest unsigned = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/webhooks/zoom"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"event\":\"recording.completed\"}"))
                .build();
        while (!over) {
            try {
                HttpResponse<Void> answer = client.send(unsigned, HttpResponse.BodyHandlers.discarding());
                answers.add(answer.statusCode());
                if (answer.statusCode() == 503) {
                    assertTrue(answer.headers().firstValue("Retry-After").isPresent());
                }
            } catch (IOException notListening) {
                answers.add(0);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Path routes() throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        try (Stream<Path> shipped = Files.list(Path.of("routes"))) {
            for (Path file : shipped.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        return routes;
    }

    @Test
    void aWebhookIsNeverToldThatItIsNotThere() throws Exception {
        Thread calling = new Thread(this::call);
        try (Simulator simulator = Simulator.start(SimulatorSettings.defaults());
                Daemon daemon = new Rounds(folder, simulator)
                        .withLogin("oauth")
                        .with("server.port", "" + port)
                        .with("zoom.webhook-secret", "a secret of Zoom's")
                        .with("routes.reload", "true")
                        .daemon(routes())) {
            calling.start();
            await().until(() -> answers.contains(0));
            daemon.start();
            await().until(() -> answers.contains(401));

            Path webhooks = folder.resolve("routes/webhooks.camel.yaml");
            for (int i = 0; i < 3; i++) {
                int before = daemon.context().getRoute("zoom-webhook").hashCode();
                Files.writeString(webhooks, Files.readString(webhooks) + "\n# edited\n");
                await().until(() -> daemon.context().getRoute("zoom-webhook") != null
                        && daemon.context().getRoute("zoom-webhook").hashCode() != before);
            }
            answers.remove(0);
        } finally {
            await().until(() -> !calling.isAlive() || answers.contains(0));
            over = true;
            calling.join();
        }

        Set<Integer> expected = new TreeSet<>(Set.of(0, 401, 503));
        assertTrue(answers.contains(503), answers::toString);
        assertFalse(answers.contains(404), answers::toString);
        assertEquals(expected, new TreeSet<>(answers));
    }
}
