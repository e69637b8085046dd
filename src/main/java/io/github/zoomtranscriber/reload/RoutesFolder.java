package io.github.zoomtranscriber.reload;

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

import io.github.zoomtranscriber.reload.RouteFiles.Stamp;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the routes of a folder, and takes over what is edited in it: files that change, come, go, are renamed or split, all at once.
 * <p>
 * The folder is looked at in short intervals, and its files are read where one was touched. A state that stays the same for two looks is checked as a whole by {@link RoutesCheck}; where it is
 * refused, everything stays as it is. Else the routes of the files that differ are replaced, and no others, unless the difference concerns what others
 * have built in (beans, a routeConfiguration): then all are. If a route does not start all the same, what ran before is brought back.
 * <p>
 * Belongs to a context as its service: {@code context.addService(folder); folder.load();} while the context is configured.
 */
public class RoutesFolder extends ServiceSupport implements CamelContextAware {

    /** How often a folder is looked at by default. */
    public static final Duration EVERY = Duration.ofMillis(500);

    /** Of two edits within so short a time the second one may leave no other stamp: some file systems count in two seconds. */
    private static final Duration COARSE = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(RoutesFolder.class);

    private final Path folder;
    private final Duration every;
    private final Reloaded listener;
    private CamelContext context;
    private RunningRoutes routes;
    private ScheduledExecutorService watch;

    /** What runs, what the last look found, and what was refused. */
    private SortedMap<String, String> running = Collections.emptySortedMap();
    private SortedMap<String, String> seen = running;
    private SortedMap<String, String> refused = running;
    /** Files whose routes may be half replaced. */
    private Set<String> unsure = Set.of();
    private String said = "";
    /** What the files were like when all that is in them was dealt with; null where a look has to be taken into them. */
    private Map<Path, Stamp> settled;

    /**
     * @param folder   where the {@code *.camel.yaml} and {@code *.java} files are
     * @param every    how often to look; at least 1 ms
     * @param listener is told which routes were stopped
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
     * Checks the folder and adds its routes to the context, before that starts.
     *
     * @throws BrokenRoutesException if there is no route file, or anything is wrong with one
     */
    public void load() {
        load(texts -> false);
    }

    /**
     * As {@link #load()}.
     *
     * @param good whether these files, the text of each by its path, are known to be good: then they are not checked, which is half of a start
     */
    public void load(Predicate<SortedMap<String, String>> good) {
        SortedMap<String, String> texts;
        try {
            texts = RouteFiles.read(folder);
        } catch (IOException e) {
            throw new BrokenRoutesException(List.of(new Problem(folder.toAbsolutePath().toString(), 0, "the folder of the routes cannot be read (" + e + ")")));
        }
        List<Problem> problems = texts.isEmpty()
                ? List.of(new Problem(folder.toAbsolutePath().toString(), 0, "there is no *.camel.yaml or *.java file in the folder of the routes"))
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

    @Override
    protected void doStart() {
        LOG.info("Routes are taken over when edited: {}", folder.toAbsolutePath().normalize());
        watch = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "RoutesFolder");
        watch.scheduleWithFixedDelay(this::look, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    protected void doStop() {
        context.getExecutorServiceManager().shutdownNow(watch);
    }

    private void look() {
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
                sayOnce(folder + ": there is no *.camel.yaml or *.java file any more");
            } else if (!stillBeingWritten && !now.equals(running) && !now.equals(refused)) {
                refused = now;
                take(now);
            } else if (!unsure.isEmpty()) {
                change(running);
            } else if (now.equals(running)) {
                refused = Collections.emptySortedMap();
                said = "";
                if (stamps.values().stream().allMatch(stamp -> stamp.modified().toInstant().isBefore(begin.minus(COARSE)))) {
                    settled = stamps;
                }
            }
        } catch (Throwable e) { // whatever it is: it must not end the watching
            settled = null;
            if (context.isStarted()) {
                sayOnce(folder + ": " + e);
            }
        }
    }

    private void sayOnce(String text) {
        if (!text.equals(said)) {
            LOG.warn("{}; the routes go on as they were", text);
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
            problems.forEach(problem -> LOG.warn("{}; the routes go on as they were", problem));
            if (!unsure.isEmpty()) {
                change(running);
            }
        }
    }

    private void change(SortedMap<String, String> texts) throws Exception {
        Set<String> all = new TreeSet<>(running.keySet());
        all.addAll(texts.keySet());
        Set<String> files = new TreeSet<>(unsure);
        all.stream().filter(file -> !Objects.equals(running.get(file), texts.get(file))).forEach(files::add);
        if (files.stream().anyMatch(RouteFiles::isJava)) {
            all.stream().filter(RouteFiles::isJava).forEach(files::add); // they are compiled as one
        }
        boolean shared = !running.isEmpty() && files.stream().anyMatch(file -> isShared(file, running.get(file)) || isShared(file, texts.get(file)));
        if (shared) {
            files.addAll(all);
        }
        SortedMap<String, String> changed = new TreeMap<>(texts);
        changed.keySet().retainAll(files);
        Set<String> before = routes.ids(files);
        unsure = files;
        try {
            routes.replace(files, changed, shared);
            unsure = Set.of();
            running = texts;
        } finally {
            tell(before);
        }
        if (context.isStarted()) {
            Set<String> after = routes.ids(files);
            LOG.info("Routes taken over from {}: changed {}, new {}, gone {}", folder, both(before, after, true), both(after, before, false), both(before, after, false));
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
            LOG.warn("After routes were stopped: {}", stopped, e);
        }
    }

    private static boolean isShared(String file, String text) {
        return text != null && RouteFiles.isShared(file, text);
    }

    /**
     * Says of a start that failed which route did not start, and where that is.
     *
     * @param context the context that did not start; null if there is none
     * @return a {@link BrokenRoutesException} where a route of a folder did not start, else what was thrown
     */
    public static Exception explain(CamelContext context, Exception thrown) {
        RouteDefinition route = context == null ? null : Diagnosis.routeId(thrown).map(new RunningRoutes(context)::definition).orElse(null);
        if (route == null || RouteFiles.path(route) == null) {
            return thrown;
        }
        return new BrokenRoutesException(List.of(new Diagnosis(context, List.of(RouteFiles.text(route))).of(route, thrown)));
    }

    private List<Problem> problems(SortedMap<String, String> texts, Throwable e) {
        Diagnosis diagnosis = new Diagnosis(context, texts.values());
        RouteDefinition route = Diagnosis.routeId(e).map(routes::definition).orElse(null);
        return route == null ? diagnosis.of(folder.toString(), e) : List.of(diagnosis.of(route, e));
    }
}
