package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.ledger.Statistics;
import io.github.zoomtranscriber.logging.LogSettings;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows the progress of a backfill: as a bar on a terminal, elsewhere as a line now and then. */
final class Progress implements Consumer<Statistics>, AutoCloseable {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(30);

    private final Set<String> ids;
    private final Bill bill;
    private final PrintStream out;
    private final Clock clock;
    private final ProgressBar bar;
    private final Instant begin;
    private Instant nextLine;
    private int lastEnded = -1;

    /**
     * @param ids of all recordings of the backfill, including those that are finished already
     * @param bill what they amount to
     * @param terminal whether {@code out} is a terminal
     */
    Progress(Set<String> ids, Bill bill, boolean terminal, PrintStream out, Clock clock) {
        this.ids = ids;
        this.bill = bill;
        this.out = out;
        this.clock = clock;
        this.begin = clock.instant();
        this.nextLine = begin;
        this.bar = terminal ? bar(bill.recordings(), out) : null;
    }

    /** Rate and time left are shown by us: the bar's own rate is per second, in which little happens here. */
    private static ProgressBar bar(int recordings, PrintStream out) {
        LogSettings.overLastLine();
        // the library's default moves up a line to draw, and so overwrites the last log line
        return new ProgressBarBuilder()
                .setTaskName("")
                .setInitialMax(recordings)
                .setConsumer(new ConsoleProgressBarConsumer(out))
                .setUpdateIntervalMillis(250)
                .continuousUpdate()
                .hideEta()
                .build();
    }

    @Override
    public void accept(Statistics statistics) {
        Instant now = clock.instant();
        Statistics.Ended progress = statistics.ended(ids);
        if (bar != null) {
            bar.stepTo(progress.ended());
            bar.setExtraMessage(" " + hours(progress) + left(progress, now));
        } else if (progress.ended() != lastEnded
                && (!now.isBefore(nextLine) || progress.ended() == bill.recordings())) {
            nextLine = now.plus(BETWEEN_LINES);
            out.printf(
                    "%d of %d recordings, %s%s%n",
                    progress.ended(), bill.recordings(), hours(progress), left(progress, now));
            lastEnded = progress.ended();
        }
    }

    private String hours(Statistics.Ended progress) {
        return Bill.hours(progress.minutes()).replace(" hours", "") + " of " + Bill.hours(bill.minutes());
    }

    /** The time left at the rate so far, which says little at the very beginning. */
    private String left(Statistics.Ended progress, Instant now) {
        long seconds = Duration.between(begin, now).toSeconds();
        if (seconds < 1 || progress.ended() == 0 || progress.ended() == bill.recordings()) {
            return "";
        }
        double rate = progress.ended() / (double) seconds;
        long minutes = Math.round((bill.recordings() - progress.ended()) / rate / 60);
        return String.format(
                Locale.ROOT,
                ", %.1f a minute, %s left",
                rate * 60,
                minutes < 1 ? "a minute" : minutes < 120 ? minutes + " min" : minutes / 60 + " h");
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
