package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.options.Options;
import java.nio.file.Path;
import java.util.Map;

/** A daemon that is built for inspection and never started. */
final class Unstarted {

    private Unstarted() {
    }

    /**
     * Touches neither the ledger, which a daemon may have open, nor a vendor: it has a ledger in memory, and needs no secrets.
     *
     * @param folder of the routes; null for the one that a daemon would use
     */
    static Daemon daemon(Path folder) {
        Options options = WorkingFolder.optionsWithoutLogins(Map.of("routes.reload", "false", "ledger.username", "", "ledger.password", "",
                "server.port", "", "zoom.webhook-secret", "", "assemblyai.webhook-url", "",
                "ledger.url", "jdbc:h2:mem:unstarted;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_ON_EXIT=FALSE"));
        return new Daemon(options, folder == null ? WorkingFolder.routes(options) : folder);
    }
}
