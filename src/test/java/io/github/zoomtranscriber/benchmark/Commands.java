package io.github.zoomtranscriber.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How the processes are started. */
final class Commands {

    private Commands() {
    }

    static String java() {
        return ProcessHandle.current().info().command().orElse("java");
    }

    /** The program as it is handed over. */
    static Path script() {
        return Path.of(System.getProperty("benchmark.distribution")).toAbsolutePath().resolve("bin/zoom-transcriber");
    }

    static List<String> daemon() {
        return List.of(script().toString(), "run");
    }

    /** @param way {@code one} at a time, or {@code all} at once */
    static List<String> plainWay(String way, int count, Duration poll) {
        return List.of(java(), "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), PlainWay.class.getName(), way,
                Integer.toString(count), Long.toString(poll.toMillis()));
    }
}
