package io.github.zoomtranscriber.assemblyai;

import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.Reason;
import io.github.zoomtranscriber.work.Work;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.BooleanSupplier;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets no more than so many hours of audio be submitted in a day (UTC), by what the ledger says was submitted.
 * Thread-safe; where several nodes share a ledger, each may pass the limit by the one recording that it submits at the
 * same instant as another.
 */
public final class DailyHours {

    private static final Logger LOG = LoggerFactory.getLogger(DailyHours.class);

    private static final BigDecimal MINUTES = BigDecimal.valueOf(60);

    private final Ledger ledger;
    private final BigDecimal hours;
    private final Clock clock;
    private Instant saidFor = Instant.MIN;

    /** @param hours null for no limit */
    public DailyHours(Ledger ledger, BigDecimal hours, Clock clock) {
        this.ledger = ledger;
        this.hours = hours;
        this.clock = clock;
    }

    /** Whether this recording is too long for what is left of the day. */
    public boolean isUsedUp(@Variable(Work.VARIABLE) Work work) {
        if (hours == null) {
            return false;
        }
        return isAbove(ledger.statistics().submittedMinutes(today())
                + work.entry().recording().minutes());
    }

    private boolean isAbove(long minutes) {
        return BigDecimal.valueOf(minutes).compareTo(hours.multiply(MINUTES)) > 0;
    }

    /**
     * Lets one recording be submitted, if the day has hours enough for it; else it waits. Nobody else in this process
     * spends any meanwhile.
     *
     * @param submission marks the recording in the ledger as being submitted, by which its hours count from then on;
     *     false if it could not
     * @return what the submission gave; false if there are no hours left
     */
    synchronized boolean spend(Work work, BooleanSupplier submission) {
        if (isUsedUp(work)) {
            postpone(work);
            return false;
        }
        return submission.getAsBoolean();
    }

    /**
     * Back into the ledger until the next day; or given up, where no day has hours enough: whoever set them has to say
     * whether it is worth more.
     */
    public synchronized void postpone(@Variable(Work.VARIABLE) Work work) {
        Entry entry = work.entry();
        if (isAbove(entry.recording().minutes())) {
            String reason =
                    "longer (" + BigDecimal.valueOf(entry.recording().minutes()).divide(MINUTES, 1, RoundingMode.UP)
                            + " hours) than assemblyai.max-hours-per-day (" + hours.toPlainString()
                            + ") lets through in a day: raise that, then retry";
            if (ledger.progress().fail(entry, Reason.LONGER_THAN_DAILY_HOURS, reason, false)) {
                LOG.error("{} failed: {}", entry.id(), reason);
            }
            return;
        }
        Instant today = today();
        Instant tomorrow = today.plus(1, ChronoUnit.DAYS);
        String reason = "above assemblyai.max-hours-per-day (" + hours.toPlainString() + "): waits until " + tomorrow;
        if (!saidFor.equals(today)) {
            saidFor = today;
            LOG.warn("{} and maybe more are {}", entry.id(), reason);
        }
        ledger.release(
                entry, Duration.between(clock.instant(), tomorrow).plusSeconds(1), Reason.DAILY_HOURS_USED_UP, reason);
    }

    private Instant today() {
        return clock.instant().truncatedTo(ChronoUnit.DAYS);
    }
}
