package io.github.zoomtranscriber.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Which file log4j is configured by: of processes of their own, as each reads it once. */
class LogFileTest {

    private static final String XML =
            """
            <Configuration status="warn">
              <Appenders>
                <Console name="own" target="SYSTEM_OUT"><PatternLayout pattern="OWN %m%n"/></Console>
              </Appenders>
              <Loggers><Root level="info"><AppenderRef ref="own"/></Root></Loggers>
            </Configuration>
            """;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("log4j2.xml"), XML);
    }

    @Test
    void theProgramLogsAsItIsShipped() throws Exception {
        String said = run(List.of(), Map.of(), true, "");

        assertTrue(said.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  LogFileTest +hello\\R"), said);
    }

    @Test
    void anEstateWithOursInItsClassPathLogsByItsOwnFile() throws Exception {
        assertOwn(run(List.of(), Map.of(), false, folder + File.pathSeparator));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Dlog4j2.configurationFile=", "-Dlog4j.configurationFile="})
    void aFileThatTheUserNamesIsStrongerThanTheShippedOne(String option) throws Exception {
        assertOwn(run(List.of(option + file), Map.of(), true, ""));
    }

    @Test
    void soIsOneThatTheEnvironmentNames() throws Exception {
        assertOwn(run(List.of(), Map.of("LOG4J_CONFIGURATION_FILE", file.toString()), true, ""));
    }

    @Test
    void nothingStandsAtTheJarsRootThatAnEstateCouldTakeForItsOwn() throws IOException {
        try (Stream<Path> root = Files.list(Path.of("target/classes"))) {
            assertEquals(
                    Set.of("META-INF", "io", "kamelets", "zoom-transcriber"),
                    root.map(path -> path.getFileName().toString()).collect(Collectors.toSet()));
        }
    }

    private static void assertOwn(String said) {
        assertTrue(said.lines().anyMatch("OWN hello"::equals), said);
        assertTrue(said.lines().allMatch(line -> line.startsWith("OWN ")), said);
    }

    /** @return all that it says, on standard output and error */
    private String run(List<String> options, Map<String, String> environment, boolean program, String before)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                before + System.getProperty("java.class.path"),
                LogFileTest.class.getName(),
                program ? "program" : "estate"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** In the other process: the program, or somebody else's Camel with the program's jar. */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("program")) {
            LogSettings.begin();
        }
        try (CamelContext context = new DefaultCamelContext()) {
            context.build();
            LoggerFactory.getLogger(LogFileTest.class).info("hello");
        }
    }
}
