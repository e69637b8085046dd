package io.github.zoomtranscriber.command;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.zoomtranscriber.logging.CapturedLog;
import io.github.zoomtranscriber.logging.LogSettings;
import io.github.zoomtranscriber.options.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log's levels follow the file while the program runs. */
class LogWatchTest {

    private static final String LOGGER = "io.github.zoomtranscriber.zoom";

    @TempDir
    Path folder;

    private final Level before = LogManager.getRootLogger().getLevel();
    private final CapturedLog log = new CapturedLog(LogWatch.class);
    private Path file;
    private LogWatch watch;

    @BeforeEach
    void start() throws IOException {
        file = Files.writeString(folder.resolve("application.properties"), "log.level=info\n");
        watch = LogWatch.start(file, this::read);
    }

    @AfterEach
    void end() {
        watch.close();
        log.close();
        LogSettings.levels(before.name(), List.of());
    }

    private void read() {
        Options options = Options.loadAllWithoutLogins(List.of(file), Map.of(), Map.of());
        LogSettings.levels(options.get("log.level"), options.list("log.loggers"));
    }

    private void logged(String line) {
        await().until(() -> log.lines().stream().anyMatch(it -> it.startsWith(line)));
    }

    @Test
    void editedLevelsTakeEffectAndGoBackWhenTheyAreTakenOut() throws IOException {
        Files.writeString(file, "log.level=info\nlog.loggers=" + LOGGER + "=trace\n");
        await().until(() -> LogManager.getLogger(LOGGER + ".Downloads").getLevel() == Level.TRACE);
        logged("INFO " + file + " was edited: log.level and log.loggers have taken effect");

        Files.writeString(file, "log.level=warn\n");
        await().until(() -> LogManager.getLogger(LOGGER + ".Downloads").getLevel() == Level.WARN);
    }

    @Test
    void aWrongLevelIsSaidAndTheOldOnesStayUntilTheFileIsRightAgain() throws IOException {
        LogSettings.levels("info", List.of());
        Files.writeString(file, "log.level=loud\n");
        logged("WARN " + file + " was edited, but none of it has taken effect: log.level");
        assertEquals(Level.INFO, LogManager.getRootLogger().getLevel());

        Files.delete(file);
        Files.writeString(file, "log.level=error\n");
        await().until(() -> LogManager.getRootLogger().getLevel() == Level.ERROR);
    }
}
