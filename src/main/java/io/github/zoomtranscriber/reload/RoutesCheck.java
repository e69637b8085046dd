package io.github.zoomtranscriber.reload;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.language.SimpleExpression;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Checks a folder of routes without touching the running routes.
 *
 * <p>Every route, endpoint, expression and processor is built in a scratch context that sees the running program's
 * beans, properties and components. The scratch context is initialised but never started: a start would open ports and
 * connections, and write to a shared scheduler's tables. It is not stopped either, because that would stop the running
 * program's beans: it holds no threads and is simply garbage-collected. Mistakes that Camel would notice only when a
 * message arrives are found in the model of the routes by {@link Targets}, {@link BeanCalls}, {@link Variables} and
 * {@link ErrorClauses}.
 */
public final class RoutesCheck {

    private final CamelContext live;
    private final SortedMap<String, String> files;
    private final RouteTexts texts;
    private final Diagnosis diagnosis;
    private final Findings findings = new Findings();
    /** What Camel says about routes that it cannot build, and the keys of those routes. */
    private final Set<Problem> unbuilt = new LinkedHashSet<>();

    private final Set<String> broken = new HashSet<>();
    /** The keys of routes that their precondition disables. */
    private final Set<String> off = new HashSet<>();

    private RoutesCheck(CamelContext live, SortedMap<String, String> files) {
        this.live = live;
        this.files = files;
        this.diagnosis = new Diagnosis(live, files.values());
        this.texts = new RouteTexts(files, live.getPropertiesComponent(), others(), findings, diagnosis);
    }

    /**
     * Checks all files of a folder together and reports all problems at once. If part of a file cannot be read, the
     * rest is still checked; nothing is reported missing that this part may define.
     *
     * @param live the configured context that the routes are for; it need not be started
     * @param files the text of each file by its path
     * @return the problems, sorted by file and line; empty if the routes can be started
     */
    public static List<Problem> check(CamelContext live, SortedMap<String, String> files) {
        return new RoutesCheck(live, files).check();
    }

    private List<Problem> check() {
        boolean more;
        do {
            // leave out what is broken, and read and build the rest once more
            more = passFindsMore();
        } while (more);
        unbuilt.stream().filter(problem -> !findings.knows(problem)).toList().forEach(findings::add);
        return findings.sorted();
    }

