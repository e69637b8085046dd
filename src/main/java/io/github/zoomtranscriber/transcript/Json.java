package io.github.zoomtranscriber.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads what both vendors send as loosely as they send it: anything may be missing, null or of another type. */
final class Json {

    /**
     * Just under a hundred hours: no recording is that long, and every time can be written with two digits for the
     * hour.
     */
    private static final long LONGEST = 359_999_000;

    private Json() {}

    /** @return the first of the fields that holds some text or a number, on one line; else "" */
    static String line(JsonNode node, String... fields) {
        for (String field : fields) {
            JsonNode value = node.path(field);
            String text = value.isValueNode() && !value.isNull() ? Text.line(value.asText()) : "";
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    /** @return null where there is no instant that can be read */
    static Instant instant(JsonNode node, String field) {
        String text = line(node, field);
        try {
            return text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * A length of time.
     *
     * @param unit how many milliseconds one is
     * @return never negative, 0 where there is no number
     */
    static long milliseconds(JsonNode value, long unit) {
        double number = value.isValueNode() ? value.asDouble(0) * unit : 0;
        return Double.isNaN(number) ? 0 : (long) Math.max(0, Math.min(number, LONGEST));
    }

    /**
     * A point in time.
     *
     * @return milliseconds from the start of the recording, never negative; {@link Gaps#MISSING} where there is no
     *     number
     */
    static long time(JsonNode value) {
        double number = value.isNumber() || value.isTextual() ? value.asDouble(Double.NaN) : Double.NaN;
        return Double.isNaN(number) ? Gaps.MISSING : (long) Math.max(0, Math.min(number, LONGEST));
    }
}
