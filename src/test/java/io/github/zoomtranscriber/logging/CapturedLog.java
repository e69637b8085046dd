package io.github.zoomtranscriber.logging;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What a class logs at INFO and above while this is open, a line each: {@code WARN text}. */
public final class CapturedLog implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final boolean hadSettings;
    private final AbstractAppender appender = new AbstractAppender("captured", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            if (event.getLevel().isMoreSpecificThan(Level.INFO)) {
                lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage()
                        + (event.getThrown() == null ? "" : " with a stack trace of " + event.getThrown()));
            }
        }
    };

    public CapturedLog(Class<?> logging) {
        this((Logger) LogManager.getLogger(logging));
    }

    /** What anything logs. */
    public static CapturedLog ofAll() {
        return new CapturedLog((Logger) LogManager.getRootLogger());
    }

    private CapturedLog(Logger logger) {
        this.logger = logger;
        hadSettings = logger.getContext().getConfiguration().getLoggers().containsKey(logger.getName());
        appender.start();
        logger.addAppender(appender);
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        logger.removeAppender(appender);
        appender.stop();
        if (!hadSettings) {
            // an appender of its own gave it a level of its own, which would outlast those of what is above it
            logger.getContext().getConfiguration().removeLogger(logger.getName());
            logger.getContext().updateLoggers();
        }
    }
}
