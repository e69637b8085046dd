package io.github.zoomtranscriber.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes the files of one segment of a meeting by the names that {@code account.json} has for them. */
final class FileMaker {

    private final String name;
    private final String topic;
    private final Instant start;
    private final Duration length;
    private final Supplier<Talk> talk;

    /**
     * @param name of the meeting and segment: the files' ids come from it, the same in each run
     * @param length of the sound
     */
    FileMaker(String name, String topic, Instant start, Duration length, Supplier<Talk> talk) {
        this.name = name;
        this.topic = topic;
        this.start = start;
        this.length = length;
        this.talk = talk;
    }

    static String idOf(String name, String what) {
        return Seeds.uuid(0, name + '/' + what);
    }

    /**
     * @param what as in {@code account.json}, such as {@code audio}, {@code gallery_view}, {@code timeline_without_id};
     *     with {@code +1} behind it, it starts a second later
     */
    RecordingFile make(String what, boolean processing) {
        int plus = what.indexOf('+');
        return plus < 0
                ? file(what, processing)
                : new FileMaker(
                                name + what.substring(plus),
                                topic,
                                start.plusSeconds(seconds(what, plus)),
                                length,
                                talk)
                        .file(what.substring(0, plus), processing);
    }

    private static long seconds(String what, int plus) {
        try {
            return Long.parseLong(what.substring(plus + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("there is no number of seconds behind the + in '" + what + "'", e);
        }
    }

    private RecordingFile file(String what, boolean processing) {
        String id = idOf(name, what);
        return switch (what) {
            case "audio" -> file(id, "M4A", "M4A", "audio_only", Mp4.audio(id, length), talk, processing);
            case "html_audio" -> file(id, "M4A", "M4A", "audio_only", Content.of(PAGE), null, processing);
            case "zip_audio" -> file(id, "M4A", "M4A", "audio_only", Content.of(zip()), null, processing);
            case "broken_audio" -> file(id, "M4A", "M4A", "audio_only", Content.of(new byte[20]), null, processing);
            case "cut_audio" -> cut(id, processing);
            case "speaker_view" -> video(id, "shared_screen_with_speaker_view", processing);
            case "gallery_view" -> video(id, "gallery_view", processing);
            case "active_speaker" -> video(id, "active_speaker", processing);
            case "shared_screen" -> video(id, "shared_screen", processing);
            case "new_view" -> video(id, "speaker_view", processing);
            case "untyped_video" -> video(id, null, processing);
            case "untyped_audio" -> file(id, "M4A", "M4A", null, Mp4.audio(id, length), talk, processing);
            case "timeline" -> file(
                    id, "TIMELINE", "JSON", "timeline", Content.of(ZoomFiles.timeline(talk.get())), null, processing);
            case "timeline_without_id" -> bareTimeline(id, ZoomFiles.timeline(talk.get()));
            case "odd_timeline" -> bareTimeline(id, ZoomFiles.oddTimeline(talk.get()));
            case "chat" -> file(
                    id, "CHAT", "TXT", "chat_file", Content.of(ZoomFiles.chat(talk.get())), null, processing);
            case "transcript" -> file(
                    id,
                    "TRANSCRIPT",
                    "VTT",
                    "audio_transcript",
                    Content.of(ZoomFiles.vtt(talk.get())),
                    null,
                    processing);
            case "captions" -> file(
                    id, "CC", "VTT", "closed_caption", Content.of(ZoomFiles.vtt(talk.get())), null, processing);
            case "summary" -> file(
                    id,
                    "SUMMARY",
                    "JSON",
                    "summary",
                    Content.of(ZoomFiles.summary(topic, talk.get())),
                    null,
                    processing);
            case "unknown" -> file(
                    id, "HOLOGRAM", "HOLO", "immersive_view", Content.of(new byte[] {1, 2, 3, 4}), null, processing);
            case "poll" -> file(
                    id, "CSV", "CSV", "poll", Content.of("question,answer\nStart at nine?,yes\n"), null, processing);
            default -> throw new IllegalArgumentException("there is no kind of file '" + what + "'");
        };
    }

    /** One participant's own audio. */
    RecordingFile participant(String who) {
        String id = idOf(name, "participant " + who);
        return new RecordingFile(
                id,
                start,
                end(),
                "M4A",
                "M4A",
                "audio_only_each_participant",
                false,
                false,
                "Audio only - " + who,
                Mp4.audio(id, length),
                () -> talk.get().of(who),
                null);
    }

    /** The sound once more, of its first half only. */
    private RecordingFile cut(String id, boolean processing) {
        Duration half = length.dividedBy(2);
        return new RecordingFile(
                id,
                start,
                start.plus(half),
                "M4A",
                "M4A",
                "audio_only",
                false,
                processing,
                null,
                Mp4.audio(id, half),
                talk,
                null);
    }

    private Instant end() {
        return start.plus(length);
    }

    private RecordingFile video(String id, String kind, boolean processing) {
        return file(id, "MP4", "MP4", kind, Mp4.video(id, length), talk, processing);
    }

    private RecordingFile file(
            String id,
            String type,
            String extension,
            String kind,
            Content content,
            Supplier<Talk> heard,
            boolean processing) {
        return new RecordingFile(
                id, start, end(), type, extension, kind, false, processing, null, content, heard, null);
    }

    private RecordingFile bareTimeline(String id, String text) {
        return new RecordingFile(
                id, start, end(), "TIMELINE", "JSON", "timeline", true, false, null, Content.of(text), null, null);
    }

    private static final String PAGE =
            """
            <!DOCTYPE html>
            <html><head><title>Sign In - Zoom</title></head><body><h1>Sign In</h1></body></html>
            """;

    private static byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry("audio.txt");
            entry.setTime(0);
            zip.putNextEntry(entry);
            zip.write("this is no sound".getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
