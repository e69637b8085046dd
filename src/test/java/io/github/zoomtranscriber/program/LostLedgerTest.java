package io.github.zoomtranscriber.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.ledger.Postgres;
import io.github.zoomtranscriber.program.Program.Run;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger is gone, cut or another one, and what was paid for is still kept. */
class LostLedgerTest {

    @TempDir
    Path folder;

    private Simulator simulator;
    private Program program;
    private Path ledger;
    private int delivered;

    @BeforeEach
    void deliver() throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(100)));
        // two of one topic on one day are among them
        program = new Program(folder, simulator)
                .withOAuth()
                .with("OUTPUT_FORMATS", "md,json,txt")
                .with("ZOOM_TOPICS", "Product stand-up,Incident review*,After the copy");
        ledger = folder.resolve("data/ledger.mv.db");
        Run once = program.run("once");
        delivered = program.files(".txt").size();
        assertTrue(delivered >= 4, once::log);
    }

    @AfterEach
    void end() {
        program.close();
        simulator.close();
    }

    private void lose(String how) throws IOException {
        switch (how) {
            case "removed" -> Files.delete(ledger);
            case "emptied" -> Files.write(ledger, new byte[0]);
            case "another database" -> program.with("LEDGER_URL", Postgres.database())
                    .with("LEDGER_USERNAME", Postgres.USER);
            default -> {
                // H2 takes what has only its first two blocks for a new one
                try (FileChannel file = FileChannel.open(ledger, StandardOpenOption.WRITE)) {
                    file.truncate(how.equals("cut to its head") ? 8192 : file.size() / 2);
                }
            }
        }
    }

    private void assertPaidOnce() {
        Map<String, Long> twice = new TreeMap<>(simulator.counters().charged());
        twice.values().removeIf(times -> times < 2);
        assertEquals(Map.of(), twice);
    }

    private void assertRefused(String... command) {
        Run run = program.run(command);

        assertEquals(2, run.exitCode(), () -> List.of(command) + run.log());
        String said = run.log() + run.output();
        assertTrue(said.contains("import --kept"), () -> List.of(command) + said);
        assertFalse(said.contains("\tat "), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"emptied", "cut to its head", "cut in half", "another database"})
    void noNewLedgerIsBegunBesideKeptTranscriptsAndTheWayOutIsSaid(String how) throws IOException {
        lose(how);

        assertRefused("once");

        assertPaidOnce();
    }

    @Test
    void norByAnyOtherCommandThatWouldTranscribe() throws IOException {
        lose("removed");

        assertRefused("run");
        assertRefused("backfill", "--from", "2026-01-01", "--yes");
        assertRefused("once", "--dry-run");
        assertRefused("check");
        assertEquals(0, program.run("routes", "validate").exitCode());

        assertPaidOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"removed", "another database"})
    void whatIsKeptIsTakenInAsDeliveredAndItsFilesStayWhereTheyAre(String how) throws IOException {
        List<String> files = program.files("");
        lose(how);

        Run dry = program.run("import", "--kept", "--dry-run");
        assertEquals(
                delivered,
                dry.output()
                        .lines()
                        .filter(line -> line.endsWith("  delivered"))
                        .count(),
                dry::output);
        assertEquals(2, program.run("once").exitCode());

        Run kept = program.run("import", "--kept");
        assertEquals(0, kept.exitCode(), kept::log);
        assertTrue(
                kept.output().contains("added: " + delivered + " recordings (" + delivered + " delivered)"),
                kept::output);

        Run once = program.run("once");
        assertEquals(0, once.exitCode(), once::log);
        assertTrue(once.output().contains("delivered 0, failed 0"), once::output);
        assertEquals(0, program.run("render").exitCode());
        assertEquals(files, program.files(""));
        assertPaidOnce();

        assertTrue(program.run("import", "--kept").output().contains("known already, left unchanged: " + delivered));
    }

    @Test
    void whatCannotBeTakenInIsNamedAndTheRestIs() throws IOException {
        lose("removed");
        Path kept = folder.resolve("data/transcripts");
        Files.writeString(kept.resolve("cut.json"), "{\"zoom\":{\"uuid\":\"a");
        Files.writeString(kept.resolve("other.json"), "{\"zoom\":{},\"assemblyai\":{\"id\":\"t\"}}");

        Run run = program.run("import", "--kept");

        assertEquals(1, run.exitCode(), run::log);
        assertTrue(run.output().contains("added: " + delivered + " recordings"), run::output);
        assertTrue(run.log().contains("cut.json") && run.log().contains("other.json"), run::log);
        assertFalse(run.log().contains("\tat "), run::log);
    }

    @Test
    void aLedgerOfAnEarlierDayTakesWhatIsKeptSinceForDeliveredAndPaysNothingTwice() throws IOException {
        Path copy = Files.copy(ledger, folder.resolve("copy"));
        simulator.addMeeting("After the copy", simulator.recordings().get(0).host(), Duration.ofMinutes(3), false);
        program.run("once");
        List<String> files = program.files("");
        int before = simulator.counters().submissions().size();

        Files.delete(ledger);
        Files.move(copy, ledger);
        Run once = program.run("once");

        assertEquals(0, once.exitCode(), once::log);
        assertTrue(once.output().contains("delivered 1, failed 0"), once::output);
        assertEquals(files, program.files(""));
        assertEquals(before, simulator.counters().submissions().size());
        assertPaidOnce();
    }

    @Test
    void importTakesEitherAFileOrWhatIsKept() {
        assertEquals(2, program.run("import").exitCode());
        assertEquals(2, program.run("import", "--kept", "ledger.jsonl").exitCode());
    }
}
