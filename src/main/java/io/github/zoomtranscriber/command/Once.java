package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.Options;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** One round: everything that is due. */
@Command(name = "once", mixinStandardHelpOptions = true,
        description = "Finds, transcribes and delivers everything that is due, then ends.")
final class Once implements Callable<Integer> {

    @Override
    public Integer call() throws Exception {
        Options options = Place.options(Map.of("zoom.discover", "false"));
        return new Round(options, Place.routes(options)).run().report(System.out);
    }
}
