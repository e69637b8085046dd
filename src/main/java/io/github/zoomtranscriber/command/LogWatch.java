package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.options.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the log's levels into effect when somebody edits {@code application.properties} while the daemon runs; all else needs a restart. */
final class LogWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "log levels");
        daemon.setDaemon(true);
        return daemon;
    });
    private final Path file;
    private final Runnable read;
    private String known;

    private LogWatch(Path file, Runnable read) {
        this.file = file;
        this.read = read;
        this.known = text();
    }

    /**
     * Looks at the file from now on.
     *
     * @param file null: there is nothing to look at
     * @param read reads the options anew, and puts the levels into effect
     */
    static LogWatch start(Path file, Runnable read) {
        LogWatch watch = new LogWatch(file, read);
        if (file != null) {
            watch.thread.scheduleWithFixedDelay(watch::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
        return watch;
    }

    private void look() {
        String now = text();
        if (now == null || now.equals(known)) {
            return;
        }
        known = now;
        try {
            read.run();
            LOG.info("{} was edited: log.level and log.loggers are in effect, all else after a restart", file);
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> LOG.warn("{} was edited, and nothing of it is in effect: {}", file, problem));
        } catch (RuntimeException e) { // whatever it is: it must not end the looking
            LOG.warn("{} was edited, and nothing of it is in effect: {}", file, e.toString());
        }
    }

    /** @return null while it cannot be read */
    private String text() {
        try {
            return file == null ? null : Files.readString(file);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
