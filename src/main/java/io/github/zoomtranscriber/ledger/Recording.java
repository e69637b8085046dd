package io.github.zoomtranscriber.ledger;

import java.time.Instant;
import java.util.Objects;

/**
 * One recording file of a meeting, as Zoom listed it.
 *
 * @param id              the file's id at Zoom; for one that Zoom is still working on, the segment
 * @param segment         the meeting's uuid and the {@code recording_start}: one transcript for each
 * @param meetingUuid     the occurrence of the meeting
 * @param meetingId       the meeting's number, which recurring meetings share; null where there is none
 * @param topic           the meeting's topic, any text
 * @param host            the host's e-mail address or, where Zoom gives none, the id
 * @param start           when this recording began
 * @param timeZone        the meeting's zone id as Zoom gives it, or null
 * @param minutes         the length in minutes, 0 where unknown
 * @param recordingType   Zoom's {@code recording_type}
 * @param fileSize        bytes, 0 where unknown
 * @param downloadUrl     Zoom's {@code download_url}, never with a token; null while Zoom is working on it
 * @param ready           whether Zoom is done with it
 * @param zoom            the meeting and the file as JSON, as Zoom gave them, without what opens them
 */
public record Recording(String id, String segment, String meetingUuid, Long meetingId, String topic, String host,
                        Instant start, String timeZone, int minutes, String recordingType, long fileSize,
                        String downloadUrl, boolean ready, String zoom) {

    public Recording {
        Objects.requireNonNull(id, "a recording needs an id");
        Objects.requireNonNull(segment, "a recording needs a segment");
    }

    /** As one that somebody told of: Zoom itself has yet to list it, and where it is. */
    public Recording announced() {
        return new Recording(segment, segment, meetingUuid, meetingId, topic, host, start, timeZone, minutes, recordingType, fileSize, null,
                false, null);
    }
}
