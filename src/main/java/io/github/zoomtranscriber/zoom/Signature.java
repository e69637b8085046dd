package io.github.zoomtranscriber.zoom;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How Zoom proves that an event is its own: HMAC-SHA256 over {@code v0:timestamp:body} with the app's secret token.
 * Thread-safe.
 */
final class Signature {

    /**
     * Zoom repeats an event after 5, 25 and 85 minutes (its blog on webhook delays), perhaps under the first timestamp.
     */
    static final Duration OLDEST = Duration.ofMinutes(90);
    /** By how much Zoom's clock and ours may differ. */
    static final Duration AHEAD = Duration.ofMinutes(5);

    private static final String ALGORITHM = "HmacSHA256";

    private final String secret;

    Signature(String secret) {
        this.secret = secret;
    }

    /**
     * @param timestamp the header {@code x-zm-request-timestamp}, seconds; may be null
     * @param signature the header {@code x-zm-signature}; may be null
     * @param body the bytes as they came
     */
    boolean fits(String timestamp, String signature, byte[] body, Instant now) {
        if (timestamp == null || signature == null || !timestamp.matches("\\d{1,11}")) {
            return false;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now);
        byte[] expected = ("v0=" + hmac(("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8), body))
                .getBytes(StandardCharsets.UTF_8);
        boolean same = MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
        return same && age.compareTo(OLDEST) <= 0 && age.negated().compareTo(AHEAD) <= 0;
    }

    /** What Zoom wants back for the {@code plainToken} of its challenge. */
    String answer(String plainToken) {
        return hmac(plainToken.getBytes(StandardCharsets.UTF_8));
    }

    private String hmac(byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
