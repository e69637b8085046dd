package io.github.zoomtranscriber.ledger;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The claims of this process, and until when each of them lasts by a clock that nobody sets. Where the database's clock
 * goes forward by hours, all leases seem to have run out; what this process works on is not to be taken up by it once
 * more because of that. Thread-safe.
 */
final class Held {

    private final LongSupplier nanos;
    private final Map<String, Lease> leases = new ConcurrentHashMap<>();

    private record Lease(String claim, long until) {}

    /** @param nanos as {@link System#nanoTime} */
    Held(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The recording is held by this claim for so long from now on. */
    void hold(String id, String claim, Duration lease) {
        leases.put(id, new Lease(claim, nanos.getAsLong() + lease.toNanos()));
    }

    /** The claim of this process on a recording, or the last one that it had; null if its time is over. */
    String claim(String id) {
        Lease lease = leases.get(id);
        return lease == null || isOver(lease) ? null : lease.claim();
    }

    private boolean isOver(Lease lease) {
        return nanos.getAsLong() - lease.until() > 0;
    }

    /** Forgets what is over: most that is claimed is finished long before. */
    void tidy() {
        leases.values().removeIf(this::isOver);
    }

    /** It is held no longer, unless by a later claim. */
    void release(String id, String claim) {
        leases.computeIfPresent(id, (held, lease) -> lease.claim().equals(claim) ? null : lease);
    }

    /** How many are held whose ids end so. */
    int size(String ending) {
        tidy();
        return (int) leases.keySet().stream().filter(id -> id.endsWith(ending)).count();
    }

    void clear() {
        leases.clear();
    }
}
