package io.github.zoomtranscriber.observe;

import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.Notes.Note;
import io.github.zoomtranscriber.zoom.Ticks;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Asks the ledger for those who must not wait for it, such as whoever wants to know whether it answers: health, metrics
 * and the status page. Thread-safe.
 */
public final class LedgerWatch {

    /** Whoever asks waits elsewhere; of these threads, many may hang, and none keeps the program from its end. */
    private static final Executor THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "ledger-watch");
        thread.setDaemon(true);
        return thread;
    });

    /** How often whoever waits for an answer makes sure that there may be one. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** What takes a person's patience is no outage yet. */
    private static final Duration PERSON = Duration.ofSeconds(5);

    private final Asked<Listings> listings;

    /**
     * What the ledger knows of the listings of Zoom.
     *
     * @param sinceGood how long ago the last complete one was, by the database's clock; empty if there was none
     * @param last what came of the last one, in words
     */
    record Listings(Optional<Duration> sinceGood, String last) {}

    public LedgerWatch(Ledger ledger) {
        listings = asked(() -> new Listings(
                ledger.notes().age(Ticks.GOOD_NOTE),
                ledger.notes().find(Ticks.NOTE).map(Note::text).orElse("none")));
    }

    /** A question that health or metrics ask again and again. */
    static <T> Asked<T> asked(Supplier<T> question) {
        return new Asked<>(question, THREADS);
    }

    /** @throws UnansweredException if the ledger does not answer at once */
    Listings listings() {
        return listings.get(Asked.PROBE);
    }

    /** Why the ledger does not answer at once; empty if it does. */
    Optional<String> problem() {
        try {
            listings();
            return Optional.empty();
        } catch (UnansweredException e) {
            return Optional.of(e.getMessage());
        }
    }

    /**
     * The answer to any question, for which this waits as long as the ledger answers at all.
     *
     * @throws UnansweredException if it does not
     */
    <T> T answer(Supplier<T> question) {
        listings.get(PERSON);
        CompletableFuture<T> answer = CompletableFuture.supplyAsync(question, THREADS);
        while (true) {
            try {
                return Asked.await(answer, LOOK.toNanos());
            } catch (TimeoutException e) {
                listings.get(PERSON);
            }
        }
    }
}
