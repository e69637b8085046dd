package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.options.Options;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A daemon that is built for inspection and never started. */
final class Unstarted {

    private static final String KEY = "assemblyai.api-key";

    private Unstarted() {
    }

    /**
     * Touches neither the ledger, which a daemon may have open, nor a vendor: it has a ledger in memory, and needs no secrets.
     *
     * @param folder of the routes; null for the one that a daemon would use
     */
    static Daemon daemon(Path folder) {
        Map<String, String> overrides = new HashMap<>(Map.of("routes.reload", "false", "ledger.username", "", "ledger.password", "",
                "ledger.url", "jdbc:h2:mem:unstarted;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_ON_EXIT=FALSE"));
        Options options = Place.optionsWithoutLogins(overrides);
        if (options.get(KEY).isEmpty()) {
            overrides.put(KEY, "none"); // the webhook's secret is made from it
            options = Place.optionsWithoutLogins(overrides);
        }
        return Daemon.unstarted(options, folder == null ? Place.routes(options) : folder);
    }
}
