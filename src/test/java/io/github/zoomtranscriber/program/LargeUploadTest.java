package io.github.zoomtranscriber.program;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.program.Program.Run;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording several times as large as the program's memory. */
class LargeUploadTest {

    private static final long BYTES = 200_000_000;

    @TempDir
    Path folder;

    @Test
    void goesThroughTheProgramWithoutBeingWholeInMemoryOrOnDiskAndStatusShowsHowFarItIs() throws Exception {
        try (Simulator simulator =
                        Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(100)));
                Program program = new Program(folder, simulator)
                        .withHeap(64)
                        .with("ASSEMBLYAI_HAND_OFF", "upload")
                        .with("ZOOM_TOPICS", "Large")
                        .with("TMPDIR", folder.toString())
                        .with("UPLOAD_SILENCE_TIMEOUT", "1h")
                        .withOAuth()) {
            String id = simulator
                    .addMeeting("Large", simulator.recordings().get(0).host(), Duration.ofMinutes(90), false)
                    .recordingId();
            simulator.change(faults -> {
                faults.bigFiles = Map.of(id, BYTES);
                faults.stalledUploads = 1;
            });
            Run halted = program.start("run");
            await().until(() -> halted.log().contains("new at Zoom"));
            await().untilAsserted(() -> {
                Run status = program.run("status");
                assertTrue(
                        status.output().contains("uploading    " + id + " \"Large\": 0.0 of 200.0 MB"),
                        () -> status.output() + status.log());
            });
            assertTrue(program.run("status", id).output().contains("of 200.0 MB"));
            halted.kill();

            Run once = program.run("once");

            assertEquals(0, once.exitCode(), once::log);
            assertEquals(BYTES, simulator.counters().uploadedBytes());
            assertEquals(Map.of(id, 1L), simulator.counters().charged());
            assertTrue(bytesOnDisk() < BYTES / 4, () -> "on disk: " + bytesOnDisk());
        }
    }

    private long bytesOnDisk() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
