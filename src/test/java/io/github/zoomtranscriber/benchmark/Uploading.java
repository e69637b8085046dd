package io.github.zoomtranscriber.benchmark;

import io.github.zoomtranscriber.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * One large recording through the program, beside the same through {@code curl | curl}: in turns, as the machine is not
 * always the same.
 */
final class Uploading {

    private static final long BYTES = 1_000_000_000;
    private static final int TURNS = 3;

    private final Path folder;
    private final Play play;

    Uploading(Path folder, Play play) {
        this.folder = folder;
        this.play = play;
    }

    /**
     * Measures both.
     *
     * @return the row
     */
    Table.Row measure() throws Exception {
        boolean curl = hasCurl();
        List<Double> ours = new ArrayList<>();
        List<Double> curls = new ArrayList<>();
        double cpu = 0;
        long peak = 0;
        int threads = 0;
        for (int turn = 1; turn <= TURNS; turn++) {
            String topic = "Benchmark large " + turn;
            String id = play.addLarge(topic, BYTES);
            if (curl) {
                curls.add(byCurl(play.download(id), turn));
                taken();
            }
            play.addLarge(topic + " for the program", BYTES);
            Case program = new Case(folder.resolve("program-" + turn), play)
                    .with("JAVA_OPTS", "-Xmx64m")
                    .with("ASSEMBLYAI_HAND_OFF", "upload")
                    .with("ZOOM_TOPICS", topic + " for the program");
            try (Child child = program.start(Commands.daemon())) {
                await(child, () -> play.counters().path("calls").properties().stream()
                        .anyMatch(call -> call.getKey().startsWith("zoom GET /rec/download")));
                Instant begin = Instant.now();
                double before = child.cpuSeconds();
                await(child, () -> play.counters().path("uploads").asInt() > 0);
                ours.add(Case.seconds(begin, Instant.now()));
                cpu = child.cpuSeconds() - before;
                peak = Math.max(peak, child.peakMb());
                threads = child.threads();
            }
            taken();
        }
        String note = String.format(Locale.ROOT, "upload %.2f s (%s)", median(ours), all(ours));
        note += curl
                ? String.format(
                        Locale.ROOT,
                        "; curl to curl %.2f s (%s): %.2f of its speed",
                        median(curls),
                        all(curls),
                        median(curls) / median(ours))
                : "; there is no curl on this machine to compare with";
        return new Table.Row(
                "1 GB by upload at -Xmx64m",
                1,
                median(ours),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                null,
                null,
                cpu,
                peak,
                threads,
                note + "; medians of " + TURNS + ", in turns");
    }

    private static boolean hasCurl() throws InterruptedException {
        try {
            return new ProcessBuilder("curl", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    /** The redirect with the bearer, the file without it, straight into the upload. */
    private double byCurl(Play.Download download, int turn) throws Exception {
        String script =
                """
                location=$(curl -s -o /dev/null -w '%{redirect_url}' -H "Authorization: Bearer $ZOOM_TOKEN" "$DOWNLOAD_URL")
                curl -s "$location" | curl -s -X POST -T - -H 'Expect:' -H "Authorization: $KEY" "$UPLOAD_URL"
                """;
        Files.createDirectories(folder);
        Path log = folder.resolve("curl-" + turn + ".txt");
        ProcessBuilder builder =
                new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "ZOOM_TOKEN",
                        download.token(),
                        "DOWNLOAD_URL",
                        download.url(),
                        "KEY",
                        Simulator.ASSEMBLYAI_KEY,
                        "UPLOAD_URL",
                        play.host() + "/v2/upload"));
        Instant begin = Instant.now();
        int exitCode = builder.start().waitFor();
        double seconds = Case.seconds(begin, Instant.now());
        if (exitCode != 0 || !Files.readString(log).contains("upload_url")) {
            throw new IOException("curl: " + exitCode + " " + Files.readString(log));
        }
        return seconds;
    }

    /** What was taken last was the whole file. */
    private void taken() throws Exception {
        long bytes = play.counters().path("uploaded_bytes").asLong();
        if (bytes != BYTES) {
            throw new IOException("uploaded " + bytes + " bytes instead of " + BYTES);
        }
    }

    private static void await(Child child, Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plusSeconds(180);
        while (!condition.call()) {
            if (!child.isAlive() || Instant.now().isAfter(end)) {
                throw new IOException("the program does not upload");
            }
            Thread.sleep(20);
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }

    private static String all(List<Double> values) {
        return values.stream()
                .map(value -> String.format(Locale.ROOT, "%.2f", value))
                .collect(Collectors.joining(", "));
    }
}
