package io.github.zoomtranscriber.reload;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.options.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.CamelContext;

/**
 * The program with its shipped routes, built and not started, and what a test needs to check edited ones as it would.
 */
final class ShippedProgram implements AutoCloseable {

    private static final Path ROUTES = Path.of("routes");

    private final Daemon daemon;

    /** @param options beside the defaults */
    ShippedProgram(Map<String, String> options) {
        this(options, ROUTES);
    }

    /** With the routes of another folder. */
    ShippedProgram(Map<String, String> options, Path routes) {
        daemon = Daemon.unstarted(options(options), routes);
        daemon.build();
    }

    /**
     * Options of a program that keeps its ledger in memory, and nothing else of its own.
     *
     * @param options beside the defaults
     */
    static Options options(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("routes.reload", "false");
        all.put("ledger.url", "jdbc:h2:mem:check;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_ON_EXIT=FALSE");
        return Options.loadWithoutLogins(null, Map.of(), all);
    }

    CamelContext context() {
        return daemon.context();
    }

    /** The text of each shipped file by its path. */
    static SortedMap<String, String> files() {
        try {
            return new TreeMap<>(RouteFiles.read(ROUTES));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    List<Problem> check(SortedMap<String, String> files) {
        return RoutesCheck.check(daemon.context(), files);
    }

    @Override
    public void close() {
        daemon.close();
    }
}
