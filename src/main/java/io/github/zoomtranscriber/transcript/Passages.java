package io.github.zoomtranscriber.transcript;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Cuts turns into paragraphs and sets chapters and chat between them. */
final class Passages {

    /** Characters after which the end of a sentence ends a paragraph. */
    private static final int LONG = 600;
    /** Characters after which a pause does, at the end of a sentence. */
    private static final int SHORT = 200;
    /** Characters after which a paragraph ends even where no sentence does: not every transcript has punctuation. */
    private static final int ENDLESS = 1500;

    private static final long PAUSE = 1500;
    private static final long BREATH = 300;

    private final Transcript transcript;

    Passages(Transcript transcript) {
        this.transcript = transcript;
    }

    List<Passage> all() {
        List<Passage> passages = new ArrayList<>(transcript.chapters());
        transcript.turns().forEach(turn -> cut(turn, passages));
        passages.addAll(transcript.chat());
        passages.sort(Comparator.comparingLong(Passage::start).thenComparingInt(Passages::rank));
        return opened(passages);
    }

    /** At the same moment the chapter's title comes first and the chat last. */
    private static int rank(Passage passage) {
        return passage instanceof Chapter ? 0 : passage instanceof Paragraph ? 1 : 2;
    }

    /** A name is shown where somebody else spoke, typed, or a chapter began. */
    private static List<Passage> opened(List<Passage> passages) {
        Passage before = null;
        for (int i = 0; i < passages.size(); i++) {
            if (before instanceof Paragraph last
                    && passages.get(i) instanceof Paragraph next
                    && last.speaker() == next.speaker()) {
                passages.set(i, new Paragraph(next.speaker(), next.start(), next.text(), false));
            }
            before = passages.get(i);
        }
        return passages;
    }

    private void cut(Turn turn, List<Passage> passages) {
        String text = turn.text();
        Timing timing = new Timing(turn);
        BreakIterator units = BreakIterator.getLineInstance(Text.language(transcript.languageCode()));
        units.setText(text);
        int begin = 0;
        int last = 0;
        for (int at = units.next(); at != BreakIterator.DONE && at < text.length(); at = units.next()) {
            if (isBreak(text, timing, begin, last, at)) {
                passages.add(new Paragraph(
                        turn.speaker(),
                        timing.startAt(begin),
                        text.substring(begin, at).strip(),
                        true));
                begin = at;
            }
            last = at;
        }
        passages.add(new Paragraph(
                turn.speaker(), timing.startAt(begin), text.substring(begin).strip(), true));
    }

    /** @param last where the unit before {@code at} begins */
    private boolean isBreak(String text, Timing timing, int begin, int last, int at) {
        long now = timing.startAt(at);
        if (isChapterBetween(timing.startAt(begin), now)) {
            return true;
        }
        int length = at - begin;
        if (length < SHORT) {
            return false;
        }
        String unit = text.substring(last, at);
        long pause = now - timing.endAt(last + unit.stripTrailing().length());
        return Text.endsSentence(unit) && (length > LONG || pause >= PAUSE)
                || length > ENDLESS && (pause >= BREATH || length > 2 * ENDLESS);
    }

    private boolean isChapterBetween(long after, long upTo) {
        int from = 0;
        int to = transcript.chapters().size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (transcript.chapters().get(middle).start() > after) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from < transcript.chapters().size()
                && transcript.chapters().get(from).start() <= upTo;
    }
}
