package io.github.zoomtranscriber.benchmark;

import io.github.zoomtranscriber.logging.LogSettings;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.time.Duration;

/** The simulator as a process of its own, with more transcriptions at once than the {@code simulator} command plays. */
final class SimulatorProcess {

    private SimulatorProcess() {}

    /**
     * @param arguments how many generated meetings, how many users, and how many milliseconds each transcription takes
     */
    public static void main(String[] arguments) throws Exception {
        LogSettings.begin();
        SimulatorSettings settings = SimulatorSettings.defaults()
                .withMeetings(Integer.parseInt(arguments[0]), 6)
                .withUsers(Integer.parseInt(arguments[1]))
                .withTranscriptionTime(Duration.ofMillis(Long.parseLong(arguments[2])))
                .withConcurrency(100_000);
        try (Simulator simulator = Simulator.start(settings)) {
            System.out.println(simulator.port());
            System.out.flush();
            Thread.currentThread().join();
        }
    }
}
