package io.github.zoomtranscriber.work;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.transcript.Redaction;
import io.github.zoomtranscriber.transcript.SpeakerNames;
import io.github.zoomtranscriber.transcript.Transcript;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transcripts that were paid for, each kept on disk as it came, with what Zoom knew of the recording. */
public final class KeptTranscripts {

    private static final Logger LOG = LoggerFactory.getLogger(KeptTranscripts.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Ledger ledger;
    private final Path folder;
    private final SpeakerNames.Mode speakerNames;
    private final Redaction asked;

    /**
     * @param folder where each finished transcript is kept as JSON
     * @param asked what AssemblyAI is asked to take out
     */
    public KeptTranscripts(Ledger ledger, Path folder, SpeakerNames.Mode speakerNames, Redaction asked) {
        this.ledger = ledger;
        this.folder = folder;
        this.speakerNames = speakerNames;
        this.asked = asked;
    }

    /**
     * Keeps what Zoom said and what AssemblyAI said, in one JSON document, without the token or signature in the
     * {@code audio_url}. It is copied as it comes, as it may be long, and is there under its name only when it is whole
     * and on disk. Where personal data was taken out of the text, what still holds it is not kept.
     */
    public void keep(@Variable(Work.VARIABLE) Work work, @Body InputStream transcript) throws IOException {
        Redaction redaction = redaction(transcript);
        transcript.reset();
        WholeFile.write(
                file(work.entry()),
                WholeFile.temporaryName(work.entry(), ledger.nodes().isAlone()),
                out -> keep(work, transcript, redaction, out));
    }

    private void keep(Work work, InputStream transcript, Redaction redaction, OutputStream to) throws IOException {
        Entry entry = work.entry();
        try (JsonGenerator out = JSON.createGenerator(to).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
                JsonParser in = redaction.through(JSON.createParser(transcript))) {
            out.writeStartObject();
            out.writeFieldName("zoom");
            write(zoom(work), redaction, out);
            out.writeFieldName("assemblyai");
            copyCleaned(in, out);
            if (!entry.leftOut().isEmpty()) {
                out.writeObjectField(
                        "zoom_transcriber",
                        Map.of("left_out", List.of(entry.leftOut().split(","))));
            }
            out.writeEndObject();
        }
    }

    private Redaction redaction(InputStream transcript) throws IOException {
        transcript.reset();
        try (JsonParser in = JSON.createParser(transcript)) {
            return asked.with(in);
        }
    }

    private static void write(JsonNode zoom, Redaction redaction, JsonGenerator out) throws IOException {
        try (JsonParser in = redaction.through(zoom.traverse())) {
            in.nextToken();
            out.copyCurrentStructure(in);
        }
    }

    private ObjectNode zoom(Work work) throws JsonProcessingException {
        String known = ledger.records().zoom(work.id());
        ObjectNode zoom = known == null ? JSON.createObjectNode() : (ObjectNode) JSON.readTree(known);
        zoom.remove("recording_files");
        work.zoomFiles().values().forEach(file -> add(zoom, file, work.entry()));
        return zoom;
    }

    private static void copyCleaned(JsonParser in, JsonGenerator out) throws IOException {
        in.nextToken();
        out.writeStartObject();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            out.writeFieldName(field);
            if (in.nextToken() == JsonToken.VALUE_STRING && field.equals("audio_url")) {
                out.writeString(Clean.url(in.getText()));
            } else if (in.currentToken() == JsonToken.VALUE_STRING && field.equals("error")) {
                out.writeString(Clean.text(in.getText()));
            } else {
                out.copyCurrentStructure(in);
            }
        }
        out.writeEndObject();
    }

    /** The timeline names the speakers, and the chat is shown in its place; the others are only put beside. */
    private static void add(ObjectNode zoom, ZoomFile file, Entry entry) {
        if (file.name().equals("timeline")) {
            try {
                zoom.set("timeline", JSON.readTree(file.text()));
            } catch (JsonProcessingException e) {
                LOG.warn("{}: Zoom's timeline is not JSON, so speakers are named by letters", entry.id());
            }
        } else if (file.name().equals("chat_file")) {
            zoom.put("chat", file.text());
        }
        zoom.withObject("/files")
                .withObject("/" + file.name())
                .put("extension", file.extension())
                .put("text", file.text());
    }

    /**
     * Whether the transcript that AssemblyAI made is on disk already: of a recording that the ledger takes for a new
     * one too, where that is a copy of an earlier day, for instance.
     */
    public boolean isKept(@Variable(Work.VARIABLE) Work work) {
        return (work.state() == State.TRANSCRIBING || work.state() == State.DISCOVERED) && has(work.entry());
    }

    /** Whether a transcript is kept. */
    public boolean has(Entry entry) {
        return Files.exists(file(entry));
    }

    /** Adds the kept transcript. */
    public Work read(@Variable(Work.VARIABLE) Work work) throws IOException {
        return work.withTranscript(read(work.entry()));
    }

    /** @return the kept transcript of a recording */
    public Transcript read(Entry entry) throws IOException {
        return Transcript.read(() -> Files.newBufferedReader(file(entry)), speakerNames);
    }

    private Path file(Entry entry) {
        return folder.resolve(WholeFile.stem(entry) + ".json");
    }
}
