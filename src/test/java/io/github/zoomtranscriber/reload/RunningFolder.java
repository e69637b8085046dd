package io.github.zoomtranscriber.reload;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Service;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/**
 * A program of camel-main with a folder of routes, as the daemon is one, and what a test needs to edit and to watch it.
 */
final class RunningFolder implements AutoCloseable {

    final Path folder;
    final Main main = new Main();
    final List<Set<String>> stopped = new CopyOnWriteArrayList<>();
    private final Log log = new Log();
    private Reloaded listener = stopped::add;
    private ProducerTemplate template;
    private Function<RoutesFolder, Service> watch;

    RunningFolder(Path folder) {
        this.folder = folder;
        main.configure().withShutdownTimeout(10);
        main.configure().withAutoConfigurationLogSummary(false);
    }

    RunningFolder listener(Reloaded listener) {
        this.listener = listener;
        return this;
    }

    RunningFolder bean(String name, Object bean) {
        main.bind(name, bean);
        return this;
    }

    RunningFolder option(String name, String value) {
        main.addInitialProperty(name, value);
        return this;
    }

    /** Adds something that uses the folder too. */
    RunningFolder watch(Function<RoutesFolder, Service> watch) {
        this.watch = watch;
        return this;
    }

    RunningFolder start() {
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport main) {
                RoutesFolder routes = new RoutesFolder(folder, Duration.ofMillis(100), ids -> listener.reloaded(ids));
                try {
                    main.getCamelContext().addService(routes);
                    if (watch != null) {
                        main.getCamelContext().addService(watch.apply(routes));
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                routes.load();
            }
        });
        main.start();
        template = context().createProducerTemplate();
        log.lines.clear();
        return this;
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    /** Saves a file as a simple editor does. */
    RunningFolder write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RunningFolder delete(String name) {
        try {
            Files.delete(folder.resolve(name));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String ask(String route) {
        return template.requestBody("direct:" + route, "", String.class);
    }

    boolean runs(String route) {
        return context().getRoute(route) != null
                && context().getRouteController().getRouteStatus(route).isStarted();
    }

    void awaitAnswer(String route, String answer) {
        await().ignoreExceptions().until(() -> runs(route) && answer.equals(ask(route)));
    }

    /** Waits for a warning that comes after so many others. */
    void awaitWarning(String part, int others) {
        await().until(() -> warnings().stream().skip(others).anyMatch(line -> line.contains(part)));
    }

    /** Waits for the warning, and returns it. */
    String awaitWarning(String part) {
        await().until(() -> warnings().stream().anyMatch(line -> line.contains(part)));
        return warnings().stream()
                .filter(line -> line.contains(part))
                .findFirst()
                .orElseThrow();
    }

    List<String> warnings() {
        return log.lines.stream()
                .filter(line -> line.startsWith("WARN "))
                .map(line -> line.substring(5))
                .toList();
    }

    List<String> infos() {
        return log.lines.stream()
                .filter(line -> line.startsWith("INFO "))
                .map(line -> line.substring(5))
                .toList();
    }

    /** Waits until a change that is made now has been taken over, so that one made before would have been too. */
    void awaitLooks() {
        String marker = "marker" + System.nanoTime();
        write(marker + ".camel.yaml", Yaml.route(marker, Yaml.answer("")));
        await().until(() -> runs(marker));
        delete(marker + ".camel.yaml");
        await().until(() -> !runs(marker));
    }

    @Override
    public void close() {
        main.stop();
        log.remove();
    }

    /** What the folder's watcher says. */
    private static final class Log extends AbstractAppender {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        Log() {
            super("reload", null, null, true, Property.EMPTY_ARRAY);
            start();
            logger().addAppender(this);
        }

        private static Logger logger() {
            Logger logger = (Logger) LogManager.getLogger(RoutesFolder.class);
            logger.setLevel(org.apache.logging.log4j.Level.INFO);
            return logger;
        }

        @Override
        public void append(LogEvent event) {
            lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
        }

        void remove() {
            logger().removeAppender(this);
            stop();
        }
    }
}
