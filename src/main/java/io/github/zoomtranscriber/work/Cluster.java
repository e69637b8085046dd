package io.github.zoomtranscriber.work;

import io.github.zoomtranscriber.ledger.Nodes;
import io.github.zoomtranscriber.ledger.Nodes.Count;
import java.time.Duration;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node among those that share its ledger. What Zoom and AssemblyAI allow an account is divided by how many there
 * are; each has at least one of everything. A node on its own has all of it. Thread-safe.
 */
public final class Cluster {

    /** What belongs to all nodes together, as the options of these names say. */
    public record Limits(int requestsPerSecond, int requestsPerFiveMinutes, int uploads, int inFlight) {}

    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
    /**
     * A node is believed to live until it has not been heard of for so many of its beats, and never shorter than
     * {@link #SHORTEST}.
     */
    private static final int BEATS = 3;

    private static final Duration SHORTEST = Duration.ofSeconds(15);

    private static final long LOOK_MS = 1000;

    private final Nodes nodes;
    private final Supplier<String> name;
    private final Duration lifetime;
    private final Limits limits;
    private final IntConsumer inFlight;
    private volatile Count count = new Count(1, true);
    private int uploading;

    /**
     * @param name of this node, for people
     * @param every how often it says that it lives
     * @param inFlight is told how many recordings this node may have in flight, whenever that changes
     */
    public Cluster(Nodes nodes, Supplier<String> name, Duration every, Limits limits, IntConsumer inFlight) {
        this.nodes = nodes;
        this.name = name;
        this.lifetime = every.multipliedBy(BEATS).compareTo(SHORTEST) > 0 ? every.multipliedBy(BEATS) : SHORTEST;
        this.limits = limits;
        this.inFlight = inFlight;
    }

    /** Says that this node lives, and learns how many do. */
    public void beat() {
        if (nodes.isAlone()) {
            return;
        }
        Count before = count;
        count = nodes.beat(name.get(), lifetime);
        if (before.living() != count.living()) {
            LOG.info(
                    "{} on this ledger",
                    count.living() == 1 ? "This is the only node" : "There are " + count.living() + " nodes");
            inFlight.accept(share(limits.inFlight()));
        }
    }

    /** Until all others count with this node too, they take all that there is between them. */
    public int requestsPerSecond() {
        return count.settled() ? share(limits.requestsPerSecond()) : 1;
    }

    public int requestsPerFiveMinutes() {
        return share(limits.requestsPerFiveMinutes());
    }

    public int uploads() {
        return share(limits.uploads());
    }

    /** Waits until this node may begin an upload, whose end is to be said by {@link #endUpload}. */
    public synchronized void beginUpload() throws InterruptedException {
        while (uploading >= uploads()) {
            // not only for an end: how many there may be changes with the nodes
            wait(LOOK_MS);
        }
        uploading++;
    }

    public synchronized void endUpload() {
        uploading--;
        notifyAll();
    }

    /** Whether one of several nodes works on as much as its share allows, and leaves the queue alone. */
    public boolean isFull() {
        int resumed = QueuePolicy.resumeAt(share(limits.inFlight()));
        return !nodes.isAlone() && nodes.list().stream().anyMatch(node -> node.living() && node.holds() > resumed);
    }

    private int share(int whole) {
        return Math.max(1, whole / count.living());
    }
}
