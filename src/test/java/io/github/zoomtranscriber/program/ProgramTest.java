package io.github.zoomtranscriber.program;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.program.Program.Run;
import io.github.zoomtranscriber.simulator.ExpectedRecording;
import io.github.zoomtranscriber.simulator.ExpectedRecording.Outcome;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as its user starts it. */
class ProgramTest {

    @TempDir
    Path folder;

    private Simulator simulator;
    private Program program;

    @BeforeEach
    void play() throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(200)));
        program = new Program(folder, simulator).with("ZOOM_LOOKBACK_DAYS", "30");
    }

    @AfterEach
    void end() {
        program.close();
        simulator.close();
    }

    @Test
    void onceEndsWithTheTranscriptsOnDiskAndSaysWhatFailed() {
        Run once = program.withOAuth().run("once");

        long failed = count(Outcome.FAILED);
        assertEquals(failed > 0 ? 1 : 0, once.exitCode(), once::log);
        assertEquals(
                count(Outcome.DELIVERED) + count(Outcome.NO_SPEECH),
                program.files(".txt").size());
        assertEquals(failed, program.files(".error.json").size());
        assertTrue(once.output().contains("failed " + failed), once::output);
    }

    @Test
    void itLogsAsItIsShippedALineEachOnStandardErrorAndNothingOfCamelsOwn() {
        Run once = program.withOAuth().run("once");

        List<String> lines = once.log().lines().toList();
        assertTrue(
                lines.stream()
                        .anyMatch(line ->
                                line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  Transcripts +\\S+ delivered: .*")),
                once::log);
        assertTrue(
                lines.stream().allMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} (INFO |WARN |ERROR) .*")),
                once::log);
        assertFalse(
                once.log().contains("Apache Camel") || once.output().contains("Apache Camel"),
                () -> once.log() + once.output());
    }

    @Test
    void scriptsGetOneObjectOfWhatWouldBeDoneAndOneOfWhatCameOfIt() throws IOException {
        JsonNode plan = new ObjectMapper()
                .readTree(program.withOAuth().run("once", "--dry-run", "--json").output());
        JsonNode summary =
                new ObjectMapper().readTree(program.run("once", "--json").output());

        assertEquals(
                plan.path("recordings").size(),
                plan.path("would_transcribe").path("recordings").asInt());
        assertEquals(
                plan.path("recordings").size(),
                simulator.counters().submissions().size());
        assertEquals(
                count(Outcome.DELIVERED) + count(Outcome.NO_SPEECH),
                summary.path("delivered").asInt(),
                summary::toString);
        assertEquals(count(Outcome.FAILED), summary.path("failed").asInt());
        assertEquals(ids(plan), ids(summary));
        assertTrue(new ObjectMapper()
                .readTree(program.run("once", "--json").output())
                .path("found")
                .asText()
                .startsWith("Nothing new at Zoom: "));
    }

    private static Set<String> ids(JsonNode json) {
        return json.path("recordings").findValuesAsText("recording_id").stream().collect(Collectors.toSet());
    }

    @Test
    void onceThatFindsNothingNewSaysWhyInOneLine() {
        program.withOAuth().run("once");

        Run again = program.run("once");

        List<String> reasons = again.log()
                .lines()
                .filter(line -> line.contains("Nothing new at Zoom"))
                .toList();
        assertEquals(1, reasons.size(), again::log);
        assertTrue(reasons.get(0).contains("known already"), reasons::toString);
    }

    @Test
    void wrongConfigurationIsAllSaidAtOnceAndNothingStarts() {
        Run run = program.withOAuth()
                .with("ZOOM_SCHEDULE", "every day")
                .with("ASSEMBLYAI_HAND_OFF", "carrier pigeon")
                .run("run");

        assertEquals(2, run.exitCode());
        List<String> lines = run.log().lines().toList();
        assertEquals(2, lines.size(), run::log);
        assertTrue(run.log().contains("zoom.schedule") && run.log().contains("assemblyai.hand-off"), run::log);
        assertFalse(Files.exists(folder.resolve("data")));
    }

    @Test
    void aLoginThatZoomRefusesEndsOnceWithItsOwnExitCodeAndFailsNothing() {
        simulator.change(faults -> faults.invalidClient = true);

        Run once = program.withOAuth().run("once");

        assertEquals(3, once.exitCode(), once::log);
        assertTrue(once.log().contains("invalid_client"), once::log);
        assertFalse(once.log().contains("\tat "), once::log);
    }

    @Test
    void aRunThatIsStoppedGoesOnWhereItWasWithTheSameTranscripts() {
        simulator.change(faults -> faults.transcriptionTime = Duration.ofSeconds(6));
        Run first = program.withOAuth().start("run");
        await().until(() ->
                simulator.counters().submissions().size() >= count(Outcome.DELIVERED) + count(Outcome.NO_SPEECH));
        first.stop();

        Run second = program.start("run");
        await().untilAsserted(() -> assertEquals(
                count(Outcome.DELIVERED) + count(Outcome.NO_SPEECH),
                program.files(".txt").size()));
        second.stop();

        assertTrue(
                simulator.counters().charged().values().stream().allMatch(times -> times == 1),
                simulator.counters()::toString);
    }

    @Test
    void anEditedRouteTakesEffectOnTheNextRecordingWithoutARestart() throws IOException {
        Run run = program.withOAuth().with("ZOOM_SCHEDULE", "0/1 * * * * ?").start("run");
        await().until(() -> !program.files(".txt").isEmpty());

        Path deliver = folder.resolve("routes/deliver.camel.yaml");
        Files.writeString(
                deliver,
                Files.readString(deliver)
                        .replace(
                                "simple: \"${variable.work.fileName}.${variable.format}\"",
                                "simple: \"edited/${variable.work.fileName}.${variable.format}\""));
        await().until(() -> run.log().contains("Routes reloaded from"));
        simulator.addMeeting("After the edit", simulator.recordings().get(0).host(), Duration.ofMinutes(3), false);

        await().until(() -> program.files("After the edit.txt").stream().anyMatch(file -> file.startsWith("edited/")));
        run.stop();
    }

    @Test
    void aSecondDaemonOnTheSameLedgerSaysSoInOneLineAndEnds() {
        Run first = program.withOAuth().start("run");
        await().until(() -> first.log().contains("new at Zoom"));

        Run second = program.run("run");

        assertEquals(2, second.exitCode());
        assertEquals(1, second.log().lines().count(), second::log);
        assertTrue(second.log().contains("another zoom-transcriber"), second::log);
        assertEquals(0, program.run("status").exitCode());
        first.stop();
    }

    @Test
    void demoNeedsNothingAndEndsWithATableOfItsFiles() {
        Run demo = program.with("ASSEMBLYAI_API_URL", "https://nowhere.invalid").run("demo");

        assertEquals(0, demo.exitCode(), demo::log);
        assertTrue(demo.output().contains("Product stand-up.{txt,json}"), demo::output);
    }

    @Test
    void aTranscriptOfTenHoursIsWrittenInEveryFormatByAProgramWithLittleMemory() throws IOException {
        ExpectedRecording expected =
                simulator.addMeeting("All day long", "ada.nowak@simulator.example", Duration.ofHours(10), false);
        Run once = program.withOAuth()
                .withHeap(64)
                .with("ZOOM_TOPICS", "All day long")
                .with("OUTPUT_FORMATS", "md,txt,srt,vtt,html,json")
                .run("once");

        assertEquals(0, once.exitCode(), once::log);
        assertEquals(6, program.files("").size(), () -> program.files("").toString());
        String text = Files.readString(
                program.transcripts().resolve(program.files(".txt").get(0)));
        assertTrue(text.split("\\s+").length > expected.words(), "words are missing");
    }

    private long count(Outcome outcome) {
        return simulator.recordings().stream()
                .map(ExpectedRecording::outcome)
                .filter(outcome::equals)
                .count();
    }
}
