package io.github.zoomtranscriber.zoom;

import static io.github.zoomtranscriber.zoom.Segments.instant;
import static io.github.zoomtranscriber.zoom.Segments.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.Recording;
import io.github.zoomtranscriber.work.MyNotes;
import io.github.zoomtranscriber.work.Work;
import io.github.zoomtranscriber.zoom.Segments.Segment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses what is to be transcribed from what Zoom lists. Takes every field as optional and every enum as open: Zoom's
 * wire is so.
 */
public final class Recordings {

    private static final Logger LOG = LoggerFactory.getLogger(Recordings.class);

    /** For how long a better file of a segment is waited for while another one is there already. */
    private static final Duration PATIENCE = Duration.ofHours(24);

    /** What opens a recording, and so is not kept. */
    private static final List<String> KEYS =
            List.of("download_access_token", "password", "recording_play_passcode", "passcode");

    private static final Set<String> SOUND = Set.of("M4A", "MP4");

    /** How many of the recordings without a usable file are remembered, so that each is named once. */
    private static final int NAMED = 20_000;

    /** An MP4 with so few bytes holds no sound: its tables alone are longer. */
    private static final long LEAST_BYTES = 100;

    /** Of copies the largest, as the others are broken; where Zoom gives no sizes, the longest. */
    private static final Comparator<JsonNode> COPIES = Comparator.<JsonNode>comparingLong(
                    file -> file.path("file_size").asLong(0))
            .thenComparing(Segments::length, Comparator.nullsFirst(Comparator.naturalOrder()))
            .reversed();

