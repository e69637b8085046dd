package io.github.zoomtranscriber.zoom;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Days, both included, by the meeting's own time zone.
 *
 * @param from not after {@code to}
 */
public record Period(LocalDate from, LocalDate to) {

    public Period {
        if (from.isAfter(to)) {
            throw new IllegalArgumentException(
                    "expected a first day that is not after the last: " + from + " to " + to);
        }
    }

    /**
     * Whether a recording began in it; one that does not say when did.
     *
     * @param zone the meeting's zone id; UTC where that is null or unknown
     */
    boolean includes(Instant start, String zone) {
        if (start == null) {
            return true;
        }
        LocalDate day = LocalDate.ofInstant(start, zone(zone));
        return !day.isBefore(from) && !day.isAfter(to);
    }

    /** The same days in pieces that end with each month, oldest first. */
    public List<Period> months() {
        List<Period> months = new ArrayList<>();
        for (LocalDate first = from;
                !first.isAfter(to);
                first = YearMonth.from(first).plusMonths(1).atDay(1)) {
            LocalDate last = YearMonth.from(first).atEndOfMonth();
            months.add(new Period(first, last.isBefore(to) ? last : to));
        }
        return months;
    }

    private static ZoneId zone(String id) {
        try {
            return id == null ? ZoneOffset.UTC : ZoneId.of(id);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    @Override
    public String toString() {
        return from + " to " + to;
    }
}
