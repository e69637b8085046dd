package io.github.zoomtranscriber.transcript;

import java.util.Arrays;

/**
 * Says when each character of a turn is spoken. Finds the turn's words in its text; between them, and where the words
 * differ from the text (numbers and e-mail addresses are written anew, names are blacked out), time goes by length.
 */
final class Timing {

    /** How far behind the last word the next is looked for. */
    private static final int REACH = 64;

    private final int[] offsets;
    private final long[] times;
    private int knots;

    Timing(Turn turn) {
        offsets = new int[turn.words().size() * 2 + 2];
        times = new long[offsets.length];
        knot(0, turn.start());
        int from = 0;
        for (Word word : turn.words()) {
            int found = find(turn.text(), word.text(), from);
            if (found >= 0) {
                from = found + word.text().length();
                knot(found, word.start());
                knot(from, word.end());
            }
        }
        knot(turn.text().length(), turn.end());
    }

    private static int find(String text, String word, int from) {
        int last = Math.min(from + REACH, text.length() - word.length());
        for (int at = from; at <= last; at++) {
            if (text.startsWith(word, at)) {
                return at;
            }
        }
        return -1;
    }

    private void knot(int offset, long time) {
        offsets[knots] = offset;
        times[knots] = knots == 0 ? time : Math.max(time, times[knots - 1]);
        knots++;
    }

    /** @return milliseconds from the start of the recording at which what stands at the offset begins */
    long startAt(int offset) {
        int at = Arrays.binarySearch(offsets, 0, knots, offset);
        if (at < 0) {
            return between(-at - 2, offset);
        }
        while (at + 1 < knots && offsets[at + 1] == offset) {
            at++;
        }
        return times[at];
    }

    /** @return milliseconds from the start of the recording at which what stands before the offset ends */
    long endAt(int offset) {
        int at = Arrays.binarySearch(offsets, 0, knots, offset);
        if (at < 0) {
            return between(-at - 2, offset);
        }
        while (at > 0 && offsets[at - 1] == offset) {
            at--;
        }
        return times[at];
    }

    private long between(int knot, int offset) {
        int left = Math.max(0, Math.min(knot, knots - 2));
        long span = Math.max(1, offsets[left + 1] - offsets[left]);
        return times[left] + (times[left + 1] - times[left]) * (offset - offsets[left]) / span;
    }
}
