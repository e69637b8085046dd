package io.github.zoomtranscriber.embedded;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.assemblyai.LookUp;
import io.github.zoomtranscriber.assemblyai.Polling;
import io.github.zoomtranscriber.http.Answers;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.http.Vendor;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Recording;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.work.SteadyClock;
import io.github.zoomtranscriber.work.Work;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * What {@code transcription.camel.yaml} cannot say, and what {@code assemblyai.camel.yaml} asks of claims, submissions
 * and nodes where there is no ledger. Apart from the service around it, as Camel stops what is both a bean and a
 * service.
 */
public final class TranscriptionRoute {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Duration lag;
    private final int perFiveMinutes;
    private final SteadyClock clock;

    /**
     * @param lag how long a transcript may take to show in AssemblyAI's list
     * @param perFiveMinutes how many requests AssemblyAI takes in five minutes
     */
    TranscriptionRoute(Duration lag, int perFiveMinutes, SteadyClock clock) {
        this.lag = lag;
        this.perFiveMinutes = perFiveMinutes;
        this.clock = clock;
    }

    public int requestsPerFiveMinutes() {
        return perFiveMinutes;
    }

    /** The submission as it is: nobody else has it. */
    public String held(@Body String json) {
        return json;
    }

    /** Nobody else takes it over. */
    public boolean renew() {
        return true;
    }

    /** @throws IllegalArgumentException if the body is no address */
    public Work begin(@Body String audioUrl) {
        if (audioUrl == null || !audioUrl.strip().matches("https?://\\S+")) {
            throw new IllegalArgumentException(
                    "the body of the message is no address: expected one such as https://host/file.m4a");
        }
        Instant now = clock.wall();
        String id = UUID.randomUUID().toString();
        Recording recording = new Recording(id, id, null, null, null, null, null, null, 0, null, 0, null, true, null);
        return Work.of(new Entry(
                        recording,
                        State.SUBMITTING,
                        null,
                        null,
                        null,
                        Clean.url(audioUrl.strip()),
                        null,
                        now,
                        1,
                        0,
                        "",
                        null,
                        null,
                        now,
                        now))
                .withAudioUrl(audioUrl.strip());
    }

    /** Where the answer to a submission was lost: AssemblyAI may have taken it, and charged. */
    public LookUp lookUp(@Variable(Work.VARIABLE) Work work) {
        return new LookUp(work.entry().audioUrl(), work.entry().submittedAt(), lag, clock);
    }

    /** @throws IOException if the page is none */
    public void turn(@Variable("lookUp") LookUp lookUp, @Body InputStream page) throws IOException {
        lookUp.turn(page);
    }

    /** @throws IOException if the answer does not say as which transcript it was taken */
    public Work accepted(@Variable(Work.VARIABLE) Work work, @Body InputStream answer) throws IOException {
        return work.with(work.entry()
                .submitted(
                        Answers.required(Vendor.ASSEMBLYAI, answer, "id"),
                        work.entry().submittedAt()));
    }

    /** @throws IOException if there is no such transcript, which is worth another try of whoever waits */
    public Work found(@Variable(Work.VARIABLE) Work work, @Variable("lookUp") LookUp lookUp) throws IOException {
        if (lookUp.getTranscriptId() == null) {
            throw new IOException(
                    lookUp.isUnfinished()
                            ? "stopped before it was clear whether AssemblyAI had taken the audio"
                            : "AssemblyAI has not taken the audio; it may be submitted again");
        }
        return work.with(
                work.entry().submitted(lookUp.getTranscriptId(), work.entry().submittedAt()));
    }

    /**
     * @param transcript as it ended
     * @return the same
     * @throws IllegalStateException with AssemblyAI's words if it ended in an error, or if the wait for it was broken
     *     off
     */
    public String result(
            @Body String transcript, @Variable("poll") Polling.Poll poll, @Variable(Work.VARIABLE) Work work)
            throws IOException {
        String id = work.entry().transcriptId();
        if (poll.isUnfinished()) {
            throw new IllegalStateException("stopped while waiting for AssemblyAI's transcript " + id);
        }
        if (poll.getStatus().equals("error")) {
            throw new IllegalStateException("AssemblyAI's transcript " + id + " ended in an error: "
                    + Clean.text(JSON.readTree(transcript).path("error").asText("it was deleted")));
        }
        return transcript;
    }
}
