package io.github.zoomtranscriber.ledger;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the database is there: the log says when that changes, and now and then that it is still away. */
final class Presence {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final Duration REMIND = Duration.ofMinutes(5);

    /** Null while it is there. */
    private volatile Away away;

    private record Away(long since, long said, LedgerException why) {}

    synchronized void isAway(LedgerException why) {
        long now = System.nanoTime();
        if (away == null) {
            away = new Away(now, now, why);
            LOG.warn(
                    "{}{} What needs it waits",
                    why.getMessage(),
                    why.getMessage().endsWith(".") ? "" : ".");
        } else if (now - away.said() < REMIND.toNanos()) {
            away = new Away(away.since(), away.said(), why);
        } else {
            away = new Away(away.since(), now, why);
            LOG.warn(
                    "The ledger's database is still away, for {} min. {}",
                    Duration.ofNanos(now - away.since()).toMinutes(),
                    why.getMessage());
        }
    }

    void isThere() {
        if (away != null) {
            back();
        }
    }

    private synchronized void back() {
        if (away != null) {
            LOG.info(
                    "The ledger's database is there again, after {} s",
                    Duration.ofNanos(System.nanoTime() - away.since()).toSeconds());
            away = null;
        }
    }

    /** @throws LedgerException why the database is away, if it has been for at least so long */
    void awaited(Duration most) {
        Away now = away;
        if (now != null && System.nanoTime() - now.since() >= most.toNanos()) {
            throw now.why();
        }
    }
}
