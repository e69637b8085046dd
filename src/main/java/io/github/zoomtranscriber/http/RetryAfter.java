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
 * instant; else Zoom's {@code X-RateLimit-Reset} in seconds since 1970.
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
        Duration wait = parse(text(headers, "Retry-After"), clock);
        if (wait == null) {
            wait = parse(text(headers, "X-RateLimit-Reset"), clock);
        }
        return wait == null || wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }

    private static Duration parse(String text, Clock clock) {
        if (text == null) {
            return null;
        }
        try {
            if (text.matches("\\d{1,12}")) {
                long seconds = Long.parseLong(text);
                return seconds < SECONDS_OF_A_YEAR
                        ? Duration.ofSeconds(seconds)
                        : until(Instant.ofEpochSecond(seconds), clock);
            }
            Instant instant = Character.isDigit(text.charAt(0))
                    ? Instant.parse(text)
                    : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
            return until(instant, clock);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Duration until(Instant instant, Clock clock) {
        Duration wait = Duration.between(clock.instant(), instant);
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
