package io.github.zoomtranscriber.transcript;

import java.util.ArrayList;
import java.util.List;

/**
 * Fills in the times that AssemblyAI left out, from what stands before and after: a time that is missing is not the
 * start of the recording.
 */
final class Gaps {

    /** Stands for a time that is missing. */
    static final long MISSING = -1;

    /** So many milliseconds a character takes to say, where nothing else is known. */
    private static final long PER_CHARACTER = 70;

    private Gaps() {}

    /**
     * What has a start and an end, each in milliseconds or {@link #MISSING}.
     *
     * @param <T> what it is itself
     */
    interface Timed<T> {

        long start();

        long end();

        String text();

        /** The same at this time. */
        T at(long start, long end);
    }

    /**
     * @param items in their order
     * @param from where the first may begin; {@link #MISSING} if unknown
     * @param to where the last may end; {@link #MISSING} if unknown
     * @return the items, each with its times; all at 0 if nothing is known of any
     */
    static <T extends Timed<T>> List<T> fill(List<T> items, long from, long to) {
        if (items.stream().allMatch(Gaps::isWhole)) {
            return items;
        }
        long[] after = new long[items.size()];
        long known = MISSING;
        for (int i = items.size() - 1; i >= 0; i--) {
            after[i] = known;
            known = first(items.get(i).start(), items.get(i).end(), known);
        }
        long before = known == MISSING && from == MISSING ? 0 : from;
        long latest = known == MISSING && from == MISSING ? 0 : to;
        List<T> filled = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            T item = items.get(i);
            filled.add(isWhole(item) ? item : fill(item, before, after[i], latest));
            before = filled.get(i).end();
        }
        return filled;
    }

    private static boolean isWhole(Timed<?> item) {
        return item.start() != MISSING && item.end() != MISSING;
    }

    /** The first of these times that is known. */
    static long first(long... times) {
        for (long time : times) {
            if (time != MISSING) {
                return time;
            }
        }
        return MISSING;
    }

    /** @param latest where it may end, if nothing is known of what comes after it */
    private static <T extends Timed<T>> T fill(T item, long before, long after, long latest) {
        long spoken = item.text().length() * PER_CHARACTER;
        long start = item.start();
        long end = item.end();
        if (start == MISSING && end == MISSING) {
            if (before == MISSING || after != MISSING && after < before) {
                end = after;
            } else {
                start = before;
            }
        }
        if (start == MISSING) {
            start = Math.max(end - spoken, Math.min(Math.max(before, 0), end));
        }
        if (end == MISSING) {
            long most = first(after, latest);
            end = Math.max(start, most == MISSING ? start + spoken : Math.min(start + spoken, most));
        }
        return item.at(start, Math.max(start, end));
    }
}
