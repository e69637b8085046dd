package io.github.zoomtranscriber.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.ledger.Recording;
import io.github.zoomtranscriber.work.MyNotes;
import io.github.zoomtranscriber.work.Work;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Chooses what is to be transcribed from what Zoom lists. Takes every field as optional and every enum as open: Zoom's
 * wire is so.
 */
public final class Recordings {

    /** For how long a better file of a segment is waited for while another one is there already. */
    private static final Duration PATIENCE = Duration.ofHours(24);

    /** What opens a recording, and so is not kept. */
    private static final List<String> KEYS =
            List.of("download_access_token", "password", "recording_play_passcode", "passcode");

    private final List<String> types;
    private final Filter topics;
    private final Filter hosts;
    private final MyNotes myNotes;
    private final int minimumMinutes;
    private final Clock clock;

    /**
     * @param types Zoom's {@code recording_type}s, the best first
     * @param minimumMinutes shorter meetings are dropped; those whose length is unknown are not
     */
    public Recordings(
            List<String> types, Filter topics, Filter hosts, MyNotes myNotes, int minimumMinutes, Clock clock) {
        this.types = List.copyOf(types);
        this.topics = topics;
        this.hosts = hosts;
        this.myNotes = myNotes;
        this.minimumMinutes = minimumMinutes;
        this.clock = clock;
    }

    /**
     * @param answer a page of meetings or sessions, or one meeting
     * @param tick is told what is seen and what is dropped
     * @return one recording for each segment of each meeting: the best that is there, or one that is not ready yet
     */
    public List<Recording> choose(@Body JsonNode answer, @Variable(Tick.VARIABLE) Tick tick) {
        List<Recording> chosen = new ArrayList<>();
        Tally tally = tick.tally();
        Period period = tick.period();
        if (answer.hasNonNull("from")) {
            tally.window(text(answer, "from"), text(answer, "to"));
        }
        JsonNode list = answer.has("meetings") ? answer.path("meetings") : answer.path("sessions");
        if (answer.has("recording_files")) {
            choose(answer, tally, period, chosen);
        }
        list.forEach(meeting -> choose(meeting, tally, period, chosen));
        return chosen;
    }

    private void choose(JsonNode meeting, Tally tally, Period period, List<Recording> chosen) {
        tally.meeting();
        String uuid = text(meeting, "uuid", "session_id");
        String topic = text(meeting, "topic", "session_name");
        if (uuid.isEmpty()) {
            tally.drop("no uuid");
        } else if (myNotes.leavesOut(meeting)) {
            tally.dropMyNotes(uuid);
        } else if (!topics.takes(topic)) {
            tally.drop("topic");
        } else if (!hosts.takes(text(meeting, "host_email"), text(meeting, "host_id"))) {
            tally.drop("host");
        } else if (meeting.path("duration").asInt(0) > 0
                && meeting.path("duration").asInt() < minimumMinutes) {
            tally.drop("too short");
        } else {
            List<Recording> found = segments(meeting, uuid, topic);
            if (found.isEmpty()) {
                tally.drop("nothing to transcribe");
            }
            List<Recording> within = period == null
                    ? found
                    : found.stream()
                            .filter(recording -> period.includes(recording.start(), recording.timeZone()))
                            .toList();
            if (within.isEmpty() && !found.isEmpty()) {
                tally.drop("another day");
            }
            chosen.addAll(within);
        }
    }

    private List<Recording> segments(JsonNode meeting, String uuid, String topic) {
        Map<String, List<JsonNode>> segments = new LinkedHashMap<>();
        for (JsonNode file : meeting.path("recording_files")) {
            String key = text(file, "recording_start").isEmpty() ? text(file, "id") : text(file, "recording_start");
            segments.computeIfAbsent(key, k -> new ArrayList<>()).add(file);
        }
        List<Recording> recordings = new ArrayList<>();
        segments.forEach((start, files) ->
                best(files).ifPresent(file -> recordings.add(recording(meeting, uuid, topic, start, file, files))));
        return recordings;
    }

    /** The best file that can be had or may come; empty where there is none. */
    private Optional<JsonNode> best(List<JsonNode> files) {
        Optional<JsonNode> ready = files.stream().filter(this::isReady).min(Comparator.comparingInt(this::rank));
        Optional<JsonNode> processing =
                files.stream().filter(this::isProcessing).min(Comparator.comparingInt(this::rank));
        boolean worthWaiting = ready.isEmpty()
                || processing.isPresent() && rank(processing.get()) < rank(ready.get()) && isYoung(ready.get());
        return worthWaiting && processing.isPresent() ? processing : ready;
    }

    private boolean isReady(JsonNode file) {
        String status = text(file, "status");
        return types.contains(text(file, "recording_type"))
                && !text(file, "id").isEmpty()
                && !text(file, "download_url").isEmpty()
                && (status.isEmpty() || status.equals("completed"));
    }

