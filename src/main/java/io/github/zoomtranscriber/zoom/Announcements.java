package io.github.zoomtranscriber.zoom;

import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.Recording;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Meetings that an event has told of, until Zoom's API shows them. Thread-safe. */
public final class Announcements {

    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

    private final Ledger ledger;
    private final Duration pause;

    /** @param pause before a meeting is asked for once more */
    public Announcements(Ledger ledger, Duration pause) {
        this.ledger = ledger;
        this.pause = pause;
    }

    /**
     * Writes down what was told, as something that Zoom is still at work on: should this process end now, the next tick
     * asks for it.
     *
     * @param told what would be transcribed, by the event's own words
     * @return the uuid of the meeting to ask for; null if all of it is known
     */
    public String write(@Body List<Recording> told, @Variable(Tick.VARIABLE) Tick tick) {
        List<Recording> announced = told.stream().map(Recording::announced).toList();
        ledger.discoveries().add(announced);
        boolean awaited = ledger.discoveries().isAwaited(announced);
        LOG.info(
                "Zoom's webhook: {}",
                told.isEmpty()
                        ? "ignored a recorded meeting: " + tick.tally().dropped()
                        : Clean.text("meeting " + told.get(0).meetingUuid()
                                + (awaited ? " has been recorded" : " is known already")));
        return awaited ? told.get(0).meetingUuid() : null;
    }

    public Announcement begin(@Body String meetingUuid) {
        return new Announcement(meetingUuid, pause);
    }

    /** Zoom has listed the meeting: it need not be asked again unless it is at work on something still. */
    public void listed(@Variable("event") Announcement announcement, @Variable(Tick.VARIABLE) Tick tick) {
        Tally tally = tick.tally();
        if (tally.getProcessing() == 0 && tally.hasRecordings()) {
            announcement.answered();
        }
    }

    /** Zoom does not know it yet, or cannot be reached. */
    public void notListed(
            @Variable("event") Announcement announcement,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
        LOG.info(
                "Meeting {} was recorded, but Zoom does not list it yet; {}: {}",
                Clean.text(announcement.getMeetingUuid()),
                announcement.isUnfinished() ? "asking again soon" : "the next scheduled check asks again",
                Clean.text(reason.getMessage()));
    }
}
