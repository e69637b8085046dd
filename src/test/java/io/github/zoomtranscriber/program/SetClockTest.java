package io.github.zoomtranscriber.program;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.zoomtranscriber.FreePort;
import io.github.zoomtranscriber.Patience;
import io.github.zoomtranscriber.program.Program.Run;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody sets the machine's clock while the daemon runs. */
class SetClockTest {

    private static final int MEETINGS = 20;

    @TempDir
    Path folder;

    private final int port = FreePort.next();
    private Simulator simulator;
    private int meetings;
    private LibcFaults libc;
    private Program program;

    @BeforeEach
    void play() throws IOException {
        assumeTrue(
                LibcFaults.isThere(), "the clock of a child process can be set on Linux only, and with a C compiler");
        libc = new LibcFaults(folder);
        simulator = Simulator.start(
                SimulatorSettings.defaults().withMeetings(1, 1).withTranscriptionTime(Duration.ofSeconds(4)));
        for (int i = 0; i < MEETINGS; i++) {
            addMeeting();
        }
        program = libc.reach(new Program(folder, simulator))
                .withOAuth()
                .with("SERVER_PORT", String.valueOf(port))
                // three of them may be missed while routes are restarted on a slow machine
                .with("ZOOM_SCHEDULE", "0/10 * * * * ?")
                .with("ZOOM_TOPICS", "Clock*")
                // so few that those left from before the step are soon used up
                .with("ZOOM_REQUESTS_PER_SECOND", "10");
    }

    @AfterEach
    void end() {
        if (program != null) {
            program.close();
            simulator.close();
        }
    }

    private static void waitFor(Callable<Boolean> condition) {
        await().atMost(Patience.LONG).pollInterval(Duration.ofMillis(100)).until(condition);
    }

    /** Empty where all is well. */
    private String unhealthy() {
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/health"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? "" : answer.body();
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Looks at the health all the while. */
    private void stayUpUntil(Callable<Boolean> condition) {
        waitFor(() -> {
            // for the seconds in which routes are restarted, Camel says so of them, as after an edit
            assertFalse(unhealthy().contains("ticks"));
            return condition.call();
        });
    }

    private void addMeeting() {
        simulator.addMeeting("Clock", simulator.recordings().get(0).host(), Duration.ofMinutes(1), false);
        meetings++;
    }

    private void aMeetingIsFoundAndDelivered(Run run) {
        int before = program.files(".txt").size();
        addMeeting();
        try {
            stayUpUntil(() -> program.files(".txt").size() > before);
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError(run.log(), e);
        }
    }

    private static List<String> lines(Run run, String... parts) {
        return run.log()
                .lines()
                .filter(line -> Stream.of(parts).allMatch(line::contains))
                .toList();
    }

    @Test
    void aChildSeesTheClockAsItIsSetAndNothingElse() {
        libc.setClock(Duration.ofHours(-3));
        Run run = program.start("run");
        waitFor(() -> unhealthy().isEmpty());

        LocalTime written = LocalTime.parse(lines(run, " INFO ").get(0).substring(0, 8));
        Duration behind = Duration.between(written, LocalTime.now());

        assertEquals(3, behind.plusDays(behind.isNegative() ? 1 : 0).toHours());
    }

    static Stream<List<Duration>> steps() {
        return Stream.of(
                List.of(Duration.ofHours(-3)),
                List.of(Duration.ofMinutes(-10)),
                List.of(Duration.ofHours(3)),
                List.of(Duration.ofHours(3), Duration.ZERO));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void workGoesOnWhereverTheClockIsSet(List<Duration> steps) {
        Run run = program.start("run");
        waitFor(() -> simulator.counters().submissions().size() >= MEETINGS / 2);

        for (int i = 0; i < steps.size(); i++) {
            int said = i + 1;
            libc.setClock(steps.get(i));
            aMeetingIsFoundAndDelivered(run);
            // what is set and set back within seconds need not be noticed
            waitFor(() -> lines(run, "WARN", "The clock ").size() == said);
        }

        stayUpUntil(() -> program.files(".txt").size() == meetings);
        aMeetingIsFoundAndDelivered(run);
        Run status = program.run("status");
        assertTrue(
                status.output().lines().anyMatch(line -> line.matches("last tick +\\d+ s ago, ok.*")), status::output);
        assertEquals(meetings, simulator.counters().charged().size());
        assertTrue(simulator.counters().charged().values().stream().allMatch(times -> times == 1));
        assertFalse(run.log().contains("stuck"), run::log);
        // a tick that waits for its turn is broken off, as by an edit, and Quartz has words for that
        assertEquals(
                List.of(),
                lines(run, "ERROR").stream()
                        .filter(line -> !line.toLowerCase(Locale.ROOT).contains("interrupt"))
                        .toList());
        assertEquals(steps.size(), lines(run, "WARN").size(), () -> lines(run, "WARN")
                .toString());
    }
}
