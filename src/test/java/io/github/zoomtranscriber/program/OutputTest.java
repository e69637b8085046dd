package io.github.zoomtranscriber.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.zoomtranscriber.command.ZoomTranscriber;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command prints goes to a file on a disk that is full: a script must not take that for success. */
@EnabledIf("hasFullDevice")
class OutputTest {

    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    Path folder;

    static boolean hasFullDevice() {
        return Files.exists(FULL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "completion", "routes --help"})
    void aCommandWhoseOutputIsLostDoesNotEndWithSuccess(String command) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ZoomTranscriber.class.getName()));
        line.addAll(List.of(command.split(" ")));
        Process process = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(new File(FULL.toString()))
                .start();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(1, process.waitFor(), said);
        assertEquals("Could not write all of the output", said.strip());
    }
}
