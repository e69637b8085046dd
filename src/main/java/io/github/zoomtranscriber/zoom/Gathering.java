package io.github.zoomtranscriber.zoom;

import io.github.zoomtranscriber.work.ZoomFile;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Zoom's own files of one recording, while they are fetched: what is there, and why the rest is not. Whoever waits for
 * them may end it at any time; what comes later is lost. Thread-safe.
 */
public final class Gathering {

    private static final String NO_ANSWER = "Zoom did not give it in time";

    private final Map<String, ZoomFile> there = new TreeMap<>();
    private final Map<String, String> missing = new TreeMap<>();
    private boolean ended;
    private boolean fresh;

    /** These are to be had, as far as one knows, and no others. */
    synchronized void expect(Collection<String> names) {
        missing.keySet().retainAll(names);
        names.stream().filter(name -> !there.containsKey(name)).forEach(name -> missing.putIfAbsent(name, NO_ANSWER));
    }

    synchronized boolean has(String name) {
        return there.containsKey(name);
    }

    /** The first of each name counts. */
    synchronized void add(ZoomFile file) {
        if (!ended) {
            there.putIfAbsent(file.name(), file);
            missing.remove(file.name());
        }
    }

    /** @param why in words, cleaned */
    synchronized void failed(String name, String why) {
        missing.put(name, why);
    }

    /** None of what is missing can be had. */
    synchronized void failed(String why) {
        missing.replaceAll((name, before) -> why);
    }

    synchronized void addressesAreFresh() {
        fresh = true;
    }

    /** Whether the addresses come straight from Zoom. */
    public synchronized boolean isFresh() {
        return fresh;
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /** @return what is there, by name */
    synchronized Map<String, ZoomFile> end() {
        ended = true;
        return Collections.unmodifiableMap(new TreeMap<>(there));
    }

    /** What was to be had and is not there, and why, by name. */
    synchronized Map<String, String> missing() {
        return new TreeMap<>(missing);
    }
}
