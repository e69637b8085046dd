package io.github.zoomtranscriber.zoom;

import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.Ledger.Added;
import io.github.zoomtranscriber.ledger.Recording;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The story of each tick: what was asked, what came of it, and what could not be had. */
public final class Ticks {

    /** The ledger's note on the last tick. */
    public static final String NOTE = "tick";

    /** The ledger's note on the last tick that was not broken off. */
    public static final String GOOD_NOTE = "good tick";

    private static final Logger LOG = LoggerFactory.getLogger(Ticks.class);
    private static final String SCHEDULE = "discover";

    private final Ledger ledger;
    private final Duration wait;
    private final Clock clock;

    /** @param wait for how long to ask for what Zoom is still processing */
    public Ticks(Ledger ledger, Duration wait, Clock clock) {
        this.ledger = ledger;
        this.wait = wait;
        this.clock = clock;
    }

    /**
     * Whether this node makes the tick that all nodes are woken for.
     *
     * @param scheduled when the schedule wanted it; null for the one that a node makes when it starts
     */
    public boolean claim(@Header("scheduledFireTime") Date scheduled) {
        boolean mine = scheduled == null ? ledger.schedule().claimAtStart(SCHEDULE, clock.instant())
                : ledger.schedule().claim(SCHEDULE, scheduled.toInstant());
        if (!mine) {
            LOG.debug("Another node asks Zoom this time");
        }
        return mine;
    }

    /** How long ago the last tick of any node ended well; empty if none has yet. */
    public Optional<Duration> sinceGood() {
        return ledger.noteAge(GOOD_NOTE);
    }

    public Tally begin() {
        return new Tally(clock.instant());
    }

    /** Of a page, what the ledger would take if this were not a mere look. */
    public Added look(@Variable("survey") Survey survey, @Body List<Recording> recordings) {
        return survey.look(recordings);
    }

    /** A page is in the ledger. */
    public void count(@Variable("tally") Tally tally, @Body Added added) {
        tally.add(added);
    }

    /** The uuids of the meetings that Zoom is still processing and that no list of this tick has shown. */
    public List<String> unfinished(@Variable("tally") Tally tally, @Variable("survey") Survey survey) {
        if (survey != null) {
            return survey.unfinished();
        }
        int given = ledger.stopWaiting(wait);
        if (given > 0) {
            LOG.warn("Zoom has been processing {} recordings for {} days: they are skipped", given, wait.toDays());
        }
        return ledger.processing(Duration.between(tally.getBegin(), clock.instant()).plusSeconds(1));
    }

    /** One user or meeting could not be listed; the others are. */
    public void notListed(@Variable("tally") Tally tally, @Variable("asked") String asked, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
        String text = Clean.text(reason.getMessage());
        tally.refused(asked);
        LOG.warn("Could not list {}: {}", asked, text);
    }

    /** The tick broke off. */
    public void failed(@Variable("tally") Tally tally, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
        tally.fail(reason);
    }

    /** @param period the days to which it was limited, or null: only a whole tick is what people look for in the ledger */
    public void end(@Variable("tally") Tally tally, @Variable("period") Period period) {
        if (tally.getFailure() == null) {
            LOG.info("{}", tally);
        } else {
            LOG.error("{}", tally);
        }
        if (period == null) {
            ledger.note(NOTE, tally.toString());
            if (tally.getFailure() == null) {
                ledger.note(GOOD_NOTE, tally.toString());
            }
        }
    }
}
