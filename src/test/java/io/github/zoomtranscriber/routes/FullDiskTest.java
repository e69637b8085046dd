package io.github.zoomtranscriber.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.command.Round;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk takes the beginning of a file, and then it is full: what is under a final name is whole all the same. */
class FullDiskTest {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @TempDir
    Path folder;

    private Simulator simulator;
    private Path transcripts;

    @BeforeEach
    void play() throws Exception {
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)));
        transcripts = folder.resolve("transcripts");
    }

    @AfterEach
    void end() {
        simulator.close();
    }

    @Test
    void aFileThatWasTakenInPartIsNotDelivered() throws Exception {
        simulator.addMeeting("Alone", simulator.recordings().get(0).host(), Duration.ofMinutes(20), false);
        Round whole =
                rounds(folder.resolve("elsewhere")).with("zoom.topics", "Alone").run();
        Path file = folder.resolve("elsewhere/transcripts")
                .resolve(whole.delivered().get(0).outputName() + ".json");
        int size = (int) Files.size(file);
        assertTrue(size > 2 * SmallDisk.PAGE, "a transcript of " + size + " bytes");
        try (SmallDisk disk = new SmallDisk(transcripts, size - SmallDisk.PAGE)) {
            Rounds rounds = rounds(folder).with("zoom.topics", "Alone");
            Round round = rounds.run();

            assertEquals(List.of(), round.delivered());
            assertEquals(List.of(), round.failed());
            assertEquals(List.of(), files(transcripts));
            Map<String, Long> calls = simulator.counters().calls();

            disk.resize(10 * size);
            List<Entry> delivered = rounds.run().delivered();

            assertEquals(1, delivered.size());
            assertEquals(List.of(delivered.get(0).outputName() + ".json"), files(transcripts));
            assertWhole(transcripts);
            assertEquals(
                    calls.get("assemblyai POST /v2/transcript"),
                    simulator.counters().calls().get("assemblyai POST /v2/transcript"));
        }
    }

    @Test
    void ofManyFilesWhatIsThereIsWholeAndEverythingElseWaits() throws Exception {
        try (SmallDisk disk = new SmallDisk(transcripts, 15 * SmallDisk.PAGE)) {
            Rounds rounds = rounds(folder);
            Round round = rounds.run();

            assertWhole(transcripts);
            for (Entry entry : round.delivered()) {
                assertTrue(Files.exists(transcripts.resolve(entry.outputName() + ".json")), entry::outputName);
            }
            assertTrue(round.failed().stream().noneMatch(entry -> entry.reason().contains("No space")));
            int waiting = rounds.counts().get(State.TRANSCRIBING);
            assertTrue(waiting > 0);

            disk.resize(100_000_000);
            assertEquals(waiting, rounds.run().delivered().size());
            assertWhole(transcripts);
        }
    }

    @Test
    void whatIsKeptIsWholeToo() throws Exception {
        Path kept = folder.resolve("data/transcripts");
        try (SmallDisk disk = new SmallDisk(kept, 15 * SmallDisk.PAGE);
                Daemon daemon =
                        rounds(folder).with("output.probe-every", "500ms").daemon()) {
            daemon.start();
            Ledger ledger = daemon.bean("zoomLedger", Ledger.class);
            try (ProducerTemplate template = daemon.context().createProducerTemplate()) {
                template.sendBody("direct:discover", null);
            }
            await().until(() -> ledger.records().list(State.TRANSCRIBING, 100).stream()
                    .anyMatch(entry -> String.valueOf(entry.reason()).contains("No space left")));
            assertWhole(kept);
            assertWhole(transcripts);

            disk.resize(100_000_000);
            await().until(() -> ledger.statistics().unfinished().working()
                            + ledger.statistics().unfinished().waiting()
                    == 0);
            assertWhole(kept);
            assertEquals(
                    ledger.statistics().counts().get(State.DELIVERED),
                    files(kept).size());
        }
    }

    private Rounds rounds(Path place) {
        return new Rounds(place, simulator)
                .withLogin("oauth")
                .with("output.formats", "json")
                .with("zoom.lookback-days", "60");
    }

    /** Whatever has its name for good; what is being written does not begin or end as they do. */
    private static void assertWhole(Path place) throws IOException {
        for (String file : files(place)) {
            try {
                JSON.readTree(place.resolve(file).toFile());
            } catch (IOException e) {
                throw new AssertionError(file + " is cut after " + Files.size(place.resolve(file)) + " bytes", e);
            }
        }
    }

    private static List<String> files(Path place) throws IOException {
        List<String> found = new ArrayList<>();
        Files.walkFileTree(place, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".json")) {
                    found.add(place.relativize(file).toString());
                }
                return FileVisitResult.CONTINUE;
            }

            /** What is written is renamed while this looks. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return found.stream().sorted().toList();
    }
}
