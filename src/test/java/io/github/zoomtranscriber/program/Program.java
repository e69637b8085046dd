package io.github.zoomtranscriber.program;

import io.github.zoomtranscriber.Patience;
import io.github.zoomtranscriber.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The real program as a child process in a folder of its own, with the shipped routes and options, pointed to a
 * simulator.
 */
final class Program implements AutoCloseable {

    private static final Path PROJECT = Path.of("").toAbsolutePath();

    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>();
    private final List<Process> processes = new ArrayList<>();
    private int runs;
    private int heapMb = 256;

    Program(Path folder, Simulator simulator) {
        this.folder = folder;
        copyRoutes();
        createTemporaryFolder();
        with("ZOOM_API_URL", simulator.zoomApiUrl());
        with("ZOOM_OAUTH_URL", simulator.zoomOauthUrl());
        with("ASSEMBLYAI_API_URL", simulator.assemblyaiApiUrl());
        with("ASSEMBLYAI_API_KEY", Simulator.ASSEMBLYAI_KEY);
        // the shipped pace is for real meetings, and for vendors that must not be pressed
        with("TRANSCRIBE_FIRST_DELAY", "100ms");
        with("TRANSCRIBE_LONGEST_DELAY", "1s");
        with("RESUME_EVERY", "500ms");
        with("RETRY_FIRST_DELAY", "50ms");
        with("RETRY_LONGEST_DELAY", "500ms");
        with("RETRY_WAIT", "1s");
        with("ASSEMBLYAI_LIST_LAG", "1s");
        with("ZOOM_REQUESTS_PER_SECOND", "500");
        with("OUTPUT_FORMATS", "txt,json");
        with("ZOOM_LOOKBACK_DAYS", "60");
    }

    /** An option, as an environment variable. */
    Program with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** At most so much heap, instead of 256 MB. */
    Program withHeap(int mb) {
        heapMb = mb;
        return this;
    }

    Program withOAuth() {
        return with("ZOOM_ACCOUNT_ID", Simulator.ZOOM_ACCOUNT_ID)
                .with("ZOOM_CLIENT_ID", Simulator.ZOOM_CLIENT_ID)
                .with("ZOOM_CLIENT_SECRET", Simulator.ZOOM_CLIENT_SECRET);
    }

    Program withJwt() {
        return with("ZOOM_API_KEY", Simulator.ZOOM_API_KEY).with("ZOOM_API_SECRET", Simulator.ZOOM_API_SECRET);
    }

    /** Starts it. */
    Run start(String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx" + heapMb + "m",
                    "-Djava.io.tmpdir=" + folder.resolve("tmp"),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.github.zoomtranscriber.command.ZoomTranscriber"));
            command.addAll(List.of(arguments));
            Path out = folder.resolve("out-" + ++runs + ".txt");
            Path err = folder.resolve("err-" + runs + ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Run run = new Run(builder.start(), out, err);
            processes.add(run.process());
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing outlives a test. */
    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }

    /** Runs it to its end. */
    Run run(String... arguments) {
        Run run = start(arguments);
        run.waitForEnd();
        return run;
    }

    Path folder() {
        return folder;
    }

    Path transcripts() {
        return folder.resolve("transcripts");
    }

    /** The files below the output folder, sorted, with {@code /}. */
    List<String> files(String ending) {
        if (!Files.isDirectory(transcripts())) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        try {
            Files.walkFileTree(transcripts(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = transcripts().relativize(file).toString().replace('\\', '/');
                    if (name.endsWith(ending)) {
                        found.add(name);
                    }
                    return FileVisitResult.CONTINUE;
                }

                /** The program renames its temporary files while this looks. */
                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted().toList();
    }

    /** Here, so that what it holds is looked at too. */
    private void createTemporaryFolder() {
        try {
            Files.createDirectories(folder.resolve("tmp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copyRoutes() {
        try (Stream<Path> routes = Files.list(PROJECT.resolve("routes"))) {
            Path copy = Files.createDirectories(folder.resolve("routes"));
            for (Path route : routes.toList()) {
                Files.copy(route, copy.resolve(route.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One process. */
    record Run(Process process, Path out, Path err) {

        int exitCode() {
            return process.exitValue();
        }

        String output() {
            return read(out);
        }

        String log() {
            return read(err);
        }

        void kill() {
            process.destroyForcibly();
            waitForEnd();
        }

        /** SIGTERM. */
        void stop() {
            process.destroy();
            waitForEnd();
        }

        void waitForEnd() {
            try {
                if (!process.waitFor(Patience.LONG.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                    throw new AssertionError("the program did not end within " + Patience.LONG + ":\n" + log());
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                throw new IllegalStateException(e);
            }
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
