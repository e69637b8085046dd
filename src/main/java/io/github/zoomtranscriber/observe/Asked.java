package io.github.zoomtranscriber.observe;

import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.LedgerException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A question to the ledger, which may take as long as a database that is frozen, or a pool that is used up. It is asked
 * by a thread of its own, and once at a time: whoever wants to know waits for the answer that is under way, for a while
 * since it was asked for. So when there is none, the first waits, and all others hear it at once. Thread-safe.
 */
final class Asked<T> {

    /** Prometheus gives up after 10 s, a cluster's probe after 1 s. */
    static final Duration PROBE = Duration.ofMillis(800);

    private final Supplier<T> source;
    private final Executor threads;
    private CompletableFuture<T> question;
    private long askedAt;
    /** The first question since the last answer. */
    private long unansweredSince;

    private boolean unanswered;
    private volatile T last;
    private volatile String refusal;

    Asked(Supplier<T> source, Executor threads) {
        this.source = source;
        this.threads = threads;
    }

    /** Asks, unless it is being asked, and does not wait. */
    synchronized void begin() {
        if (question == null || question.isDone()) {
            askedAt = System.nanoTime();
            if (!unanswered) {
                unanswered = true;
                unansweredSince = askedAt;
            }
            question = CompletableFuture.supplyAsync(this::ask, threads);
        }
    }

    private T ask() {
        try {
            T answer = source.get();
            answered(answer);
            return answer;
        } catch (LedgerException e) {
            refusal = Clean.text(e.getMessage());
            throw e;
        }
    }

    private synchronized void answered(T answer) {
        last = answer;
        refusal = null;
        unanswered = false;
    }

    /**
     * @param patience how long the question may have been asked at most
     * @throws UnansweredException if there is no answer
     */
    T get(Duration patience) {
        CompletableFuture<T> asked;
        long left;
        synchronized (this) {
            begin();
            asked = question;
            left = askedAt + patience.toNanos() - System.nanoTime();
        }
        try {
            return await(asked, left);
        } catch (TimeoutException e) {
            throw new UnansweredException(why(), e);
        }
    }

    /**
     * An answer for which this waits.
     *
     * @param most nanoseconds
     * @throws UnansweredException if the ledger does not answer
     */
    static <A> A await(Future<A> answer, long most) throws TimeoutException {
        try {
            return answer.get(Math.max(0, most), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LedgerException) {
                throw new UnansweredException(Clean.text(e.getCause().getMessage()), e.getCause());
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnansweredException("Stopped while the ledger was asked", e);
        }
    }

    private synchronized String why() {
        return refusal != null
                ? refusal
                : "The ledger's database has not answered for %d s"
                        .formatted(Math.max(
                                1,
                                Duration.ofNanos(System.nanoTime() - unansweredSince)
                                        .toSeconds()));
    }

    /** The last answer that there was, however old; null if there was none yet. */
    T last() {
        return last;
    }
}
