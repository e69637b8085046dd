package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The simulator alone, to rehearse edited routes. */
@Command(name = "simulator", mixinStandardHelpOptions = true,
        description = "Plays Zoom and AssemblyAI on this machine, until it is told to stop; prints the environment that points a daemon to it.")
final class SimulatorCommand implements Callable<Integer> {

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8090", description = "The port, 0 for any (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--meetings", paramLabel = "N", defaultValue = "0",
            description = "So many generated meetings beside those that it brings along (default: ${DEFAULT-VALUE}).")
    private int meetings;

    @Option(names = "--days", paramLabel = "N", defaultValue = "6", description = "Over so many days back (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(names = "--transcription-ms", paramLabel = "MS", defaultValue = "2000",
            description = "How long each transcription takes, in milliseconds (default: ${DEFAULT-VALUE}).")
    private long transcriptionMs;

    @Override
    public Integer call() throws Exception {
        SimulatorSettings settings = SimulatorSettings.defaults().withPort(port).withMeetings(meetings, days)
                .withTranscriptionTime(Duration.ofMillis(transcriptionMs));
        try (Simulator simulator = Simulator.start(settings)) {
            environment(simulator).forEach((name, value) -> System.out.printf("export %s=%s%n", name, value));
            System.out.flush();
            System.err.println("Playing Zoom and AssemblyAI. Ctrl-C ends it.");
            Thread.currentThread().join();
        }
        return ExitCode.DONE;
    }

    /** What points the program to the simulator, under OAuth. */
    static Map<String, String> environment(Simulator simulator) {
        return new java.util.TreeMap<>(Map.of(
                "ZOOM_API_URL", simulator.zoomApiUrl(),
                "ZOOM_OAUTH_URL", simulator.zoomOauthUrl(),
                "ASSEMBLYAI_API_URL", simulator.assemblyaiApiUrl(),
                "ZOOM_ACCOUNT_ID", Simulator.ZOOM_ACCOUNT_ID,
                "ZOOM_CLIENT_ID", Simulator.ZOOM_CLIENT_ID,
                "ZOOM_CLIENT_SECRET", Simulator.ZOOM_CLIENT_SECRET,
                "ASSEMBLYAI_API_KEY", Simulator.ASSEMBLYAI_KEY));
    }
}
