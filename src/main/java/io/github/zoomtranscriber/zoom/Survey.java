package io.github.zoomtranscriber.zoom;

import io.github.zoomtranscriber.ledger.Discoveries.Added;
import io.github.zoomtranscriber.ledger.Recording;
import io.github.zoomtranscriber.ledger.Records.Known;
import io.github.zoomtranscriber.ledger.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What a tick would take from Zoom's lists, without taking it. For one exchange at a time. */
public final class Survey {

    private static final Set<State> BEGUN = Set.of(State.DISCOVERED, State.SUBMITTING, State.TRANSCRIBING);

    private final Function<List<Recording>, Map<String, Known>> ledger;
    private final Map<String, Recording> fresh = new LinkedHashMap<>();
    private final Set<String> begun = new LinkedHashSet<>();

    /** @param ledger what is known of listed recordings, by their segment */
    public Survey(Function<List<Recording>, Map<String, Known>> ledger) {
        this.ledger = ledger;
    }

    /**
     * Looks at a page.
     *
     * @return what the ledger would say to it
     */
    Added look(List<Recording> recordings) {
        Map<String, Known> known = recordings.isEmpty() ? Map.of() : ledger.apply(recordings);
        List<Recording> added = new ArrayList<>();
        int processing = 0;
        for (Recording recording : recordings) {
            Known row = known.get(recording.segment());
            if (!recording.ready()) {
                processing++;
            } else if ((row == null || row.awaited()) && fresh.putIfAbsent(recording.segment(), recording) == null) {
                added.add(recording);
            } else if (row != null && BEGUN.contains(row.state())) {
                begun.add(row.id());
            }
        }
        return new Added(added, recordings.size() - added.size() - processing, processing);
    }

    /** What would be taken, as Zoom lists it. */
    public Collection<Recording> fresh() {
        return List.copyOf(fresh.values());
    }

    /** The ids of what was listed, was taken before and is not finished. */
    public Set<String> begun() {
        return Set.copyOf(begun);
    }
}
