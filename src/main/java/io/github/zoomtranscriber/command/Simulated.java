package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.simulator.Simulator;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The options for a run against the simulator in a separate folder. */
final class Simulated {

    private Simulated() {}

    static Map<String, String> options(Simulator simulator, Path folder) {
        Map<String, String> overrides = new HashMap<>(Map.of(
                "zoom.discover",
                "false",
                "zoom.auth",
                "oauth",
                "zoom.product",
                "meetings",
                "zoom.users",
                "",
                "transcribe.first-delay",
                "400ms",
                "transcribe.longest-delay",
                "1s",
                "retry.wait",
                "500ms",
                "output.directory",
                folder.resolve("transcripts").toString(),
                "data.directory",
                folder.resolve("data").toString()));
        overrides.put(
                "ledger.url",
                "jdbc:h2:file:" + (folder.isAbsolute() ? "" : "./") + folder
                        + "/data/ledger;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
        SimulatorCommand.environment(simulator).forEach((name, value) -> overrides.put(option(name), value));
        return overrides;
    }

    /** {@code ZOOM_API_URL} is {@code zoom.api-url}. */
    private static String option(String variable) {
        return variable.toLowerCase().replaceFirst("_", ".").replace('_', '-');
    }
}
