package io.github.zoomtranscriber.options;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Guesses which name a misspelt one stands for. */
final class OptionSpelling {
    private OptionSpelling() {}

    /** The one of {@code names} that differs from {@code word} by the fewest changed, added or dropped letters. */
    static String nearest(String word, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt((String name) -> distance(word, name)))
                .orElseThrow();
    }

    /** Levenshtein distance, ignoring case. */
    static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
