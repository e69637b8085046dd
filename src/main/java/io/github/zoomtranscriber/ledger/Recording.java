package io.github.zoomtranscriber.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A recording file of a meeting, as Zoom listed it.
 *
 * @param id the file's id at Zoom; the segment while Zoom is still processing it
 * @param segment the meeting's uuid and the {@code recording_start}: there is one transcript for each
 * @param alsoSegments other names by which the ledger may know the same segment: its files may start seconds apart, and
 *     Zoom may have listed only some of them before
 * @param meetingUuid the uuid of this occurrence of the meeting
 * @param meetingId the meeting's number, which all occurrences of a recurring meeting share; or null
 * @param topic the meeting's topic, any text
 * @param host the host's e-mail address or, if Zoom gives none, the host's id
 * @param start when this recording began
 * @param timeZone the meeting's zone id as Zoom gives it, or null
 * @param minutes the length in minutes, 0 if unknown
 * @param recordingType Zoom's {@code recording_type}
 * @param fileSize bytes, 0 if unknown
 * @param downloadUrl Zoom's {@code download_url}, never with a token; null while Zoom is processing it
 * @param ready whether Zoom has finished processing it
 * @param zoom the meeting and the file as Zoom gave them, as JSON, without passwords and tokens
 */
public record Recording(
        String id,
        String segment,
        List<String> alsoSegments,
        String meetingUuid,
        Long meetingId,
        String topic,
        String host,
        Instant start,
        String timeZone,
        int minutes,
        String recordingType,
        long fileSize,
        String downloadUrl,
        boolean ready,
        String zoom) {

    public Recording {
        Objects.requireNonNull(id, "a recording needs an id");
        Objects.requireNonNull(segment, "a recording needs a segment");
        alsoSegments = List.copyOf(alsoSegments);
    }

    /** One whose segment has one name only. */
    public Recording(
            String id,
            String segment,
            String meetingUuid,
            Long meetingId,
            String topic,
            String host,
            Instant start,
            String timeZone,
            int minutes,
            String recordingType,
            long fileSize,
            String downloadUrl,
            boolean ready,
            String zoom) {
        this(
                id,
                segment,
                List.of(),
                meetingUuid,
                meetingId,
                topic,
                host,
                start,
                timeZone,
                minutes,
                recordingType,
                fileSize,
                downloadUrl,
                ready,
                zoom);
    }

    /** All names of the segment, the usual one first. */
    List<String> segments() {
        return Stream.concat(Stream.of(segment), alsoSegments.stream()).toList();
    }

    /** As it is known from an event: Zoom's API has yet to list it, with its file. */
    public Recording announced() {
        return new Recording(
                segment,
                segment,
                alsoSegments,
                meetingUuid,
                meetingId,
                topic,
                host,
                start,
                timeZone,
                minutes,
                recordingType,
                fileSize,
                null,
                false,
                null);
    }
}
