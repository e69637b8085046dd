package io.github.zoomtranscriber.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-25T10:00:00Z"), ZoneOffset.UTC);

    private static Duration retryAfter(Object value) {
        return RetryAfter.of(Map.of("Retry-After", value), NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "30, PT30S",
        "' 30 ', PT30S",
        "'Wed, 25 Nov 2026 10:01:30 GMT', PT1M30S",
        "2026-11-25T10:00:05Z, PT5S",
        "2026-11-25T10:00:05.500Z, PT5.5S",
        "2026-11-25T11:00:05+01:00, PT5S",
        "2026-11-26T00:00:00Z, PT14H",
        "1795600860, PT1M"
    })
    void isUnderstoodInEachOfItsForms(String value, Duration wait) {
        assertEquals(wait, retryAfter(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-25T09:59:59Z", "Wed, 25 Nov 2026 09:00:00 GMT", "1795600000"})
    void isNeverNegative(String past) {
        assertEquals(Duration.ZERO, retryAfter(past));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "-5",
                "1.5",
                "tomorrow, 10:00",
                "2026-11-25",
                "2026-13-45T10:00:00Z",
                "Mon, 25 Nov 2026 10:00:00 GMT",
                "12345678901234567890",
                "\u0663"
            })
    void isNotGuessedAtWhereNobodyUnderstandsIt(String nonsense) {
        assertNull(retryAfter(nonsense));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"86401", "2026-11-27T00:00:00Z", "999999999999", "Wed, 25 Nov 2099 10:00:00 GMT", "2500000000"})
    void isNeverLongerThanADayAsNoLimitIs(String far) {
        assertEquals(Duration.ofDays(1), retryAfter(far));
    }

    @Test
    void isFoundWhateverItsCaseAndType() {
        assertEquals(Duration.ofSeconds(7), RetryAfter.of(Map.of("retry-AFTER", 7), NOW));
    }

    @Test
    void isFollowedByZoomsOwnHeaderWhereItIsMissingOrNonsense() {
        long inTenSeconds = NOW.instant().plusSeconds(10).getEpochSecond();
        assertEquals(Duration.ofSeconds(10), RetryAfter.of(Map.of("X-RateLimit-Reset", inTenSeconds), NOW));
        assertEquals(
                Duration.ofSeconds(10),
                RetryAfter.of(Map.of("X-RateLimit-Reset", "" + inTenSeconds, "Retry-After", "soon"), NOW));
        assertEquals(
                Duration.ofSeconds(3),
                RetryAfter.of(Map.of("X-RateLimit-Reset", "" + inTenSeconds, "Retry-After", "3"), NOW));
    }

    @ParameterizedTest
    @CsvSource({
        "Retry-After, 2026-11-25T13:00:05Z",
        "Retry-After, 'Wed, 25 Nov 2026 13:00:05 GMT'",
        "Retry-After, 5",
        "X-RateLimit-Reset, 1795611605"
    })
    void isByTheClockOfWhoSaysSoWhereThisMachinesIsWrong(String header, String value) {
        Map<String, Object> headers = Map.of("date", "Wed, 25 Nov 2026 13:00:00 GMT", header, value);

        assertEquals(Duration.ofSeconds(5), RetryAfter.of(headers, NOW));
    }

    @Test
    void isByThisMachinesClockWhereTheAnswerHasNoDateOrNonsense() {
        assertEquals(
                Duration.ofSeconds(5),
                RetryAfter.of(Map.of("Date", "today", "Retry-After", "2026-11-25T10:00:05Z"), NOW));
    }

    @Test
    void isNotThereWhereNobodySaysSo() {
        Map<String, Object> headers = new HashMap<>(Map.of("X-RateLimit-Remaining", "0"));
        headers.put("Retry-After", null);
        assertNull(RetryAfter.of(headers, NOW));
    }
}
