package io.github.zoomtranscriber.logging;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;
import org.apache.logging.log4j.util.PropertiesUtil;

/** Applies the options {@code log.*}, each time they change. */
public final class LogSettings {

    /**
     * How the program logs until its options are read. Not under a name that log4j looks for by itself: in an estate
     * that would take the place of the estate's own file.
     */
    private static final String SHIPPED = "classpath:io/github/zoomtranscriber/logging/log4j2.properties";

    private static final String TEXT = "console";
    private static final String JSON = "json";
    private static final String OVER = "over";
    /** Moves to the beginning of the line and clears it. */
    private static final String CLEAR = "\r\u001b[K";

    /** The previous level of each logger that we set; null if it had none of its own. */
    private static final Map<String, Level> BEFORE = new HashMap<>();

    private LogSettings() {}

    /**
     * Has the program log as it is shipped, unless whoever started it names a file for log4j. Has to come before
     * anything is logged.
     */
    public static void begin() {
        if (PropertiesUtil.getProperties().getStringProperty(ConfigurationFactory.CONFIGURATION_FILE_PROPERTY)
                == null) {
            System.setProperty(ConfigurationFactory.CONFIGURATION_FILE_PROPERTY, SHIPPED);
        }
    }

    /**
     * Sets the levels. Loggers that an earlier call set and this one does not name get their previous level back.
     *
     * @param level of all loggers without a level of their own, in upper or lower case
     * @param levels items of the form {@code logger=level}
     */
    public static synchronized void levels(String level, List<String> levels) {
        Configurator.setRootLevel(Level.valueOf(level));
        Map<String, Level> wanted = new HashMap<>();
        levels.forEach(item ->
                wanted.put(item.substring(0, item.indexOf('=')), Level.valueOf(item.substring(item.indexOf('=') + 1))));
        Set<String> over = new HashSet<>(BEFORE.keySet());
        over.removeAll(wanted.keySet());
        over.forEach(logger -> Configurator.setLevel(logger, BEFORE.remove(logger)));
        wanted.forEach((logger, to) -> {
            if (!BEFORE.containsKey(logger)) {
                LoggerConfig now = configuration().getLoggerConfig(logger);
                BEFORE.put(logger, now.getName().equals(logger) ? now.getLevel() : null);
            }
            Configurator.setLevel(logger, to);
        });
    }

    /**
     * From now on, each log line is a JSON object with {@code time}, {@code level}, {@code logger}, {@code thread} and
     * {@code message}.
     */
    public static synchronized void json() {
        Configuration configuration = configuration();
        if (configuration.getAppender(JSON) != null) {
            return;
        }
        replaceText(
                JSON,
                JsonTemplateLayout.newBuilder()
                        .setConfiguration(configuration)
                        .setEventTemplateUri("classpath:io/github/zoomtranscriber/logging/line.json")
                        .build());
    }

    /**
     * From now on, each log line overwrites the terminal's last line: a progress bar, which is then redrawn below it.
     */
    public static synchronized void overLastLine() {
        Configuration configuration = configuration();
        if (configuration.getRootLogger().getAppenders().get(TEXT) instanceof ConsoleAppender text
                && text.getLayout() instanceof PatternLayout layout) {
            replaceText(
                    OVER,
                    PatternLayout.newBuilder()
                            .withConfiguration(configuration)
                            .withPattern(CLEAR + layout.getConversionPattern())
                            .build());
        }
    }

    private static void replaceText(String name, Layout<?> layout) {
        Configuration configuration = configuration();
        ConsoleAppender appender = ConsoleAppender.newBuilder()
                .setName(name)
                .setTarget(ConsoleAppender.Target.SYSTEM_ERR)
                .setConfiguration(configuration)
                .setLayout(layout)
                .build();
        appender.start();
        configuration.addAppender(appender);
        configuration.getRootLogger().addAppender(appender, null, null);
        configuration.getRootLogger().removeAppender(TEXT);
        context().updateLoggers();
    }

    private static LoggerContext context() {
        return (LoggerContext) LogManager.getContext(false);
    }

    private static Configuration configuration() {
        return context().getConfiguration();
    }
}
