package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.Options;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.Recording;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One round: everything that is due. */
@Command(name = "once", mixinStandardHelpOptions = true,
        description = "Finds, transcribes and delivers everything that is due, then ends.")
final class Once implements Callable<Integer> {

    @Option(names = "--dry-run", description = "Only lists what would be transcribed, and says what that costs. Changes nothing.")
    private boolean dryRun;

    @Override
    public Integer call() throws Exception {
        if (dryRun) {
            return list(Place.options(Lookout.options(Map.of())));
        }
        Options options = Place.options(Map.of("zoom.discover", "false"));
        return new Round(options, Place.routes(options)).run().report(System.out);
    }

    private static int list(Options options) throws Exception {
        try (Lookout lookout = new Lookout(options)) {
            Lookout.Found found = lookout.survey(null);
            for (Recording recording : found.all()) {
                System.out.printf("%s  %s  %4d min  %s%n", recording.id(), recording.start(), recording.minutes(), Clean.text(recording.topic()));
            }
            System.err.printf("would be transcribed: %s%n", Bill.of(found.all(), options));
            System.err.println(found.tally());
            return ExitCode.DONE;
        }
    }
}
