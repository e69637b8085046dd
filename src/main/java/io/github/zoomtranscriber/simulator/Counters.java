package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the two services were asked, and what it cost: by this a test sees what a client did. Safe for use by many
 * threads; reading does not reset.
 */
public final class Counters {

    private final ConcurrentMap<String, LongAdder> calls = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> statuses = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> submissions = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> submissionsByPath = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> charged = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> chargedSeconds = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> polls = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> violations = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> struck = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> firstCall = new AtomicReference<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private final AtomicLong uploads = new AtomicLong();
    private final AtomicLong uploadedBytes = new AtomicLong();

    void called(String vendor, String endpoint) {
        firstCall.compareAndSet(null, Instant.now());
        count(calls, vendor + " " + endpoint);
    }

    void answered(String vendor, int status) {
        count(statuses, vendor + " " + status);
    }

    void began() {
        int now = inFlight.incrementAndGet();
        mostInFlight.accumulateAndGet(now, Math::max);
    }

    void ended() {
        inFlight.decrementAndGet();
    }

    void submitted(String recordingId, String audioUrlPath) {
        count(submissions, recordingId);
        count(submissionsByPath, audioUrlPath);
    }

    void charge(String recordingId, long seconds) {
        count(charged, recordingId);
        chargedSeconds.computeIfAbsent(recordingId, id -> new LongAdder()).add(seconds);
    }

    void polled(String transcriptId) {
        count(polls, transcriptId);
    }

    void uploaded(long bytes) {
        uploads.incrementAndGet();
        uploadedBytes.addAndGet(bytes);
    }

    void violated(String what) {
        count(violations, what);
    }

    void struck(String fault) {
        count(struck, fault);
    }

    private static void count(ConcurrentMap<String, LongAdder> counters, String name) {
        counters.computeIfAbsent(name, n -> new LongAdder()).increment();
    }

    private static Map<String, Long> copy(ConcurrentMap<String, LongAdder> counters) {
        Map<String, Long> copy = new TreeMap<>();
        counters.forEach((name, count) -> copy.put(name, count.sum()));
        return copy;
    }

    private static long sum(ConcurrentMap<String, LongAdder> counters) {
        return counters.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Calls for each endpoint, such as {@code zoom GET /v2/users}. */
    public Map<String, Long> calls() {
        return copy(calls);
    }

    /**
     * How often one endpoint was called.
     *
     * @param endpoint such as {@code zoom GET /v2/users}
     */
    public long calls(String endpoint) {
        LongAdder count = calls.get(endpoint);
        return count == null ? 0 : count.sum();
    }

    /** Answers by vendor and status, such as {@code zoom 429}. */
    public Map<String, Long> answers() {
        return copy(statuses);
    }

    /** Submissions that AssemblyAI took, by recording id; those of unknown audio by the {@code audio_url}'s path. */
    public Map<String, Long> submissions() {
        return copy(submissions);
    }

    /** The same by the path of the {@code audio_url}. */
    public Map<String, Long> submissionsByPath() {
        return copy(submissionsByPath);
    }

    /** How often each recording was charged: a job that ends in {@code error} is not. */
    public Map<String, Long> charged() {
        return copy(charged);
    }

    /** Audio seconds charged, by recording id. */
    public Map<String, Long> chargedSeconds() {
        return copy(chargedSeconds);
    }

    /** {@code GET /v2/transcript/{id}}, by transcript id. */
    public Map<String, Long> polls() {
        return copy(polls);
    }

    /** Requests that a vendor would refuse, or that leak a secret: none from a correct client. */
    public Map<String, Long> violations() {
        return copy(violations);
    }

    /** Faults that came about. */
    public Map<String, Long> faults() {
        return copy(struck);
    }

    /** Most requests that were open at one time. */
    public int mostInFlight() {
        return mostInFlight.get();
    }

    /** Files taken by {@code POST /v2/upload}. */
    public long uploads() {
        return uploads.get();
    }

    /** Bytes taken by {@code POST /v2/upload}. */
    public long uploadedBytes() {
        return uploadedBytes.get();
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("first_call", firstCall.get() == null ? null : firstCall.get().toString());
        json.set("calls", Json.MAPPER.valueToTree(calls()));
        json.set("answers", Json.MAPPER.valueToTree(answers()));
        json.set("faults", Json.MAPPER.valueToTree(faults()));
        json.set("violations", Json.MAPPER.valueToTree(violations()));
        json.put("submitted", sum(submissions))
                .put("charges", sum(charged))
                .put("seconds_charged", sum(chargedSeconds))
                .put(
                        "charged_twice",
                        charged.values().stream()
                                .filter(count -> count.sum() > 1)
                                .count())
                .put("polled", sum(polls))
                .put("uploads", uploads())
                .put("uploaded_bytes", uploadedBytes())
                .put("requests_in_flight", inFlight.get())
                .put("most_requests_in_flight", mostInFlight());
        json.set("submissions", Json.MAPPER.valueToTree(submissions()));
        json.set("submissions_by_path", Json.MAPPER.valueToTree(submissionsByPath()));
        json.set("charged", Json.MAPPER.valueToTree(charged()));
        json.set("charged_seconds", Json.MAPPER.valueToTree(chargedSeconds()));
        json.set("polls", Json.MAPPER.valueToTree(polls()));
        return json;
    }

    void reset() {
        firstCall.set(null);
        for (Map<String, LongAdder> group : java.util.List.of(
                calls, statuses, submissions, submissionsByPath, charged, chargedSeconds, polls, violations, struck)) {
            group.clear();
        }
        uploads.set(0);
        uploadedBytes.set(0);
        mostInFlight.set(inFlight.get());
    }
}
