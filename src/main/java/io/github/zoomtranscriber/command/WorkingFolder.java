package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.LedgerConnection;
import io.github.zoomtranscriber.ledger.Records;
import io.github.zoomtranscriber.logging.LogSettings;
import io.github.zoomtranscriber.options.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The folder in which the program is started. Options and routes come from there if they exist, else from the program's
 * own folder.
 */
public final class WorkingFolder {

    private static final String PROPERTIES = "application.properties";

    private WorkingFolder() {}

    static Options options(Map<String, String> overrides) {
        return logged(Options.loadAll(files(), System.getenv(), overrides));
    }

    /** For commands that call neither vendor. */
    static Options optionsWithoutLogins() {
        return optionsWithoutLogins(Map.of());
    }

    static Options optionsWithoutLogins(Map<String, String> overrides) {
        return logged(Options.loadAllWithoutLogins(files(), System.getenv(), overrides));
    }

    private static Options logged(Options options) {
        if (options.get("log.format").equals("json")) {
            LogSettings.json();
        }
        LogSettings.levels(options.get("log.level"), options.list("log.loggers"));
        return options;
    }

    /** The file from which options are read; null if there is none. */
    static Path properties() {
        return file(PROPERTIES);
    }

    static Path routes(Options options) {
        Path routes = Path.of(options.get("routes.directory"));
        Path own = home().resolve(routes);
        return !Files.isDirectory(routes) && Files.isDirectory(own) ? own : routes;
    }

    /** Applies an action to the ledger, beside a running daemon or alone. */
    public static <T> T withLedger(Options options, Function<Ledger, T> action) {
        try (LedgerConnection connection = LedgerConnection.join(
                options.get("ledger.url"), options.get("ledger.username"), options.get("ledger.password"))) {
            return action.apply(
                    new Ledger(connection.source(), options.duration("transcribe.lease"), options.tablePrefix()));
        }
    }

    /** {@code CAMEL_MAIN_PROFILE=cluster} adds {@code application-cluster.properties}, which must then exist. */
    private static List<Path> files() {
        String profile = System.getenv().getOrDefault("CAMEL_MAIN_PROFILE", "").strip();
        Stream<Path> files = Stream.ofNullable(file(PROPERTIES));
        if (!profile.isEmpty()) {
            String name = PROPERTIES.replace(".", "-" + profile + ".");
            files = Stream.concat(files, Stream.of(Objects.requireNonNullElse(file(name), Path.of(name))));
        }
        return files.toList();
    }

    /** Whether there is a ledger yet. Does not create one. */
    static boolean hasLedger(Options options) {
        Optional<LedgerConnection> look = LedgerConnection.look(
                options.get("ledger.url"), options.get("ledger.username"), options.get("ledger.password"));
        try (LedgerConnection connection = look.orElse(null)) {
            return connection != null && new Records(connection.source(), options.tablePrefix()).exist();
        }
    }

    /** @throws UsageException if there is none */
    static Entry find(Ledger ledger, String id) {
        return ledger.records()
                .find(id)
                .orElseThrow(() -> new UsageException("There is no recording " + id + " in the ledger"));
    }

    private static Path file(String name) {
        Path here = Path.of(name);
        Path own = home().resolve(name);
        return Files.exists(here) ? here : Files.exists(own) ? own : null;
    }

    /** The program's own folder, which the start script sets. */
    static Path home() {
        return Path.of(System.getProperty("zoom-transcriber.home", ""));
    }
}
