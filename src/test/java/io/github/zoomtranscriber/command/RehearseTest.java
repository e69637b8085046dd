package io.github.zoomtranscriber.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RehearseTest {

    private static final String RENDER = "simple: \"${bean:zoomTranscripts?method=render}\"\n";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();

    private int rehearse(Path routes) {
        CommandLine program = ZoomTranscriber.commandLine();
        program.setOut(new PrintWriter(out, true));
        return program.execute("rehearse", routes.toString());
    }

    @Test
    void routesAsTheyWereShippedDeliverNothingDifferent() {
        assertEquals(0, rehearse(Path.of("routes")), out.toString());
        assertTrue(
                out.toString().matches("\\d\\d files the same, 0 changed, 0 new, 0 no longer delivered\\s+"),
                out.toString());
    }

    @Test
    void anEditShowsWhatItChangesAndWhatItWouldSendAndSendsNothing() throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Path elsewhere = folder.resolve("elsewhere");
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        Path deliver = routes.resolve("deliver.camel.yaml");
        String text = Files.readString(deliver);
        assertTrue(text.contains(RENDER));
        Files.writeString(
                deliver,
                text.replace(
                        RENDER,
                        RENDER + "              - setBody:\n                  simple: \"${body}\\nThe end.\"\n"
                                + "              - to: \"file:"
                                + elsewhere.toString().replace('\\', '/') + "?fileName=a\"\n"));

        assertEquals(1, rehearse(routes), out.toString());
        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.contains("+The end."), out.toString());
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("--- ") && line.endsWith(".md")), out.toString());
        assertTrue(
                lines.stream().anyMatch(line -> line.matches("would have been sent: \\d+ to file:.*elsewhere")),
                out.toString());
        assertFalse(Files.exists(elsewhere));
    }

    @Test
    void aBrokenRouteIsNotRehearsed() throws Exception {
        Files.writeString(
                folder.resolve("broken.camel.yaml"), "- route:\n    from:\n      uri: nosuch:thing\n      steps: []\n");
        assertEquals(2, rehearse(folder));
    }
}
