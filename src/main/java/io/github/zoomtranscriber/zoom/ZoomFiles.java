package io.github.zoomtranscriber.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that Zoom itself makes beside a recording: who was heard when, the chat, its own transcript. All of them are extras. */
public final class ZoomFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ZoomFiles.class);
    /** They are texts; whatever is larger is something else. */
    private static final int LONGEST_BYTES = 32 << 20;
    private static final String TIMELINE = "timeline";
    private static final String CHAT = "chat_file";

    private final Set<String> wanted;

    /** One of those files, as text. @param name Zoom's {@code recording_type}; {@code timeline} where it gives none */
    public record ZoomFile(String name, String extension, String downloadUrl, String text) {
    }

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
     * @param meeting what Zoom says of the meeting now
     * @return the wanted files of the entry's segment, without their texts
     */
    public List<ZoomFile> list(@Body JsonNode meeting, @Variable("entry") Entry entry) {
        List<ZoomFile> files = new ArrayList<>();
        for (JsonNode file : meeting.path("recording_files")) {
            String name = name(file);
            boolean sameSegment = entry.recording().segment().endsWith("@" + file.path("recording_start").asText());
            if (wanted.contains(name) && sameSegment && file.hasNonNull("download_url")) {
                String extension = file.path("file_extension").asText("").toLowerCase(Locale.ROOT);
                files.add(new ZoomFile(name, extension.matches("[a-z0-9]{1,5}") ? extension : "txt", file.path("download_url").asText(), null));
            }
        }
        return files;
    }

    /**
     * Whether Zoom has to be asked anew. Timeline and chat are made with the recording, so where none was listed, there is none; all
     * others come later.
     *
     * @param listed what Zoom listed when it listed the recording
     */
    public boolean isIncomplete(@Variable("listed") JsonNode listed, @Variable("zoomFiles") Map<String, ZoomFile> gathered) {
        Set<String> missing = new TreeSet<>(wanted);
        if (!listed.isMissingNode()) {
            missing.removeAll(List.of(TIMELINE, CHAT));
            listed.path("recording_files").forEach(file -> missing.add(name(file)));
            missing.retainAll(wanted);
        }
        missing.removeAll(gathered.keySet());
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

    /** The address of the file in variable {@code zoomFile}. */
    public String address(@Variable("zoomFile") ZoomFile file) {
        return file.downloadUrl();
    }

    /** Where the texts are gathered. */
    public Map<String, ZoomFile> gather() {
        return new TreeMap<>();
    }

    /** Reads one file to its end. */
    public void take(@Body InputStream content, @Variable("zoomFile") ZoomFile file, @Variable("zoomFiles") Map<String, ZoomFile> gathered)
            throws IOException {
        try (content) {
            byte[] bytes = content.readNBytes(LONGEST_BYTES);
            String text = new String(bytes, StandardCharsets.UTF_8);
            gathered.putIfAbsent(file.name(), new ZoomFile(file.name(), file.extension(), null, text));
        }
    }

    /** The transcript goes without. */
    public void without(@Variable("entry") Entry entry, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
        LOG.info("{} goes without some of Zoom's own files: {}", entry.id(), Clean.text(reason.getMessage()));
    }
}
