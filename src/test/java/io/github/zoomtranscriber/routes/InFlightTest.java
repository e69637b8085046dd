package io.github.zoomtranscriber.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.SuspendableService;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.throttling.ThrottlingInflightRoutePolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No more than {@code transcribe.max-in-flight} are submitted and not yet delivered: the rest stays in the queue. */
class InFlightTest {

    private static final int MEETINGS = 40;
    private static final int MOST = 6;
    /**
     * Each of the consumers may have taken one when the last that fits is there, as Camel looks when an exchange
     * begins.
     */
    private static final int CONSUMERS = 4;

    @TempDir
    Path folder;

    private Simulator simulator;

    @BeforeEach
    void play() throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withMeetings(MEETINGS, 4)
                .withConcurrency(1000)
                .withTranscriptionTime(Duration.ofHours(5)));
    }

    @AfterEach
    void end() {
        simulator.close();
    }

    @Test
    void theShippedRoutesTakeNoMoreFromTheQueueThanMayBeInFlight() throws Exception {
        try (Daemon daemon = rounds().daemon()) {
            daemon.start();
            assertHeldBack(daemon, "transcribe");
            assertEquals(
                    List.of("transcribe"),
                    daemon.context().getRoutes().stream()
                            .filter(InFlightTest::mayBeHeldBack)
                            .map(Route::getRouteId)
                            .toList());
        }
    }

    @Test
    void aRouteThatIsEditedWhileItRunsAndCalledOtherwiseTakesNoMoreEither() throws Exception {
        Path routes = copyOfTheRoutes();
        try (Daemon daemon = rounds().with("routes.reload", "true").daemon(routes)) {
            daemon.start();
            edit(
                    routes.resolve("transcribe.camel.yaml"),
                    text -> text.replace("    id: transcribe\n", "    id: my-own\n"));
            await().until(() -> daemon.context().getRoute("my-own") != null
                    && daemon.context().getRouteController().getRouteStatus("my-own") == ServiceStatus.Started);

            assertHeldBack(daemon, "my-own");
        }
    }

    private Rounds rounds() {
        return new Rounds(folder, simulator)
                .withLogin("oauth")
                .with("zoom.lookback-days", "60")
                .with("transcribe.max-in-flight", "" + MOST);
    }

    private void assertHeldBack(Daemon daemon, String id) throws IOException {
        try (ProducerTemplate template = daemon.context().createProducerTemplate()) {
            template.sendBody("direct:discover", null);
            await().until(() -> inFlight(daemon, id) > MOST + CONSUMERS || isHeldBack(daemon, id));
            // what would still be taken, would be meanwhile
            template.sendBody("direct:discover", null);
            await().until(() -> daemon.context().getInflightRepository().size("enqueue") == 0);
        }
        int inFlight = inFlight(daemon, id);
        assertTrue(inFlight <= MOST + CONSUMERS, () -> inFlight + " are in flight");
        SedaEndpoint queue = (SedaEndpoint) daemon.context().getRoute(id).getEndpoint();
        assertTrue(
                queue.getCurrentQueueSize() >= MEETINGS - MOST - CONSUMERS,
                () -> queue.getCurrentQueueSize() + " wait in the queue");
        Map<State, Integer> counts =
                daemon.bean("zoomLedger", Ledger.class).statistics().counts();
        int submitted = counts.getOrDefault(State.SUBMITTING, 0) + counts.getOrDefault(State.TRANSCRIBING, 0);
        assertTrue(submitted > 0 && submitted <= MOST + CONSUMERS, counts::toString);
    }

    private static int inFlight(Daemon daemon, String id) {
        return daemon.context().getInflightRepository().size(id);
    }

    private static boolean isHeldBack(Daemon daemon, String id) {
        return daemon.context().getRoute(id).getConsumer() instanceof SuspendableService consumer
                && consumer.isSuspended();
    }

    private static boolean mayBeHeldBack(Route route) {
        return route.getRoutePolicyList().stream().anyMatch(ThrottlingInflightRoutePolicy.class::isInstance);
    }

    private Path copyOfTheRoutes() throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        try (Stream<Path> shipped = Files.list(Path.of("routes"))) {
            for (Path file : shipped.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        return routes;
    }

    private static void edit(Path file, UnaryOperator<String> change) throws IOException {
        String before = Files.readString(file);
        String after = change.apply(before);
        assertTrue(!after.equals(before), "nothing was edited");
        Files.writeString(file, after);
    }
}
