package io.github.zoomtranscriber.zoom;

import io.github.zoomtranscriber.http.Causes;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.http.Refusal;
import io.github.zoomtranscriber.ledger.Discoveries.Added;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.Reason;
import io.github.zoomtranscriber.ledger.Recording;
import io.github.zoomtranscriber.work.MyNotes;
import io.github.zoomtranscriber.work.SteadyClock;
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
    private static final int NOT_FOUND = 404;
    private static final String SCHEDULE = "discover";

    private final Ledger ledger;
    private final Duration wait;
    private final SteadyClock clock;

    /** @param wait for how long to ask for what Zoom is still processing */
    public Ticks(Ledger ledger, Duration wait, SteadyClock clock) {
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
        boolean mine = scheduled == null
                ? ledger.schedule().claimAtStart(SCHEDULE, clock.wall())
                : ledger.schedule().claim(SCHEDULE, scheduled.toInstant(), clock.wall());
        if (!mine) {
            LOG.debug("Another node runs this scheduled check");
        }
        return mine;
    }

    /** How long ago the last tick of any node ended well; empty if none has yet. */
    public Optional<Duration> sinceGood() {
        return ledger.notes().age(GOOD_NOTE);
    }

    public Tick begin() {
        return Tick.begin(clock);
    }

    /** @param given the tick that a command has begun; null on schedule */
    public Tick beginUnlessGiven(@Variable(Tick.VARIABLE) Tick given) {
        return given == null ? begin() : given;
    }

    /** Of a page, what the ledger would take if this were not a mere look. */
    public Added look(@Variable(Tick.VARIABLE) Tick tick, @Body List<Recording> recordings) {
        return tick.survey().look(recordings);
    }

    /** Writes down what is new of a page: one statement where all of it is known. */
    public Added add(@Variable(Tick.VARIABLE) Tick tick, @Body List<Recording> recordings) {
        int skipped = ledger.discoveries().skipAwaited(tick.tally().takeMyNotes(), Reason.MY_NOTES, MyNotes.LEFT_OUT);
        if (skipped > 0) {
            LOG.info("{} recordings that Zoom was still processing are skipped: {}", skipped, MyNotes.LEFT_OUT);
        }
        Added added = ledger.discoveries().add(recordings);
        added.fresh().forEach(r -> {
            LOG.info("{} found: \"{}\" of {}, {} min", r.id(), Clean.text(r.topic()), r.start(), r.minutes());
            String leftOut = tick.tally().takeLeftOut(r.id());
            if (leftOut != null) {
                LOG.info("\"{}\" of {}: {}", Clean.text(r.topic()), r.start(), Clean.text(leftOut));
            }
        });
        return added;
    }

    /** Counts a page that is in the ledger. */
    public void count(@Variable(Tick.VARIABLE) Tick tick, @Body Added added) {
        tick.tally().add(added);
    }

    /** The uuids of the meetings that Zoom is still processing and that no list of this tick has shown. */
    public List<String> unfinished(@Variable(Tick.VARIABLE) Tick tick) {
        int given = ledger.discoveries().stopWaiting(wait);
        if (given > 0) {
            LOG.warn("Skipped {} recordings that Zoom has been processing for {} days", given, wait.toDays());
        }
        return ledger.discoveries()
                .processing(Duration.between(tick.tally().getBegin(), clock.instant())
                        .plusSeconds(1));
    }

    /** One user or meeting could not be listed; the others are. */
    public void notListed(
            @Variable(Tick.VARIABLE) Tick tick,
            @Variable("listing") Listing listing,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
        Refusal no = Causes.find(reason, Refusal.class);
        if (no != null && no.getStatus() == NOT_FOUND && listing.isOneMeeting()) {
            tick.tally().absent();
            LOG.info(
                    "Zoom has no recording of meeting {} yet, or any more: {}",
                    Clean.text(listing.getName()),
                    Clean.text(reason.getMessage()));
            return;
        }
        tick.tally().refused(listing.getName());
        LOG.warn("Could not list {}: {}", listing.getName(), Clean.text(reason.getMessage()));
    }

    /** The tick broke off. */
    public void failed(
            @Variable(Tick.VARIABLE) Tick tick, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
        tick.tally().fail(reason);
    }

    /** The tick is over. Only one that was not limited to some days is what people look for in the ledger. */
    public void end(@Variable(Tick.VARIABLE) Tick tick) {
        Tally tally = tick.tally();
        if (tally.getFailure() == null) {
            LOG.info("{}", tally);
        } else {
            LOG.error("{}", tally);
        }
        if (tick.period() == null) {
            ledger.notes().put(NOTE, tally.toString());
            if (tally.getFailure() == null) {
                ledger.notes().put(GOOD_NOTE, tally.toString());
            }
        }
    }
}
