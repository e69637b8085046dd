package io.github.zoomtranscriber.reload;

import io.github.zoomtranscriber.reload.RouteFiles.Stamp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Route;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the routes of a folder and applies edits to them: changed, new, deleted, renamed and split files, all at once.
 *
 * <p>The folder is polled at short intervals, and its files are read when one of them was touched. A state that is the
 * same in two polls is checked as a whole by {@link RoutesCheck}. If it is rejected, everything stays as it is.
 * Otherwise only the routes of changed files are replaced, unless the change concerns something that other files have
 * built in (beans, a routeConfiguration): then all routes are. If a route fails to start all the same, the previous
 * routes are restored.
 *
 * <p>It is a service of the context: {@code context.addService(folder); folder.load();} while the context is being
 * configured.
 */
public class RoutesFolder extends ServiceSupport implements CamelContextAware {

    /** The default interval between polls. */
    public static final Duration EVERY = Duration.ofMillis(500);

    /** Two edits within this time may leave the same time stamp: some file systems have a resolution of two seconds. */
    private static final Duration COARSE = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(RoutesFolder.class);

    private final Path folder;
    private final Duration every;
    private final Reloaded listener;
    private CamelContext context;
    private RunningRoutes routes;
    private ScheduledExecutorService watch;

    /** What runs, what the last poll found, and what was rejected. */
    private SortedMap<String, String> running = Collections.emptySortedMap();

    private SortedMap<String, String> seen = running;
    private SortedMap<String, String> refused = running;
    /** Files whose routes may be only partly replaced. */
    private Set<String> unsure = Set.of();

    private volatile boolean changing;

    private String said = "";
    /** The stamps of the files when their content was last handled; null if they have to be read. */
    private Map<Path, Stamp> settled;

