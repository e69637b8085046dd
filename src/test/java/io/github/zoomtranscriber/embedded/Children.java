package io.github.zoomtranscriber.embedded;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Processes of what was built: the simulator of the distribution, and estates. None outlives this. */
final class Children implements AutoCloseable {

    private static final Path ESTATES = Path.of(System.getProperty("estates"));
    private static final Pattern EXPORT = Pattern.compile("export ([A-Z_]+)=(\\S+)");

    private final List<Process> processes = new ArrayList<>();

    /** @return the environment that points to it */
    Map<String, String> simulator(Path folder) throws IOException {
        Process process = start(
                        folder,
                        Map.of(),
                        List.of(
                                System.getProperty("distribution") + "/bin/zoom-transcriber",
                                "simulator",
                                "--port",
                                "0",
                                "--transcription-ms",
                                "300"))
                .process();
        Map<String, String> environment = new TreeMap<>();
        String out = await().until(
                        () -> {
                            assertTrue(process.isAlive(), () -> read(folder.resolve("err.txt")));
                            return read(folder.resolve("out.txt"));
                        },
                        said -> said.contains("ZOOM_OAUTH_URL=") && said.endsWith("\n"));
        EXPORT.matcher(out).results().forEach(line -> environment.put(line.group(1), line.group(2)));
        return environment;
    }

    /** A program with its libraries, as {@code package} left them. */
    Child program(String estate, Path folder, Map<String, String> environment, String... arguments) throws IOException {
        Path target = ESTATES.resolve(estate).resolve("target");
        return java(
                folder,
                environment,
                List.of("-cp", target.resolve("classes") + ":" + target.resolve("lib") + "/*"),
                "estate.Program",
                arguments);
    }

    /** A jar that holds its libraries. */
    Child jar(String estate, Path folder, Map<String, String> environment, String... arguments) throws IOException {
        Path jar = ESTATES.resolve(estate).resolve("target").resolve(estate + "-1.jar");
        return java(folder, environment, List.of("-jar"), jar.toString(), arguments);
    }

    private Child java(
            Path folder, Map<String, String> environment, List<String> options, String program, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m"));
        // what stands in front of the program is for it alone
        List.of(arguments).stream()
                .filter(argument -> argument.startsWith("-D"))
                .forEach(command::add);
        command.addAll(options);
        command.add(program);
        return start(folder, environment, command);
    }

    private Child start(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        Files.createDirectories(folder);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        processes.add(process);
        return new Child(process, folder);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }

    /** One process, in a folder of its own. */
    record Child(Process process, Path folder) {

        String output() {
            return read(folder.resolve("out.txt")) + read(folder.resolve("err.txt"));
        }

        /** @return the exit code */
        int end() throws InterruptedException {
            if (!process.waitFor(Patience.LONG.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("it has not ended:\n" + output());
            }
            return process.exitValue();
        }

        void stop() throws InterruptedException {
            process.destroy();
            end();
        }
    }
}
