package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.Options;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The daemon. */
@Command(name = "run", mixinStandardHelpOptions = true, description = "Runs until it is told to stop (the default).")
final class Run implements Callable<Integer> {

    @Override
    @SuppressWarnings("try") // nobody speaks to the watch
    public Integer call() throws Exception {
        Options options = Place.options(Map.of());
        try (LogWatch watch = LogWatch.start(Place.properties(), Place::optionsWithoutLogins); Daemon daemon = new Daemon(options, Place.routes(options))) {
            daemon.run();
        }
        return ExitCode.DONE;
    }
}
