package io.github.zoomtranscriber.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code add}, with the program's jars in a {@code lib/} of its own, and with a real Maven that stays off the net. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its lib/ is of symbolic links")
class AddTest {

    /** What the tests have of SFTP, and the program has not. */
    private static final Pattern OF_SFTP = Pattern.compile("(camel-ftp|jsch|commons-net|commons-io)-\\d.*\\.jar");

    private static final String ROUTE =
            """
            - route:
                id: to-sftp
                from:
                  uri: direct:to-sftp
                  steps:
                    - to: "sftp:somebody@127.0.0.1:1/there?password=none"
            """;

    @TempDir
    Path folder;

    private Path home;
    private Path lib;

    private record Result(int exitCode, String out, String err) {
        @Override
        public String toString() {
            return exitCode + "\n" + out + err;
        }
    }

    @BeforeEach
    void install() throws IOException {
        home = folder.resolve("zoom transcriber");
        lib = Files.createDirectories(home.resolve("lib"));
        Files.createDirectories(folder.resolve("work"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            String name = jar.getFileName().toString();
            Path link = lib.resolve(name);
            if (name.endsWith(".jar") && !OF_SFTP.matcher(name).matches() && !Files.exists(link)) {
                Files.createSymbolicLink(link, jar);
            }
        }
        Path routes = Files.createDirectories(home.resolve("routes"));
        try (Stream<Path> shipped = Files.list(Path.of("routes"))) {
            for (Path route : shipped.toList()) {
                Files.copy(route, routes.resolve(route.getFileName()));
            }
        }
    }

    private Result run(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Dzoom-transcriber.home=" + home,
                "-cp",
                lib + "/*" + File.pathSeparator + Path.of("target/classes").toAbsolutePath(),
                "io.github.zoomtranscriber.command.ZoomTranscriber"));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.resolve("work").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        int exitCode = builder.start().waitFor();
        return new Result(exitCode, Files.readString(out), Files.readString(err));
    }

    private Result run(String... arguments) throws Exception {
        return run(Map.of(), arguments);
    }

    /** As {@link #run}; the test is skipped where Maven, or what it needs for it, is not on this machine. */
    private Result add(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("add", "--offline"));
        all.addAll(List.of(arguments));
        Result result = run(all.toArray(String[]::new));
        assumeTrue(!result.err().contains("mvn is not on the PATH"), "no Maven here");
        assumeTrue(
                !result.err().contains("maven-dependency-plugin"),
                "Maven's local repository lacks its dependency plugin");
        return result;
    }

    private List<String> brought() throws IOException {
        try (Stream<Path> jars = Files.list(lib)) {
            return jars.filter(jar -> !Files.isSymbolicLink(jar))
                    .map(jar -> jar.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aComponentThatARouteLacksArrivesWithWhatItNeedsAndTheRouteLoads() throws Exception {
        Files.writeString(home.resolve("routes/to-sftp.camel.yaml"), ROUTE);
        Result before = run("routes", "validate");
        assertEquals(2, before.exitCode(), before::toString);
        assertTrue(before.toString().contains("zoom-transcriber add camel-ftp"), before::toString);

        Result dry = add("--dry-run", "camel-ftp");
        assertEquals(0, dry.exitCode(), dry::toString);
        assertEquals(List.of(), brought(), "a dry run brings nothing");

        Result added = add("camel-ftp");
        assertEquals(0, added.exitCode(), added::toString);
        assertEquals(4, brought().size(), brought()::toString);
        assertTrue(brought().stream().allMatch(jar -> OF_SFTP.matcher(jar).matches()), brought()::toString);
        assertEquals(
                new TreeSet<>(brought()),
                new TreeSet<>(added.out()
                        .lines()
                        .filter(line -> line.startsWith("  "))
                        .map(String::strip)
                        .toList()));

        Result after = run("routes", "validate");
        assertEquals(0, after.exitCode(), after::toString);

        Result again = add("camel-ftp");
        assertEquals(0, again.exitCode(), again::toString);
        assertTrue(again.out().contains("camel-ftp") && again.out().contains("is in lib/ already"), again::toString);
    }

    @Test
    void whatCannotBeHadOfflineIsALineAndExitCode3() throws Exception {
        Result result = add("org.example:nowhere-to-be-found:1.0");
        assertEquals(3, result.exitCode(), result::toString);
        assertEquals(1, result.err().lines().count(), result::toString);
        assertTrue(result.err().contains("org.example:nowhere-to-be-found"), result::toString);
        assertEquals(List.of(), brought());
    }

    @Test
    void withoutMavenALineSaysWhatToDo() throws Exception {
        Result result = run(Map.of("PATH", folder.toString()), "add", "camel-ftp");
        assertEquals(2, result.exitCode(), result::toString);
        assertEquals(1, result.err().lines().count(), result::toString);
        assertTrue(result.err().contains("install Maven"), result::toString);
    }

    @Test
    void anotherVersionOfWhatIsThereIsNotMixedWithIt() throws Exception {
        Result result = run("add", "org.postgresql:postgresql:42.7.4");
        assertEquals(2, result.exitCode(), result::toString);
        assertEquals(1, result.err().lines().count(), result::toString);
        assertTrue(result.err().contains("take that away first"), result::toString);
    }

    @Test
    void whatIsNoNameOfAJarIsALine() throws Exception {
        for (String name : List.of("sftp", "camel-ftp:1", "a:b:c:d", "camel-ftp --offline", "<x>:y:z")) {
            Result result = run("add", name);
            assertEquals(2, result.exitCode(), result::toString);
            assertEquals(1, result.err().lines().count(), result::toString);
        }
    }

    @Test
    void whereTheProgramHasNoLibALineSaysWhatToDo() throws Exception {
        Path away = home.resolveSibling("elsewhere");
        Files.move(lib, away);
        lib = away;
        Result without = run("add", "camel-ftp");
        assertEquals(2, without.exitCode(), without::toString);
        assertEquals(1, without.err().lines().count(), without::toString);
        assertTrue(without.err().contains("unpacked archive"), without::toString);
    }
}
