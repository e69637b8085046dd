package io.github.zoomtranscriber.benchmark;

import io.github.zoomtranscriber.benchmark.Link.Lanes;
import io.github.zoomtranscriber.broker.Artemis;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.LedgerConnection;
import io.github.zoomtranscriber.ledger.Nodes.Node;
import io.github.zoomtranscriber.ledger.Postgres;
import io.github.zoomtranscriber.ledger.Statistics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Uploads by one, two and three nodes, with the shipped profile for several, a real PostgreSQL and a real ActiveMQ
 * Artemis. Each node has a link of its own, all lead into the simulator's, and {@code upload.parallel} is the same for
 * all of them together: what more nodes bring is their links, until the simulator's is full.
 */
final class SeveralNodes {

    private static final int RECORDINGS = 60;
    private static final long BYTES = 2_500_000;
    private static final long LINK_OF_NODE = 2_000_000;
    private static final long LINK_OF_SIMULATOR = 5_000_000;
    private static final int PARALLEL = 12;
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final Path folder;
    private final Table table;

    SeveralNodes(Path folder, Table table) {
        this.folder = folder;
        this.table = table;
    }

    /** Adds a row for each number of nodes. */
    void measure() throws Exception {
        double one = upload(1, 0);
        upload(2, one);
        upload(3, one);
    }

    /**
     * @param one what one node does in a second; 0 where it is this that is measured.
     * @return bytes a second
     */
    private double upload(int count, double one) throws Exception {
        Path shared = Files.createDirectories(folder.resolve(count + "-nodes"));
        String database = Postgres.database();
        List<Child> nodes = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        try (Artemis artemis = Artemis.start(shared.resolve("artemis"));
                Play play = Play.start(shared, 0, 0, Duration.ofMillis(100));
                LedgerConnection connection = LedgerConnection.join(database, Postgres.USER, "");
                Closing closing = new Closing(nodes, links)) {
            Ledger ledger = new Ledger(connection.source(), Duration.ofMinutes(15));
            Lanes simulator = new Lanes(LINK_OF_SIMULATOR);
            for (int i = 1; i <= count; i++) {
                Link link = new Link(
                        new Lanes(LINK_OF_NODE),
                        simulator,
                        URI.create(play.host()).getPort());
                links.add(link);
                nodes.add(node(shared, shared.resolve("node-" + i), play, link)
                        .with("LEDGER_URL", database)
                        .with("LEDGER_USERNAME", Postgres.USER)
                        .with("BROKER_URL", artemis.url())
                        .start(Commands.node()));
            }
            await(() -> ledger.nodes().list().stream().filter(Node::living).count() == count);
            play.addLarge("Benchmark", RECORDINGS, BYTES);
            await(() -> play.counters().path("calls").properties().stream()
                    .anyMatch(call -> call.getKey().startsWith("zoom GET /rec/download")));
            Instant begin = Instant.now();
            await(() -> play.counters().path("uploads").asInt() >= RECORDINGS);
            double seconds = Case.seconds(begin, Instant.now());
            await(() -> ledger.statistics().unfinished().equals(new Statistics.Unfinished(0, 0)));
            double rate = RECORDINGS * BYTES / seconds;
            table.add(row(seconds, note(rate, one, links), Case.calls(play.counters()), nodes));
            return rate;
        }
    }

    /** The nodes before what they are connected to. */
    private record Closing(List<Child> nodes, List<Link> links) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            for (Child node : nodes) {
                node.close();
            }
            for (Link link : links) {
                link.close();
            }
        }
    }

    private static String note(double rate, double one, List<Link> links) {
        String ratio = one == 0 ? "" : String.format(Locale.ROOT, ", %.2f times that of one", rate / one);
        String shares = links.stream()
                .map(link -> Long.toString(link.sent() / 1_000_000))
                .collect(Collectors.joining(" + "));
        return String.format(
                Locale.ROOT,
                "%.1f MB/s%s; by each: %s MB; links: each node's %d MB/s, the simulator's %d; upload.parallel=%d for all "
                        + "together; PostgreSQL, Artemis; CPU of all, memory and threads of the largest",
                rate / 1e6,
                ratio,
                shares,
                LINK_OF_NODE / 1_000_000,
                LINK_OF_SIMULATOR / 1_000_000,
                PARALLEL);
    }

    private static Table.Row row(double seconds, String note, String calls, List<Child> nodes) throws IOException {
        double cpu = 0;
        long peak = 0;
        int threads = 0;
        for (Child node : nodes) {
            cpu += node.cpuSeconds();
            peak = Math.max(peak, node.peakMb());
            threads = Math.max(threads, node.threads());
        }
        return new Table.Row(
                "2.5 MB each by upload, " + (nodes.size() == 1 ? "1 node" : nodes.size() + " nodes"),
                RECORDINGS,
                seconds,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                null,
                calls,
                cpu,
                peak,
                threads,
                note);
    }

    private static Case node(Path shared, Path own, Play play, Link link) throws IOException {
        Path distribution = Commands.script().resolve("../..").normalize();
        Path routes = Files.createDirectories(own.resolve("routes"));
        try (Stream<Path> files = Stream.concat(
                Files.list(distribution.resolve("routes")),
                Stream.of(distribution.resolve("samples/cluster/broker.camel.yaml")))) {
            for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        Files.writeString(
                own.resolve("application-cluster.properties"),
                Files.readString(distribution.resolve("samples/cluster/application-cluster.properties"))
                        + "camel.component.http.proxy-host=127.0.0.1\ncamel.component.http.proxy-port=" + link.port()
                        + "\n");
        return new Case(own, play)
                .with("CAMEL_MAIN_PROFILE", "cluster")
                .with("ASSEMBLYAI_HAND_OFF", "upload")
                .with("UPLOAD_PARALLEL", Integer.toString(PARALLEL))
                .with("ZOOM_SCHEDULE", "* * * * * ?")
                .with("RESUME_EVERY", "1s")
                .with("OUTPUT_DIRECTORY", shared.resolve("transcripts").toString())
                .with("DATA_DIRECTORY", shared.resolve("data").toString());
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plus(LONGEST);
        while (!condition.call()) {
            if (Instant.now().isAfter(end)) {
                throw new IOException("the nodes do not come to an end");
            }
            Thread.sleep(50);
        }
    }
}
