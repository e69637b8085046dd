package io.github.zoomtranscriber.benchmark;

import io.github.zoomtranscriber.simulator.Simulator;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** All cases, and the table of them. System property {@code benchmark.cases}: which, separated by commas. */
public final class Benchmark {

    private static final Duration SDK_POLL = Duration.ofSeconds(3);

    private final Path root;
    private final Table table = new Table();

    private Benchmark(Path root) {
        this.root = root;
    }

    public static void main(String[] arguments) throws Exception {
        Path root = Files.createTempDirectory("benchmark-");
        try {
            Benchmark benchmark = new Benchmark(root);
            String cases = System.getProperty("benchmark.cases", "");
            for (String name : (cases.isBlank() ? "start,3s,45s,10min,10000,webhooks,idle,million,upload,nodes" : cases)
                    .split(",")) {
                benchmark.run(name.strip());
            }
            System.out.println(machine());
            System.out.println();
            System.out.println(benchmark.table);
        } finally {
            try (Stream<Path> files = Files.walk(root)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private void run(String name) throws Exception {
        switch (name) {
            case "start" -> start();
                // AssemblyAI takes about a hundredth of the audio's length
            case "3s" -> burst("500 at 3 s", 500, Duration.ofMinutes(5), Duration.ofSeconds(3), 1, true);
            case "45s" -> burst("500 at 45 s", 500, Duration.ofMinutes(75), Duration.ofSeconds(45), 5, true);
                // what is longer than that waits for others
            case "10min" -> burst("500 at 10 min", 500, Duration.ofMinutes(75), Duration.ofMinutes(10), 10, false);
            case "10000" -> atOnce();
            case "webhooks" -> webhooks();
            case "idle" -> idle();
            case "million" -> million();
            case "upload" -> upload();
            case "nodes" -> new SeveralNodes(folder("nodes"), table).measure();
            default -> throw new IllegalArgumentException("there is no case " + name);
        }
    }

    private static String machine() throws Exception {
        String memory = Files.readAllLines(Path.of("/proc/meminfo")).get(0).replaceAll("\\D", "");
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        return String.format(
                Locale.ROOT,
                "%d cores, %d GB, Java %s, load before the end %s",
                Runtime.getRuntime().availableProcessors(),
                Math.round(Long.parseLong(memory) / 1048576.0),
                System.getProperty("java.version"),
                load);
    }

    private Path folder(String name) throws Exception {
        return Files.createDirectories(root.resolve(name.replace(' ', '-')));
    }

    /** From the start script to the first call, the first of them and the median of the rest. */
    private void start() throws Exception {
        try (Play play = Play.start(root, 0, 10_000, Duration.ofSeconds(1))) {
            List<Double> times = new ArrayList<>();
            double first = 0;
            for (int i = 0; i < 6; i++) {
                play.forgetCounts();
                Instant begin = Instant.now();
                try (Child child = new Case(folder("start"), play).start(Commands.daemon())) {
                    double time = Case.seconds(begin, play.firstCall());
                    if (i == 0) {
                        first = time;
                    } else {
                        times.add(time);
                    }
                }
            }
            times.sort(Comparator.naturalOrder());
            table.add(new Table.Row(
                    "start script to first call",
                    0,
                    times.get(times.size() / 2),
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    null,
                    null,
                    Double.NaN,
                    0,
                    0,
                    String.format(Locale.ROOT, "the very first start: %.2f s", first)));
        }
    }

    /** So many at once, all taking equally long; times, lengths and the pace of polling divided by {@code scale}. */
    private void burst(String name, int count, Duration audio, Duration time, int scale, boolean plainWay)
            throws Exception {
        Duration taken = time.dividedBy(scale);
        String note = scale == 1 ? "" : "scaled 1:" + scale + " (audio, transcription, first delay, limit per time)";
        try (Play play = Play.start(root, 0, 0, taken)) {
            play.addMeetings(count, audio.dividedBy(scale));
            play.limit(20_000 * scale);
            Case program = new Case(folder(name), play);
            if (scale > 1) {
                program.with(
                                "TRANSCRIBE_FIRST_DELAY",
                                firstDelay().dividedBy(scale).toMillis() + "ms")
                        .with("ASSEMBLYAI_REQUESTS_PER_5_MINUTES", Integer.toString(19_000 * scale));
            }
            table.add(program.measure(name, Commands.daemon(), count, note));
            if (plainWay && !Boolean.getBoolean("benchmark.alone")) {
                play.forgetCounts();
                play.limit(20_000 * scale);
                table.add(new Case(folder(name + " all"), play)
                        .measure(
                                "&nbsp; plain, all at once",
                                Commands.plainWay("all", count, SDK_POLL.dividedBy(scale)),
                                count,
                                note.isEmpty() ? "" : "poll scaled as well"));
            }
            if (scale == 1 && !Boolean.getBoolean("benchmark.alone")) {
                play.forgetCounts();
                Table.Row ten = new Case(folder(name + " one"), play)
                        .measure("&nbsp; plain, one at a time", Commands.plainWay("one", 10, SDK_POLL), 10, "");
                table.add(new Table.Row(
                        ten.what(),
                        10,
                        ten.wall(),
                        ten.firstToLast(),
                        ten.lagMedian(),
                        ten.lag95(),
                        ten.polls(),
                        ten.calls(),
                        ten.cpu(),
                        ten.peakMb(),
                        ten.threads(),
                        String.format(Locale.ROOT, "500 would take %.0f s", ten.firstToLast() * 50)));
            }
        }
    }

    /** The shipped default. */
    private static Duration firstDelay() throws Exception {
        Properties shipped = new Properties();
        try (var reader = Files.newBufferedReader(
                Commands.script().resolve("../../application.properties").normalize())) {
            shipped.load(reader);
        }
        String text = shipped.getProperty("transcribe.first-delay");
        long number = Long.parseLong(text.replaceAll("\\D", ""));
        return text.endsWith("ms") ? Duration.ofMillis(number) : Duration.ofSeconds(number);
    }

    /** All in flight, for a minute, then stopped: what is looked at is the waiting. */
    private void atOnce() throws Exception {
        int count = 10_000;
        try (Play play = Play.start(root, 0, 0, Duration.ofHours(1))) {
            play.addMeetings(count, Duration.ofMinutes(1));
            Case program = new Case(folder("10000"), play)
                    .with("JAVA_OPTS", "-Xmx256m")
                    .with("TRANSCRIBE_MAX_IN_FLIGHT", Integer.toString(count));
            Instant begin = Instant.now();
            try (Child child = program.start(Commands.daemon())) {
                Instant first = play.firstCall();
                while (play.counters().path("submitted").asInt() < count
                        && Case.seconds(begin, Instant.now()) < 240
                        && child.isAlive()) {
                    child.threads();
                    Thread.sleep(1000);
                }
                double submitted = Case.seconds(first, Instant.now());
                double before = child.cpuSeconds();
                Instant since = Instant.now();
                Thread.sleep(60_000);
                double busy = (child.cpuSeconds() - before) / Case.seconds(since, Instant.now()) * 100;
                var counters = play.counters();
                table.add(new Table.Row(
                        "10,000 in flight at -Xmx256m",
                        counters.path("submitted").asInt(),
                        Case.seconds(begin, Instant.now()),
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Case.polls(counters),
                        Case.calls(counters),
                        child.cpuSeconds(),
                        child.peakMb(),
                        child.threads(),
                        Case.refusals(counters)
                                + String.format(
                                        Locale.ROOT,
                                        "all submitted after %.0f s, then waits for a minute at %.1f %% of a core",
                                        submitted,
                                        busy)));
            }
        }
    }

    /**
     * Both services tell by themselves: from Zoom's event to the file, less the transcription. One meeting ends every
     * 200 ms.
     */
    private void webhooks() throws Exception {
        int count = 100;
        Duration taken = Duration.ofSeconds(3);
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String url = "http://127.0.0.1:" + port + "/webhooks/";
        try (Play play = Play.start(root, 0, 0, taken)) {
            Case program = new Case(folder("webhooks"), play)
                    .with("SERVER_PORT", Integer.toString(port))
                    .with("ZOOM_SCHEDULE", "0/15 * * * * ?")
                    .with("ZOOM_WEBHOOK_SECRET", Simulator.ZOOM_WEBHOOK_SECRET)
                    .with("ASSEMBLYAI_WEBHOOK_URL", url + "assemblyai");
            Instant begin = Instant.now();
            try (Child child = program.start(Commands.daemon())) {
                subscribe(play, url + "zoom", child);
                play.disturbEvents();
                Map<String, Instant> ended = new HashMap<>();
                for (int i = 0; i < count; i++) {
                    ended.put("Benchmark " + i, Instant.now());
                    play.addMeeting("Benchmark " + i, Duration.ofMinutes(5));
                    Thread.sleep(200);
                }
                while (program.transcripts().size() < count
                        && Case.seconds(begin, Instant.now()) < 120
                        && child.isAlive()) {
                    child.threads();
                    Thread.sleep(100);
                }
                List<Double> lags = new ArrayList<>();
                program.files("/zoom/topic")
                        .forEach((topic, written) ->
                                lags.add(Case.seconds(ended.get(topic).plus(taken), written)));
                var counters = play.counters();
                table.add(new Table.Row(
                        "both webhooks, 5 meetings a second",
                        lags.size(),
                        Case.seconds(begin, Instant.now()),
                        Double.NaN,
                        Case.share(lags, 0.5),
                        Case.share(lags, 0.95),
                        Case.polls(counters),
                        Case.calls(counters),
                        child.cpuSeconds(),
                        child.peakMb(),
                        child.threads(),
                        "lag: from recording.completed and 3 s of transcription to the file; of the events 5 % are lost (a tick every 15 s finds those), "
                                + "20 % repeated, 10 % late by 2 s"));
            }
        }
    }

    private static void subscribe(Play play, String url, Child child) throws Exception {
        while (child.isAlive()) {
            try {
                play.subscribe(url);
                return;
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        throw new IOException("the program ended");
    }

    /** Nothing to do: a minute in which Zoom is asked as often as in an hour. */
    private void idle() throws Exception {
        try (Play play = Play.start(root, 0, 10_000, Duration.ofSeconds(1))) {
            Case program = new Case(folder("idle"), play)
                    .with("ZOOM_TOPICS", "nothing")
                    .with("ZOOM_SCHEDULE", "0/15 * * * * ?");
            try (Child child = program.start(Commands.daemon())) {
                play.firstCall();
                Thread.sleep(10_000);
                play.forgetCounts();
                double before = child.cpuSeconds();
                Thread.sleep(60_000);
                double cpu = child.cpuSeconds() - before;
                table.add(new Table.Row(
                        "idle, 10,000 users",
                        0,
                        60,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        null,
                        Case.calls(play.counters()),
                        cpu,
                        child.peakMb(),
                        child.threads(),
                        String.format(
                                Locale.ROOT,
                                "an hour's ticks in a minute (4); %.2f %% of a core; %d MB resident",
                                cpu / 60 * 100,
                                child.residentMb())));
            }
        }
    }

    /** A gigabyte through the program. */
    private void upload() throws Exception {
        try (Play play = Play.start(root, 0, 0, Duration.ofMillis(100))) {
            table.add(new Uploading(folder("upload"), play).measure());
        }
    }

    /** The same ticks over a thousand rows and over a million. */
    private void million() throws Exception {
        int count = 500;
        try (Play play = Play.start(root, 0, 0, Duration.ofMillis(100))) {
            play.addMeetings(count, Duration.ofMinutes(1));
            Path folder = folder("million");
            new Case(folder, play).measure("", Commands.daemon(), count, "");
            fill(folder, 1, 1_000 - count);
            ticks(play, folder, "ticks over 1,000 rows", count);
            fill(folder, 1_000, 1_000_000 - count);
            ticks(play, folder, "ticks over 1,000,000 rows", count);
        }
    }

    private void ticks(Play play, Path folder, String what, int count) throws Exception {
        Case program = new Case(folder, play).with("ZOOM_SCHEDULE", "* * * * * ?");
        play.forgetCounts();
        try (Child child = program.start(Commands.daemon())) {
            play.firstCall();
            Thread.sleep(10_000);
            play.forgetCounts();
            double before = child.cpuSeconds();
            Thread.sleep(20_000);
            double cpu = child.cpuSeconds() - before;
            var counters = play.counters();
            long pages = counters.path("calls").properties().stream()
                    .filter(call -> call.getKey().endsWith("/recordings"))
                    .mapToLong(call -> call.getValue().asLong())
                    .sum();
            table.add(new Table.Row(
                    what,
                    count,
                    20,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    null,
                    Case.calls(counters),
                    cpu,
                    child.peakMb(),
                    child.threads(),
                    String.format(
                            Locale.ROOT,
                            "one a second, all known: %.0f ms of CPU for each of %d calls",
                            cpu * 1000 / Math.max(1, pages),
                            pages)));
        }
    }

    /** Delivered recordings, by one statement. */
    private static void fill(Path folder, int from, int to) throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("data/ledger").toAbsolutePath()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    """
                    INSERT INTO zoom_transcriber_recording (id, segment, meeting_uuid, meeting_id, topic, host, start_time, time_zone,
                      duration_minutes, recording_type, file_size, download_url, state, transcript_id, output_name, output_key, output_files,
                      lease_until, created_at, updated_at)
                    SELECT random_uuid(), 'filler' || x || '@2026-01-01T00:00:00Z', 'filler' || x, x, 'Filler ' || x, 'host@example.org',
                      current_timestamp, 'UTC', 60, 'audio_only', 30000000, 'https://zoom.us/rec/download/' || random_uuid(), 'DELIVERED',
                      random_uuid(), 'filler/' || x, 'filler/' || x, 'filler/' || x || '.md', current_timestamp, current_timestamp, current_timestamp
                    FROM system_range(%d, %d) filler(x)"""
                            .formatted(from, to));
        }
    }
}
