package io.github.zoomtranscriber.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The expected values were made with another tool's HMAC. */
class SignatureTest {

    private static final String SECRET = "test-secret-token-0123456789";
    private static final String SIGNED = "v0=60e7ee379ed41dc138efa0bd9de1aa359661b4705fb3f19c03c631d8ee3a7bd1";
    private static final String TIMESTAMP = "1767225600";
    private static final Instant THEN = Instant.ofEpochSecond(1767225600);
    private static final byte[] BODY =
            "{\"event\":\"recording.completed\",\"event_ts\":1767225600000,\"payload\":{\"account_id\":\"TESTACCOUNT\"}}"
                    .getBytes(StandardCharsets.UTF_8);

    private final Signature signature = new Signature(SECRET);

    @Test
    void whatZoomSignedFits() {
        assertTrue(signature.fits(TIMESTAMP, SIGNED, BODY, THEN));
    }

    @Test
    void anythingElseDoesNotFit() {
        byte[] other = BODY.clone();
        other[40] ^= 1;

        assertFalse(signature.fits(TIMESTAMP, SIGNED, other, THEN));
        assertFalse(signature.fits("1767225601", SIGNED, BODY, THEN));
        assertFalse(signature.fits(TIMESTAMP, SIGNED.substring(0, SIGNED.length() - 1), BODY, THEN));
        assertFalse(signature.fits(TIMESTAMP, "", BODY, THEN));
        assertFalse(new Signature("another-secret").fits(TIMESTAMP, SIGNED, BODY, THEN));
    }

    @Test
    void whatIsMissingOrNoNumberDoesNotFit() {
        assertFalse(signature.fits(null, SIGNED, BODY, THEN));
        assertFalse(signature.fits(TIMESTAMP, null, BODY, THEN));
        assertFalse(signature.fits("yesterday", SIGNED, BODY, THEN));
        assertFalse(signature.fits("9".repeat(40), SIGNED, BODY, THEN));
    }

    @Test
    void zoomsLastRepetitionStillFitsAndNothingOlder() {
        assertTrue(signature.fits(TIMESTAMP, SIGNED, BODY, THEN.plus(Duration.ofMinutes(85))));
        assertFalse(signature.fits(TIMESTAMP, SIGNED, BODY, THEN.plus(Duration.ofMinutes(91))));
    }

    @Test
    void theFutureDoesNotFitButForClocksThatDiffer() {
        assertTrue(signature.fits(TIMESTAMP, SIGNED, BODY, THEN.minus(Duration.ofMinutes(4))));
        assertFalse(signature.fits(TIMESTAMP, SIGNED, BODY, THEN.minus(Duration.ofMinutes(6))));
    }

    @Test
    void zoomsChallengeIsAnswered() {
        assertEquals(
                "6806fd4fceab5538106881d9ede74644cdb6e6f66b3bbafe64228529a219d414",
                signature.answer("qgg8vlvZRS6UYooatFL8Aw"));
    }
}
