package io.github.zoomtranscriber.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.command.Round;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.simulator.ExpectedRecording;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings that are large, slow or in trouble on their way to AssemblyAI. */
class UploadTest {

    @TempDir
    Path folder;

    private Simulator simulator;
    private Rounds rounds;

    @BeforeEach
    void play() throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)));
        rounds = new Rounds(folder, simulator)
                .withLogin("oauth")
                .with("assemblyai.hand-off", "upload")
                .with("zoom.topics", "Large*");
    }

    @AfterEach
    void end() {
        simulator.close();
    }

    private ExpectedRecording add(String topic) {
        return simulator.addMeeting(topic, simulator.recordings().get(0).host(), Duration.ofMinutes(1), false);
    }

    private static void discover(Daemon daemon) throws IOException {
        try (ProducerTemplate template = daemon.context().createProducerTemplate()) {
            template.sendBody("direct:discover", null);
        }
    }

    private static Entry only(List<Entry> entries) {
        assertEquals(1, entries.size(), entries::toString);
        return entries.get(0);
    }

    @Test
    void aDownloadThatStandsStillIsBrokenOffAndMadeAgain() throws Exception {
        String id = add("Large").recordingId();
        simulator.change(faults -> {
            faults.bigFiles = Map.of(id, 20_000_000L);
            faults.stalledDownloads = 2;
        });

        Round round = rounds.with("upload.silence-timeout", "1s").run();

        assertEquals(id, only(round.delivered()).id());
        // a half that was sent before may look whole to the other side; nobody asks what became of it
        long halves = simulator.counters().uploads() - 1;
        assertEquals(20_000_000 + halves * 10_000_000, simulator.counters().uploadedBytes());
        assertEquals(Map.of(id, 1L), simulator.counters().submissions());
    }

    @Test
    void anUploadOfWhichNothingIsTakenAnyMoreIsBrokenOffAndMadeAgain() throws Exception {
        String id = add("Large").recordingId();
        simulator.change(faults -> {
            faults.bigFiles = Map.of(id, 60_000_000L);
            faults.stalledUploads = 2;
        });

        Round round = rounds.with("upload.silence-timeout", "1s").run();

        assertEquals(id, only(round.delivered()).id());
        assertEquals(60_000_000, simulator.counters().uploadedBytes());
    }

    @Test
    void anUploadMayTakeManyTimesAsLongAsASilence() throws Exception {
        String id = add("Large").recordingId();
        simulator.change(faults -> {
            faults.bigFiles = Map.of(id, 1_600_000L);
            faults.downloadBytesPerSecond = 400_000;
        });

        // a busy machine makes silences of its own
        only(rounds.with("upload.silence-timeout", "1s").run().delivered());

        assertEquals(1, simulator.counters().uploads());
    }

    @Test
    void aFileTooLargeForAnUploadGoesAsTheSoundAloneOfTheSameSegment() throws Exception {
        ExpectedRecording sound = add("Large");
        String pictureFirst = "shared_screen_with_speaker_view,audio_only";
        String video = found(new Rounds(folder.resolve("before"), simulator)
                .withLogin("oauth")
                .with("zoom.topics", "Large*")
                .with("zoom.recording-types", pictureFirst));
        simulator.change(faults -> faults.bigFiles = Map.of(video, 3_000_000_000L));

        Entry delivered =
                only(rounds.with("zoom.recording-types", pictureFirst).run().delivered());

        assertEquals(video, delivered.id());
        assertEquals("upload", delivered.handOff());
        assertTrue(simulator.counters().uploadedBytes() < 10_000_000);
        assertEquals(Map.of(sound.recordingId(), 1L), simulator.counters().submissions());
    }

    /** The id of the one file that is found. */
    private static String found(Rounds lookingOnly) throws Exception {
        try (Daemon daemon = lookingOnly.daemon()) {
            daemon.start();
            daemon.context().getRouteController().stopRoute("transcribe");
            daemon.context().getRouteController().stopRoute("resume");
            discover(daemon);
            Ledger ledger = daemon.bean("zoomLedger", Ledger.class);
            await().until(() -> ledger.statistics().counts().getOrDefault(State.DISCOVERED, 0) == 1);
            return only(ledger.records().list(State.DISCOVERED, 1)).id();
        }
    }

    @Test
    void aFileTooLargeForAnyWayFailsAtOnceAndSaysWhy() throws Exception {
        String id = add("Large").recordingId();
        simulator.change(faults -> faults.bigFiles = Map.of(id, 6_000_000_000L));

        Entry failed = only(rounds.run().failed());

        assertTrue(failed.reason().contains("6.0 GB") && failed.reason().contains("5 GB"), failed::reason);
        assertEquals(0, simulator.counters().uploads());
    }

    @Test
    void aLinkThatHadRunOutWhenItWasFetchedIsAskedForAnew() throws Exception {
        String id = add("Large").recordingId();
        simulator.change(faults -> {
            faults.signedLinkLife = Duration.ZERO;
            faults.fetchDelay = Duration.ofMillis(50);
        });
        try (Daemon daemon = rounds.with("assemblyai.hand-off", "link").daemon()) {
            daemon.start();
            Ledger ledger = daemon.bean("zoomLedger", Ledger.class);
            discover(daemon);
            await().until(() -> simulator.counters().submissions().getOrDefault(id, 0L) > 0);
            simulator.change(faults -> faults.signedLinkLife = Duration.ofHours(1));

            await().until(() -> ledger.records().find(id).orElseThrow().state() == State.DELIVERED);

            Entry delivered = ledger.records().find(id).orElseThrow();
            assertEquals("link", delivered.handOff());
            assertTrue(delivered.failures() > 0, delivered::toString);
            assertEquals(Map.of(id, 1L), simulator.counters().charged());
        }
    }

    @Test
    void onlySoManyAreUploadedAtATimeAndThoseThatWaitKeepNobodysThread() throws Exception {
        List<String> ids = List.of("Large 1", "Large 2", "Large 3", "Large 4").stream()
                .map(topic -> add(topic).recordingId())
                .toList();
        simulator.change(faults -> faults.stalledDownloads = 1);
        rounds.with("upload.parallel", "1")
                .with("upload.silence-timeout", "5s")
                .with("queue", "seda:recordings?concurrentConsumers=1&pollTimeout=100");
        try (Daemon daemon = rounds.daemon()) {
            daemon.start();
            Ledger ledger = daemon.bean("zoomLedger", Ledger.class);
            discover(daemon);

            await().until(() -> ids.stream()
                    .allMatch(id -> ledger.records().find(id).orElseThrow().claim() != null));

            assertEquals(1, ledger.records().uploads().size(), () -> ledger.records()
                    .uploads()
                    .toString());
            assertTrue(
                    ledger.records().uploads().get(0).progress().matches("0\\.0 of \\d+\\.\\d MB.*|begins"),
                    () -> ledger.records().uploads().toString());
            await().until(() -> ledger.statistics().counts().getOrDefault(State.DELIVERED, 0) == ids.size());
            assertEquals(List.of(), ledger.records().uploads());
        }
    }
}
