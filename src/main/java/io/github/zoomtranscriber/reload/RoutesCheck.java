package io.github.zoomtranscriber.reload;

import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PatternHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.quartz.CronExpression;

/**
 * Says what is wrong with a folder of routes without touching the routes that run.
 * <p>
 * Every route, endpoint, expression and processor is built in a scratch context that sees the running program's beans, properties and components.
 * It is initialised and never started: a start would open ports and connections, and write a shared scheduler's tables. It is not stopped
 * either, as that would stop the running program's beans with it: it holds no thread, and is garbage afterwards.
 */
public final class RoutesCheck {

    private final CamelContext live;
    private final SortedMap<String, String> files;
    private final Diagnosis diagnosis;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<String> broken = new HashSet<>();

    private RoutesCheck(CamelContext live, SortedMap<String, String> files) {
        this.live = live;
        this.files = files;
        this.diagnosis = new Diagnosis(live, files.values());
    }

    /**
     * Checks all files of a folder together. A broken route does not hide the next one; a file that cannot be read does, as routes of others may
     * need what it defines.
     *
     * @param live  the configured context that the routes are for; it need not be started
     * @param files the text of each file by its path
     * @return what is wrong, empty if the routes can be taken over
     */
    public static List<Problem> check(CamelContext live, SortedMap<String, String> files) {
        RoutesCheck check = new RoutesCheck(live, files);
        boolean more;
        do {
            // what is broken is left out, and the rest is built once more
            more = check.findsOneMore();
        } while (more);
        return List.copyOf(check.problems);
    }

    private boolean findsOneMore() {
        DefaultRegistry registry = new DefaultRegistry();
        DefaultCamelContext scratch = scratch(registry);
        try (RunningProgram running = new RunningProgram(live, scratch)) {
            registry.addBeanRepository(running);
            scratch.getPropertiesComponent().addPropertiesSource(running);
            scratch.getCamelContextExtension().addContextPlugin(ComponentResolver.class, running);
            if (read(scratch)) {
                scratch.init();
                findWhatFailsOnStart(scratch);
            }
            return false;
        } catch (Exception | LinkageError e) {
            return blame(scratch, e);
        } finally {
            // beans that the files define, and that have something to close
            ServiceHelper.stopService(registry);
        }
    }

    private DefaultCamelContext scratch(DefaultRegistry registry) {
        DefaultCamelContext scratch = new DefaultCamelContext(registry);
        scratch.disableJMX();
        scratch.setAutoStartup(false);
        scratch.setStartupSummaryLevel(StartupSummaryLevel.Off);
        scratch.setSourceLocationEnabled(true);
        scratch.setApplicationContextClassLoader(live.getApplicationContextClassLoader());
        scratch.build();
        model(scratch).setRouteFilter(route -> !broken.contains(key(route)));
        return scratch;
    }

    private static Model model(CamelContext context) {
        return context.getCamelContextExtension().getContextPlugin(Model.class);
    }

    /** Reads all files into the context, which builds nothing yet. Returns whether that went well. */
    private boolean read(CamelContext scratch) {
        int before = problems.size();
        List<RouteBuilder> builders = new ArrayList<>();
        Map<String, RouteDefinition> ids = new HashMap<>();
        Map<String, String> java = new TreeMap<>();
        files.forEach((path, text) -> {
            if (text.indexOf('\uFFFD') >= 0) {
                problems.add(new Problem(path, (int) text.substring(0, text.indexOf('\uFFFD')).lines().count(), "this is not UTF-8"));
            } else if (!RouteFiles.isJava(path)) {
                attempt(path, () -> readYaml(path, text, scratch, ids, builders));
            } else if (RouteFiles.canCompile()) {
                java.put(path, text);
            } else {
                problems.add(new Problem(path, 0, "this Java cannot compile it: run the program by a JDK, or by an image with the module jdk.compiler"));
            }
        });
        if (!java.isEmpty()) {
            attempt(java.keySet().iterator().next(), () -> add(RouteFiles.builders(scratch, java), scratch, ids, builders));
        }
        if (problems.size() == before) {
            builders.forEach(builder -> attempt(RouteFiles.path(builder), () -> builder.addRoutesToCamelContext(scratch)));
            builders.forEach(builder -> attempt(RouteFiles.path(builder), () -> builder.addTemplatedRoutesToCamelContext(scratch)));
        }
        return problems.size() == before;
    }

    private void readYaml(String path, String text, CamelContext scratch, Map<String, RouteDefinition> ids, List<RouteBuilder> builders) throws Exception {
        if (RouteFiles.isList(text)) {
            add(RouteFiles.builders(scratch, Map.of(path, text)), scratch, ids, builders);
        } else {
            problems.add(new Problem(path, 1, "there is no route in it: a file is a list that begins with \"- route:\""));
        }
    }

