package io.github.zoomtranscriber.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.options.Options;
import io.github.zoomtranscriber.ledger.Recording;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Locale;

/**
 * How much there is to transcribe, and what that costs.
 *
 * @param unknown how many recordings Zoom gives no length of; they are not in the minutes
 * @param price   of an hour; null where the options do not say
 */
record Bill(int recordings, long minutes, int unknown, BigDecimal price) {

    private static final BigDecimal HOUR = BigDecimal.valueOf(60);

    static Bill of(Collection<Recording> recordings, Options options) {
        return new Bill(recordings.size(), recordings.stream().mapToLong(Recording::minutes).sum(),
                (int) recordings.stream().filter(recording -> recording.minutes() == 0).count(), price(options));
    }

    /** The price of an hour; null where the options do not say. */
    static BigDecimal price(Options options) {
        String text = options.get("assemblyai.price-per-hour");
        return text.isEmpty() ? null : new BigDecimal(text);
    }

    Bill plus(Bill other) {
        return new Bill(recordings + other.recordings, minutes + other.minutes, unknown + other.unknown, price);
    }

    /** In the currency of the price, to two places; null where the price is not known. */
    BigDecimal cost() {
        return price == null ? null : price.multiply(BigDecimal.valueOf(minutes)).divide(HOUR, 2, RoundingMode.HALF_UP);
    }

    static String hours(double minutes) {
        return String.format(Locale.ROOT, "%.1f hours", minutes / 60);
    }

    /** Puts the figures into a JSON object. */
    ObjectNode into(ObjectNode json) {
        json.put("recordings", recordings).put("hours", BigDecimal.valueOf(minutes).divide(HOUR, 3, RoundingMode.HALF_UP));
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