    /**
     * @param folder the folder with the {@code *.camel.yaml} and {@code *.java} files
     * @param every the interval between polls; at least 1 ms
     * @param listener notified of routes that were stopped
     */
    public RoutesFolder(Path folder, Duration every, Reloaded listener) {
        this.folder = Objects.requireNonNull(folder, "folder");
        this.every = Objects.requireNonNull(every, "every");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    @Override
    public void setCamelContext(CamelContext context) {
        this.context = context;
        this.routes = new RunningRoutes(context);
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    /**
     * Checks the folder and adds its routes to the context, before the context starts.
     *
     * @throws BrokenRoutesException if there is no route file, or a problem in one
     */
    public void load() {
        load(texts -> false);
    }

    /**
     * Like {@link #load()}, but skips the check, which takes half of the start, for files that are known to be good.
     *
     * @param good whether these files, the text of each by its path, are known to be good
     */
    public void load(Predicate<SortedMap<String, String>> good) {
        SortedMap<String, String> texts;
        try {
            texts = RouteFiles.read(folder);
        } catch (IOException e) {
            throw new BrokenRoutesException(List.of(
                    new Problem(folder.toAbsolutePath().toString(), 0, "cannot read the routes folder (" + e + ")")));
        }
        List<Problem> problems = texts.isEmpty()
                ? List.of(new Problem(
                        folder.toAbsolutePath().toString(), 0, "no *.camel.yaml or *.java file in the routes folder"))
                : good.test(texts) ? List.of() : RoutesCheck.check(context, texts);
        if (problems.isEmpty()) {
            try {
                change(texts);
            } catch (Exception e) {
                problems = problems(texts, e);
            }
        }
        if (!problems.isEmpty()) {
            throw new BrokenRoutesException(problems);
        }
        seen = texts;
    }

    /** Whether routes are being replaced at this moment: some are not there. */
    public boolean isChanging() {
        return changing;
    }

    @Override
    protected void doStart() {
        LOG.info("Watching {} for edited routes", folder.toAbsolutePath().normalize());
        watch = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "RoutesFolder");
        watch.scheduleWithFixedDelay(this::look, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    protected void doStop() {
        if (watch != null) {
            context.getExecutorServiceManager().shutdownNow(watch);
        }
    }

    private synchronized void look() {
        try {
            if (!context.isStarted()) {
                return;
            }
            Map<Path, Stamp> stamps = RouteFiles.stamps(folder);
            if (stamps.equals(settled)) {
                return;
            }
            settled = null;
            Instant begin = Instant.now();
            SortedMap<String, String> now = RouteFiles.read(folder);
            boolean stillBeingWritten = !now.equals(seen);
            seen = now;
            if (now.isEmpty()) {
                sayOnce(folder + ": no *.camel.yaml or *.java file is left");
            } else if (!stillBeingWritten && !now.equals(running) && !now.equals(refused)) {
                refused = now;
                take(now);
            } else if (!unsure.isEmpty()) {
                change(running);
            } else if (now.equals(running)) {
                refused = Collections.emptySortedMap();
                said = "";
                if (stamps.values().stream()
                        .noneMatch(stamp -> Duration.between(stamp.modified().toInstant(), begin)
                                        .abs()
                                        .compareTo(COARSE)
                                <= 0)) {
                    settled = stamps;
                }
            }
        } catch (Throwable e) { // nothing may end the polling
            settled = null;
            if (context.isStarted()) {
                sayOnce(folder + ": " + e);
            }
        }
    }

    /**
     * Starts the routes that have a {@code throttle} anew: its calls wait by the wall clock, and would do so for as
     * long as that was set back.
     *
     * @throws Exception if a route does not start
     */
    synchronized void restartThrottled() throws Exception {
        List<Route> throttled = routes.throttled();
        if (throttled.isEmpty()) {
            return;
        }
        try {
            routes.restart(throttled);
        } catch (Exception e) {
            unsure = new TreeSet<>(running.keySet());
            change(running);
        } finally {
            tell(throttled.stream().map(Route::getRouteId).collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    private void sayOnce(String text) {
        if (!text.equals(said)) {
            LOG.warn("{}; change rejected, the previous routes keep running", text);
        }
        said = text;
    }

    private void take(SortedMap<String, String> now) throws Exception {
        List<Problem> problems = RoutesCheck.check(context, now);
        if (problems.isEmpty()) {
            try {
                change(now);
                return;
            } catch (Exception | LinkageError e) {
                problems = problems(now, e);
            }
        }
        if (context.isStarted()) {
            problems.forEach(problem -> LOG.warn("{}; change rejected, the previous routes keep running", problem));
            if (!unsure.isEmpty()) {
                change(running);
            }
        }
    }

    private void change(SortedMap<String, String> texts) throws Exception {
        Set<String> all = new TreeSet<>(running.keySet());
        all.addAll(texts.keySet());
        Set<String> files = new TreeSet<>(unsure);
        all.stream()
                .filter(file -> !Objects.equals(running.get(file), texts.get(file)))
                .forEach(files::add);
        if (files.stream().anyMatch(RouteFiles::isJava)) {
            all.stream().filter(RouteFiles::isJava).forEach(files::add); // they are compiled as one
        }
        boolean shared = !running.isEmpty()
                && files.stream()
                        .anyMatch(file -> isShared(file, running.get(file)) || isShared(file, texts.get(file)));
        if (shared) {
            files.addAll(all);
        }
        SortedMap<String, String> changed = new TreeMap<>(texts);
        changed.keySet().retainAll(files);
        Set<String> before = routes.ids(files);
        unsure = files;
        changing = true;
        try {
            routes.replace(files, changed, shared);
            unsure = Set.of();
            running = texts;
        } finally {
            changing = false;
            tell(before);
        }
        if (context.isStarted()) {
            Set<String> after = routes.ids(files);
            LOG.info(
                    "Routes reloaded from {}: changed {}, added {}, removed {}",
                    folder,
                    both(before, after, true),
                    both(after, before, false),
                    both(before, after, false));
        }
    }

    private static List<String> both(Set<String> some, Set<String> others, boolean in) {
        return some.stream().filter(id -> others.contains(id) == in).sorted().toList();
    }

    private void tell(Set<String> stopped) {
        try {
            if (!stopped.isEmpty()) {
                listener.reloaded(stopped);
            }
        } catch (RuntimeException e) {
            LOG.warn("Could not tell the rest of the program that routes {} were stopped", stopped, e);
        }
    }

    private static boolean isShared(String file, String text) {
        return text != null && RouteFiles.isShared(file, text);
    }

    /**
     * Explains why a context did not start.
     *
     * @param context the context; may be null
     * @return a {@link BrokenRoutesException} with file and line if a route from a folder failed to start, otherwise
     *     what was thrown
     */
    public static Exception explain(CamelContext context, Exception thrown) {
        RouteDefinition route = context == null
                ? null
                : Diagnosis.routeId(thrown)
                        .map(new RunningRoutes(context)::definition)
                        .orElse(null);
        if (route == null || RouteFiles.path(route) == null) {
            return thrown;
        }
        BrokenRoutesException broken = new BrokenRoutesException(
                List.of(new Diagnosis(context, List.of(RouteFiles.text(route))).of(route, thrown)));
        broken.initCause(thrown);
        return broken;
    }

    private List<Problem> problems(SortedMap<String, String> texts, Throwable e) {
        Diagnosis diagnosis = new Diagnosis(context, texts.values());
        RouteDefinition route = Diagnosis.routeId(e).map(routes::definition).orElse(null);
        return route == null ? diagnosis.of(folder.toString(), e) : List.of(diagnosis.of(route, e));
    }
}
