package io.github.zoomtranscriber.simulator;

import java.time.Duration;
import java.time.Instant;

/** One transcription at AssemblyAI. Its state is changed by the {@link JobQueue} and by deletion. */
final class Job {

    /**
     * How a job ended.
     *
     * @param verdict null while it runs
     */
    record End(Instant when, Verdict verdict) {}

    private final String id;
    private final Submission submission;
    private final String recordingId;
    private final Instant created;
    private volatile long processingFrom = Long.MAX_VALUE;
    private volatile boolean throttled;
    private volatile End end;
    private volatile Instant deleted;
    private volatile Integer webhookStatus;

    /** @param recordingId what the address says; null when it is no address of the simulator's */
    Job(String id, Submission submission, String recordingId, Instant created) {
        this.id = id;
        this.submission = submission;
        this.recordingId = recordingId;
        this.created = created;
    }

    String id() {
        return id;
    }

    Submission submission() {
        return submission;
    }

    String recordingId() {
        return recordingId;
    }

    Instant created() {
        return created;
    }

    /** Shows {@code processing} once the wait is over, until then {@code queued}. */
    void showProcessingAfter(Duration wait) {
        processingFrom = System.nanoTime() + wait.toNanos();
    }

    boolean isStarted() {
        return processingFrom != Long.MAX_VALUE;
    }

    void throttle() {
        throttled = true;
    }

    boolean wasThrottled() {
        return throttled;
    }

    void end(Instant when, Verdict verdict) {
        end = new End(when, verdict);
    }

    /** Null while it runs. */
    End end() {
        return end;
    }

    String status() {
        if (end != null) {
            return end.verdict().status();
        }
        return statusWhileRunning();
    }

    String statusWhileRunning() {
        long from = processingFrom;
        return from != Long.MAX_VALUE && System.nanoTime() - from >= 0 ? "processing" : "queued";
    }

    void delete(Instant when) {
        deleted = when;
    }

    /** Null: it is not deleted. */
    Instant deleted() {
        return deleted;
    }

    void webhookAnswered(int status) {
        webhookStatus = status;
    }

    Integer webhookStatus() {
        return webhookStatus;
    }
}
