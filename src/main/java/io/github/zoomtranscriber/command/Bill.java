package io.github.zoomtranscriber.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.ledger.Recording;
import io.github.zoomtranscriber.options.Options;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Locale;

/**
 * How much there is to transcribe, and what it costs.
 *
 * @param unknown the number of recordings whose length Zoom does not tell; they do not count in the minutes
 * @param price of an hour; null if the options do not set it
 */
record Bill(int recordings, long minutes, int unknown, BigDecimal price) {

    private static final BigDecimal HOUR = BigDecimal.valueOf(60);

    static Bill of(Collection<Recording> recordings, Options options) {
        return new Bill(
                recordings.size(),
                recordings.stream().mapToLong(Recording::minutes).sum(),
                (int) recordings.stream()
                        .filter(recording -> recording.minutes() == 0)
                        .count(),
                price(options));
    }

    /** The price of an hour; null if the options do not set it. */
    static BigDecimal price(Options options) {
        String text = options.get("assemblyai.price-per-hour");
        return text.isEmpty() ? null : new BigDecimal(text);
    }

    Bill plus(Bill other) {
        return new Bill(recordings + other.recordings, minutes + other.minutes, unknown + other.unknown, price);
    }

    /** The cost in the currency of the price, to two decimal places; null if there is no price. */
    BigDecimal cost() {
        return price == null
                ? null
                : price.multiply(BigDecimal.valueOf(minutes)).divide(HOUR, 2, RoundingMode.HALF_UP);
    }

    static String hours(double minutes) {
        return String.format(Locale.ROOT, "%.1f hours", minutes / 60);
    }

    /** Adds the figures to a JSON object, and returns it. */
    ObjectNode into(ObjectNode json) {
        json.put("recordings", recordings)
                .put("hours", BigDecimal.valueOf(minutes).divide(HOUR, 3, RoundingMode.HALF_UP));
        json.put("of_unknown_length", unknown);
        return json.put("cost", cost());
    }

    @Override
    public String toString() {
        if (recordings == 0) {
            return "0 recordings";
        }
        return (recordings == 1 ? "1 recording" : recordings + " recordings") + ", " + hours(minutes)
                + (unknown == 0 ? "" : " and " + unknown + " of unknown length")
                + (price == null ? "" : ", about " + cost() + " at " + price.toPlainString() + " an hour");
    }
}
