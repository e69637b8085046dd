package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.http.Loopback;
import io.github.zoomtranscriber.options.Options;
import io.github.zoomtranscriber.rehearsal.Difference;
import io.github.zoomtranscriber.rehearsal.Muted;
import io.github.zoomtranscriber.reload.ShippedRoutes;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares edited routes with the shipped ones. */
@Command(
        name = "rehearse",
        mixinStandardHelpOptions = true,
        description =
                "Runs your edited routes and then the shipped ones against a simulated Zoom and AssemblyAI, with your options, and prints how "
                        + "their results differ.%n%nYour ledger, transcripts and accounts are not touched: files go to a temporary folder that is deleted "
                        + "afterwards. What a route sends anywhere else (a mail, a message, S3, another folder, a command) is counted instead of sent, and the "
                        + "route continues as if it had been sent; nothing is received from there either. Only what a bean or a Java class of your own does "
                        + "by itself really happens.%n%nExit code 0 if nothing differs, 1 if something does, 2 if a route is broken.")
final class Rehearse implements Callable<Integer> {

    /** What differs from run to run: URLs of the simulator, IDs of transcripts and times of failures. */
    private static final Pattern PASSING = Pattern.compile(
            "http://" + Loopback.REGEX + ":\\d+[^\\s\"<>)]*"
                    + "|\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b|\\d{4}-\\d\\d-\\d\\dT[0-9:]+\\.\\d+Z");

    private static final UnaryOperator<String> CLEANED =
            text -> PASSING.matcher(text).replaceAll("...");

    /** If two meetings would have the same name, the one that is delivered later gets its time or ID appended. */
    private static final Pattern SECOND = Pattern.compile("( \\d\\d\\.\\d\\d)?( [0-9a-f-]{36})?(?=(\\.[a-z_]+)+$)");

    private static final UnaryOperator<String> NAMED =
            name -> SECOND.matcher(name).replaceFirst("");

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "FOLDER",
            description = "The folder of the edited routes (default: the one that the daemon would use).")
    private Path edited;

    @Option(
            names = "--lines",
            paramLabel = "N",
            defaultValue = "20",
            description = "Print at most this many lines of each changed file (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description =
                    "Stop each of the two runs after this time, in case a route never ends (default: ${DEFAULT-VALUE}).")
    private int seconds;

    private final Instant begin = Instant.now();

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("zoom-transcriber-rehearsal");
        try {
            Path routes = edited != null ? edited : WorkingFolder.routes(WorkingFolder.optionsWithoutLogins());
            System.err.println("Rehearsing " + routes + ". Nothing leaves this machine.");
            SortedMap<String, Integer> unsent = play(routes, folder.resolve("edited"), Map.of());
            play(
                    ShippedRoutes.copyTo(folder.resolve("routes")),
                    folder.resolve("shipped"),
                    Map.of("output.then", "", "output.notify", ""));
            return report(
                    new Difference(
                            folder.resolve("shipped/transcripts"),
                            folder.resolve("edited/transcripts"),
                            CLEANED,
                            NAMED),
                    unsent);
        } finally {
            Folders.delete(folder);
        }
    }

    private SortedMap<String, Integer> play(Path routes, Path folder, Map<String, String> more) throws Exception {
        // the simulator dates its meetings by the time of its start, which must be the same for both
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), begin));
        SimulatorSettings settings = SimulatorSettings.defaults()
                .withTranscriptionTime(Duration.ZERO)
                .withClock(clock);
        try (Simulator simulator = Simulator.start(settings)) {
            Map<String, String> overrides = new HashMap<>(Simulated.options(simulator, folder));
            overrides.putAll(Map.of(
                    "transcribe.first-delay",
                    "10ms",
                    "transcribe.longest-delay",
                    "200ms",
                    "resume.every",
                    "200ms",
                    "retry.first-delay",
                    "10ms",
                    "retry.longest-delay",
                    "50ms",
                    "retry.wait",
                    "100ms",
                    "assemblyai.list-lag",
                    "1s"));
            // a running daemon may have the ports that these need
            overrides.putAll(Map.of(
                    "routes.reload",
                    "false",
                    "server.port",
                    "",
                    "zoom.webhook-secret",
                    "",
                    "assemblyai.webhook-url",
                    "",
                    "camel.server.enabled",
                    "false",
                    "camel.management.enabled",
                    "false"));
            overrides.putAll(more);
            Muted muted = new Muted(folder, URI.create(simulator.zoomApiUrl()).getPort());
            Options options = WorkingFolder.options(overrides);
            new Round(options, () -> Daemon.rehearsing(options, routes, muted), routes, Duration.ofSeconds(seconds))
                    .run()
                    .report(System.err);
            return muted.unsent();
        }
    }

    private int report(Difference difference, SortedMap<String, Integer> unsent) {
        PrintWriter out = spec.commandLine().getOut();
        difference.gone().forEach(file -> out.println("no longer delivered: " + file));
        difference.added().forEach(file -> out.println("new: " + file));
        difference.changed().forEach(file -> difference.lines(file, lines).forEach(out::println));
        unsent.forEach((uri, count) -> out.printf("would have been sent: %d to %s%n", count, uri));
        out.printf(
                "%d files the same, %d changed, %d new, %d no longer delivered%n",
                difference.same(),
                difference.changed().size(),
                difference.added().size(),
                difference.gone().size());
        boolean same = difference.gone().isEmpty()
                && difference.added().isEmpty()
                && difference.changed().isEmpty()
                && unsent.isEmpty();
        return same ? ExitCode.DONE : ExitCode.FAILED;
    }
}
