package io.github.zoomtranscriber.zoom;

import java.time.Clock;

/**
 * One walk through Zoom's lists. It travels in the exchange variable {@code tick}; a command that begins one puts it
 * there itself.
 *
 * @param tally what it has seen so far
 * @param survey where it only looks: what it would take; null where it takes what it finds
 * @param period the days to which it is limited; null for the days that the options say
 */
public record Tick(Tally tally, Survey survey, Period period) {

    /** The exchange variable that holds the tick. */
    public static final String VARIABLE = "tick";

    /** One that takes what it finds, over the days that the options say. */
    public static Tick begin(Clock clock) {
        return new Tick(new Tally(clock.instant()), null, null);
    }

    /**
     * The same over other days.
     *
     * @param days null for those that the options say
     */
    public Tick over(Period days) {
        return new Tick(tally, survey, days);
    }

    /** The same, but taking nothing. */
    public Tick into(Survey found) {
        return new Tick(tally, found, period);
    }

    @Override
    public String toString() {
        return tally.toString();
    }
}
