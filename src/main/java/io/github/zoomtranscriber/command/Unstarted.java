package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.options.Options;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Builds the program without starting it, for commands that only look at the routes. */
final class Unstarted {

    private static final String KEY = "assemblyai.api-key";

    private Unstarted() {}

    /**
     * Neither the ledger nor a vendor is used: logins may be missing, and an empty ledger in memory stands in for the
     * one that a daemon may have open.
     *
     * @param folder the routes folder, or null for the one that the daemon would use
     */
    static Daemon daemon(Path folder) {
        Map<String, String> overrides = new HashMap<>(Map.of(
                "routes.reload",
                "false",
                "ledger.username",
                "",
                "ledger.password",
                "",
                "ledger.url",
                "jdbc:h2:mem:unstarted;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_ON_EXIT=FALSE"));
        Options options = WorkingFolder.optionsWithoutLogins(overrides);
        if (options.get(KEY).isEmpty()) {
            overrides.put(KEY, "none"); // the secret of AssemblyAI's webhook is derived from it
            options = WorkingFolder.optionsWithoutLogins(overrides);
        }
        return Daemon.unstarted(options, folder == null ? WorkingFolder.routes(options) : folder);
    }
}
