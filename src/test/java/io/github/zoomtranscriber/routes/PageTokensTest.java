package io.github.zoomtranscriber.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.command.ExitCode;
import io.github.zoomtranscriber.command.Round;
import io.github.zoomtranscriber.simulator.ExpectedRecording;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Page tokens that die cost time, and no recording in silence. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PageTokensTest {

    private static final int MEETINGS = 60;

    private static final List<String> TOPICS =
            List.of("Design review", "Customer call", "Retrospective", "Interview", "Budget round", "Incident review");

    @TempDir
    Path folder;

    private Simulator simulator;
    private Rounds rounds;

    @BeforeEach
    void play() throws IOException {
        play(MEETINGS);
    }

    private void play(int meetings) throws IOException {
        simulator = Simulator.start(
                SimulatorSettings.defaults().withMeetings(meetings, 6).withTranscriptionTime(Duration.ofMillis(10)));
        rounds = new Rounds(folder, simulator).withLogin("oauth").with("zoom.page-size", "5");
        // none of the shipped ones, which fail on purpose
        rounds.with("zoom.topics", TOPICS.stream().map(topic -> topic + " *").collect(Collectors.joining(",")));
    }

    @AfterEach
    void end() {
        simulator.close();
    }

    private List<String> wanted() {
        return simulator.recordings().stream()
                .filter(recording ->
                        TOPICS.stream().anyMatch(topic -> recording.topic().startsWith(topic + " ")))
                .map(ExpectedRecording::recordingId)
                .sorted()
                .toList();
    }

    private static String report(Round round, int exitCode) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(
                exitCode,
                round.report(new PrintStream(out, true, StandardCharsets.UTF_8)),
                () -> out.toString(StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    private long calls(String endpoint) {
        return simulator.counters().calls("zoom " + endpoint);
    }

    @ParameterizedTest
    @CsvSource({"0.3, 300, ''", "0.9, 300, ''", "1, 300, ''", "1, 404, ''", "1, code, ''", "1, inside, ''", "1, 300, *"
    })
    void everythingIsDeliveredThoughTokensDieOftenOrAlways(double rate, String refusal, String users) throws Exception {
        simulator.change(faults -> {
            faults.expiredPageTokenRate = rate;
            faults.expiredPageToken = refusal;
        });
        Round round = rounds.with("zoom.users", users).run();

        report(round, ExitCode.DONE);
        assertEquals(wanted(), Rounds.ids(round.delivered()));
        assertEquals(users.isEmpty(), calls("GET /v2/users") == 0, "the account is not listed user by user");
    }

    @Test
    void whatCannotBeListedEndsTheRoundWithOneAndIsSaidWhileTheRestIsSeen() throws Exception {
        simulator.close();
        play(2000); // more in a day than fit on the largest page
        simulator.change(faults -> faults.expiredPageTokenRate = 1);
        Round round = rounds.with("zoom.topics", "Nothing of that name").run();

        String report = report(round, ExitCode.FAILED);
        assertTrue(report.contains("  not listed: /accounts/me/recordings from "), report);
        assertEquals(0, calls("GET /v2/users"), "the account is not listed user by user");
    }

    @ParameterizedTest
    @CsvSource({"1, ''", "4, ''", "2, *"})
    void anAnswerWithoutAListCostsNoRecording(int answers, String users) throws Exception {
        simulator.change(faults -> faults.hollowListings = answers);
        Round round = rounds.with("zoom.users", users).run();

        report(round, ExitCode.DONE);
        assertEquals(wanted(), Rounds.ids(round.delivered()));
    }

    @Test
    void answersThatNeverHaveAListAreNotTakenForNothingToDo() throws Exception {
        simulator.change(faults -> faults.hollowListings = 1_000_000);
        assertTrue(report(rounds.run(), ExitCode.FAILED).contains("  not listed: /accounts/me/recordings from "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"400", "404"})
    void aUserThatZoomRefusesEndsTheRoundWithOneAndIsNamedWhileTheOthersAreDelivered(String refusal) throws Exception {
        List<String> all = wanted();
        String refused = simulator.recordings().stream()
                .filter(recording -> all.contains(recording.recordingId()))
                .findFirst()
                .orElseThrow()
                .host();
        List<String> others = simulator.recordings().stream()
                .filter(recording -> !recording.host().equals(refused))
                .map(ExpectedRecording::recordingId)
                .filter(all::contains)
                .sorted()
                .toList();
        simulator.change(faults -> faults.refusedUsers = Map.of(refused, refusal));
        Round round = rounds.with("zoom.users", "*").run();

        String report = report(round, ExitCode.FAILED);
        assertTrue(report.contains("  not listed: "), report);
        assertEquals(others, Rounds.ids(round.delivered()));
        simulator.change(faults -> faults.refusedUsers = Map.of());
        report(rounds.run(), ExitCode.DONE);
    }
}
