package io.github.zoomtranscriber.program;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the script with a Java that only says how it was called, from a folder whose name has a blank. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it is for a POSIX shell")
class StartScriptTest {
    private static final String LISTING = "-XX:DumpLoadedClassList=";
    private static final String MAIN = "io.github.zoomtranscriber.command.ZoomTranscriber";

    @TempDir
    Path folder;

    private Path home;
    private Path script;

    @BeforeEach
    void install() throws IOException {
        home = folder.toRealPath().resolve("zoom transcriber");
        script = home.resolve("bin/zoom-transcriber");
        Files.createDirectories(script.getParent());
        Files.copy(Path.of("src/main/bin/zoom-transcriber"), script);
    }

    @Test
    void whatFollowsTheCommandReachesTheProgramUnchanged() throws Exception {
        List<String> called = start(java("17.0.15"), Map.of(), "once", "two words", "*", "").lines;

        assertEquals(
                List.of(MAIN, "once", "two words", "*", "", "."), called.subList(called.indexOf(MAIN), called.size()));
    }

    @Test
    void theProgramIsInLibAndKnowsWhereItIsInstalled() throws Exception {
        List<String> called = start(java("25"), Map.of()).lines;

        assertTrue(called.contains("-Dzoom-transcriber.home=" + home), called.toString());
        assertEquals(home + "/lib/*", called.get(called.indexOf("-cp") + 1));
    }

