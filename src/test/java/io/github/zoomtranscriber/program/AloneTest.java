package io.github.zoomtranscriber.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node on its own needs nothing of what several need. */
class AloneTest {

    @TempDir
    Path folder;

    @Test
    void aNodeOnItsOwnLoadsNoDriverAndNoBrokerThatItDoesNotUse() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorSettings.defaults().withMeetings(1, 1));
                Program program = new Program(folder, simulator)
                        .withOAuth()
                        .with("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=classes.log")) {
            program.run("once");
            assertFalse(program.files(".txt").isEmpty());
            List<String> loaded = Files.readAllLines(folder.resolve("classes.log"));
            assertTrue(loaded.stream()
                    .anyMatch(line ->
                            line.contains(" org.h2.Driver ") || line.contains(" org.h2.jdbcx.JdbcDataSource ")));
            assertEquals(
                    List.of(),
                    loaded.stream()
                            .filter(
                                    line -> line.matches(
                                            ".* (org\\.postgresql|org\\.apache\\.activemq|org\\.springframework\\.jms|org\\.apache\\.kafka)\\..*"))
                            .toList());
        }
    }
}
