package io.github.zoomtranscriber.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Objects;

/**
 * What Zoom knows of a recording and its meeting. Texts are empty where Zoom does not say.
 *
 * @param uuid the occurrence of the meeting
 * @param id the meeting's number, which recurring meetings share
 * @param topic any text, on one line
 * @param host the host's e-mail address or, where Zoom gives none, the id
 * @param start when this recording began; null where unknown
 * @param zone the meeting's own time zone; UTC where Zoom gives none that is known
 * @param length of the recording; zero where unknown
 * @param recordingId the file's id at Zoom
 * @param recordingType Zoom's {@code recording_type}
 * @param shareUrl Zoom's {@code share_url}, only if it is http or https
 */
public record Meeting(
        String uuid,
        String id,
        String topic,
        String host,
        Instant start,
        ZoneId zone,
        Duration length,
        String recordingId,
        String recordingType,
        String shareUrl) {

    public Meeting {
        Objects.requireNonNull(zone, "a meeting needs a time zone");
        Objects.requireNonNull(length, "a meeting needs a length");
    }

    /** @param document the kept JSON of one recording; everything in it may be missing */
    public static Meeting read(JsonNode document) {
        JsonNode zoom = document.path("zoom");
        JsonNode file = zoom.path("recording_file");
        Instant start = Json.instant(file, "recording_start");
        return new Meeting(
                Json.line(zoom, "uuid", "session_id"),
                Json.line(zoom, "id", "session_number"),
                Json.line(zoom, "topic", "session_name"),
                Json.line(zoom, "host_email", "host_id"),
                start != null ? start : Json.instant(zoom, "start_time"),
                zone(Json.line(zoom, "timezone")),
                length(document),
                Json.line(file, "id"),
                Json.line(file, "recording_type"),
                Links.web(Json.line(zoom, "share_url")));
    }

    /** @return when the recording began, by the clock of the meeting; null where unknown */
    public ZonedDateTime begin() {
        return start == null ? null : start.atZone(zone);
    }

    private static ZoneId zone(String id) {
        try {
            return id.isEmpty() ? ZoneId.of("UTC") : ZoneId.of(id, ZoneId.SHORT_IDS);
        } catch (DateTimeException e) {
            return ZoneId.of("UTC");
        }
    }

    /** AssemblyAI has heard the file to its end; Zoom's own figures are about the meeting, in minutes. */
    private static Duration length(JsonNode document) {
        long heard = Json.milliseconds(document.path("assemblyai").path("audio_duration"), 1000);
        if (heard > 0) {
            return Duration.ofMillis(heard);
        }
        JsonNode zoom = document.path("zoom");
        Instant from = Json.instant(zoom.path("recording_file"), "recording_start");
        Instant to = Json.instant(zoom.path("recording_file"), "recording_end");
        return from != null && to != null && to.isAfter(from)
                ? Duration.between(from, to)
                : Duration.ofMillis(Json.milliseconds(zoom.path("duration"), 60_000));
    }
}
