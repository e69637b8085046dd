package io.github.zoomtranscriber.zoom;

import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.LedgerException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An upload that goes on: holds on to its recording, and says now and then how far it is. For one thread. */
final class Upload {

    private static final Logger LOG = LoggerFactory.getLogger(Upload.class);
    private static final Duration SIGN = Duration.ofSeconds(5);
    /** A recording of usual size is through before that. */
    private static final Duration LINE = Duration.ofSeconds(30);

    private static final double MB = 1_000_000;

    private final Entry entry;
    private final long fileSize;
    private final Ledger ledger;
    private final Clock clock;
    private final Instant begin;
    private Instant nextSign;
    private Instant nextLine;

    /** @param fileSize in bytes, 0 where unknown */
    Upload(Entry entry, long fileSize, Ledger ledger, Clock clock) {
        this.entry = entry;
        this.fileSize = fileSize;
        this.ledger = ledger;
        this.clock = clock;
        this.begin = clock.instant();
        this.nextSign = begin;
        this.nextLine = begin.plus(LINE);
    }

    /**
     * @param bytes how many have passed by now
     * @return false if the recording is somebody else's by now
     */
    boolean goesOn(long bytes) {
        Instant now = clock.instant();
        if (now.isBefore(nextSign)) {
            return true;
        }
        nextSign = now.plus(SIGN);
        String progress = progress(bytes, now);
        if (!now.isBefore(nextLine)) {
            nextLine = now.plus(LINE);
            LOG.info("Uploading {}: {}", entry.id(), progress);
        }
        try {
            return ledger.uploading(entry, progress);
        } catch (LedgerException e) {
            LOG.warn("Could not extend the claim on {}; the upload continues: {}", entry.id(), e.getMessage());
            return true;
        }
    }

    private String progress(long bytes, Instant now) {
        double seconds = Duration.between(begin, now).toMillis() / 1000.0;
        String of = fileSize > 0 ? String.format(Locale.ROOT, " of %.1f", fileSize / MB) : "";
        String pace = seconds > 0 ? String.format(Locale.ROOT, ", %.1f MB/s", bytes / MB / seconds) : "";
        return String.format(Locale.ROOT, "%.1f%s MB%s", bytes / MB, of, pace);
    }
}
