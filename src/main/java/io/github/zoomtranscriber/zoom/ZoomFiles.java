package io.github.zoomtranscriber.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.work.Work;
import io.github.zoomtranscriber.work.ZoomFile;
import io.github.zoomtranscriber.zoom.Segments.Segment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that Zoom itself makes beside a recording: who was heard when, the chat, its own transcript. All of them
 * are extras.
 */
public final class ZoomFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ZoomFiles.class);
    /** They are texts; whatever is larger is something else. */
    private static final int LONGEST_BYTES = 32 << 20;

    private static final String TIMELINE = "timeline";
    private static final String CHAT = "chat_file";

    private final Set<String> wanted;

    /** @param beside Zoom's {@code recording_type}s of the files to put beside the transcript */
    public ZoomFiles(List<String> beside, boolean speakerNames) {
        wanted = new TreeSet<>(beside);
        if (speakerNames) {
            wanted.add(TIMELINE);
        }
    }

    /** Whether Zoom has to be asked at all. */
    public boolean isWanted() {
        return !wanted.isEmpty();
    }

    /**
     * @param meeting what Zoom says of the meeting
     * @return the wanted files of the entry's segment that are not there yet, without their texts
     */
    public List<ZoomFile> list(
            @Body JsonNode meeting, @Variable(Work.VARIABLE) Work work, @Variable("gathering") Gathering gathering) {
        List<ZoomFile> files = new ArrayList<>();
        Segments segments = Segments.of(meeting);
        List<JsonNode> segment = segments.with(work.id())
                .or(() -> segments.named(work.entry().recording().segment()))
                .map(Segment::files)
                .orElse(List.of());
        for (JsonNode file : segment) {
            String name = name(file);
            if (wanted.contains(name) && file.hasNonNull("download_url") && !gathering.has(name)) {
                String extension = file.path("file_extension").asText("").toLowerCase(Locale.ROOT);
                files.add(new ZoomFile(
                        name,
                        extension.matches("[a-z0-9]{1,5}") ? extension : "txt",
                        file.path("download_url").asText(),
                        null));
            }
        }
        gathering.expect(files.stream().map(ZoomFile::name).toList());
        return files;
    }

    /**
     * Whether Zoom has to be asked anew. Timeline and chat are made with the recording, so where none was listed, there
     * is none; all others come later.
     *
     * @param work with the meeting as Zoom listed it when it listed the recording
     */
    public boolean isIncomplete(@Variable(Work.VARIABLE) Work work, @Variable("gathering") Gathering gathering) {
        JsonNode listed = work.meeting();
        Set<String> missing = new TreeSet<>(wanted);
        if (!listed.isMissingNode()) {
            missing.removeAll(List.of(TIMELINE, CHAT));
            listed.path("recording_files").forEach(file -> missing.add(name(file)));
            missing.retainAll(wanted);
        }
        missing.removeIf(gathering::has);
        gathering.expect(missing);
        return !missing.isEmpty();
    }

    private static String name(JsonNode file) {
        String type = file.path("recording_type").asText("");
        String kind = file.path("file_type").asText("").toUpperCase(Locale.ROOT);
        if (type.isEmpty()) {
            return switch (kind) {
                case "TIMELINE" -> TIMELINE;
                case "CHAT" -> CHAT;
                case "TRANSCRIPT" -> "audio_transcript";
                case "CC" -> "closed_caption";
                default -> kind.toLowerCase(Locale.ROOT);
            };
        }
        return type;
    }

    /** @return the work with this file to be downloaded */
    public Work due(@Variable(Work.VARIABLE) Work work, @Body ZoomFile file) {
        return work.withDue(file).withDownloadUrl(file.downloadUrl());
    }

    /** From here on the addresses come straight from Zoom, so that what fails is worth another try. */
    public void fresh(@Variable("gathering") Gathering gathering) {
        gathering.addressesAreFresh();
    }

    /** Begins: nothing is there yet. */
    public Gathering gather() {
        return new Gathering();
    }

    /** @throws IllegalStateException if nobody waits for the files any more */
    public void goOn(@Variable("gathering") Gathering gathering) {
        if (gathering.isEnded()) {
            throw new IllegalStateException("nobody waits for it any more");
        }
    }

    /**
     * Reads one file to its end.
     *
     * @throws IllegalStateException if nobody waits for it any more
     */
    public void take(
            @Body InputStream content, @Variable(Work.VARIABLE) Work work, @Variable("gathering") Gathering gathering)
            throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] piece = new byte[8192];
        try {
            for (int n = content.read(piece); n >= 0 && text.size() < LONGEST_BYTES; n = content.read(piece)) {
                text.write(piece, 0, n);
                goOn(gathering);
            }
        } finally {
            Downloads.drop(content);
        }
        ZoomFile file = work.due();
        gathering.add(new ZoomFile(file.name(), file.extension(), null, text.toString(StandardCharsets.UTF_8)));
    }

    /** This file could not be had. */
    public void failed(
            @Variable(Work.VARIABLE) Work work,
            @Variable("gathering") Gathering gathering,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
        gathering.failed(work.due().name(), why(reason));
    }

    /** Zoom could not be asked for any of what is missing. */
    public void notAsked(
            @Variable("gathering") Gathering gathering, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
        gathering.failed(why(reason));
    }

    private static String why(Exception reason) {
        return Clean.text(reason.getMessage() == null ? reason.getClass().getSimpleName() : reason.getMessage());
    }

    /**
     * Whether something is missing because this program stops: then nothing is tried again, and the first failure looks
     * like the last.
     */
    public boolean isBrokenOff(@Variable("gathering") Gathering gathering, CamelContext context) {
        return context.isStopping() && !gathering.missing().isEmpty();
    }

    /**
     * Ends: the transcript goes without what is not there by now.
     *
     * @return the files by name
     */
    public Work gathered(@Variable(Work.VARIABLE) Work work, @Variable("gathering") Gathering gathering) {
        Map<String, ZoomFile> files = gathering.end();
        if (!gathering.missing().isEmpty()) {
            LOG.warn(
                    "{} goes without {}",
                    work.id(),
                    gathering.missing().entrySet().stream()
                            .map(file -> "Zoom's " + file.getKey() + " (" + file.getValue() + ")")
                            .collect(Collectors.joining(", ")));
        }
        return work.withZoomFiles(files);
    }
}
