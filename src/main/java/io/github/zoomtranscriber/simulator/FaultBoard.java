package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The faults that hold now, and the dice. Safe for use by many threads. */
final class FaultBoard {

    private final long seed;
    private final Map<String, Long> draws = new ConcurrentHashMap<>();
    private volatile Faults faults = new Faults();

    FaultBoard(long seed) {
        this.seed = seed;
    }

    Faults now() {
        return faults;
    }

    ObjectNode toJson() {
        return Json.MAPPER.valueToTree(faults);
    }

    synchronized void change(Consumer<Faults> change) {
        Faults changed = copy();
        change.accept(changed);
        faults = changed;
    }

    /** @throws IllegalArgumentException for a key that does not exist, or a value that does not fit */
    synchronized void update(ObjectNode changes) {
        ObjectNode merged = toJson();
        List<String> known = new ArrayList<>();
        merged.fieldNames().forEachRemaining(known::add);
        for (Iterator<String> names = changes.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!merged.has(name)) {
                throw new IllegalArgumentException("there is no fault '" + name + "'; there are " + known);
            }
        }
        merged.setAll(changes);
        try {
            faults = Json.MAPPER.treeToValue(merged, Faults.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    synchronized void reset() {
        draws.clear();
        faults = new Faults();
    }

    private Faults copy() {
        try {
            return Json.MAPPER.treeToValue(toJson(), Faults.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Uses up one of the {@link Faults#totalRecordsTooHigh}. */
    synchronized boolean takeTotalRecordsTooHigh() {
        if (faults.totalRecordsTooHigh <= 0) {
            return false;
        }
        change(f -> f.totalRecordsTooHigh--);
        return true;
    }

    /** Uses up one of the {@link Faults#hollowListings}. */
    synchronized boolean takeHollowListing() {
        if (faults.hollowListings <= 0) {
            return false;
        }
        change(f -> f.hollowListings--);
        return true;
    }

    /** Uses up one of the {@link Faults#stalledDownloads}. */
    synchronized boolean takeStalledDownload() {
        if (faults.stalledDownloads <= 0) {
            return false;
        }
        change(f -> f.stalledDownloads--);
        return true;
    }

    /** Uses up one of the {@link Faults#stalledUploads}. */
    synchronized boolean takeStalledUpload() {
        if (faults.stalledUploads <= 0) {
            return false;
        }
        change(f -> f.stalledUploads--);
        return true;
    }

    /**
     * @param fault what may happen
     * @param key to whom: the n-th draw for a fault and a key is the same in each run
     */
    boolean strikes(String fault, String key, double rate) {
        return rate > 0 && draw(fault, key) < rate;
    }

    /** @return one of the choices, drawn as in {@link #strikes} */
    <T> T pick(String fault, String key, List<T> choices) {
        return choices.get((int) (draw(fault, key) * choices.size()));
    }

    private double draw(String fault, String key) {
        String name = fault + ' ' + key;
        long nth = draws.merge(name, 1L, Long::sum);
        return Seeds.fraction(seed, name + ' ' + nth);
    }

    static boolean names(List<String> recordings, String recording) {
        return recordings.contains("*") || recordings.contains(recording);
    }
}