    private final Comparator<JsonNode> order =
            Comparator.comparing(Recordings::isHollow).thenComparingInt(this::rank);
    private final List<String> types;
    private final Filter topics;
    private final Filter hosts;
    private final MyNotes myNotes;
    private final int minimumMinutes;
    private final Clock clock;
    private final Set<String> said =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<String, Boolean>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > NAMED;
                }
            }));

    /**
     * @param types Zoom's {@code recording_type}s, the best first; any other M4A or MP4 comes after them
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
            List<Recording> found = segments(meeting, uuid, topic, tally);
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

    private List<Recording> segments(JsonNode meeting, String uuid, String topic, Tally tally) {
        Segments segments = Segments.of(meeting);
        Map<Segment, JsonNode> best = new LinkedHashMap<>();
        segments.list().forEach(segment -> best(segment.files()).ifPresent(file -> best.put(segment, file)));
        List<JsonNode> named = best.values().stream()
                .filter(file -> types.contains(text(file, "recording_type")))
                .toList();
        List<Recording> recordings = new ArrayList<>();
        best.forEach((segment, file) -> {
            if (named.contains(file) || named.stream().noneMatch(other -> Segments.isCovered(file, other))) {
                recordings.add(recording(meeting, uuid, topic, segments, segment, file));
                tally.leftOut(text(file, "id"), copies(segment.files(), file));
            }
        });
        nameUnusable(meeting, uuid, topic, segments);
        return recordings;
    }

    /** Says once of each segment that has nothing to transcribe what there is. */
    private void nameUnusable(JsonNode meeting, String uuid, String topic, Segments segments) {
        List<Segment> without = segments.list().stream()
                .filter(segment -> best(segment.files()).isEmpty())
                .toList();
        // beside a recording, texts alone are nothing that anybody would miss
        boolean nothing = without.size() == segments.list().size();
        List<JsonNode> files = without.stream()
                .flatMap(segment -> segment.files().stream())
                .filter(file -> nothing || isWanted(file))
                .toList();
        if ((nothing || !files.isEmpty())
                && said.add(uuid + files.stream().map(file -> text(file, "id")).toList())) {
            LOG.info(
                    "Nothing to transcribe in \"{}\" of {}: {}",
                    Clean.text(topic),
                    Clean.text(text(meeting, "start_time")),
                    files.isEmpty()
                            ? "it has no files"
                            : Clean.text(files.stream()
                                    .map(Recordings::whatItIs)
                                    .distinct()
                                    .collect(Collectors.joining(", "))));
        }
    }

    private static String whatItIs(JsonNode file) {
        String kind = text(file, "file_type", "file_extension");
        String what = (text(file, "recording_type") + " " + kind).strip();
        return (what.isEmpty() ? "a file of no type" : what)
                + (text(file, "status").isEmpty() || isCompleted(file) ? "" : " " + text(file, "status"))
                + (text(file, "id").isEmpty() ? " without an id" : "")
                + (text(file, "download_url").isEmpty() ? " without a download_url" : "");
    }

    /** The best file that can be had or may come; empty where there is none. */
    private Optional<JsonNode> best(List<JsonNode> files) {
        Optional<JsonNode> ready = files.stream().filter(this::isReady).min(order.thenComparing(COPIES));
        Optional<JsonNode> processing =
                files.stream().filter(this::isProcessing).min(order);
        boolean worthWaiting = ready.isEmpty()
                || processing.isPresent() && order.compare(processing.get(), ready.get()) <= 0 && isYoung(ready.get());
        return worthWaiting && processing.isPresent() ? processing : ready;
    }

    /** Files like the one that was chosen, of the same time and type: which they are, in words; or null. */
    private String copies(List<JsonNode> files, JsonNode chosen) {
        List<String> copies = files.stream()
                .filter(file -> !text(file, "id").equals(text(chosen, "id"))
                        && isReady(chosen)
                        && isReady(file)
                        && rank(file) == rank(chosen))
                .map(Recordings::named)
                .toList();
        return copies.isEmpty()
                ? null
                : "Zoom has " + (copies.size() + 1) + " such files of it: " + named(chosen) + " is taken, left out: "
                        + String.join(", ", copies);
    }

    private static String named(JsonNode file) {
        Duration length = Segments.length(file);
        return text(file, "id") + " (" + text(file, "recording_type", "file_type") + ", "
                + file.path("file_size").asLong(0) + " bytes" + (length == null ? "" : ", " + length.toSeconds() + " s")
                + ")";
    }

    private boolean isReady(JsonNode file) {
        return isWanted(file)
                && !text(file, "id").isEmpty()
                && !text(file, "download_url").isEmpty()
                && (text(file, "status").isEmpty() || isCompleted(file));
    }

    private static boolean isCompleted(JsonNode file) {
        return text(file, "status").equalsIgnoreCase("completed");
    }

    /** Zoom's lists of types are open: whatever can have sound in it will do where there is nothing better. */
    private boolean isWanted(JsonNode file) {
        return types.contains(text(file, "recording_type")) || hasSound(file);
    }

    private static boolean hasSound(JsonNode file) {
        return SOUND.contains(text(file, "file_type", "file_extension").toUpperCase(Locale.ROOT));
    }

    /** Zoom's own texts: when the recording is delivered, they need not be asked for once more. */
    private static boolean isBeside(JsonNode file) {
        return !hasSound(file);
    }

    /** While Zoom is at work, even the type and the status may be missing. */
    private boolean isProcessing(JsonNode file) {
        String status = text(file, "status");
        boolean begun = text(file, "recording_type", "file_type", "file_extension", "recording_end")
                        .isEmpty()
                && !text(file, "recording_start").isEmpty();
        return status.equalsIgnoreCase("processing")
                        && (text(file, "recording_type").isEmpty() || isWanted(file))
                || status.isEmpty() && begun;
    }

    /** The types of the options in their order, then any sound, then any picture with sound. */
    private int rank(JsonNode file) {
        int rank = types.indexOf(text(file, "recording_type"));
        boolean soundAlone = text(file, "file_type", "file_extension").equalsIgnoreCase("M4A");
        return rank >= 0 ? rank : types.size() + (soundAlone ? 0 : 1);
    }

    /** Whether so few bytes cannot be sound, however long Zoom says it is. */
    private static boolean isHollow(JsonNode file) {
        long size = file.path("file_size").asLong(0);
        return size > 0 && size < LEAST_BYTES;
    }

    private boolean isYoung(JsonNode file) {
        Instant end = instant(file, "recording_end");
        return end != null && clock.instant().isBefore(end.plus(PATIENCE));
    }

    private Recording recording(
            JsonNode meeting, String uuid, String topic, Segments segments, Segment segment, JsonNode file) {
        boolean ready = isReady(file);
        String name = uuid + "@" + segment.key(file);
        Instant start = instant(file, "recording_start");
        ObjectNode zoom = meeting.deepCopy();
        zoom.remove("recording_files");
        segment.files().stream().filter(Recordings::isBeside).forEach(beside -> zoom.withArray("recording_files")
                .add(kept(beside)));
        zoom.put("uuid", uuid).put("topic", topic).set("recording_file", kept(file));
        zoom.remove(KEYS);
        return new Recording(
                ready ? text(file, "id") : name,
                name,
                segments.keys(segment).stream()
                        .map(key -> uuid + "@" + key)
                        .filter(other -> !other.equals(name))
                        .toList(),
                uuid,
                meeting.path("id").canConvertToLong() ? meeting.path("id").asLong() : null,
                topic,
                text(meeting, "host_email", "host_id"),
                start != null ? start : instant(meeting, "start_time"),
                text(meeting, "timezone").isEmpty() ? null : text(meeting, "timezone"),
                minutes(meeting, file),
                text(file, "recording_type"),
                file.path("file_size").asLong(0),
                ready ? withoutToken(text(file, "download_url")) : null,
                ready,
                zoom.toString());
    }

    /**
     * The recording of which a transcript is kept.
     *
     * @param zoom the meeting and the file as they stand in it
     * @return null if it does not say which that is
     */
    public static Recording ofKept(JsonNode zoom) {
        JsonNode file = zoom.path("recording_file");
        String uuid = text(zoom, "uuid");
        String id = text(file, "id");
        if (uuid.isEmpty() || id.isEmpty()) {
            return null;
        }
        String start = text(file, "recording_start");
        Instant ofFile = instant(file, "recording_start");
        Instant begin = ofFile != null ? ofFile : instant(zoom, "start_time");
        return new Recording(
                id,
                uuid + "@" + (start.isEmpty() ? id : start),
                uuid,
                zoom.path("id").canConvertToLong() ? zoom.path("id").asLong() : null,
                text(zoom, "topic"),
                text(zoom, "host_email", "host_id"),
                begin,
                text(zoom, "timezone").isEmpty() ? null : text(zoom, "timezone"),
                minutes(zoom, file),
                text(file, "recording_type"),
                file.path("file_size").asLong(0),
                text(file, "download_url"),
                true,
                null);
    }

    /**
     * The length of the file, which may be one of several of a meeting; the meeting's own where Zoom does not say when
     * it ended.
     */
    private static int minutes(JsonNode meeting, JsonNode file) {
        Duration length = Segments.length(file);
        return length == null
                ? meeting.path("duration").asInt(0)
                : (int) Math.max(1, Math.round(length.toSeconds() / 60.0));
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
        return Segments.of(meeting).with(text(file, "id")).stream()
                .flatMap(segment -> segment.files().stream())
                .filter(other -> text(other, "recording_type").equals("audio_only")
                        && !text(other, "id").equals(text(file, "id"))
                        && !text(other, "download_url").isEmpty()
                        && (text(other, "status").isEmpty() || isCompleted(other))
                        && other.path("file_size").asLong(0) <= HandOffs.LARGEST_UPLOAD)
                .min(COPIES)
                .orElse(null);
    }

    private static ObjectNode kept(JsonNode file) {
        ObjectNode kept = file.deepCopy();
        String downloadUrl = withoutToken(text(file, "download_url"));
        return downloadUrl.isEmpty() ? kept : kept.put("download_url", downloadUrl);
    }

    private static String withoutToken(String url) {
        return url.replaceAll("([?&])access_token=[^&]*&?", "$1").replaceAll("[?&]$", "");
    }
}
