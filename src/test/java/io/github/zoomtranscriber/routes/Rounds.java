package io.github.zoomtranscriber.routes;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.command.Round;
import io.github.zoomtranscriber.command.WorkingFolder;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.options.Options;
import io.github.zoomtranscriber.simulator.Simulator;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;

/** Rounds of {@code once} in this process: the shipped routes, in a folder of the test's own, against a simulator. */
final class Rounds {

    private static final Path SHIPPED_ROUTES = Path.of("routes");

    private final Map<String, String> options =
            new HashMap<>(Map.of(
                    "zoom.discover", "false",
                    "routes.reload", "false",
                    "transcribe.first-delay", "20ms",
                    "transcribe.longest-delay", "200ms",
                    "resume.every", "200ms",
                    "queue",
                            "seda:recordings?size=10000&discardWhenFull=true&concurrentConsumers=4&pollTimeout=100", // ends sooner
                    "assemblyai.list-lag", "500ms",
                    "zoom.requests-per-second", "1000",
                    "output.formats", "txt,json"));

    Rounds(Path folder, Simulator simulator) {
        with("zoom.api-url", simulator.zoomApiUrl());
        with("zoom.oauth-url", simulator.zoomOauthUrl());
        with("assemblyai.api-url", simulator.assemblyaiApiUrl());
        with("assemblyai.api-key", Simulator.ASSEMBLYAI_KEY);
        with("output.directory", folder.resolve("transcripts").toString());
        with("data.directory", folder.resolve("data").toString());
        with(
                "ledger.url",
                "jdbc:h2:file:" + folder.resolve("data/ledger").toAbsolutePath()
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
        with("retry.first-delay", "20ms").with("retry.longest-delay", "200ms").with("retry.wait", "500ms");
    }

    Rounds with(String option, String value) {
        options.put(option, value);
        return this;
    }

    Rounds withLogin(String auth) {
        return auth.equals("jwt")
                ? with("zoom.api-key", Simulator.ZOOM_API_KEY).with("zoom.api-secret", Simulator.ZOOM_API_SECRET)
                : with("zoom.account-id", Simulator.ZOOM_ACCOUNT_ID)
                        .with("zoom.client-id", Simulator.ZOOM_CLIENT_ID)
                        .with("zoom.client-secret", Simulator.ZOOM_CLIENT_SECRET);
    }

    Round run() throws Exception {
        return run(SHIPPED_ROUTES);
    }

    Round run(Path routes) throws Exception {
        return new Round(load(), routes).run();
    }

    /** As {@code retry} and then {@code once}. */
    Round retry(List<Entry> entries) throws Exception {
        return retry(entries, SHIPPED_ROUTES);
    }

    Round retry(List<Entry> entries, Path routes) throws Exception {
        WorkingFolder.withLedger(load(), ledger -> entries.stream()
                .filter(entry -> ledger.progress().retry(entry.id()))
                .count());
        return run(routes);
    }

    /** Writes into the ledger what an earlier round, or an earlier version, has left there. */
    void before(Consumer<Ledger> write) {
        WorkingFolder.withLedger(load(), ledger -> {
            write.accept(ledger);
            return null;
        });
    }

    Map<State, Integer> counts() {
        return WorkingFolder.withLedger(load(), ledger -> ledger.statistics().counts());
    }

    Daemon daemon() {
        return new Daemon(load(), SHIPPED_ROUTES);
    }

    Daemon daemon(Path routes) {
        return new Daemon(load(), routes);
    }

    /** The queue as the sample for several nodes has it. */
    static String clusterQueue() throws IOException {
        return queue(Path.of("src/main/samples/cluster/application-cluster.properties"));
    }

    /** The queue as it is shipped for one node. */
    static String ownQueue() throws IOException {
        return queue(Path.of("application.properties"));
    }

    private static String queue(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return properties.getProperty("queue");
    }

    private Options load() {
        return Options.load(null, Map.of(), options);
    }

    static List<String> ids(List<Entry> entries) {
        return entries.stream().map(Entry::id).sorted().toList();
    }
}
