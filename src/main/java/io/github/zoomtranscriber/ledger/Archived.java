package io.github.zoomtranscriber.ledger;

import java.time.Instant;
import java.util.List;

/**
 * A recording as it is exported and imported: all that another ledger needs to go on with it, without the claim of
 * whoever works on it at the moment.
 *
 * @param recordingId the recording's id
 * @param start when the recording began
 * @param minutes its length, 0 where unknown
 * @param zoom the meeting and the file as Zoom gave them, as JSON; null once it is delivered
 * @param reasonCode why it waits, failed or was skipped; or null. Exports from before there were codes have the
 *     sentence alone, which then gives the code
 * @param reason the same in a sentence; or null
 * @param outputName the name of its files below the output directory, without extension; or null
 * @param files its files below the output directory; empty unless it is delivered
 * @param foundAt when Zoom listed it first
 * @param changedAt when the row changed last
 * @param deliveredAt when its files were written; or null
 * @param history its history, the oldest event first
 * @param steps what was, or is, to be done once it is delivered
 * @see Recording
 * @see Entry
 * @see Progress.Result
 */
public record Archived(
        String recordingId,
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
        String zoom,
        State state,
        Reason reasonCode,
        String reason,
        String handOff,
        String audioUrl,
        String transcriptId,
        Instant submittedAt,
        int submissions,
        int failures,
        String leftOut,
        String outputName,
        List<String> files,
        String languageCode,
        Integer audioSeconds,
        String speechModel,
        Instant foundAt,
        Instant changedAt,
        Instant deliveredAt,
        List<Event> history,
        List<Step> steps) {

    /**
     * A step after delivery.
     *
     * @param name which
     * @param doneAt when it was done; null if it is still to be done
     * @param result what it gave to be kept; or null
     */
    public record Step(String name, Instant doneAt, String result) {}

    public Archived {
        reasonCode = reason == null ? null : reasonCode == null ? OldReasons.of(state, reason) : reasonCode;
        leftOut = leftOut == null ? "" : leftOut;
        files = files == null ? List.of() : List.copyOf(files);
        history = history == null ? List.of() : List.copyOf(history);
        steps = steps == null ? List.of() : List.copyOf(steps);
    }

    Archived with(List<Event> events, List<Step> itsSteps) {
        return new Archived(
                recordingId,
                segment,
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
                zoom,
                state,
                reasonCode,
                reason,
                handOff,
                audioUrl,
                transcriptId,
                submittedAt,
                submissions,
                failures,
                leftOut,
                outputName,
                files,
                languageCode,
                audioSeconds,
                speechModel,
                foundAt,
                changedAt,
                deliveredAt,
                events,
                itsSteps);
    }
}
