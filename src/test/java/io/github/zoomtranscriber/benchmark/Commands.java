package io.github.zoomtranscriber.benchmark;

import io.github.zoomtranscriber.command.ZoomTranscriber;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How the processes are started. */
final class Commands {

    private Commands() {}

    static String java() {
        return ProcessHandle.current().info().command().orElse("java");
    }

    /** The program as it is handed over. */
    static Path script() {
        return Path.of(System.getProperty("benchmark.distribution"))
                .toAbsolutePath()
                .resolve("bin/zoom-transcriber");
    }

    static List<String> daemon() {
        return List.of(script().toString(), "run");
    }

    /** The same from the class path, where a broker's client is too. */
    static List<String> node() {
        return List.of(
                java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ZoomTranscriber.class.getName(),
                "run");
    }

    /** @param way {@code one} at a time, or {@code all} at once */
    static List<String> plainWay(String way, int count, Duration poll) {
        return List.of(
                java(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                PlainWay.class.getName(),
                way,
                Integer.toString(count),
                Long.toString(poll.toMillis()));
    }
}
