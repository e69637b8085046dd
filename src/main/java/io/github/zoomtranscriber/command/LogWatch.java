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

/**
 * Applies the log levels when somebody edits {@code application.properties} while the daemon runs; other options need a
 * restart.
 */
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
     * Watches the file from now on.
     *
     * @param file null if there is nothing to watch
     * @param read rereads the options and applies the levels
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
            LOG.info("{} was edited: log.level and log.loggers have taken effect, other options need a restart", file);
        } catch (ConfigurationException e) {
            e.problems()
                    .forEach(problem -> LOG.warn("{} was edited, but none of it has taken effect: {}", file, problem));
        } catch (RuntimeException e) { // whatever it is, it must not end the watching
            LOG.warn("{} was edited, but none of it has taken effect: {}", file, e.toString());
        }
    }

    /** @return null if the file cannot be read */
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
