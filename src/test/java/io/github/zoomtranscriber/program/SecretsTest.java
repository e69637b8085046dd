package io.github.zoomtranscriber.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.program.Program.Run;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No secret and no token in anything that is written, at the most talkative level of all loggers, when all goes well
 * and when it does not.
 */
class SecretsTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"oauth, token", "oauth, link", "oauth, upload", "jwt, token"})
    void nothingThatIsWrittenHoldsASecret(String login, String handOff) throws Exception {
        try (Simulator simulator =
                        Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)));
                Program program = new Program(folder, simulator)) {
            simulator.change(faults -> {
                faults.failedFetchRate = 0.3;
                faults.rate500 = 0.05;
                faults.wrongContentRate = 0.1;
            });
            program.with("LOG_LEVEL", "TRACE").with("CAMEL_LOG_LEVEL", "TRACE").with("ASSEMBLYAI_HAND_OFF", handOff);

            Run once = (login.equals("jwt") ? program.withJwt() : program.withOAuth()).run("once");

            assertTrue(once.log().contains("TRACE"), "nothing was logged at the lowest level");
            assertEquals(List.of(), Secrets.in(folder));
        }
    }
}
