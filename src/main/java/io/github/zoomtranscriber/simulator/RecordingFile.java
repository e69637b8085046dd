package io.github.zoomtranscriber.simulator;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * One file of a recorded meeting.
 *
 * @param type Zoom's {@code file_type}
 * @param kind Zoom's {@code recording_type}; null: Zoom leaves it out
 * @param bare Zoom lists it without id, size, status and kind, as its documents say of TIMELINE
 * @param processing Zoom is not done with it
 * @param name {@code file_name}, of a participant's own audio only
 * @param talk what is heard in it; null for a file that is no sound, or does not hold what its type says
 * @param deleted when it was moved to the trash; null: it is not there
 */
record RecordingFile(
        String id,
        Instant start,
        Instant end,
        String type,
        String extension,
        String kind,
        boolean bare,
        boolean processing,
        String name,
        Content content,
        Supplier<Talk> talk,
        Instant deleted) {

    boolean isAudible() {
        return type.equals("M4A") || type.equals("MP4");
    }

    RecordingFile finished() {
        return new RecordingFile(id, start, end, type, extension, kind, bare, false, name, content, talk, deleted);
    }

    RecordingFile unfinished() {
        return new RecordingFile(id, start, end, type, extension, kind, bare, true, name, content, talk, deleted);
    }

    RecordingFile deleted(Instant when) {
        return new RecordingFile(id, start, end, type, extension, kind, bare, processing, name, content, talk, when);
    }

    String mediaType() {
        return switch (extension) {
            case "M4A" -> "audio/mp4";
            case "MP4" -> "video/mp4";
            case "VTT" -> "text/vtt";
            case "JSON" -> "application/json";
            case "TXT" -> "text/plain";
            default -> "application/octet-stream";
        };
    }
}
