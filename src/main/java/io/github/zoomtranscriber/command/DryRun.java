package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.ledger.LedgerConnection;
import io.github.zoomtranscriber.ledger.Recording;
import io.github.zoomtranscriber.ledger.Records;
import io.github.zoomtranscriber.ledger.Rights;
import io.github.zoomtranscriber.options.Options;
import io.github.zoomtranscriber.reload.Entrance;
import io.github.zoomtranscriber.work.KeptFolder;
import io.github.zoomtranscriber.work.MyNotes;
import io.github.zoomtranscriber.work.SteadyClock;
import io.github.zoomtranscriber.zoom.Period;
import io.github.zoomtranscriber.zoom.Survey;
import io.github.zoomtranscriber.zoom.Tally;
import io.github.zoomtranscriber.zoom.Tick;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Looks at what there is to do, at Zoom by the routes and in the ledger, and changes nothing. */
final class DryRun implements AutoCloseable {

    private static final Map<String, String> STILL =
            Map.of("zoom.discover", "false", "routes.reload", "false", "camel.main.auto-startup", "false");

    private final Daemon daemon;
    private final Optional<LedgerConnection> connection;
    private final Records records;
    private final String prefix;
    private final KeptFolder kept;

    /**
     * What would be taken.
     *
     * @param fresh new at Zoom
     * @param due in the ledger already, not submitted yet
     * @param begun the ids of what was listed, was taken before and is not finished
     * @param tally what was seen
     */
    record Found(List<Recording> fresh, List<Recording> due, Set<String> begun, Tally tally) {

        /** Everything that would be submitted by {@code once} or the daemon. */
        List<Recording> all() {
            List<Recording> all = new ArrayList<>(due);
            all.addAll(fresh);
            return all;
        }

        /** Of a look that has seen everything, or not. */
        int exitCode() {
            return tally.getRefused().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    /**
     * Options for this.
     *
     * @param overrides more of them
     */
    static Map<String, String> options(Map<String, String> overrides) {
        Map<String, String> all = new HashMap<>(STILL);
        all.putAll(overrides);
        return all;
    }

    /** @param options with {@link #options} */
    DryRun(Options options) throws Exception {
        prefix = options.tablePrefix();
        kept = KeptFolder.in(options.get("data.directory"));
        connection = LedgerConnection.look(
                options.get("ledger.url"), options.get("ledger.username"), options.get("ledger.password"));
        records = connection
                .map(open -> new Records(open.source(), options.tablePrefix()))
                .filter(Records::exist)
                .orElse(null);
        daemon = Daemon.looking(options, WorkingFolder.routes(options));
        try {
            daemon.start();
            daemon.startDirectRoutes();
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    Daemon daemon() {
        return daemon;
    }

    /** What the ledger's user may not do in its database; empty if that is nothing. */
    String missingRights() {
        return connection.map(open -> Rights.missing(open.source(), prefix)).orElse("");
    }

    /** Why there may be no new ledger here, where there would be one; else empty. */
    String traces() {
        return records == null || records.isEmpty() ? kept.againstNewLedger() : "";
    }

    /** The ledger; null where there is none yet. */
    Records records() {
        return records;
    }

    /**
     * @param period the days to look at; null for those that a tick looks at
     * @throws UsageException if there are traces of a ledger, and none
     * @throws Exception what the routes could not make up for
     */
    Found plan(Period period) throws Exception {
        if (!traces().isEmpty()) {
            throw new UsageException(traces());
        }
        return survey(period);
    }

    /** As {@link #plan}, also where nothing could come of it. */
    Found survey(Period period) throws Exception {
        Survey survey = new Survey(records == null ? recordings -> Map.of() : records::known);
        Tick tick = Tick.begin(daemon.bean("zoomClock", SteadyClock.class))
                .over(period)
                .into(survey);
        MyNotes myNotes = daemon.bean("zoomMyNotes", MyNotes.class);
        call(Entrance.SURVEY, Map.of(Tick.VARIABLE, tick));
        List<Recording> due = records == null ? List.of() : records.due(zoom -> !myNotes.leavesOut(zoom));
        return new Found(List.copyOf(survey.fresh()), due, survey.begun(), tick.tally());
    }

    /**
     * Calls one of the routes.
     *
     * @throws Exception what that could not make up for
     */
    Exchange call(Entrance route, Map<String, ?> variables) throws Exception {
        try (ProducerTemplate template = daemon.context().createProducerTemplate()) {
            Exchange done = route.call(template, variables);
            if (done.getException() != null) {
                throw done.getException();
            }
            return done;
        }
    }

    @Override
    public void close() {
        daemon.close();
        connection.ifPresent(LedgerConnection::close);
    }
}