    private boolean passFindsMore() {
        DefaultRegistry registry = new DefaultRegistry();
        DefaultCamelContext scratch = scratch(registry);
        try (RunningProgram running = new RunningProgram(live, scratch)) {
            registry.addBeanRepository(running);
            scratch.getPropertiesComponent().addPropertiesSource(running);
            scratch.getCamelContextExtension().addContextPlugin(ComponentResolver.class, running);
            List<RouteBuilder> builders = texts.read(scratch);
            if (builders == null || !isBuilt(scratch, builders)) {
                return true;
            }
            ask(scratch, builders);
            return false;
        } finally {
            // beans that the files define may hold something open
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
        // as in the running program: its options say what the environment says, in the form that routes need
        PropertiesComponent properties = (PropertiesComponent) scratch.getPropertiesComponent();
        properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
        properties.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
        scratch.build();
        model(scratch).setRouteFilter(route -> !broken.contains(key(route)));
        return scratch;
    }

    private static Model model(CamelContext context) {
        return context.getCamelContextExtension().getContextPlugin(Model.class);
    }

    /** Builds all routes. Returns false if one cannot be built and the others have to be built once more without it. */
    private boolean isBuilt(DefaultCamelContext scratch, List<RouteBuilder> builders) {
        builders.forEach(builder -> attempt(builder, () -> builder.addRoutesToCamelContext(scratch)));
        builders.forEach(builder -> attempt(builder, () -> builder.addTemplatedRoutesToCamelContext(scratch)));
        leaveOutDisabled(scratch);
        leaveOutWrongCalls(scratch, builders);
        try {
            scratch.init();
            Starts.check(scratch, others(), findings);
            return true;
        } catch (Exception | LinkageError e) {
            return !blame(scratch, e);
        }
    }

    private void leaveOutDisabled(DefaultCamelContext scratch) {
        for (RouteDefinition route : model(scratch).getRouteDefinitions()) {
            try {
                if (route.getPrecondition() != null && !isMet(route.getPrecondition(), scratch)) {
                    off.add(key(route));
                }
            } catch (RuntimeException e) {
                unbuilt(e, List.of(diagnosis.of(route, e)));
                broken.add(key(route));
            }
        }
        model(scratch).getRouteDefinitions().removeIf(route -> off.contains(key(route)) || broken.contains(key(route)));
    }

    /** Evaluates a precondition the way Camel does, which does not say the route if that fails. */
    private static boolean isMet(String precondition, CamelContext context) {
        SimpleExpression expression = new SimpleExpression(precondition);
        expression.initPredicate(context);
        expression.getPredicate().initPredicate(context);
        return expression.getPredicate().matches(new DefaultExchange(context));
    }

    /** Finds the most common mistakes before the build, which would stop at each of them. */
    private void leaveOutWrongCalls(DefaultCamelContext scratch, List<RouteBuilder> builders) {
        BeanCalls calls = BeanCalls.check(folder(scratch, builders), new Findings());
        List<RouteDefinition> routes = model(scratch).getRouteDefinitions();
        for (RouteDefinition route : routes) {
            if (calls.breaks(route) && broken.add(key(route))) {
                unbuilt.addAll(diagnosis.ofSteps(route, scratch, this::isExcused));
            }
        }
        routes.removeIf(route -> broken.contains(key(route)));
    }

    private Folder folder(CamelContext scratch, List<RouteBuilder> builders) {
        return Folder.of(scratch, builders, route -> off.contains(key(route)), others(), texts.java());
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private void attempt(RouteBuilder builder, Attempt attempt) {
        try {
            attempt.run();
        } catch (Exception | LinkageError e) {
            unbuilt(e, diagnosis.of(RouteFiles.path(builder), e));
        }
    }

    private void unbuilt(Throwable thrown, List<Problem> problems) {
        if (!isExcused(thrown)) {
            unbuilt.addAll(problems);
        }
    }

    /** Whether the reason is the lack of something that an unreadable part of a file may define. */
    private boolean isExcused(Throwable thrown) {
        return Diagnosis.missing(thrown).filter(findings::mayBeUnread).isPresent();
    }

    /** Records why a route cannot be built. Returns whether the others can be built without it. */
    private boolean blame(CamelContext scratch, Throwable thrown) {
        RouteDefinition route = Diagnosis.routeId(thrown)
                .map(model(scratch)::getRouteDefinition)
                .orElse(null);
        if (route == null) {
            unbuilt(
                    thrown,
                    diagnosis.of(Objects.toString(Path.of(files.firstKey()).getParent(), "."), thrown));
            return false;
        }
        List<Problem> steps = diagnosis.ofSteps(route, scratch, this::isExcused);
        unbuilt(thrown, steps.isEmpty() ? List.of(diagnosis.of(route, thrown)) : steps);
        return broken.add(key(route));
    }

    /** Identifies a route across scratch contexts: without an explicit id it gets a different one in each. */
    private static String key(RouteDefinition route) {
        boolean placed = route.getInput() != null && route.getInput().getLineNumber() > 0;
        return placed ? RouteFiles.path(route) + ":" + route.getInput().getLineNumber() : route.getRouteId();
    }

    /** Finds what Camel would notice only when a message arrives. */
    private void ask(CamelContext scratch, List<RouteBuilder> builders) {
        Folder folder = folder(scratch, builders);
        Starts.checkConfigurations(folder, findings);
        Targets.check(folder, diagnosis, findings);
        Variables.check(folder, BeanCalls.check(folder, findings), findings);
        ErrorClauses.check(folder, findings);
    }

    /**
     * The running program's routes that are not from this folder. Routes made from a template do not know their file
     * and are left out.
     */
    private List<RouteDefinition> others() {
        Path folder = Path.of(files.firstKey()).getParent();
        return model(live).getRouteDefinitions().stream()
                .filter(route -> !Boolean.TRUE.equals(route.isTemplate()))
                .filter(route -> RouteFiles.path(route) == null
                        || !Objects.equals(Path.of(RouteFiles.path(route)).getParent(), folder))
                .toList();
    }
}
