package io.github.zoomtranscriber.transcript;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Cuts what was said into captions of at most two lines: at the ends of sentences and at pauses where it can, and so
 * that no two are shown at once.
 */
final class Captions {

    static final int LINES = 2;
    static final int COLUMNS = 42;

    /** A caption changes where nobody speaks for so long. */
    private static final long PAUSE = 1000;

    private static final long LONGEST = 7000;
    /** For so long each is shown at least, if need be at the cost of the next. */
    private static final long SHORTEST = 300;
    /** For so long each is shown if nothing follows, so that it can be read: a second, or twenty columns a second. */
    private static final long READABLE = 1000;

    private static final long READABLE_PER_COLUMN = 50;

    private final Locale language;
    private final boolean named;
    private final List<Caption> captions = new ArrayList<>();

    /** @param named whether the text begins with the speaker's name where another one speaks */
    private Captions(Transcript transcript, boolean named) {
        this.language = Text.language(transcript.languageCode());
        this.named = named && transcript.speakers().size() > 1;
    }

    /** @return in their order, none beginning before the one before it ends */
    static List<Caption> of(Transcript transcript, boolean named) {
        Captions captions = new Captions(transcript, named);
        Speaker last = null;
        for (Turn turn : transcript.turns()) {
            captions.add(turn, turn.speaker() != last);
            last = turn.speaker();
        }
        return captions.oneAfterTheOther();
    }

    private void add(Turn turn, boolean another) {
        String name =
                named && another && turn.speaker() != null ? turn.speaker().name() + ": " : "";
        Timing timing = new Timing(turn);
        Units units = new Units(
                name + turn.text(), name.length(), timing, Columns.breaks(name + turn.text(), COLUMNS, language));
        int from = 0;
        while (from < units.size()) {
            int to = units.next(from);
            captions.add(new Caption(units.start(from), units.end(from, to), turn.speaker(), units.lines(from, to)));
            from = to;
        }
    }

    private List<Caption> oneAfterTheOther() {
        captions.sort(Comparator.comparingLong(Caption::start));
        long free = 0;
        for (int i = 0; i < captions.size(); i++) {
            Caption caption = captions.get(i);
            long start = Math.max(caption.start(), free);
            long next = i + 1 < captions.size() ? captions.get(i + 1).start() : Long.MAX_VALUE;
            long readable = Math.max(READABLE, READABLE_PER_COLUMN * Columns.width(String.join(" ", caption.lines())));
            long end = Math.min(next, Math.max(caption.end(), start + readable));
            free = Math.max(end, start + SHORTEST);
            captions.set(i, new Caption(start, free, caption.speaker(), caption.lines()));
        }
        return captions;
    }

    /** The text of a turn in the pieces that a line may end with. */
    private record Units(String text, int prefix, Timing timing, List<Integer> breaks) {

        int size() {
            return breaks.size() - 1;
        }

        long start(int unit) {
            return timing.startAt(Math.max(0, breaks.get(unit) - prefix));
        }

        /** @return when the units from {@code from} to the one before {@code to} have been said */
        long end(int from, int to) {
            String said = text.substring(breaks.get(from), breaks.get(to));
            return Math.max(
                    start(from),
                    timing.endAt(
                            Math.max(0, breaks.get(from) + said.stripTrailing().length() - prefix)));
        }

        String text(int from, int to) {
            return Text.trim(text.substring(breaks.get(from), breaks.get(to)));
        }

        int width(int from, int to) {
            return Columns.width(text(from, to));
        }

        /** @return the unit that the caption after the one that begins with unit {@code from} begins with */
        int next(int from) {
            int second = from;
            int to = from + 1;
            while (to < size() && !isPause(to) && end(to, to + 1) - start(from) <= LONGEST) {
                if (second == from && width(from, to + 1) > COLUMNS) {
                    second = to;
                }
                if (second > from && width(second, to + 1) > COLUMNS) {
                    return better(from, to);
                }
                to++;
            }
            return to == size() ? to : better(from, to);
        }

        private boolean isPause(int unit) {
            return start(unit) - end(unit - 1, unit) >= PAUSE;
        }

        /** Rather a shorter caption that ends with a sentence or a clause than one that ends anywhere. */
        private int better(int from, int to) {
            int full = width(from, to);
            int clause = to;
            for (int end = to; end > from && width(from, end) * 3 >= full; end--) {
                String last = text(end - 1, end);
                if (Text.endsSentence(last)) {
                    return end;
                }
                if (clause == to && Text.endsClause(last) && width(from, end) * 2 >= full) {
                    clause = end;
                }
            }
            return clause == to && !isPauseOrEnd(to) ? withoutOrphan(from, to) : clause;
        }

        /** Leaves more for the next caption where only the last word or two of the sentence would stand there alone. */
        private int withoutOrphan(int from, int to) {
            int rest = to;
            while (rest < size() && !Text.endsSentence(text(rest, rest + 1)) && width(to, rest + 1) <= COLUMNS / 2) {
                rest++;
            }
            boolean orphan = rest == size() || width(to, rest + 1) <= COLUMNS / 2;
            int end = to;
            while (orphan && end > from + 1 && width(from, end) > LINES * COLUMNS * 2 / 3) {
                end--;
            }
            return end;
        }

        private boolean isPauseOrEnd(int unit) {
            return unit == size() || isPause(unit);
        }

        /** One line if it fits, else two of about the same length. */
        List<String> lines(int from, int to) {
            if (width(from, to) <= COLUMNS) {
                return List.of(text(from, to));
            }
            int best = from + 1;
            int least = Integer.MAX_VALUE;
            for (int middle = from + 1; middle < to; middle++) {
                int left = width(from, middle);
                int right = width(middle, to);
                int worse = Math.abs(left - right) - (Text.endsClause(text(middle - 1, middle)) ? COLUMNS / 3 : 0);
                if (left <= COLUMNS && right <= COLUMNS && worse < least) {
                    best = middle;
                    least = worse;
                }
            }
            return List.of(text(from, best), text(best, to));
        }
    }
}
