package io.github.zoomtranscriber;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.http.CallPolicy;
import io.github.zoomtranscriber.options.Options;
import io.github.zoomtranscriber.work.Intake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.throttling.ThrottlingInflightRoutePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What takes from the queue is held to {@code transcribe.max-in-flight}, and a call leaves nothing behind, whatever a
 * route is called and in whosever Camel.
 */
class RoutePoliciesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{queue}}",
                "seda:work?size=10&concurrentConsumers=2",
                "seda://work?concurrentConsumers=2&size=10",
                "seda:{{name}}?size=10&concurrentConsumers=2"
            })
    void aRouteTakesFromTheQueueHoweverItsAddressIsWritten(String address) throws Exception {
        assertEquals(1, policies(address, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"seda:other", "seda:work?size=11&concurrentConsumers=2", "direct:work"})
    void aRouteThatTakesFromElsewhereIsLetBe(String address) throws Exception {
        assertEquals(0, policies(address, null));
    }

    @Test
    void aRouteThatStillNamesThePolicyItselfHasItOnce() throws Exception {
        assertEquals(1, policies("{{queue}}", "zoomInFlight"));
    }

    @Test
    void aRouteThatTakesIdsFromABrokerIsHeldToWhatThisNodeMayWorkOn() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().addInitialProperty("queue.in", "seda:in");
            context.getRegistry()
                    .bind(
                            "zoomOptions",
                            Options.loadWithoutLogins(null, Map.of(), Map.of("queue.in", "seda:in?size=5")));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("seda:in?size=5").routeId("theirs").setBody(constant(""));
                    from("seda:else").routeId("else").setBody(constant(""));
                }
            });
            context.start();
            assertEquals(
                    List.of("theirs"),
                    context.getRoutes().stream()
                            .filter(route -> route.getRoutePolicyList().stream().anyMatch(Intake.class::isInstance))
                            .map(Route::getRouteId)
                            .toList());
        }
    }

    private static long policies(String address, String named) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().addInitialProperty("queue", "seda:work?size=10&concurrentConsumers=2");
            context.getPropertiesComponent().addInitialProperty("name", "work");
            context.getRegistry()
                    .bind(
                            "zoomOptions",
                            Options.loadWithoutLogins(
                                    null, Map.of(), Map.of("queue", "seda:work?size=10&concurrentConsumers=2")));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(address).routeId("any").routePolicyRef(named).setBody(constant(""));
                }
            });
            context.start();
            return policies(context.getRoute("any"));
        }
    }

    @Test
    void inAnEstateOurRoutesHaveTheirPoliciesAndNoneOfTheirsHasOne() throws Exception {
        Main main = new Main();
        main.configure().withRoutesIncludePattern("classpath:zoom-transcriber/routes/*.camel.yaml");
        // not in the jar that an estate depends on
        main.configure().withRoutesExcludePattern("**/status.camel.yaml");
        main.configure().withAutoConfigurationLogSummary(false);
        Map.of(
                        "zoom.account-id",
                        "a",
                        "zoom.client-id",
                        "b",
                        "zoom.client-secret",
                        "c",
                        "assemblyai.api-key",
                        "d",
                        "zoom.discover",
                        "false",
                        "estate.prefix",
                        "minutes-",
                        "ledger.url",
                        "jdbc:h2:mem:policies;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE")
                .forEach(main::addInitialProperty);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:recordings").routeId("transcribe").setBody(constant(""));
                from("direct:call").routeId("call").routeConfigurationId("call").setBody(constant(""));
            }
        });
        main.configure().addRoutesBuilder(new RouteConfigurationBuilder() {
            @Override
            public void configuration() {
                routeConfiguration("call").errorHandler(noErrorHandler());
            }
        });
        main.start();
        try {
            List<Route> routes = main.getCamelContext().getRoutes();
            assertTrue(routes.size() > 20, routes::toString);
            assertEquals(
                    List.of("minutes-assemblyai", "minutes-zoom", "minutes-zoom-download", "minutes-zoom-get-signed"),
                    routes.stream()
                            .filter(route -> route.getRoutePolicyList().stream().anyMatch(CallPolicy.class::isInstance))
                            .map(Route::getRouteId)
                            .sorted()
                            .toList());
            assertEquals(
                    List.of("minutes-transcribe"),
                    routes.stream()
                            .filter(route -> policies(route) > 0)
                            .map(Route::getRouteId)
                            .toList());
        } finally {
            main.stop();
        }
    }

    @Test
    void nothingThatIsShippedNamesAPolicyInYamlWhichNotEveryCamelReads() throws IOException {
        List<Path> naming = new ArrayList<>();
        for (String folder : List.of("routes", "src/main/resources", "src/main/samples")) {
            try (Stream<Path> files = Files.find(
                    Path.of(folder), 9, (file, attributes) -> file.toString().endsWith(".yaml"))) {
                for (Path file : files.toList()) {
                    if (Files.readString(file).contains("routePolicy")) {
                        naming.add(file);
                    }
                }
            }
        }
        assertEquals(List.of(), naming);
    }

    private static long policies(Route route) {
        return route.getRoutePolicyList().stream()
                .filter(ThrottlingInflightRoutePolicy.class::isInstance)
                .count();
    }
}
