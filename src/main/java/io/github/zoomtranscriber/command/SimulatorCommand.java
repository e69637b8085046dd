package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the simulator alone, to try edited routes against. */
@Command(
        name = "simulator",
        mixinStandardHelpOptions = true,
        description =
                "Simulates Zoom and AssemblyAI on this machine until it is stopped. Prints the environment variables that point a daemon to it.")
final class SimulatorCommand implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8090",
            description = "The port to listen on, 0 for any free port (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--meetings",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many meetings to generate in addition to the built-in ones (default: ${DEFAULT-VALUE}).")
    private int meetings;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "6",
            description = "How many days back the generated meetings are spread (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(
            names = "--transcription-ms",
            paramLabel = "MS",
            defaultValue = "2000",
            description = "How long each transcription takes, in milliseconds (default: ${DEFAULT-VALUE}).")
    private long transcriptionMs;

    @Override
    public Integer call() throws Exception {
        SimulatorSettings settings = SimulatorSettings.defaults()
                .withPort(port)
                .withMeetings(meetings, days)
                .withTranscriptionTime(Duration.ofMillis(transcriptionMs));
        try (Simulator simulator = Simulator.start(settings)) {
            environment(simulator).forEach((name, value) -> System.out.printf("export %s=%s%n", name, value));
            System.out.flush();
            System.err.println("Simulating Zoom and AssemblyAI. Press Ctrl-C to stop.");
            Thread.currentThread().join();
        }
        return ExitCode.DONE;
    }

    /** The environment variables that point the program to the simulator, with OAuth as the login. */
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