    private void add(List<RouteBuilder> found, CamelContext scratch, Map<String, RouteDefinition> ids, List<RouteBuilder> builders) throws Exception {
        for (RouteBuilder builder : found) {
            if (builder instanceof RouteConfigurationsBuilder configurations) {
                configurations.addRouteConfigurationsToCamelContext(scratch);
            }
            builder.configureRoutes(scratch).getRoutes().forEach(route -> claim(RouteFiles.path(builder), route, ids));
            builders.add(builder);
        }
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private void attempt(String path, Attempt attempt) {
        try {
            attempt.run();
        } catch (Exception | LinkageError e) {
            problems.add(diagnosis.of(path, e));
        }
    }

    /** Camel lets a route take over the id of another one, whose route is gone then. */
    private void claim(String path, RouteDefinition route, Map<String, RouteDefinition> ids) {
        if (route.getInput() == null) {
            problems.add(new Problem(path, route.getLineNumber(), "a route has no from"));
            return;
        }
        if (route.getRouteId() == null) {
            return; // it is given one that is free
        }
        RouteDefinition other = ids.putIfAbsent(route.getRouteId(), route);
        RouteDefinition running = model(live).getRouteDefinition(route.getRouteId());
        if (other == null && running != null && !isOfFolder(running)) {
            other = running;
        }
        if (other != null) {
            problems.add(new Problem(path, route.getInput().getLineNumber(), "there is a second route '" + route.getRouteId() + "', " + place(other)));
        }
    }

    private boolean isOfFolder(RouteDefinition route) {
        String path = RouteFiles.path(route);
        return path != null && Objects.equals(Path.of(path).getParent(), Path.of(files.firstKey()).getParent());
    }

    private static String place(RouteDefinition route) {
        return RouteFiles.path(route) == null ? "which is not of this folder" : "in " + RouteFiles.path(route) + ":" + route.getInput().getLineNumber();
    }

    /** What a start would refuse, when the routes that are to be replaced are stopped already. */
    private void findWhatFailsOnStart(CamelContext scratch) {
        Map<Endpoint, RouteDefinition> consumers = new HashMap<>();
        for (RouteDefinition route : model(scratch).getRouteDefinitions()) {
            if (Boolean.TRUE.equals(route.isTemplate())) {
                continue; // its endpoint's parameters were gone when it was built
            }
            findConfiguration(route, scratch);
            Endpoint endpoint = scratch.getEndpoint(route.getEndpointUrl());
            if (endpoint instanceof QuartzEndpoint quartz && quartz.getCron() != null) {
                try {
                    CronExpression.validateExpression(quartz.getCron());
                } catch (ParseException e) {
                    tell(route, "cron '" + quartz.getCron() + "': " + e.getMessage());
                }
            }
            RouteDefinition other = consumers.putIfAbsent(endpoint, route);
            if (other != null && !(endpoint instanceof MultipleConsumersSupport many && many.isMultipleConsumersSupported())) {
                tell(route, "a second route begins with " + route.getEndpointUrl() + ": '" + other.getRouteId() + "', " + place(other));
            }
        }
    }

    /** Camel runs a route without what it names, so that nobody handles what fails there. */
    private void findConfiguration(RouteDefinition route, CamelContext scratch) {
        String ids = Objects.requireNonNullElse(route.getRouteConfigurationId(), "");
        for (String id : ids.split(",")) {
            if (!id.isBlank() && model(scratch).getRouteConfigurationDefinitions().stream()
                    .noneMatch(configuration -> PatternHelper.matchPattern(configuration.getId(), id.strip()))) {
                tell(route, "there is no routeConfiguration '" + id.strip() + "'");
            }
        }
    }

    private void tell(RouteDefinition route, String reason) {
        problems.add(new Problem(RouteFiles.path(route), route.getInput().getLineNumber(), reason));
    }

    /** Returns whether it is worth going on without what is to blame. */
    private boolean blame(CamelContext scratch, Throwable thrown) {
        RouteDefinition route = Diagnosis.routeId(thrown).map(model(scratch)::getRouteDefinition).orElse(null);
        problems.add(route == null
                ? diagnosis.of(Objects.toString(Path.of(files.firstKey()).getParent(), "."), thrown)
                : diagnosis.ofStep(route, scratch, thrown));
        return route != null && broken.add(key(route));
    }

    /** What a route is known by in each of the scratch contexts: one without an id of its own gets another one in each. */
    private static String key(RouteDefinition route) {
        boolean placed = route.getInput() != null && route.getInput().getLineNumber() > 0;
        return placed ? RouteFiles.path(route) + ":" + route.getInput().getLineNumber() : route.getRouteId();
    }
}
