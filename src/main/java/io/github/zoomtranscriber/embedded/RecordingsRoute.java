package io.github.zoomtranscriber.embedded;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.Progress;
import io.github.zoomtranscriber.ledger.Reason;
import io.github.zoomtranscriber.ledger.Recording;
import io.github.zoomtranscriber.work.Work;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Variable;

/**
 * The Java part of {@code recordings.camel.yaml}. Not part of {@link RecordingsSource}, because Camel stops a bean that
 * is also a service.
 */
public final class RecordingsRoute {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Ledger ledger;
    private final ProducerTemplate estate;
    private final String consumer;

    /** @param consumer the endpoint in the estate's context with which the Kamelet's route begins */
    RecordingsRoute(Ledger ledger, ProducerTemplate estate, String consumer) {
        this.ledger = ledger;
        this.estate = estate;
        this.consumer = consumer;
    }

    /** Has the recording downloaded. */
    public Work take(@Variable(Work.VARIABLE) Work work) {
        return work.withDownloadUrl(work.entry().recording().downloadUrl());
    }

    /** Zoom sent the file itself instead of redirecting to it: it is closed unread. */
    public void leave(@Body Object file) throws IOException {
        if (file instanceof Closeable open) {
            open.close();
        }
    }

    /**
     * Hands the recording to the estate's route, and waits until that has finished with it.
     *
     * @throws Exception what the estate's route failed with
     */
    public void handOver(@Variable(Work.VARIABLE) Work work) throws Exception {
        ObjectNode recording = recording(work.entry().recording());
        recording.put("audio_url", work.signedUrl());
        Exchange done =
                estate.request(consumer, exchange -> exchange.getMessage().setBody(recording.toString()));
        if (done.getException() != null) {
            // as text: our routes would take some exceptions for a vendor's failure, and retry at once
            throw new IllegalStateException("the estate's route failed: "
                    + Clean.text(done.getException().toString()));
        }
        ledger.progress()
                .delivered(
                        work.entry(),
                        List.of(),
                        new Progress.Result(null, null, null),
                        Reason.GIVEN_TO_ESTATE,
                        "given to the estate");
    }

    private ObjectNode recording(Recording recording) throws IOException {
        String zoom = ledger.records().zoom(recording.id());
        ObjectNode json = JSON.createObjectNode();
        json.put("recording_id", recording.id())
                .put("meeting_uuid", recording.meetingUuid())
                .put("meeting_id", recording.meetingId())
                .put("topic", recording.topic())
                .put("host", recording.host())
                .put("start", String.valueOf(recording.start()))
                .put("time_zone", recording.timeZone())
                .put("minutes", recording.minutes())
                .put("recording_type", recording.recordingType())
                .put("file_size", recording.fileSize());
        json.set("zoom", zoom == null ? JSON.createObjectNode() : JSON.readTree(zoom));
        return json;
    }
}
