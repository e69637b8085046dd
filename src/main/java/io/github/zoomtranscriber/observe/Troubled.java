package io.github.zoomtranscriber.observe;

import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.Ledger.Note;
import io.github.zoomtranscriber.ledger.LedgerException;
import io.github.zoomtranscriber.zoom.Ticks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.quartz.CronExpression;

/** What keeps the program from its work, in words. Each method gives a question that can be asked again and again. */
final class Troubled {

    /** So many times in a row the schedule may come without a tick that succeeds. */
    private static final int TICKS = 3;

    private Troubled() {
    }

    /** The ledger's database does not answer. */
    static Supplier<Optional<String>> byLedger(Ledger ledger) {
        return () -> {
            try {
                ledger.now();
                return Optional.empty();
            } catch (LedgerException e) {
                return Optional.of(Clean.text(e.getMessage()));
            }
        };
    }

    /**
     * No tick has succeeded for three schedules. A tick that is at work when the third is due has the time until the fourth.
     *
     * @param started when this process started: what it missed before is not its fault
     */
    static Supplier<Optional<String>> byTicks(Ledger ledger, CronExpression schedule, Instant started, Clock clock) {
        return () -> {
            try {
                Instant good = ledger.note(Ticks.GOOD_NOTE).map(Note::updatedAt).filter(started::isBefore).orElse(started);
                Date due = Date.from(good);
                for (int i = 0; due != null && i <= TICKS; i++) {
                    due = schedule.getNextValidTimeAfter(due);
                }
                if (due == null || clock.instant().isBefore(due.toInstant())) {
                    return Optional.empty();
                }
                return Optional.of("Zoom has not been listed since " + good + "; the last try: " + ledger.note(Ticks.NOTE).map(Note::text).orElse("none"));
            } catch (LedgerException e) {
                return Optional.empty(); // which another check says
            }
        };
    }

    /** There is hardly any room left. */
    static Supplier<Optional<String>> byDisk(List<Path> folders, long leastBytes) {
        return () -> {
            for (Path folder : folders) {
                try {
                    long usable = Files.getFileStore(existing(folder)).getUsableSpace();
                    if (usable < leastBytes) {
                        return Optional.of("%s: %d MB of the disk are left, expected at least %d".formatted(folder, usable >> 20, leastBytes >> 20));
                    }
                } catch (IOException e) {
                    return Optional.of(folder + ": " + e.getMessage());
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
