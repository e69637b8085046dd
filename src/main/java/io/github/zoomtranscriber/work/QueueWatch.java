package io.github.zoomtranscriber.work;

import io.github.zoomtranscriber.ledger.Ledger;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices a queue that takes ids and gives none back: one is offered for the third time, and since the first time no id
 * has come from the queue, neither here nor at another node. A queue that is slow or full is none of these: where nodes
 * have as much to do as they may have, nothing need come. Thread-safe.
 */
public final class QueueWatch {

    private static final Logger LOG = LoggerFactory.getLogger(QueueWatch.class);
    /** The ledger's note on when one of several nodes was last given an id. */
    private static final String NOTE = "queue-answered";

    private static final int TOO_OFTEN = 3;
    /** A node writes the note no more often than this. */
    private static final long SAY_NANOS = Duration.ofSeconds(20).toNanos();

    private final Ledger ledger;
    private final BooleanSupplier full;
    private final String out;
    private final String in;
    /** How often each id was offered since the queue last gave one back. */
    private final Map<String, Integer> offers = new HashMap<>();

    private long firstOffer;
    private long said = System.nanoTime() - SAY_NANOS;
    private String problem;

    /**
     * @param full whether a node has as much to do as it may have, and takes no more
     * @param out where ids go to, for people
     * @param in where they come from, for people
     */
    public QueueWatch(Ledger ledger, BooleanSupplier full, String out, String in) {
        this.ledger = ledger;
        this.full = full;
        this.out = out;
        this.in = in;
    }

    /** What is wrong with the queue; empty if nothing is known to be. */
    public synchronized Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** The queue did not take what was offered, which is another trouble, and is said elsewhere. */
    public synchronized void rejected() {
        offers.clear();
    }

    /** These ids are about to be put into the queue, as nobody has them. */
    void offered(List<String> ids) {
        String unanswered = count(ids);
        if (unanswered == null) {
            return;
        }
        if (isAnsweredElsewhere()) {
            givesBack();
        } else if (full.getAsBoolean()) {
            rejected();
        } else {
            begin(unanswered);
        }
    }

    /** @return an id that was offered too often; null if there is none */
    private synchronized String count(List<String> ids) {
        if (offers.isEmpty()) {
            firstOffer = System.nanoTime();
        }
        String unanswered = null;
        for (String id : ids) {
            if (offers.merge(id, 1, Integer::sum) >= TOO_OFTEN) {
                unanswered = id;
            }
        }
        return unanswered;
    }

    private boolean isAnsweredElsewhere() {
        Duration since;
        synchronized (this) {
            since = Duration.ofNanos(System.nanoTime() - firstOffer);
        }
        return !ledger.nodes().isAlone()
                && ledger.notes()
                        .age(NOTE)
                        .filter(age -> age.compareTo(since) < 0)
                        .isPresent();
    }

    private synchronized void begin(String id) {
        if (problem == null) {
            problem = "The queue takes ids and gives none back: " + id + " was put into " + out
                    + " for the third time, and nothing has come from " + in
                    + ". Expected: an endpoint that keeps each id until a node takes it from there";
            LOG.warn("{}. Nothing is lost: what is unfinished waits in the ledger", problem);
        }
    }

    /** An id has come from the queue, whatever becomes of it. */
    void answered() {
        givesBack();
        if (isToBeSaid()) {
            ledger.notes().put(NOTE, "");
        }
    }

    private synchronized void givesBack() {
        offers.clear();
        if (problem != null) {
            problem = null;
            LOG.info("The queue gives ids back again");
        }
    }

    private synchronized boolean isToBeSaid() {
        if (ledger.nodes().isAlone() || System.nanoTime() - said < SAY_NANOS) {
            return false;
        }
        said = System.nanoTime();
        return true;
    }
}