    /** Zoom's own texts: when the recording is delivered, they need not be asked for once more. */
    private static boolean isBeside(JsonNode file) {
        return !List.of("MP4", "M4A").contains(text(file, "file_type"));
    }

    /** While Zoom is at work, even the type may be missing. */
    private boolean isProcessing(JsonNode file) {
        String type = text(file, "recording_type");
        return text(file, "status").equals("processing") && (type.isEmpty() || types.contains(type));
    }

    private int rank(JsonNode file) {
        int rank = types.indexOf(text(file, "recording_type"));
        return rank < 0 ? types.size() : rank;
    }

    private boolean isYoung(JsonNode file) {
        Instant end = instant(text(file, "recording_end"));
        return end != null && clock.instant().isBefore(end.plus(PATIENCE));
    }

    private Recording recording(
            JsonNode meeting, String uuid, String topic, String start, JsonNode file, List<JsonNode> segmentFiles) {
        boolean ready = isReady(file);
        String downloadUrl = withoutToken(text(file, "download_url"));
        String segment = uuid + "@" + start;
        Instant begin = instant(start) != null ? instant(start) : instant(text(meeting, "start_time"));
        ObjectNode zoom = meeting.deepCopy();
        zoom.remove("recording_files");
        segmentFiles.stream().filter(Recordings::isBeside).forEach(beside -> zoom.withArray("recording_files")
                .add(kept(beside)));
        zoom.put("uuid", uuid).put("topic", topic).set("recording_file", kept(file));
        zoom.remove(KEYS);
        return new Recording(
                ready ? text(file, "id") : segment,
                segment,
                uuid,
                meeting.path("id").canConvertToLong() ? meeting.path("id").asLong() : null,
                topic,
                text(meeting, "host_email", "host_id"),
                begin,
                text(meeting, "timezone").isEmpty() ? null : text(meeting, "timezone"),
                minutes(meeting, file),
                text(file, "recording_type"),
                file.path("file_size").asLong(0),
                ready ? downloadUrl : null,
                ready,
                zoom.toString());
    }

    /**
     * The length of the file, which may be one of several of a meeting; the meeting's own where Zoom does not say when
     * it ended.
     */
    private static int minutes(JsonNode meeting, JsonNode file) {
        Instant begin = instant(text(file, "recording_start"));
        Instant end = instant(text(file, "recording_end"));
        return begin != null && end != null && end.isAfter(begin)
                ? (int) Math.max(1, Math.round(Duration.between(begin, end).toSeconds() / 60.0))
                : meeting.path("duration").asInt(0);
    }

    /**
     * Finds the recording's file in its meeting, which was asked for by its uuid.
     *
     * @return the work with the meeting and the file; without a file if the meeting has some, but not that one: Zoom no
     *     longer has it; or if it turns out to be My Notes
     * @throws IncompleteAnswerException if there are no files at all, which proves nothing
     */
    public Work file(@Variable(Work.VARIABLE) Work work, @Body JsonNode meeting) throws IncompleteAnswerException {
        return work.withMeeting(meeting).withFile(file(meeting, work.id()));
    }

    private JsonNode file(JsonNode meeting, String id) throws IncompleteAnswerException {
        if (myNotes.leavesOut(meeting)) {
            return null;
        }
        JsonNode files = meeting.path("recording_files");
        if (files.isEmpty()) {
            throw new IncompleteAnswerException("Zoom lists no files for the meeting of recording " + id + " just now");
        }
        for (JsonNode file : files) {
            if (id.equals(text(file, "id"))) {
                return file;
            }
        }
        return null;
    }

    /**
     * Finds the sound alone of a file that is too large.
     *
     * @param file the large one, of the same meeting
     * @return the {@code audio_only} file of the same segment, small enough for an upload; null if there is none
     */
    static JsonNode sound(JsonNode meeting, JsonNode file) {
        for (JsonNode other : meeting.path("recording_files")) {
            String status = text(other, "status");
            if (text(other, "recording_type").equals("audio_only")
                    && !text(other, "id").equals(text(file, "id"))
                    && text(other, "recording_start").equals(text(file, "recording_start"))
                    && !text(other, "download_url").isEmpty()
                    && (status.isEmpty() || status.equals("completed"))
                    && other.path("file_size").asLong(0) <= HandOffs.LARGEST_UPLOAD) {
                return other;
            }
        }
        return null;
    }

    private static ObjectNode kept(JsonNode file) {
        ObjectNode kept = file.deepCopy();
        String downloadUrl = withoutToken(text(file, "download_url"));
        return downloadUrl.isEmpty() ? kept : kept.put("download_url", downloadUrl);
    }

    private static String withoutToken(String url) {
        return url.replaceAll("([?&])access_token=[^&]*&?", "$1").replaceAll("[?&]$", "");
    }

    private static Instant instant(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static String text(JsonNode node, String... fields) {
        for (String field : fields) {
            String text = node.path(field).asText("");
            if (!text.isEmpty() && !node.path(field).isNull()) {
                return text;
            }
        }
        return "";
    }
}
