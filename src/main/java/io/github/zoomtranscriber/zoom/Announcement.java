package io.github.zoomtranscriber.zoom;

import java.time.Duration;

/**
 * How often a meeting is asked for that an event has told of: Zoom's API may not know it yet, and in the end the next
 * tick asks.
 */
public final class Announcement {

    private static final int TRIES = 4;
    private static final int GROWTH = 8;

    private final String meetingUuid;
    private long pause;
    private int tries;
    private boolean answered;

    /** @param first before the second try; each further pause is eight times the one before */
    public Announcement(String meetingUuid, Duration first) {
        this.meetingUuid = meetingUuid;
        this.pause = first.toMillis();
    }

    public String getMeetingUuid() {
        return meetingUuid;
    }

    public boolean isUnfinished() {
        return !answered && tries < TRIES;
    }

    /** Milliseconds before the next try, none before the first. */
    public long getPause() {
        if (tries++ == 0) {
            return 0;
        }
        long now = pause;
        pause *= GROWTH;
        return now;
    }

    void answered() {
        answered = true;
    }
}
