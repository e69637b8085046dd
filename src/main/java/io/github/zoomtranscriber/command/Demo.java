package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.options.Options;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the real routes against the simulator. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Runs the real routes against a simulated Zoom and AssemblyAI, without an account or a network. Writes to ./zoom-transcriber-demo.")
final class Demo implements Callable<Integer> {

    private static final Path FOLDER = Path.of("zoom-transcriber-demo");

    @Override
    public Integer call() throws Exception {
        Folders.delete(FOLDER);
        System.err.println(
                "Simulating Zoom and AssemblyAI on this machine. Nothing leaves it, and nothing is charged.");
        SimulatorSettings settings = SimulatorSettings.defaults().withTranscriptionTime(Duration.ofSeconds(2));
        try (Simulator simulator = Simulator.start(settings)) {
            Options options = WorkingFolder.options(Simulated.options(simulator, FOLDER));
            Round round = new Round(options, WorkingFolder.routes(options)).run();
            int exit = round.report(System.err);
            table(options, round.delivered());
            // the simulator has recordings that cannot be transcribed, to show what happens to them
            return exit == ExitCode.FAILED ? ExitCode.DONE : exit;
        }
    }

    private static void table(Options options, List<Entry> delivered) throws IOException {
        Path output = Path.of(options.get("output.directory"));
        System.out.printf("%n%8s  %s%n", "BYTES", "FILES");
        for (Entry entry : delivered.stream()
                .sorted(Comparator.comparing(Entry::outputName))
                .toList()) {
            long bytes = 0;
            for (String format : options.list("output.formats")) {
                bytes += Files.size(output.resolve(entry.outputName() + "." + format));
            }
            System.out.printf(
                    "%8d  %s.{%s}%n", bytes, output.resolve(entry.outputName()), options.get("output.formats"));
        }
        System.out.printf(
                """

                Read one of them. Next:
                  zoom-transcriber simulator           the two simulated services, to try your own routes and options against
                  routes/deliver.camel.yaml            what happens to a transcript: edit it while the program runs
                  application.properties               every option; put the secrets of your own account into the environment
                """);
    }
}
