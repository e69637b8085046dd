package io.github.zoomtranscriber.transcript;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them. */
final class Times {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    private Times() {}

    /** @return {@code 00:31:02} */
    static String clock(long milliseconds) {
        long seconds = milliseconds / 1000;
        return two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60);
    }

    /**
     * @param mark what stands before the milliseconds
     * @return {@code 00:31:02.005}
     */
    static String exact(long milliseconds, char mark) {
        long rest = milliseconds % 1000;
        return clock(milliseconds) + mark + (rest < 100 ? "0" : "") + two(rest);
    }

    private static String two(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }

    /** @return {@code 2 h 05 min}, {@code 31 min}, {@code 3 min 20 s} or {@code 45 s}, at least a second */
    static String length(Duration length) {
        long seconds = Math.max(1, (length.toMillis() + 500) / 1000);
        long minutes = (seconds + 30) / 60;
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 600
                ? seconds / 60 + " min " + two(seconds % 60) + " s"
                : minutes < 60 ? minutes + " min" : minutes / 60 + " h " + two(minutes % 60) + " min";
    }

    /** @return day, from when to when, and the time zone; "" where the start is unknown */
    static String when(Meeting meeting) {
        ZonedDateTime begin = meeting.begin();
        if (begin == null) {
            return "";
        }
        String end = meeting.length().isZero() ? "" : " to " + CLOCK.format(begin.plus(meeting.length()));
        return DAY.format(begin) + ", " + CLOCK.format(begin) + end + " (" + meeting.zone() + ")";
    }
}
