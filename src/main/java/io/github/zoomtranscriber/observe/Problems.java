package io.github.zoomtranscriber.observe;

import io.github.zoomtranscriber.work.SteadyClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.quartz.CronExpression;

/**
 * What keeps the program from its work, in a sentence. Each method returns a check that can be made any number of
 * times.
 */
final class Problems {

    /** How many ticks in a row may fail. */
    private static final int TICKS = 3;

    private Problems() {}

    /** The ledger's database does not answer. */
    static Supplier<Optional<String>> ofLedger(LedgerWatch ledger) {
        return ledger::problem;
    }

    /**
     * No tick has succeeded for three times of the schedule in a row. A tick that is running at the third has time
     * until the fourth. Ticks that were missed before this process started, or before somebody set the clock, do not
     * count.
     */
    static Supplier<Optional<String>> ofTicks(LedgerWatch ledger, CronExpression schedule, SteadyClock clock) {
        return () -> {
            try {
                LedgerWatch.Listings listings = ledger.listings();
                Duration most = Duration.between(clock.lastSet(), clock.instant());
                Instant now = clock.wall();
                Instant good = now.minus(listings.sinceGood()
                        .filter(age -> !age.isNegative() && age.compareTo(most) < 0)
                        .orElse(most));
                Date due = Date.from(good);
                for (int i = 0; due != null && i <= TICKS; i++) {
                    due = schedule.getNextValidTimeAfter(due);
                }
                if (due == null || now.isBefore(due.toInstant())) {
                    return Optional.empty();
                }
                return Optional.of(
                        "No listing of Zoom has succeeded since " + good + "; the last one: " + listings.last());
            } catch (UnansweredException e) {
                return Optional.empty(); // another check reports this
            }
        };
    }

    /** A disk is nearly full. */
    static Supplier<Optional<String>> ofDisk(List<Path> folders, long leastBytes) {
        return () -> {
            for (Path folder : folders) {
                try {
                    long usable = Files.getFileStore(existing(folder)).getUsableSpace();
                    if (usable < leastBytes) {
                        return Optional.of("The disk of %s has %d MB free: expected at least %d MB"
                                .formatted(folder, usable >> 20, leastBytes >> 20));
                    }
                } catch (IOException e) {
                    return Optional.of("Cannot read how much space is free for " + folder + ": " + e.getMessage());
                }
            }
            return Optional.empty();
        };
    }

    private static Path existing(Path folder) {
        Path there = folder.toAbsolutePath().normalize();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }
}
