package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One occurrence of a recorded meeting, or one session of the Video SDK.
 *
 * @param number the meeting's number, the same for each occurrence of a recurring one
 * @param type as Zoom writes it, a number or a text
 * @param files null where Zoom leaves {@code recording_files} out
 * @param participantFiles each participant's own audio; shown by the call for one meeting only
 * @param deleted when it was moved to the trash; null: it is not there
 */
record Meeting(
        String uuid,
        long number,
        User host,
        String topic,
        JsonNode type,
        Instant start,
        ZoneId zone,
        List<RecordingFile> files,
        List<RecordingFile> participantFiles,
        Instant deleted) {

    /**
     * Somebody's own notes, which Zoom lists among the recordings since 2026-09-21 (its type as a connector of October
     * 2026 has it).
     */
    boolean isMyNotes() {
        return type.asInt() == 96;
    }

    /** The date by which Zoom lists it. */
    LocalDate date() {
        return LocalDate.ofInstant(start, ZoneOffset.UTC);
    }

    boolean isInWork() {
        return files != null && files.stream().anyMatch(RecordingFile::processing);
    }

    /** Zoom's {@code duration}: whole minutes, 0 while it is in work. */
    long minutes() {
        if (files == null || isInWork()) {
            return 0;
        }
        return files.stream()
                .map(RecordingFile::end)
                .max(Instant::compareTo)
                .map(end ->
                        java.time.Duration.between(start, end).plusSeconds(59).toMinutes())
                .orElse(0L);
    }

    Meeting withFiles(UnaryOperator<RecordingFile> change) {
        List<RecordingFile> changed =
                files == null ? null : files.stream().map(change).toList();
        return new Meeting(uuid, number, host, topic, type, start, zone, changed, participantFiles, deleted);
    }

    /** With one file more. */
    Meeting with(RecordingFile file) {
        List<RecordingFile> more = files == null ? new ArrayList<>() : new ArrayList<>(files);
        more.add(file);
        return new Meeting(uuid, number, host, topic, type, start, zone, List.copyOf(more), participantFiles, deleted);
    }

    Meeting deleted(Instant when) {
        return new Meeting(uuid, number, host, topic, type, start, zone, files, participantFiles, when);
    }

    /** The files that are not in the trash. */
    List<RecordingFile> presentFiles() {
        return files == null
                ? List.of()
                : files.stream().filter(file -> file.deleted() == null).toList();
    }
}
