package io.github.zoomtranscriber.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.ledger.Step;
import io.github.zoomtranscriber.ledger.Steps;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps after delivery: which there are, which are due, and what comes of each. One that fails is tried again,
 * after waits that grow, until it is done. While an endpoint fails, one recording is tried there after the other; where
 * that goes on, for more than one recording, its step pauses. Thread-safe.
 */
public final class AfterDelivery {

    /** The exchange variable that holds the step in hand. */
    public static final String VARIABLE = "step";

    /** The header by which a route of the user's has the body that it leaves kept as the step's result. */
    public static final String KEEP = "ZoomTranscriberKeep";

    /** So many at one endpoint: one that does not answer must not take all that this process can do. */
    private static final int MOST_AT_ONCE = 4;

    private static final Set<String> OWN = Set.of("delete-at-assemblyai", "trash-at-zoom", "notify");
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final Logger LOG = LoggerFactory.getLogger(AfterDelivery.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Ledger ledger;
    private final KeptTranscripts kept;
    private final Transcripts transcripts;
    private final Map<String, String> endpoints;
    private final Duration firstWait;
    private final Duration probeEvery;
    private final Clock clock;
    private final Map<String, Endpoint> states = new LinkedHashMap<>();

    /** How an endpoint is. */
    private static final class Endpoint {
        private final Pause pause;
        /** How many tries have failed since the last that did not. */
        private int failures;
        /** The recordings of these. */
        private final Set<String> failed = new HashSet<>();
        /** By a clock that nobody sets. */
        private Instant next = Instant.MIN;

        private Endpoint(Pause pause) {
            this.pause = pause;
        }

        /** How many may be tried now: one after the other while they fail, and none before its time. */
        private synchronized int room(int underWay, Instant now) {
            int most = failures == 0 ? MOST_AT_ONCE : now.isBefore(next) ? 0 : 1;
            return Math.max(0, most - underWay);
        }

        private synchronized void succeeded() {
            failures = 0;
            failed.clear();
        }

        /** @return whether it has failed again and again, and not for one recording alone */
        private synchronized boolean failed(String recordingId, Instant again) {
            failures++;
            failed.add(recordingId);
            next = again;
            return failures >= Steps.A_FEW && failed.size() > 1;
        }

        private synchronized int failures() {
            return failures;
        }
    }

    /**
     * @param endpoints the address of each step, by its name, in the order in which they are told
     * @param firstWait before a step is tried again for the first time
     * @param probeEvery how often one is tried while a step is paused
     */
    public AfterDelivery(
            Ledger ledger,
            KeptTranscripts kept,
            Transcripts transcripts,
            Map<String, String> endpoints,
            Duration firstWait,
            Duration probeEvery,
            Clock clock) {
        this.ledger = ledger;
        this.kept = kept;
        this.transcripts = transcripts;
        this.endpoints = new LinkedHashMap<>(endpoints);
        this.firstWait = firstWait;
        this.probeEvery = probeEvery;
        this.clock = clock;
        endpoints
                .keySet()
                .forEach(name -> states.put(name, new Endpoint(Pause.ofStep(name, ledger, probeEvery, clock))));
    }

    /**
     * The steps that there are.
     *
     * @param options gives an option's value
     * @return the address of each, by its name, in the order in which they are listed; empty for those that are routes
     *     of the program's own
     */
    public static Map<String, String> endpoints(UnaryOperator<String> options) {
        Map<String, String> steps = new LinkedHashMap<>();
        if (options.apply("assemblyai.delete-after-delivery").equals("true")) {
            steps.put("delete-at-assemblyai", "");
        }
        if (options.apply("zoom.after-delivery").equals("trash")) {
            steps.put("trash-at-zoom", "");
        }
        if (!options.apply("output.notify").isBlank()) {
            steps.put("notify", options.apply("output.notify").strip());
        }
        for (String address : Endpoints.of(options.apply("output.then"))) {
            String name = Endpoints.name(address);
            // what is taken already is one of the program's own, or leads to the same place with other options
            steps.put(
                    steps.containsKey(name) || OWN.contains(name) ? Endpoints.scheme(address) + ":" + name : name,
                    address);
        }
        return steps;
    }

    /** The names of all steps. */
    public Set<String> names() {
        return Collections.unmodifiableSet(endpoints.keySet());
    }

    /** Why a step is paused; null while it is not. */
    public String pauseReason(String name) {
        Endpoint endpoint = states.get(name);
        return endpoint == null ? null : endpoint.pause.reason();
    }

    /** What is still to be done, by step. Of steps that are not in the options any more, nothing is. */
    public Map<String, Steps.Count> left() {
        Map<String, Steps.Count> left = ledger.steps().counts();
        left.keySet().retainAll(endpoints.keySet());
        return left;
    }

    /** Whether something is left that does not fail again and again. */
    public boolean isBusy() {
        return ledger.steps().underWay() > 0
                || left().entrySet().stream()
                        .anyMatch(step -> pauseReason(step.getKey()) == null
                                && step.getValue().open() > step.getValue().hopeless());
    }

    /** The recording is about to be delivered: from then on its steps are due. */
    public void plan(@Variable(Work.VARIABLE) Work work) {
        ledger.steps().plan(work.id(), endpoints.keySet());
    }

    /** @return steps that are due; nobody else gets them meanwhile */
    public List<Step> take() {
        List<Step> taken = new ArrayList<>();
        states.forEach((name, endpoint) -> {
            int room = endpoint.pause.reason() == null
                    ? endpoint.room(ledger.steps().underWay(name), clock.instant())
                    : endpoint.pause.holdsBack() ? 0 : 1;
            taken.addAll(ledger.steps().take(Set.of(name), room));
        });
        return taken;
    }

    /** Whether the step is still to be done, and by whoever has taken it: it may have waited for its turn. */
    public boolean isMine(@Variable(VARIABLE) Step step) {
        return ledger.steps().holds(step);
    }

    /**
     * The recording, its kept transcript, and the name of its files.
     *
     * @throws IOException if the kept transcript cannot be read
     */
    public Work work(@Variable(VARIABLE) Step step) throws IOException {
        Entry entry = ledger.records()
                .find(step.recordingId())
                .filter(found -> found.state() == State.DELIVERED)
                .orElseThrow(() -> new IOException("the recording is not delivered any more"));
        return Work.of(entry).withTranscript(kept.read(entry)).withFileName(entry.outputName());
    }

    /** What the step's endpoint is told, as JSON. */
    public String event(@Variable(Work.VARIABLE) Work work, @Variable(VARIABLE) Step step)
            throws JsonProcessingException {
        ObjectNode event = transcripts.event(work).put("step", step.name());
        ledger.steps().of(step.recordingId()).stream()
                .filter(other -> other.result() != null)
                .forEach(other -> event.withObject("/results").put(other.name(), other.result()));
        return JSON.writeValueAsString(event);
    }

    /** Where the step leads. */
    public String endpoint(@Variable(VARIABLE) Step step) {
        return endpoints.get(step.name());
    }

    /** The endpoint has taken it. */
    public void done(@Variable(VARIABLE) Step step, @Header(KEEP) Boolean keep, Message message) {
        ledger.steps().done(step, Boolean.TRUE.equals(keep) ? message.getBody(String.class) : null);
        LOG.info("{} {}: done", step.recordingId(), step.name());
        Endpoint endpoint = states.get(step.name());
        endpoint.succeeded();
        endpoint.pause.end();
    }

    /** The endpoint has not taken it, or nobody knows whether it has. */
    public void failed(@Variable(VARIABLE) Step step, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        String why = Endpoints.failure(failure);
        Endpoint endpoint = states.get(step.name());
        Duration wait = wait(step.tries());
        Duration others = wait(endpoint.failures());
        LOG.warn(
                "{} {}: not done, and tried again in {} ms: {}", step.recordingId(), step.name(), wait.toMillis(), why);
        ledger.steps().failed(step, wait, why, true);
        Instant again = clock.instant().plus(others.compareTo(probeEvery) > 0 ? probeEvery : others);
        if (endpoint.failed(step.recordingId(), again)) {
            endpoint.pause.begin(why);
        }
    }

    private Duration wait(int tries) {
        Duration wait = firstWait.multipliedBy(1L << Math.min(tries, 20));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
