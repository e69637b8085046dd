package io.github.zoomtranscriber.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.options.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an estate gets that reads our route files from its class path. All routes are built, none is started. */
class OwnNamesTest {

    /** All but the pages of the program's own server, which are not in the jar that an estate depends on. */
    private static final List<String> FILES = List.of(
            "assemblyai",
            "calls",
            "deliver",
            "discover",
            "errors",
            "after-delivery",
            "keep",
            "resume",
            "transcribe",
            "webhooks",
            "zoom-files");

    private static final String FOLDER = "classpath:zoom-transcriber/routes/";
    private static final Pattern ID = Pattern.compile("(?m)^ +id: (\\S+)$");
    private static final Pattern ADDRESS = Pattern.compile("\\b(direct|quartz|seda|timer):[a-z][a-z-]*");
    private static final Pattern MODEL_ADDRESS =
            Pattern.compile("\\b(direct|quartz|seda|timer):(\\{\\{.*?}})?[a-z][a-z-]*");

    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() throws IOException {
        context.close();
    }

    @Test
    void everyRouteConfigurationStepAndAddressOfOursBeginsWithThePrefix() throws Exception {
        load(ours());

        assertEquals(prefixed(idsInFiles()), idsInModel());
        assertEquals(prefixed(addressesInFiles()), addressesInModel());
        for (RouteDefinition route : model().getRouteDefinitions()) {
            if (route.getRouteConfigurationId() != null) {
                assertEquals(
                        Set.of(route.getRouteConfigurationId()),
                        route.getAppliedRouteConfigurationIds(),
                        route.getId());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void routesOfTheSameNamesLiveBesideOursWhicheverComesFirst(boolean oursFirst) throws Exception {
        RouteConfigurationBuilder estates = new RouteConfigurationBuilder() {
            @Override
            public void configuration() {
                routeConfiguration("recording").onException(Exception.class).to("direct:report");
            }

            @Override
            public void configure() {
                from("direct:submit")
                        .routeId("submit")
                        .routeConfigurationId("recording")
                        .to("direct:await");
                from("direct:await").routeId("await").to("seda:woken");
                from("seda:woken").routeId("woken").log("theirs");
                from("timer:resume").routeId("resume").to("direct:submit");
                from("direct:report").routeId("report").log("theirs");
            }
        };
        List<RoutesBuilder> all = new ArrayList<>(ours());
        all.add(oursFirst ? all.size() : 0, estates);

        load(all);
        start(Map.of("estate.prefix", "minutes-"));

        assertEquals("direct://submit", context.getRoute("submit").getEndpoint().getEndpointUri());
        assertEquals(
                "direct://minutes-submit",
                context.getRoute("minutes-submit").getEndpoint().getEndpointUri());
        assertEquals(Set.of("recording"), model().getRouteDefinition("submit").getAppliedRouteConfigurationIds());
        assertEquals(
                Set.of(OwnNames.PREFIX + "recording"),
                model().getRouteDefinition("minutes-submit").getAppliedRouteConfigurationIds());
        assertEquals(
                Set.of("direct://await", "direct://report", "direct://submit", "seda://woken", "timer://resume"),
                context.getEndpoints().stream()
                        .map(Endpoint::getEndpointUri)
                        .filter(uri -> uri.matches("(direct|quartz|seda|timer)://(?!minutes-).*"))
                        .collect(Collectors.toSet()));
    }

    @Test
    void filesOfTheEstateKeepTheirNames() throws Exception {
        Resource file = ResourceHelper.fromString(
                "classpath:routes/their.camel.yaml",
                "- route: {id: tell, from: {uri: 'direct:tell', steps: [{log: 'told'}]}}");

        load(List.copyOf(PluginHelper.getRoutesLoader(context).findRoutesBuilders(file)));

        assertEquals("direct:tell", model().getRouteDefinition("tell").getEndpointUrl());
    }

    @Test
    void stepsOfTheSameIdLiveBesideOurs() throws Exception {
        String file =
                """
                - routeConfiguration:
                    id: listing
                    onException: [{onException: {id: tell, exception: [java.lang.Exception], steps: [{to: 'direct:report'}]}}]
                - route:
                    id: %s
                    routeConfigurationId: listing
                    from:
                      uri: direct:%s
                      steps: [{doTry: {steps: [{to: {id: mark, uri: 'direct:enqueue'}}], doCatch: [{exception: [java.io.IOException], steps: [{to: {id: catch, uri: 'direct:caught'}}]}], doFinally: {steps: [{log: {id: done, message: x}}]}}}]
                """;
        Resource ours = ResourceHelper.fromString(FOLDER + "x.camel.yaml", file.formatted("list", "list"));
        Resource theirs = ResourceHelper.fromString("classpath:x.camel.yaml", file.formatted("list", "list"));

        load(List.copyOf(PluginHelper.getRoutesLoader(context).findRoutesBuilders(theirs, ours)));
        start(Map.of("estate.prefix", "minutes-"));

        assertEquals("list", ProcessorDefinitionHelper.getRouteId(model().getProcessorDefinition("mark")));
        assertEquals(
                "minutes-list", ProcessorDefinitionHelper.getRouteId(model().getProcessorDefinition("minutes-mark")));
        assertNotNull(context.hasEndpoint("direct:caught"));
        assertNotNull(context.hasEndpoint("direct:minutes-caught"));
        assertEquals(
                "minutes-list", ProcessorDefinitionHelper.getRouteId(model().getProcessorDefinition("minutes-done")));
    }

    @Test
    void aReloadOfOurFilesKeepsThePrefix() throws Exception {
        load(ours());
        start(Map.of());
        List<String> before =
                context.getRoutes().stream().map(Route::getId).sorted().toList();

        PluginHelper.getRoutesLoader(context)
                .updateRoutes(ResourceHelper.resolveResource(context, FOLDER + "deliver.camel.yaml"));

        assertEquals(
                before, context.getRoutes().stream().map(Route::getId).sorted().toList());
        assertEquals(
                Set.of(OwnNames.PREFIX + "delivery"),
                model().getRouteDefinition("zoom-transcriber-deliver").getAppliedRouteConfigurationIds());
    }

    @Test
    void whereTheOptionsAreOursTheNamesAreAsInTheFiles() throws Exception {
        context.getRegistry().bind("zoomOptions", Options.loadWithoutLogins(null, Map.of(), Map.of()));

        load(ours());

        assertEquals(idsInFiles(), idsInModel());
        assertEquals(addressesInFiles(), addressesInModel());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "classpath:zoom-transcriber/routes/calls.camel.yaml",
                "file:/estate/target/classes/zoom-transcriber/routes/calls.camel.yaml",
                "file:/estate/lib/zoom-transcriber-0.1.0.jar!/zoom-transcriber/routes/calls.camel.yaml",
                "file:C:\\estate\\zoom-transcriber\\routes\\calls.camel.yaml",
                "nested:/estate.jar/!BOOT-INF/lib/zoom-transcriber-0.1.0.jar!/zoom-transcriber/routes/calls.camel.yaml"
            })
    void ourFilesAreKnownByTheirFolderWhereverItIs(String location) {
        assertTrue(OwnNames.isOurs(ResourceHelper.fromString(location, "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "classpath:routes/calls.camel.yaml",
                "file:/opt/zoom-transcriber-0.1.0/routes/calls.camel.yaml",
                "classpath:my-zoom-transcriber/routes/calls.camel.yaml",
                "classpath:zoom-transcriber/kamelets/recordings.camel.yaml"
            })
    void allOtherFilesAreNotOurs(String location) {
        assertFalse(OwnNames.isOurs(ResourceHelper.fromString(location, "")));
    }

    private List<RoutesBuilder> ours() throws Exception {
        List<Resource> files = FILES.stream()
                .map(name -> ResourceHelper.resolveResource(context, FOLDER + name + ".camel.yaml"))
                .toList();
        return List.copyOf(PluginHelper.getRoutesLoader(context).findRoutesBuilders(files));
    }

    /** As camel-main and Spring Boot do it: all configurations, then all routes, in the order of the builders. */
    private void load(List<RoutesBuilder> builders) throws Exception {
        for (RoutesBuilder builder : builders) {
            context.addRoutesConfigurations((RouteConfigurationsBuilder) builder);
        }
        for (RoutesBuilder builder : builders) {
            context.addRoutes(builder);
        }
    }

    /** All routes are built, and none runs. */
    private void start(Map<String, String> options) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "zoom.account-id",
                "a",
                "zoom.client-id",
                "i",
                "zoom.client-secret",
                "s",
                "assemblyai.api-key",
                "k",
                "ledger.url",
                "jdbc:h2:mem:own-names;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE"));
        properties.putAll(options);
        context.getPropertiesComponent().setInitialProperties(properties);
        context.setAutoStartup(false);
        context.start();
    }

    private ModelCamelContext model() {
        return context;
    }

    private Set<String> idsInModel() {
        Set<String> ids = new TreeSet<>();
        model().getRouteConfigurationDefinitions().forEach(configuration -> ids.add(configuration.getId()));
        for (RouteDefinition route : model().getRouteDefinitions()) {
            ids.add(route.getId());
            ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class).stream()
                    .filter(ProcessorDefinition::hasCustomIdAssigned)
                    .forEach(step -> ids.add(step.getId()));
        }
        return ids;
    }

    private Set<String> addressesInModel() {
        String routes = model().getRouteDefinitions().stream()
                .map(RouteDefinition::toString)
                .collect(Collectors.joining("\n"));
        return MODEL_ADDRESS
                .matcher(routes)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> idsInFiles() {
        return ID.matcher(textOfFiles())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> addressesInFiles() {
        return ADDRESS.matcher(textOfFiles())
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> prefixed(Set<String> names) {
        return names.stream()
                .map(name -> name.replaceFirst("^(\\w+:)?", "$1" + Matcher.quoteReplacement(OwnNames.PREFIX)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String textOfFiles() {
        return FILES.stream()
                .map(name -> read(Path.of("routes", name + ".camel.yaml")))
                .collect(Collectors.joining("\n"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
