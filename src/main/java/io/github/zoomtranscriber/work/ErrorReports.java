package io.github.zoomtranscriber.work;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.transcript.Redaction;
import io.github.zoomtranscriber.transcript.SpeakerNames;
import io.github.zoomtranscriber.transcript.Transcript;
import java.io.IOException;
import java.io.StringReader;
import org.apache.camel.Variable;

/** The {@code .error.json} of a recording that has failed for good. */
public final class ErrorReports {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Ledger ledger;
    private final Transcripts transcripts;
    private final Redaction asked;

    /**
     * @param transcripts knows what the recording's files are called
     * @param asked what AssemblyAI is asked to take out
     */
    public ErrorReports(Ledger ledger, Transcripts transcripts, Redaction asked) {
        this.ledger = ledger;
        this.transcripts = transcripts;
        this.asked = asked;
    }

    /** Why the recording has failed, with all that is known of it; null if it has not. */
    public String write(@Variable(Work.VARIABLE) Work work) throws IOException {
        Entry now = ledger.records().find(work.id()).orElseThrow();
        if (now.state() != State.FAILED) {
            return null;
        }
        ObjectNode report = JSON.createObjectNode();
        report.put("recording_id", now.id())
                .put("reason", now.reason())
                .put("failed_at", now.updatedAt().toString())
                .put("hand_off", now.handOff())
                .put("audio_url", now.audioUrl())
                .put("transcript_id", work.entry().transcriptId())
                .put("submissions", now.submissions())
                .put("retry", "zoom-transcriber retry " + now.id());
        report.set("history", EventsAsJson.of(ledger.records().events(now.id())));
        String zoom = ledger.records().zoom(now.id());
        report.set(
                "zoom", zoom == null ? JSON.createObjectNode() : JSON.readTree(asked.through(JSON.createParser(zoom))));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report);
    }

    /** The report's name below the output directory. */
    public String name(@Variable(Work.VARIABLE) Work work) throws IOException {
        String known = "{\"zoom\":" + ledger.records().zoom(work.id()) + "}";
        Entry entry = ledger.records().find(work.id()).orElseThrow();
        // the name has no speaker in it
        Transcript nothing = Transcript.read(() -> new StringReader(known), SpeakerNames.Mode.LETTERS);
        return transcripts.name(entry, nothing) + Transcripts.ERROR;
    }
}
