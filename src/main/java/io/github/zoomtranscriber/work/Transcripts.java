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
import io.github.zoomtranscriber.ledger.Progress;
import io.github.zoomtranscriber.ledger.Reason;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.transcript.FileNames;
import io.github.zoomtranscriber.transcript.Format;
import io.github.zoomtranscriber.transcript.Redaction;
import io.github.zoomtranscriber.transcript.SpeakerNames;
import io.github.zoomtranscriber.transcript.Transcript;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.converter.stream.CachedOutputStream;
import org.apache.camel.util.IOHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the files of a recording: what is in them, and what they are called. */
public final class Transcripts {

    private static final Logger LOG = LoggerFactory.getLogger(Transcripts.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ERROR = ".error.json";

    private final Ledger ledger;
    private final Path kept;
    private final Path output;
    private final List<Format> formats;
    private final Set<String> beside;
    private final FileNames names;
    private final SpeakerNames.Mode speakerNames;
    private final Redaction asked;

    /**
     * @param kept the folder where each finished transcript is kept as JSON
     * @param output the folder of the files that are made from it
     * @param beside the names of Zoom's own files that are put beside them
     * @param asked what AssemblyAI is asked to take out
     */
    public Transcripts(
            Ledger ledger,
            Path kept,
            Path output,
            List<Format> formats,
            List<String> beside,
            FileNames names,
            SpeakerNames.Mode speakerNames,
            Redaction asked) {
        this.ledger = ledger;
        this.kept = kept;
        this.output = output;
        this.formats = List.copyOf(formats);
        this.beside = Set.copyOf(beside);
        this.names = names;
        this.speakerNames = speakerNames;
        this.asked = asked;
    }

    /**
     * Keeps what Zoom said and what AssemblyAI said, in one JSON document, without the token or signature in the
     * {@code audio_url}. It is copied as it comes, as it may be long, and is there under its name only when it is whole
     * and on disk. Where personal data was taken out of the text, what still holds it is not kept.
     */
    public void keep(@Variable(Work.VARIABLE) Work work, @Variable("answer") InputStream transcript)
            throws IOException {
        Redaction redaction = redaction(transcript);
        transcript.reset();
        WholeFile.write(
                kept.resolve(keptName(work.entry())),
                temporaryName(work),
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
                LOG.warn("{} has a timeline of Zoom's that is no JSON: its speakers keep their letters", entry.id());
            }
        } else if (file.name().equals("chat_file")) {
            zoom.put("chat", file.text());
        }
        zoom.withObject("/files")
                .withObject("/" + file.name())
                .put("extension", file.extension())
                .put("text", file.text());
    }

    private static String keptName(Entry entry) {
        return stem(entry) + ".json";
    }

    /** The recording's id, as far as it makes a name. */
    private static String stem(Entry entry) {
        return entry.id().replaceAll("[^A-Za-z0-9-]", "_");
    }

    /** Whether the transcript that AssemblyAI made is on disk already. */
    public boolean isKept(@Variable(Work.VARIABLE) Work work) {
        return work.state() == State.TRANSCRIBING && hasKept(work.entry());
    }

    /** Whether a transcript is kept. */
    public boolean hasKept(Entry entry) {
        return Files.exists(kept.resolve(keptName(entry)));
    }

    /** Adds the kept transcript. */
    public Work read(@Variable(Work.VARIABLE) Work work) throws IOException {
        return work.withTranscript(read(work.entry()));
    }

    private Transcript read(Entry entry) throws IOException {
        Path file = kept.resolve(keptName(entry));
        return Transcript.read(() -> Files.newBufferedReader(file), speakerNames);
    }

    /**
     * Adds the name of the recording's files below the output directory, without extension. It is the same each time,
     * unless the template for names has changed.
     */
    public Work name(@Variable(Work.VARIABLE) Work work) {
        return work.withFileName(name(work.entry(), work.transcript()));
    }

    private String name(Entry entry, Transcript transcript) {
        List<String> candidates = names.candidates(transcript.meeting());
        return ledger.outputNames()
                .assign(
                        entry,
                        candidates,
                        current -> entry.state() != State.DELIVERED || candidates.contains(current),
                        name -> formats.stream().anyMatch(format -> Files.exists(file(name, format.extension()))));
    }

    /** What rendering a delivered recording would write and move, a line each. */
    public List<String> plan(Entry entry) throws IOException {
        Transcript transcript = read(entry);
        List<String> candidates = names.candidates(transcript.meeting());
        String name = candidates.contains(entry.outputName())
                ? entry.outputName()
                : candidates.stream()
                        .filter(ledger.outputNames()::isFree)
                        .findFirst()
                        .orElse(candidates.get(candidates.size() - 1));
        List<String> before = ledger.records().files(entry.id());
        return files(transcript, name).stream()
                .map(file -> {
                    String old = entry.outputName() + file.substring(name.length());
                    return before.contains(old) && !old.equals(file) ? "move " + old + " -> " + file : "write " + file;
                })
                .toList();
    }

    private Path file(String name, String extension) {
        return output.resolve(name + "." + extension);
    }

    /** @return the transcript in that format, as a stream of UTF-8 */
    public Object render(@Variable(Work.VARIABLE) Work work, @Variable("format") String format, Exchange exchange)
            throws IOException {
        CachedOutputStream text = new CachedOutputStream(exchange);
        try (Writer out = new BufferedWriter(new OutputStreamWriter(text, StandardCharsets.UTF_8))) {
            Format.of(format).write(work.transcript(), out);
        }
        return text.newStreamCache();
    }