    @Test
    void aLinkToALinkToTheScriptWorks() throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("there"), script);
        Path link = Files.createSymbolicLink(bin.resolve("zt"), Path.of("there"));
        script = link;

        assertTrue(start(java("17"), Map.of()).lines.contains("-Dzoom-transcriber.home=" + home));
    }

    @Test
    void javaOptsComeAfterOursSoThatTheyWin() throws Exception {
        List<String> called = start(java("17"), Map.of("JAVA_OPTS", "-Xms64m  -Dpattern=/*")).lines;

        assertTrue(called.indexOf("-Xms64m") > called.indexOf("-Xms24m"), called.toString());
        assertTrue(called.contains("-Dpattern=/*"), called.toString());
        assertTrue(called.indexOf("-Xms64m") < called.indexOf(MAIN), called.toString());
    }

    @Test
    void anOlderJavaIsRefusedInOneLine() throws Exception {
        for (String version : List.of("1.8.0_402", "11.0.2", "16", "17-ea")) {
            Path java = java(version);
            Result result = start(java, Map.of());
            boolean old = !version.startsWith("17");

            assertEquals(old ? 2 : 0, result.exitCode, version);
            if (old) {
                assertEquals(
                        List.of("zoom-transcriber: " + java + "/bin/java is not Java 17 or later: "
                                + "set JAVA_HOME to one that is"),
                        result.lines);
            }
        }
    }

    @Test
    void aJavaThatSaysBesideItselfWhatItIsIsNotAsked() throws Exception {
        Path java = java("11.0.2");
        Files.writeString(
                java.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"21.0.2\"\nOS_NAME=\"Linux\"\n");
        assertEquals(0, start(java, Map.of()).exitCode);

        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        assertEquals(2, start(java, Map.of()).exitCode);

        Files.writeString(java.resolve("release"), "of something else\n");
        assertEquals(2, start(java, Map.of()).exitCode);
    }

    @Test
    void noJavaAtAllIsOneLine() throws Exception {
        Path nowhere = folder.resolve("nowhere");

        Result result = start(nowhere, Map.of());

        assertEquals(2, result.exitCode);
        assertEquals(
                List.of("zoom-transcriber: there is no " + nowhere
                        + "/bin/java: install Java 17 or later, or set JAVA_HOME"),
                result.lines);
    }

    @Test
    void fileNamesAreInUtf8WhateverTheLocale() throws Exception {
        List<String> called = start(java("17"), Map.of("LC_ALL", "C")).lines;

        assertTrue(called.contains("LC_ALL=C.UTF-8"), called.toString());
    }

    @Test
    void ofTheFirstDaemonsClassesAnotherProcessMakesAnArchiveThatLaterStartsUseUntilLibChanges() throws Exception {
        Path lib = Files.createDirectory(home.resolve("lib"));
        Files.writeString(lib.resolve("a.jar"), "");
        Path java = java("17");
        String list = started(java, "run", LISTING);
        String archive = list.substring(0, list.lastIndexOf('.'));
        await().until(() -> Files.exists(Path.of(archive)));
        await().until(() ->
                left(lib).equals(List.of(Path.of(archive).getFileName().toString())));

        assertEquals(archive, started(java, "status", "-XX:SharedArchiveFile="));
        assertEquals(archive, started(java, "run", "-XX:SharedArchiveFile="));
        Files.writeString(lib.resolve("dropped in.jar"), "");
        assertEquals("", started(java, "status", "-XX:SharedArchiveFile="));
        assertFalse(started(java, "run", LISTING).startsWith(archive));
        assertTrue(Files.notExists(Path.of(archive)));
    }

    @Test
    void theProcessThatDoesTheWorkNeverWritesTheArchiveItself() throws Exception {
        Files.createDirectory(home.resolve("lib"));
        for (String command : List.of("run", "once", "status")) {
            assertFalse(
                    start(java("21"), Map.of(), command).lines.stream()
                            .anyMatch(
                                    option -> option.matches("-XX:(ArchiveClassesAtExit|.AutoCreateSharedArchive).*")),
                    command);
        }
    }

    /**
     * A disk with less room than the archive takes is for the work, and of too few classes there is nothing to keep.
     */
    @ParameterizedTest
    @ValueSource(strings = {"it ended at once", "the disk is nearly full"})
    void noArchiveIsMadeWhere(String why) throws Exception {
        Path lib = Files.createDirectory(home.resolve("lib"));
        Path tools = Files.createDirectory(folder.resolve("tools"));
        tool(tools, "df", "echo Filesystem 1024-blocks Used Available; echo /dev/x 100000 91000 9000");
        Map<String, String> environment = why.equals("it ended at once")
                ? Map.of("LISTED", "1000")
                : Map.of("PATH", tools + ":" + System.getenv("PATH"));

        assertStarted(start(java("25"), environment, "once"));

        await().until(() -> left(lib).isEmpty());
        assertEquals("", started(java("25"), "status", "-XX:SharedArchiveFile="));
    }

    @Test
    void aJavaThatCrashesWhenItMakesTheArchiveEndsNothingAndIsNotAskedAgain() throws Exception {
        Path lib = Files.createDirectory(home.resolve("lib"));
        Path java = java("17");

        assertStarted(start(java, Map.of("DUMP_EXIT", "134"), "once"));

        await().until(() -> left(lib).size() == 1 && left(lib).get(0).endsWith(".jsa.not"));
        assertEquals("", started(java, "once", LISTING));
        assertEquals("", started(java, "once", "-XX:SharedArchiveFile="));
    }

    /** As when of two starts at once the other has moved it already, or when the folder is somebody else's. */
    @ParameterizedTest
    @ValueSource(strings = {"mv", "rm", "find", "ls", "cksum", "tr", "df", "awk", "nice", "sleep"})
    void whateverGoesWrongWithTheArchiveEndsNoStartAndIsNotWorthALine(String tool) throws Exception {
        Files.createDirectory(home.resolve("lib"));
        Path java = java("17");
        Path broken = Files.createDirectory(folder.resolve("broken"));
        tool(broken, tool, "echo \"$0: cannot\" >&2; exit 1");
        Map<String, String> environment = Map.of("PATH", broken + ":" + System.getenv("PATH"));

        assertStarted(start(java, environment, "run"));
        assertStarted(start(java, environment, "once"));
        assertStarted(start(java, environment, "status"));
    }

    private static void assertStarted(Result result) {
        assertEquals(0, result.exitCode, result::toString);
        assertTrue(result.lines.get(0).startsWith("LC_ALL=") && result.lines.contains(MAIN), result::toString);
    }

    @Test
    void ofStartsAtTheSameTimeEachStarts() throws Exception {
        Path lib = Files.createDirectory(home.resolve("lib"));
        Path java = java("17");
        for (int round = 0; round < 5; round++) {
            Files.writeString(lib.resolve(round + ".jar"), "");
            List<CompletableFuture<Result>> starts = IntStream.range(0, 6)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                        try {
                            return start(java, Map.of(), "run");
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }))
                    .toList();
            starts.forEach(start -> assertStarted(start.join()));
        }
    }

    /** What there is of an archive, and of its making. */
    private static List<String> left(Path lib) throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(".classes-"))
                    .sorted()
                    .toList();
        }
    }

    private static void tool(Path folder, String name, String script) throws IOException {
        Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** @return what follows this in the one of Java's options that begins with it; empty if none does */
    private String started(Path java, String command, String option) throws Exception {
        return start(java, Map.of(), command).lines.stream()
                .filter(line -> line.startsWith(option))
                .map(line -> line.substring(option.length()))
                .findFirst()
                .orElse("");
    }

    private record Result(int exitCode, List<String> lines) {}

    private Result start(Path javaHome, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().remove("JAVA_OPTS");
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output.lines().toList());
    }

    private Path java(String version) throws IOException {
        Path javaHome = folder.resolve("java " + version);
        Path java = Files.createDirectories(javaHome.resolve("bin")).resolve("java");
        Files.writeString(
                java,
                """
                #!/bin/sh
                if [ "$1" = -version ]; then
                    echo 'openjdk version "%s" 2025-04-15' >&2
                else
                    for option in "$@"; do
                        case $option in
                            -XX:DumpLoadedClassList=*) head -c "${LISTED:-400000}" /dev/zero | tr '\\0' '\\n' >"${option#*=}" ;;
                            -XX:SharedArchiveFile=*.new) echo classes >"${option#*=}" ;;
                        esac
                        [ "$option" != -Xshare:dump ] || dumping=1
                    done
                    [ -z "${dumping:-}" ] || exit "${DUMP_EXIT:-0}"
                    echo "LC_ALL=$LC_ALL"
                    printf '%%s\\n' "$@" .
                fi
                """
                        .formatted(version));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return javaHome;
    }
}
