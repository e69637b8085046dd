package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.options.Options;
import java.nio.file.Path;
import java.util.Map;

/** A program that is built to be looked at and never started. */
final class Unstarted {

    private Unstarted() {
    }

    /**
     * Neither the ledger nor a vendor is touched: logins may be missing, and a ledger in memory stands in for the one that a daemon may have open.
     *
     * @param folder of the routes, or null for the one that a daemon would run
     */
    static Daemon daemon(Path folder) {
        Options options = WorkingFolder.optionsWithoutLogins(Map.of("routes.reload", "false", "ledger.username", "", "ledger.password", "",
                "server.port", "", "zoom.webhook-secret", "", "assemblyai.webhook-url", "",
                "ledger.url", "jdbc:h2:mem:unstarted;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_ON_EXIT=FALSE"));
        return new Daemon(options, folder == null ? WorkingFolder.routes(options) : folder);
    }
}