    /**
     * Writes one of the recording's files into the output directory, where it is under its name only when it is whole
     * and on disk.
     *
     * @param name its path below that directory, with {@code /}
     * @throws GenericFileOperationFailedException if it cannot be written, with the reason as its cause
     */
    public void write(
            @Variable(Work.VARIABLE) Work work, @Header(Exchange.FILE_NAME) String name, @Body InputStream content) {
        Path folder = output.toAbsolutePath().normalize();
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder) || content == null) {
            throw new GenericFileOperationFailedException(
                    file + ": " + (content == null ? "there is nothing to write" : "not below " + folder));
        }
        try {
            WholeFile.write(file, temporaryName(work), out -> IOHelper.copy(content, out));
        } catch (IOException e) {
            throw new GenericFileOperationFailedException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * What a file is called until it is whole: the same each time, so that what a kill left behind is written over.
     * Where nodes share the folder, one for each that writes: the file of a node that is frozen in the middle must not
     * be gone on with by it when it is another's.
     */
    public String temporaryName(@Variable(Work.VARIABLE) Work work) {
        return temporaryName(work.entry());
    }

    private String temporaryName(Entry entry) {
        String writer = entry.claim() == null || ledger.nodes().isAlone()
                ? ""
                : "-" + entry.claim().replace('/', '-');
        return ".writing-" + stem(entry) + writer;
    }

    /** Zoom's own files that are to be beside the transcript. */
    public List<ZoomFile> zoomFiles(@Variable(Work.VARIABLE) Work work) {
        return zoomFiles(work.transcript());
    }

    private List<ZoomFile> zoomFiles(Transcript transcript) {
        List<ZoomFile> files = new ArrayList<>();
        transcript.outline().path("zoom").path("files").properties().forEach(file -> {
            if (beside.contains(file.getKey())) {
                files.add(new ZoomFile(
                        file.getKey(),
                        file.getValue().path("extension").asText("txt"),
                        null,
                        file.getValue().path("text").asText()));
            }
        });
        return files;
    }

    /**
     * All files are written.
     *
     * @return whether that makes the recording delivered: not if it was before, nor if it is somebody else's by now
     */
    public boolean delivered(@Variable(Work.VARIABLE) Work work) throws IOException {
        Entry entry = work.entry();
        Transcript transcript = work.transcript();
        String fileName = work.fileName();
        JsonNode assemblyai = transcript.outline().path("assemblyai");
        Progress.Result result = new Progress.Result(
                text(assemblyai, "language_code"),
                assemblyai.hasNonNull("audio_duration")
                        ? assemblyai.path("audio_duration").asInt()
                        : null,
                text(assemblyai, "speech_model_used"));
        List<String> files = files(transcript, fileName);
        Files.deleteIfExists(output.resolve(fileName + ERROR));
        if (entry.state() == State.DELIVERED) {
            rendered(entry, files, fileName);
            return false;
        }
        boolean delivered = transcript.isSpeechless()
                ? ledger.progress().delivered(entry, files, result, Reason.NO_SPEECH, "no speech")
                : ledger.progress().delivered(entry, files, result);
        if (delivered) {
            LOG.info(
                    "{} delivered: {}{}",
                    entry.id(),
                    output.resolve(fileName),
                    transcript.isSpeechless() ? " (no speech)" : "");
        }
        return delivered;
    }

    private List<String> files(Transcript transcript, String fileName) {
        return Stream.concat(
                        formats.stream().map(format -> fileName + "." + format.extension()),
                        zoomFiles(transcript).stream()
                                .map(file -> fileName + "." + file.name() + "." + file.extension()))
                .toList();
    }

    /** Under another name than before: the files of the same kind that we wrote then are gone, and nobody else's. */
    private void rendered(Entry entry, List<String> files, String fileName) throws IOException {
        List<String> before = ledger.records().files(entry.id());
        for (String file : before) {
            if (!files.contains(file)
                    && entry.outputName() != null
                    && !entry.outputName().equals(fileName)
                    && files.contains(
                            fileName + file.substring(entry.outputName().length()))) {
                Files.deleteIfExists(output.resolve(file));
            }
        }
        ledger.progress().rendered(entry.id(), files);
        LOG.info("{} rendered: {}", entry.id(), output.resolve(fileName));
    }

    /** The event for {@code output.notify}: the files, and what one needs to know to do something with them. */
    public String event(@Variable(Work.VARIABLE) Work work) {
        Entry entry = work.entry();
        Transcript transcript = work.transcript();
        ObjectNode event = JSON.createObjectNode();
        event.put("recording_id", entry.id())
                .put("transcript_id", transcript.id())
                .put("meeting_uuid", entry.recording().meetingUuid())
                .put("topic", entry.recording().topic())
                .put("host", entry.recording().host())
                .put("start", String.valueOf(entry.recording().start()))
                .put("no_speech", transcript.isSpeechless());
        files(transcript, work.fileName()).forEach(file -> event.withArray("files")
                .add(output.resolve(file).toString()));
        return event.toString();
    }

    /** Why the recording has failed, with all that is known of it; null if it has not. */
    public String errorReport(@Variable(Work.VARIABLE) Work work) throws IOException {
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

    public String errorName(@Variable(Work.VARIABLE) Work work) throws IOException {
        String known = "{\"zoom\":" + ledger.records().zoom(work.id()) + "}";
        return name(
                        ledger.records().find(work.id()).orElseThrow(),
                        Transcript.read(() -> new StringReader(known), speakerNames))
                + ERROR;
    }

    private static String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.path(field).asText() : null;
    }
}
