package io.github.zoomtranscriber.work;

import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done instead of failing one recording after the other while nothing of one kind succeeds: all wait, one is
 * tried now and then, and all go on when that succeeds. Nodes that share a ledger tell each other by a note in it.
 * Thread-safe.
 */
public final class Pause {

    private static final Logger LOG = LoggerFactory.getLogger(Pause.class);

    /** What the ledger's notes on the pause of a step begin with; the step's name follows. */
    public static final String NOTE_OF_STEP = "step-pause ";

    private final String note;
    private final String what;
    private final Reason code;
    private final Ledger ledger;
    private final Duration probeEvery;
    private final Clock clock;
    /** Changed under the lock, which is held while the ledger is asked; health reads it without. */
    private volatile String reason;

    private final Runnable wake;
    private Instant nextProbe;

    /**
     * For work on recordings that are unfinished.
     *
     * @param note its name in the ledger
     * @param what pauses, for the log, such as {@code Submissions}
     * @param code why a recording waits that waits for this
     * @param probeEvery how often one is tried
     */
    public Pause(String note, String what, Reason code, Ledger ledger, Duration probeEvery, Clock clock) {
        this(note, what, code, ledger, probeEvery, clock, () -> ledger.wake(code));
    }

    /** For a step that is done for delivered recordings. */
    static Pause ofStep(String name, Ledger ledger, Duration probeEvery, Clock clock) {
        return new Pause(
                NOTE_OF_STEP + name, "Steps '" + name + "'", null, ledger, probeEvery, clock, () -> ledger.steps()
                        .wake(name));
    }

    private Pause(
            String note, String what, Reason code, Ledger ledger, Duration probeEvery, Clock clock, Runnable wake) {
        this.note = note;
        this.what = what;
        this.code = code;
        this.ledger = ledger;
        this.probeEvery = probeEvery;
        this.clock = clock;
        this.wake = wake;
    }

    /**
     * Whether whoever asks has to wait. During a pause, one in a while has not, and it ends where another node has
     * ended it.
     */
    public synchronized boolean holdsBack() {
        if (reason != null
                && !ledger.nodes().isAlone()
                && ledger.notes().find(note).isEmpty()) {
            ends();
        }
        if (reason != null && !clock.instant().isBefore(nextProbe)) {
            nextProbe = clock.instant().plus(probeEvery);
            return false;
        }
        return reason != null;
    }

    /** Why; null while there is no pause. */
    public String reason() {
        return reason;
    }

    /** Begins, or goes on for another reason. */
    public synchronized void begin(String why) {
        boolean begins = reason == null;
        reason = why;
        if (begins) {
            nextProbe = clock.instant().plus(probeEvery);
            LOG.error(
                    "{} are paused; no recording fails for it, and one is tried every {} s: {}",
                    what,
                    probeEvery.toSeconds(),
                    why);
            ledger.notes().put(note, why);
        }
    }

    /** Something of this kind has succeeded: all go on. */
    public void end() {
        boolean ended = ends();
        // it may be another node's note on a pause, also of one that is gone
        boolean noted = (ended || !ledger.nodes().isAlone()) && ledger.notes().remove(note);
        if (ended || noted) {
            wake.run();
        }
    }

    private synchronized boolean ends() {
        boolean ended = reason != null;
        if (ended) {
            LOG.info("{} go on again", what);
        }
        reason = null;
        return ended;
    }

    /**
     * Releases a recording until the next try may be made.
     *
     * @param why is told of it
     */
    public void postpone(Entry entry, String why) {
        ledger.release(entry, probeEvery, code, "waiting: " + why);
    }
}
