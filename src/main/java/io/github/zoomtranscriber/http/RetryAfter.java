package io.github.zoomtranscriber.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * When a vendor wants to be asked again: {@code Retry-After} as seconds, as an HTTP date or, at Zoom, as an ISO 8601
 * instant; else Zoom's {@code X-RateLimit-Reset} in seconds since 1970. An instant is one of the vendor's clock, which
 * its {@code Date} tells: this machine's may be wrong by hours.
 */
public final class RetryAfter {

    private static final long SECONDS_OF_A_YEAR = 31_536_000;
    /** Zoom's longest limit is for a day; whoever says more has a wrong clock. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    /**
     * @return how long from now, never negative and at most a day; null if the headers do not say, or say it in a way
     *     nobody understands
     */
    public static Duration of(Map<String, Object> headers, Clock clock) {
        Instant date = date(text(headers, "Date"));
        Instant now = date == null ? clock.instant() : date;
        Duration wait = parse(text(headers, "Retry-After"), now);
        if (wait == null) {
            wait = parse(text(headers, "X-RateLimit-Reset"), now);
        }
        return wait == null || wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }

    private static Duration parse(String text, Instant now) {
        if (text == null) {
            return null;
        }
        try {
            if (text.matches("\\d{1,12}")) {
                long seconds = Long.parseLong(text);
                return seconds < SECONDS_OF_A_YEAR
                        ? Duration.ofSeconds(seconds)
                        : until(Instant.ofEpochSecond(seconds), now);
            }
            Instant instant = Character.isDigit(text.charAt(0)) ? Instant.parse(text) : date(text);
            return instant == null ? null : until(instant, now);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** @return null where it is none */
    private static Instant date(String text) {
        try {
            return text == null
                    ? null
                    : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Duration until(Instant instant, Instant now) {
        Duration wait = Duration.between(now, instant);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private static String text(Map<String, Object> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name) && header.getValue() != null)
                .map(header -> header.getValue().toString().strip())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse(null);
    }
}
