package io.github.zoomtranscriber.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.zoom.Listing.Window;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever the day and the look-back. */
class ListingsPropertyTest {

    @Property(tries = 2000)
    void theWindowsCoverTheWholeLookBackEachAtMostAMonth(
            @ForAll @IntRange(min = 0, max = 3000) int day, @ForAll @IntRange(min = 1, max = 180) int lookbackDays) {
        LocalDate today = LocalDate.of(2024, 1, 1).plusDays(day);
        Clock clock = Clock.fixed(today.atTime(23, 59).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
        List<Window> windows = new Listings(false, List.of(), lookbackDays, 300, clock).windows(null);
        assertEquals(today.plusDays(1), windows.get(0).to());
        assertEquals(
                today.minusDays(lookbackDays), windows.get(windows.size() - 1).from());
        for (int i = 0; i < windows.size(); i++) {
            Window window = windows.get(i);
            assertTrue(window.from().isBefore(window.to()), window.text());
            assertTrue(!window.to().minusMonths(1).isAfter(window.from()), window.text());
            if (i > 0) {
                assertEquals(windows.get(i - 1).from(), window.to(), "no day is left out between two windows");
            }
        }
        assertTrue(windows.size() <= 7, "in few calls");
    }
}
