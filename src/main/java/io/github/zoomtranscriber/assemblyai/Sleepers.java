package io.github.zoomtranscriber.assemblyai;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who waits for which transcript. A delay of Camel's cannot be cut short, so a call lets another exchange go on in the
 * sleeper's place, and the sleeper finds that out when it wakes: whoever takes a transcript out of here goes on, and
 * there is only one. Thread-safe.
 */
final class Sleepers<T> {

    /** Calls that nobody slept for are remembered, but not for ever: most of them are repetitions. */
    private static final int REMEMBERED = 10_000;

    private final Map<String, T> asleep = new HashMap<>();
    private final Set<String> called = new LinkedHashSet<>();

    /** @return false if there has been a call, so that there is nothing to sleep for */
    synchronized boolean fallAsleep(String transcriptId, T sleeper) {
        if (called.remove(transcriptId)) {
            return false;
        }
        asleep.put(transcriptId, sleeper);
        return true;
    }

    /**
     * The sleeper wakes by itself.
     *
     * @return false if another goes on in its place
     */
    synchronized boolean wakeUp(String transcriptId, T sleeper) {
        return asleep.remove(transcriptId, sleeper);
    }

    /**
     * @return who slept for it, and is not to go on when it wakes; null if there is nobody, who will be told when he
     *     comes
     */
    synchronized T call(String transcriptId) {
        T sleeper = asleep.remove(transcriptId);
        if (sleeper == null) {
            called.add(transcriptId);
            if (called.size() > REMEMBERED) {
                called.remove(called.iterator().next());
            }
        }
        return sleeper;
    }
}
