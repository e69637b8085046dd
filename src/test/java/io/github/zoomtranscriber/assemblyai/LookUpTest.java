package io.github.zoomtranscriber.assemblyai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.MovableClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job whose answer was lost is found, so that it is not paid twice. */
class LookUpTest {

    private static final Duration LAG = Duration.ofMinutes(2);

    private final MovableClock clock = new MovableClock();

    private static String page(String audioUrl, Instant created) {
        return """
                {"page_details": {"prev_url": null}, "transcripts": [
                  {"id": "t-1", "status": "completed", "audio_url": "%s", "created": "%s"}]}"""
                .formatted(audioUrl, LocalDateTime.ofInstant(created, ZoneOffset.UTC));
    }

    private static InputStream answer(String page) {
        return new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8));
    }

    /** Looks as the route does. */
    private void look(LookUp lookUp, String page) throws IOException {
        while (lookUp.isUnfinished()) {
            clock.move(Duration.ofMillis(lookUp.getPause()));
            lookUp.turn(answer(page));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT1M", "PT10M", "PT3H", "PT23H", "PT-3H", "P-400D"})
    void itIsFoundWhereOurClockIsOrWasWrong(Duration wrong) throws IOException {
        Instant created = clock.instant();
        LookUp lookUp = new LookUp("https://zoom.us/a", created.plus(wrong), LAG, clock.steady());

        look(lookUp, page("https://zoom.us/a?sig=2", created));

        assertEquals("t-1", lookUp.getTranscriptId());
        assertFalse(lookUp.isUnfinished());
    }

    @Test
    void whatIsNotThereIsLookedForAsLongAsItMayTakeToShowWhateverTheClockIsSetTo() throws IOException {
        Instant begin = clock.steady().instant();
        LookUp lookUp = new LookUp("https://zoom.us/a", begin, LAG, clock.steady());
        String page = page("https://zoom.us/b", begin);

        lookUp.turn(answer(page));
        clock.step(Duration.ofHours(3));
        lookUp.turn(answer(page));
        assertTrue(lookUp.isUnfinished());
        clock.step(Duration.ofHours(-6));
        look(lookUp, page);

        assertNull(lookUp.getTranscriptId());
        assertEquals(begin.plus(LAG), clock.instant().plus(Duration.ofHours(3)));
    }
}
