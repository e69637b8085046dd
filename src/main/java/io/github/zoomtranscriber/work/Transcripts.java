package io.github.zoomtranscriber.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.Progress;
import io.github.zoomtranscriber.ledger.Reason;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.transcript.FileNames;
import io.github.zoomtranscriber.transcript.Format;
import io.github.zoomtranscriber.transcript.Transcript;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    /** What the name of an error report ends in. */
    static final String ERROR = ".error.json";
    /** Within so many bytes, Markdown and JSON say which recording they are of. */
    private static final int HEAD = 64 * 1024;

    private final Ledger ledger;
    private final KeptTranscripts kept;
    private final Path output;
    private final List<Format> formats;
    private final Set<String> beside;
    private final FileNames names;

    /**
     * @param kept what the files are made from
     * @param output the folder of the files
     * @param beside the names of Zoom's own files that are put beside them
     */
    public Transcripts(
            Ledger ledger,
            KeptTranscripts kept,
            Path output,
            List<Format> formats,
            List<String> beside,
            FileNames names) {
        this.ledger = ledger;
        this.kept = kept;
        this.output = output;
        this.formats = List.copyOf(formats);
        this.beside = Set.copyOf(beside);
        this.names = names;
    }

    /**
     * Adds the name of the recording's files below the output directory, without extension. It is the same each time,
     * unless the template for names has changed.
     */
    public Work name(@Variable(Work.VARIABLE) Work work) {
        return work.withFileName(name(work.entry(), work.transcript()));
    }

    String name(Entry entry, Transcript transcript) {
        List<String> candidates = names.candidates(transcript.meeting());
        return ledger.outputNames()
                .assign(
                        entry,
                        candidates,
                        current -> entry.state() != State.DELIVERED || candidates.contains(current),
                        name -> isAnothers(name, entry));
    }

    /** Of a recording that an earlier ledger knew, the files may be there, and say whose they are. */
    private boolean isAnothers(String name, Entry entry) {
        List<Path> there = formats.stream()
                .map(format -> file(name, format.extension()))
                .filter(Files::exists)
                .toList();
        return !there.isEmpty() && there.stream().noneMatch(file -> names(file, entry.id()));
    }

    private static boolean names(Path file, String id) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEAD), StandardCharsets.UTF_8).contains('"' + id + '"');
        } catch (IOException e) {
            return false;
        }
    }

    /** What rendering a delivered recording would write and move, a line each. */
    public List<String> plan(Entry entry) throws IOException {
        Transcript transcript = kept.read(entry);
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
            WholeFile.write(
                    file,
                    WholeFile.temporaryName(work.entry(), ledger.nodes().isAlone()),
                    out -> IOHelper.copy(content, out));
        } catch (IOException e) {
            throw new GenericFileOperationFailedException(file + ": " + e.getMessage(), e);
        }
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

    /** What a step after delivery is told: the files, and what one needs to know to do something with them. */
    ObjectNode event(Work work) {
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
        return event;
    }

    private static String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.path(field).asText() : null;
    }
}
