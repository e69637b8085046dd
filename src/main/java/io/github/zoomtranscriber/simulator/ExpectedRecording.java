package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;

/**
 * One segment of a meeting, and what must become of it.
 *
 * @param recordingId the file to transcribe: the audio, or the first video view where there is none
 * @param alternatives other files of the segment with the same sound
 * @param meetingUuid of the occurrence
 * @param start Zoom's {@code start_time}
 * @param outcome how a correct client ends
 * @param reason part of AssemblyAI's text where it fails; else empty
 * @param language AssemblyAI's code, empty where nothing is said
 * @param words how many are said
 * @param speakers AssemblyAI's letter of each person, by name
 * @param devices the name of the device of each who shares one, by name: Zoom's timeline knows only that
 * @param timeline {@code good}, {@code odd}, or {@code none}
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ExpectedRecording(
        String recordingId,
        List<String> alternatives,
        String meetingUuid,
        long meetingId,
        String topic,
        String host,
        String start,
        Outcome outcome,
        String reason,
        String language,
        int words,
        Map<String, String> speakers,
        Map<String, String> devices,
        String timeline) {

    /** How a recording ends. */
    public enum Outcome {
        /** With a transcript. */
        DELIVERED,
        /** Delivered too, as one in which nobody speaks. */
        NO_SPEECH,
        /** AssemblyAI cannot make anything of it. */
        FAILED,
        /** Zoom is not done with it. */
        PROCESSING,
        /** Left alone, unless somebody asks for such: it is somebody's own notes. */
        PRIVATE
    }
}
