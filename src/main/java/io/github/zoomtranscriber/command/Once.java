package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.options.Options;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One round: everything that is due. */
@Command(
        name = "once",
        mixinStandardHelpOptions = true,
        description = "Finds, transcribes and delivers everything that is due, then ends.")
final class Once implements Callable<Integer> {

    @Option(
            names = "--dry-run",
            description = "Only lists what would be transcribed, and says what that costs. Changes nothing.")
    private boolean dryRun;

    @Option(
            names = "--json",
            description = "For scripts: what came of it, or would be transcribed, as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (dryRun) {
            return list(json);
        }
        Options options = WorkingFolder.options(Map.of("zoom.discover", "false"));
        Round round = new Round(options, WorkingFolder.routes(options)).run();
        return json ? round.summary().printJson(System.out) : round.report(System.out);
    }

    /** Everything that is due. */
    static int list(boolean json) throws Exception {
        Options options = WorkingFolder.options(DryRun.options(Map.of()));
        try (DryRun lookout = new DryRun(options)) {
            DryRun.Found found = lookout.plan(null);
            if (json) {
                Plan.printJson(found.all(), Bill.of(found.all(), options), System.out);
            } else {
                Plan.print(found.all(), System.out);
            }
            System.err.printf("would be transcribed: %s%n", Bill.of(found.all(), options));
            System.err.println(found.tally());
            return found.exitCode();
        }
    }
}
