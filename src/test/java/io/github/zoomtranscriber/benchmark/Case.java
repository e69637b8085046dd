package io.github.zoomtranscriber.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** One process in a folder of its own that makes transcripts of what a simulator plays. */
final class Case {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST = Duration.ofMinutes(4);

    private final Path folder;
    private final Play play;
    private final Map<String, String> environment;

    Case(Path folder, Play play) {
        this.folder = folder;
        this.play = play;
        this.environment = new TreeMap<>(play.environment());
        with("ZOOM_TOPICS", "Benchmark*");
    }

    /** An option, as an environment variable. */
    Case with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path folder() {
        return folder;
    }

    Child start(List<String> command) throws IOException {
        Files.createDirectories(folder);
        return Child.start(folder, Files.createTempFile(folder, "log-", ".txt"), environment, command);
    }

    /** Runs until so many transcripts are there. */
    Table.Row measure(String what, List<String> command, int recordings, String note) throws Exception {
        Instant begin = Instant.now();
        try (Child child = start(command)) {
            Instant first = play.firstCall();
            double cpu = 0;
            long peak = 0;
            int threads = 0;
            boolean done = false;
            while (child.isAlive() && !done && begin.plus(LONGEST).isAfter(Instant.now())) {
                done = transcripts().size() >= recordings;
                cpu = child.cpuSeconds();
                peak = child.peakMb();
                threads = child.threads();
                Thread.sleep(100);
            }
            JsonNode counters = play.counters();
            Map<String, Instant> files = files();
            Instant last =
                    files.values().stream().max(Comparator.naturalOrder()).orElse(first);
            List<Double> lags = lags(files);
            String problem = files.size() < recordings ? "ONLY " + files.size() + " DELIVERED; " : "";
            return new Table.Row(
                    what,
                    recordings,
                    seconds(begin, Instant.now()),
                    seconds(first, last),
                    share(lags, 0.5),
                    share(lags, 0.95),
                    polls(counters),
                    calls(counters),
                    cpu,
                    peak,
                    threads,
                    problem + refusals(counters) + note);
        }
    }

    /** Seconds between two instants. */
    static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    /** The median of polls for each transcript, and the most. */
    static String polls(JsonNode counters) {
        List<Double> polls =
                new ArrayList<>(StreamSupport.stream(counters.path("polls").spliterator(), false)
                        .map(JsonNode::asDouble)
                        .toList());
        return polls.isEmpty() ? "" : Math.round(share(polls, 0.5)) + " (" + Math.round(share(polls, 1)) + ")";
    }

    /** Calls to Zoom and to AssemblyAI. */
    static String calls(JsonNode counters) {
        long zoom = 0;
        long assemblyai = 0;
        for (Map.Entry<String, JsonNode> call : counters.path("calls").properties()) {
            zoom += call.getKey().startsWith("zoom ") ? call.getValue().asLong() : 0;
            assemblyai +=
                    call.getKey().startsWith("assemblyai ") ? call.getValue().asLong() : 0;
        }
        return zoom + " / " + assemblyai;
    }

    /** What was answered with 429. */
    static String refusals(JsonNode counters) {
        long refusals = counters.path("answers").path("assemblyai 429").asLong()
                + counters.path("answers").path("zoom 429").asLong();
        return refusals == 0 ? "" : refusals + " times 429; ";
    }

    private List<Double> lags(Map<String, Instant> files) throws Exception {
        Map<String, Instant> ready = play.ready();
        List<Double> lags = new ArrayList<>();
        files.forEach((id, written) -> {
            if (ready.containsKey(id)) {
                lags.add(seconds(ready.get(id), written));
            }
        });
        return lags;
    }

    /** @return the value below which this share lies */
    static double share(List<Double> values, double share) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        values.sort(Comparator.naturalOrder());
        return values.get((int) Math.ceil((values.size() - 1) * share));
    }

    List<Path> transcripts() {
        List<Path> found = new ArrayList<>();
        gather(folder.resolve("transcripts").toFile(), found);
        return found;
    }

    /** No walk of {@code Files}: that ends when the program renames one of its temporary files meanwhile. */
    private static void gather(File from, List<Path> found) {
        File[] files = from.listFiles(file -> !file.getName().startsWith("."));
        for (File file : files == null ? new File[0] : files) {
            if (file.getName().endsWith(".json")) {
                found.add(file.toPath());
            } else if (!file.getName().contains(".")) {
                gather(file, found);
            }
        }
    }

    /** When the last file of each transcript was written, by AssemblyAI's id. */
    private Map<String, Instant> files() throws IOException {
        return files("/assemblyai/id");
    }

    /** The same by what stands elsewhere in the transcript's JSON. */
    Map<String, Instant> files(String pointer) throws IOException {
        Map<String, Instant> files = new TreeMap<>();
        for (Path json : transcripts()) {
            String id = JSON.readTree(json.toFile()).at(pointer).asText();
            Instant written = Files.getLastModifiedTime(json).toInstant();
            Path text = Path.of(json.toString().replaceFirst("\\.json$", ".md"));
            if (Files.exists(text)
                    && Files.getLastModifiedTime(text).toInstant().isAfter(written)) {
                written = Files.getLastModifiedTime(text).toInstant();
            }
            files.put(id, written);
        }
        return files;
    }
}
