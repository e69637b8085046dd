package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.options.Options;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the daemon. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs the daemon until it is stopped (the default command): asks Zoom at once and on schedule, "
                + "then transcribes and delivers what it finds.")
final class Run implements Callable<Integer> {

    @Option(
            names = "--dry-run",
            description = "Only list what would be transcribed now, and what that costs. Changes nothing.")
    private boolean dryRun;

    @Override
    @SuppressWarnings("try") // the watch is only opened and closed
    public Integer call() throws Exception {
        if (dryRun) {
            return Once.list(false);
        }
        Options options = WorkingFolder.options(Map.of());
        try (LogWatch watch = LogWatch.start(WorkingFolder.properties(), WorkingFolder::optionsWithoutLogins)) {
            return Startup.patient(options).start(() -> {
                try (Daemon daemon = new Daemon(options, WorkingFolder.routes(options))) {
                    daemon.run();
                }
                return ExitCode.DONE;
            });
        }
    }
}
