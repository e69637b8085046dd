package io.github.zoomtranscriber.zoom;

import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.Discoveries.Added;
import io.github.zoomtranscriber.work.MyNotes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts what one tick sees, so that it can say why it found nothing. For one exchange at a time. */
public final class Tally {

    private final Set<String> queries = new LinkedHashSet<>();
    private final Map<String, Integer> dropped = new TreeMap<>();
    private final List<String> refused = new ArrayList<>();
    private final Set<String> myNotes = new LinkedHashSet<>();
    private final Map<String, String> leftOut = new HashMap<>();
    private final Instant begin;
    private Exception failure;
    private int users;
    private int meetings;
    private int fresh;
    private int known;
    private int processing;
    private int absent;

    Tally(Instant begin) {
        this.begin = begin;
    }

    Instant getBegin() {
        return begin;
    }

    void window(String from, String to) {
        queries.add(from + " to " + to);
    }

    void user() {
        users++;
    }

    void meeting() {
        meetings++;
    }

    void drop(String filter) {
        dropped.merge(filter, 1, Integer::sum);
    }

    void dropMyNotes(String meetingUuid) {
        drop(MyNotes.DROPPED);
        myNotes.add(meetingUuid);
    }

    /** The uuids of the meetings that were dropped as My Notes since this was asked last. */
    public List<String> takeMyNotes() {
        List<String> taken = List.copyOf(myNotes);
        myNotes.clear();
        return taken;
    }

    /**
     * Some files of a recording are left out.
     *
     * @param recordingId of the one that is taken
     * @param what which, in words; null if there are none
     */
    void leftOut(String recordingId, String what) {
        if (what != null) {
            leftOut.put(recordingId, what);
        }
    }

    /** Which files of the recording are left out, in words; null if there are none, or if this was asked before. */
    String takeLeftOut(String recordingId) {
        return leftOut.remove(recordingId);
    }

    /** What the ledger said to a page. */
    void add(Added added) {
        fresh += added.fresh().size();
        known += added.known();
        processing += added.processing();
    }

    /** A user, a meeting, or a part of what a list has could not be listed. */
    void refused(String what) {
        refused.add(what);
    }

    /** Zoom says itself that it has no recording of a meeting that it was still processing. */
    void absent() {
        absent++;
    }

    void fail(Exception reason) {
        failure = reason;
    }

    /** Why the tick broke off; null if it did not. */
    public Exception getFailure() {
        return failure;
    }

    /** What could not be listed: users, meetings, parts of lists. */
    public List<String> getRefused() {
        return List.copyOf(refused);
    }

    public int getFresh() {
        return fresh;
    }

    int getProcessing() {
        return processing;
    }

    /** Whether anything was listed that is transcribed, now or before. */
    boolean hasRecordings() {
        return fresh + known > 0;
    }

    /** Why meetings were dropped. */
    String dropped() {
        return String.join(", ", dropped.keySet());
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(fresh == 0 ? "Nothing new at Zoom: " : fresh + " new at Zoom: ");
        if (failure != null) {
            line.append("broken off, ").append(Clean.text(failure.getMessage())).append("; ");
        }
        if (!queries.isEmpty()) {
            line.append(String.join(", ", queries)).append(": ");
        }
        line.append(users > 0 ? users + " users, " : "")
                .append(meetings == 1 ? "1 meeting" : meetings + " meetings")
                .append(" seen");
        dropped.forEach((filter, count) ->
                line.append(", ").append(count).append(" dropped: ").append(filter));
        if (processing > 0) {
            line.append(", ").append(processing).append(" still processing at Zoom");
        }
        if (absent > 0) {
            line.append(", ").append(absent).append(" not at Zoom now");
        }
        line.append(", ").append(known).append(" known already");
        if (!refused.isEmpty()) {
            line.append("; not listed: ").append(some(refused));
        }
        return line.toString();
    }

    /** The first five of these, and how many more there are. */
    public static String some(Collection<String> names) {
        String first = names.stream().limit(5).collect(Collectors.joining(", "));
        return names.size() > 5 ? first + " and " + (names.size() - 5) + " more" : first;
    }
}
