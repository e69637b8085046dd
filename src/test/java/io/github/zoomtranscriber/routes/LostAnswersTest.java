package io.github.zoomtranscriber.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.zoomtranscriber.command.Round;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A submission that AssemblyAI took and charged, and did not say so. */
class LostAnswersTest {

    @TempDir
    Path folder;

    private Simulator simulator;
    private Rounds rounds;

    @BeforeEach
    void play() throws Exception {
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)));
        rounds = new Rounds(folder, simulator).withLogin("oauth").with("zoom.lookback-days", "60").with("zoom.topics", "Product stand-up");
    }

    @AfterEach
    void end() {
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":null}", "{\"id\":\"\"}", "{\"id\":\" \"}", "{\"id\":7}", "[]", "[{\"id\":\"a\"}]", "\"taken\"", "<html>OK</html>", ""})
    void anAnswerThatDoesNotSayAsWhichTranscriptIsLookedForAndNothingIsPaidTwice(String answer) throws Exception {
        simulator.change(faults -> {
            faults.lostPostAnswerRate = 1;
            faults.lostPostAnswer = answer;
        });

        Round round = rounds.run();

        assertEquals(List.of(), round.failed());
        assertEquals(Set.copyOf(simulator.counters().charged().keySet()), Set.copyOf(round.delivered().stream().map(entry -> entry.id()).toList()));
        assertEquals(Set.of(1L), Set.copyOf(simulator.counters().charged().values()));
        assertEquals(Set.of(1L), Set.copyOf(simulator.counters().submissions().values()));
    }
}
