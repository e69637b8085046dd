package io.github.zoomtranscriber.program;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.program.Program.Run;
import io.github.zoomtranscriber.simulator.ExpectedRecording;
import io.github.zoomtranscriber.simulator.ExpectedRecording.Outcome;
import io.github.zoomtranscriber.simulator.Faults;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every recording is delivered, and none is charged twice, whatever happens: both services are in trouble, the process
 * is killed and stopped, its routes are edited, broken and mended, its output folder goes away, somebody sets the clock
 * (where {@link LibcFaults} can), and files take less than they are given. {@code -Dseeds=20 -Drecordings=200} is the
 * long form.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class ExactlyOnceTest {

    private static final int RECORDINGS = Integer.getInteger("recordings", 40);
    private static final long FIRST_SEED = Long.getLong("seed", 1);
    private static final int SEEDS = Integer.getInteger("seeds", 2);
    private static final List<String> ODD = List.of(
            "broken_audio audio speaker_view",
            "cut_audio audio",
            "audio speaker_view+1",
            "gallery_view audio+2 timeline+1",
            "new_view",
            "untyped_video new_view+3",
            "broken_audio+1 new_view");
    private static final List<Duration> CLOCKS =
            List.of(Duration.ofHours(-3), Duration.ofMinutes(-10), Duration.ZERO, Duration.ofHours(3));
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    /** Sets the clock; null where it has to stay right. */
    private LibcFaults libc;

    static LongStream seeds() {
        return LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void deliversEveryRecordingAndIsChargedForEachOnce(long seed) throws IOException {
        Random random = new Random(seed);
        SimulatorSettings settings = SimulatorSettings.defaults()
                .withSeed(seed)
                .withMeetings(RECORDINGS, 6)
                .withTranscriptionTime(Duration.ofMillis(1500));
        try (Simulator simulator = Simulator.start(settings);
                Program program = program(simulator, random)) {
            addOddMeetings(simulator, new Random(~seed));
            simulator.change(ExactlyOnceTest::trouble);
            Run run = program.start("run");
            for (int event = 0; event < 5; event++) {
                long next = simulator.counters().submissions().size() + 1 + random.nextInt(Math.max(1, RECORDINGS / 6));
                waitFor(() -> simulator.counters().submissions().size() >= Math.min(next, RECORDINGS), run);
                switch (random.nextInt(6)) {
                    case 0 -> run.stop();
                    case 1 -> edit(program, seed + "." + event);
                    case 2 -> breakAndMend(program, run);
                    case 3 -> takeOutputAway(program);
                    case 4 -> setClock(random);
                    default -> run.kill();
                }
                if (!run.process().isAlive()) {
                    run = program.start("run");
                }
            }
            bringOutputBack(program);
            Run last = run;
            long wanted = count(simulator, Outcome.DELIVERED) + count(simulator, Outcome.NO_SPEECH);
            waitFor(
                    () -> program.files(".txt").size() >= wanted
                            && program.files(".error.json").size() >= count(simulator, Outcome.FAILED),
                    last);
            last.stop();

            System.out.printf(
                    "seed %d: %d listed, %d delivered, %d failed, %d submissions, charged twice %d, faults %s%n",
                    seed,
                    simulator.recordings().size(),
                    program.files(".txt").size(),
                    program.files(".error.json").size(),
                    simulator.counters().submissions().values().stream()
                            .mapToLong(Long::longValue)
                            .sum(),
                    twice(simulator).size(),
                    simulator.counters().faults());
            assertEquals(Map.of(), twice(simulator), () -> "charged twice; AssemblyAI's list:\n" + list(simulator));
            assertEquals(List.of(), segmentsChargedTwice(simulator), "charged for two files of one segment");
            assertEquals(List.of(), simulator.submittedPrivately(), "My Notes");
            assertEquals(wanted, program.files(".txt").size());
            assertEquals(
                    count(simulator, Outcome.FAILED),
                    program.files(".error.json").size());
            assertEquals(List.of(), halves(program), "half files");
            assertEquals(List.of(), Secrets.in(folder), "secrets");
        }
    }

    /** What Zoom lists in other shapes than the usual one, some of it only later. */
    private static void addOddMeetings(Simulator simulator, Random random) {
        String host = simulator.recordings().get(0).host();
        for (int i = 0; i < Math.max(5, RECORDINGS / 8); i++) {
            String[] files = ODD.get(random.nextInt(ODD.size())).split(" ");
            simulator.addMeeting("Odd " + i, host, Duration.ofSeconds(30 + random.nextInt(60)), List.of(files));
        }
    }

    private static List<String> segmentsChargedTwice(Simulator simulator) {
        Map<String, Long> charged = simulator.counters().charged();
        return simulator.recordings().stream()
                .map(recording -> Stream.concat(Stream.of(recording.recordingId()), recording.alternatives().stream())
                        .filter(charged::containsKey)
                        .toList())
                .filter(files -> files.size() > 1)
                .map(List::toString)
                .toList();
    }

    private Program program(Simulator simulator, Random random) {
        Program program = new Program(folder, simulator);
        if (LibcFaults.isThere()) {
            libc = new LibcFaults(folder);
            libc.reach(program).with("SHORT_WRITES_PERCENT", "20");
        }
        program.with(
                        "ASSEMBLYAI_HAND_OFF",
                        List.of("auto", "token", "link", "upload").get(random.nextInt(4)))
                // longer than a late answer plus the lag of the list, as the default is for the real ones
                .with("ASSEMBLYAI_LIST_LAG", "6s")
                .with("UPLOAD_PARALLEL", "8")
                .with("ZOOM_SCHEDULE", "0/5 * * * * ?")
                .with("ZOOM_PAGE_SIZE", "7")
                .with("OUTPUT_PROBE_EVERY", "500ms")
                .with("LOG_LEVEL", "TRACE")
                // longer than a 429 asks for, as the default is: a tick that is broken off at each hardly gets to the
                // last page
                .with("RETRY_LONGEST_DELAY", "2s")
                .with("CAMEL_COMPONENT_HTTP_RESPONSE_TIMEOUT", "1500")
                .with("CAMEL_COMPONENT_HTTP_SO_TIMEOUT", "1500");
        if (random.nextBoolean()) {
            return program.withOAuth();
        }
        // a JWT is good by the clock of whoever signs it, and Zoom refuses one that is ten minutes old
        libc = null;
        return program.withJwt();
    }

    private static void trouble(Faults faults) {
        faults.rate429 = 0.05;
        faults.retryAfter = Duration.ofSeconds(1);
        faults.rate500 = 0.05;
        faults.dropConnectionRate = 0.03;
        faults.lostPostAnswerRate = 0.15;
        faults.lostPostDelay = Duration.ofSeconds(3);
        faults.hollowAnswerRate = 0.03;
        faults.slowAnswerRate = 0.02;
        faults.slowAnswer = Duration.ofSeconds(3);
        faults.wrongContentRate = 0.05;
        faults.expiredTokenRate = 0.03;
        faults.expiredPageTokenRate = 0.3;
        faults.hollowListings = 3;
        faults.missingTimes = List.of("*");
        faults.repeatedPageRate = 0.1;
        faults.movedMeetingRate = 0.1;
        faults.dropIdleConnections = Duration.ofMillis(300);
        faults.listLag = Duration.ofSeconds(1);
    }

    /** A file stands where the folder was, or, the next time, the folder is there again. */
    private static void takeOutputAway(Program program) throws IOException {
        if (!bringOutputBack(program)) {
            Path folder = Files.createDirectories(program.transcripts());
            Files.move(folder, away(program));
            Files.createFile(folder);
        }
    }

    /** @return whether it was away */
    private static boolean bringOutputBack(Program program) throws IOException {
        boolean wasAway = Files.exists(away(program));
        if (wasAway) {
            Files.delete(program.transcripts());
            Files.move(away(program), program.transcripts());
        }
        return wasAway;
    }

    private static Path away(Program program) {
        return program.folder().resolve("away");
    }

    private void setClock(Random random) {
        Duration ahead = CLOCKS.get(random.nextInt(CLOCKS.size()));
        if (libc != null) {
            libc.setClock(ahead);
        }
    }

    private static void edit(Program program, String mark) throws IOException {
        Path deliver = program.folder().resolve("routes/deliver.camel.yaml");
        String text = Files.readString(deliver);
        String step = "        - split:\n";
        Files.writeString(
                deliver,
                text.replaceFirst(
                        "(        - log: \"edited .*\"\n)?" + step, "        - log: \"edited " + mark + "\"\n" + step));
    }

    private static void breakAndMend(Program program, Run run) throws IOException {
        Path transcribe = program.folder().resolve("routes/transcribe.camel.yaml");
        String text = Files.readString(transcribe);
        // a program that is only starting refuses broken routes by not starting
        waitFor(() -> run.log().contains("at Zoom"), run);
        long before = refusals(run);
        Files.writeString(transcribe, text.replace("ref: assemblyaiSubmissions", "ref: noSuchBean"));
        waitFor(() -> refusals(run) > before, run);
        Files.writeString(transcribe, text + "# edited\n");
    }

    private static long refusals(Run run) {
        return run.log()
                .lines()
                .filter(line -> line.contains("transcribe.camel.yaml:") && line.contains("noSuchBean"))
                .count();
    }

    private static void waitFor(Callable<Boolean> condition, Run run) {
        await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    assertTrue(run.process().isAlive(), run::log);
                    return condition.call();
                });
    }

    private static long count(Simulator simulator, Outcome outcome) {
        return simulator.recordings().stream()
                .map(ExpectedRecording::outcome)
                .filter(outcome::equals)
                .count();
    }

    private static Map<String, Long> twice(Simulator simulator) {
        Map<String, Long> twice = new TreeMap<>(simulator.counters().charged());
        twice.values().removeIf(times -> times < 2);
        return twice;
    }

    private static String list(Simulator simulator) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(simulator.assemblyaiApiUrl() + "/v2/transcript?limit=200"))
                .header("Authorization", Simulator.ASSEMBLYAI_KEY)
                .build();
        simulator.change(faults -> {
            faults.rate429 = 0;
            faults.rate500 = 0;
            faults.hollowAnswerRate = 0;
            faults.dropConnectionRate = 0;
            faults.slowAnswerRate = 0;
        });
        try {
            JsonNode list = JSON.readTree(HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body());
            return list.path("transcripts").findParents("id").stream()
                    .map(row -> row.path("created").asText() + " "
                            + row.path("id").asText() + " " + row.path("status").asText() + " "
                            + row.path("audio_url").asText())
                    .collect(Collectors.joining("\n"));
        } catch (IOException | InterruptedException e) {
            return e.toString();
        }
    }

    private static List<String> halves(Program program) {
        return Stream.concat(
                        program.files(".txt").stream()
                                .filter(file -> read(program.transcripts().resolve(file))
                                        .isBlank()),
                        program.files(".json").stream()
                                .filter(file ->
                                        !isJson(read(program.transcripts().resolve(file)))))
                .toList();
    }

    private static boolean isJson(String text) {
        try {
            return JSON.readTree(text).isObject();
        } catch (IOException e) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
