package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.options.Options;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The daemon. */
@Command(name = "run", mixinStandardHelpOptions = true, description = "Runs until it is told to stop (the default): asks Zoom at once and on schedule, "
        + "transcribes and delivers what is found.")
final class Run implements Callable<Integer> {

    @Option(names = "--dry-run", description = "Only lists what would be transcribed at once, and says what that costs. Changes nothing.")
    private boolean dryRun;

    @Override
    @SuppressWarnings("try") // nobody speaks to the watch
    public Integer call() throws Exception {
        if (dryRun) {
            return Once.list(false);
        }
        Options options = WorkingFolder.options(Map.of());
        try (LogWatch watch = LogWatch.start(WorkingFolder.properties(), WorkingFolder::optionsWithoutLogins); Daemon daemon = new Daemon(options, WorkingFolder.routes(options))) {
            daemon.run();
        }
        return ExitCode.DONE;
    }
}
