package io.github.zoomtranscriber.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The segments of a meeting: what was recorded from one start to the next stop, in several files. Zoom says only when
 * each file starts and ends, and the files of one segment may start some seconds apart.
 */
final class Segments {

    /** So far apart the files of one segment may start. Zoom keeps no recording that is shorter (its skills pages). */
    private static final Duration APART = Duration.ofSeconds(5);
    /** Sound and picture that share so much of their time are of one segment, however far apart they start. */
    private static final double SHARED = 0.9;
    /** A file that does not say when it starts belongs to no segment that ends at another time. */
    private static final Duration END_APART = Duration.ofMinutes(1);

    private final List<Segment> segments;

    private Segments(List<Segment> segments) {
        this.segments = segments;
    }

    /**
     * The files of one segment.
     *
     * @param files not empty
     */
    record Segment(List<JsonNode> files) {

        /** What tells this segment from the others of its meeting: when it starts, or the id of its file. */
        String key(JsonNode file) {
            return start(file).isEmpty() ? starts().findFirst().orElse(text(file, "id")) : start(file);
        }

        private Stream<String> starts() {
            return files.stream().map(Segments::start).filter(start -> !start.isEmpty());
        }

        private boolean holds(String id) {
            return files.stream().anyMatch(file -> id.equals(text(file, "id")));
        }

        /** As {@link #key} of any of its files, also of such as Zoom lists at other times only. */
        private Set<String> keys() {
            Set<String> keys = new LinkedHashSet<>();
            starts().forEach(keys::add);
            files.stream().filter(file -> start(file).isEmpty()).forEach(file -> keys.add(text(file, "id")));
            files.forEach(file -> {
                Instant start = instant(file, "recording_start");
                for (long second = -APART.toSeconds(); start != null && second <= APART.toSeconds(); second++) {
                    keys.add(start.plusSeconds(second)
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString());
                }
            });
            return keys;
        }

        /** A picture of the same time joins what is recorded at once, but not two sounds, one of which is later. */
        private boolean isJoinedBy(JsonNode file) {
            return files.stream().anyMatch(other -> isOneSegment(other, file))
                    && files.stream().allMatch(other -> !isOfOneKind(other, file) || isOneSegment(other, file));
        }

        /** Whether a file that does not say when it starts may belong here: its kind is missing, and the end fits. */
        private boolean lacks(JsonNode file) {
            Instant end = instant(file, "recording_end");
            return files.stream().noneMatch(other -> isOfOneKind(other, file))
                    && files.stream()
                            .map(other -> instant(other, "recording_end"))
                            .allMatch(other -> end == null || other == null || isWithin(END_APART, other, end));
        }
    }

    /** @param meeting a meeting or a session as Zoom lists it */
    static Segments of(JsonNode meeting) {
        List<JsonNode> files = new ArrayList<>();
        meeting.path("recording_files").forEach(files::add);
        List<Segment> found = new ArrayList<>();
        files.stream()
                .filter(file -> !start(file).isEmpty())
                .sorted(Comparator.comparing(
                        file -> instant(file, "recording_start"), Comparator.nullsLast(Comparator.naturalOrder())))
                .forEach(file -> add(file, found, segment -> segment.isJoinedBy(file)));
        files.stream()
                .filter(file -> start(file).isEmpty())
                .forEach(file -> add(file, found, segment -> segment.lacks(file)));
        return new Segments(List.copyOf(found));
    }

    private static void add(JsonNode file, List<Segment> found, Predicate<Segment> fits) {
        Segment segment = found.stream().filter(fits).findFirst().orElseGet(() -> {
            found.add(new Segment(new ArrayList<>()));
            return found.get(found.size() - 1);
        });
        segment.files().add(file);
    }

    List<Segment> list() {
        return segments;
    }

    /** The segment of the file with this id. */
    Optional<Segment> with(String fileId) {
        return segments.stream().filter(segment -> segment.holds(fileId)).findFirst();
    }

    /** The segment that is known by this name, which ends with one of its keys. */
    Optional<Segment> named(String name) {
        return segments.stream()
                .filter(segment -> keys(segment).stream().anyMatch(key -> name.endsWith("@" + key)))
                .findFirst();
    }

    /**
     * Every key by which this segment may have become known: Zoom may have listed only some of its files then, or may
     * list only some now. None of them is a key of another segment.
     */
    Set<String> keys(Segment segment) {
        Set<String> keys = segment.keys();
        segments.stream()
                .filter(other -> other != segment)
                .flatMap(Segment::starts)
                .forEach(keys::remove);
        return keys;
    }

    private static boolean isOneSegment(JsonNode one, JsonNode other) {
        if (start(one).equals(start(other))) {
            return true;
        }
        Time time = Time.of(one);
        Time otherTime = Time.of(other);
        if (time == null || otherTime == null) {
            return false;
        }
        if (isWithin(APART, time.start(), otherTime.start())) {
            return time.shared(otherTime) > 0;
        }
        return time.isKnown()
                && otherTime.isKnown()
                && !isOfOneKind(one, other)
                && time.shared(otherTime) >= SHARED * Math.max(time.seconds(), otherTime.seconds());
    }

    /** Whether most of what was recorded in a file was at the time of the other. */
    static boolean isCovered(JsonNode file, JsonNode other) {
        Time time = Time.of(file);
        Time otherTime = Time.of(other);
        if (time == null || otherTime == null || !otherTime.isKnown()) {
            return false;
        }
        return time.isKnown()
                ? time.shared(otherTime) >= time.seconds() / 2.0
                : !time.start().isBefore(otherTime.start()) && time.start().isBefore(otherTime.end());
    }

    /** @param end far away if Zoom does not say */
    private record Time(Instant start, Instant end) {

        /** Null if Zoom does not say when it starts. */
        static Time of(JsonNode file) {
            Instant start = instant(file, "recording_start");
            Duration length = length(file);
            return start == null ? null : new Time(start, length == null ? Instant.MAX : start.plus(length));
        }

        boolean isKnown() {
            return !end.equals(Instant.MAX);
        }

        double seconds() {
            return shared(this);
        }

        /** For how many seconds both were recorded; without an end, some. */
        double shared(Time other) {
            Instant later = start.isAfter(other.start) ? start : other.start;
            Instant sooner = end.isBefore(other.end) ? end : other.end;
            if (!later.isBefore(sooner)) {
                return 0;
            }
            return sooner.equals(Instant.MAX)
                    ? 1
                    : Duration.between(later, sooner).toNanos() / 1e9;
        }
    }

    private static boolean isOfOneKind(JsonNode one, JsonNode other) {
        return text(one, "recording_type").equals(text(other, "recording_type"))
                && text(one, "file_type").equals(text(other, "file_type"));
    }

    private static boolean isWithin(Duration most, Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(most) <= 0;
    }

    /** How long a file is; null if Zoom does not say. */
    static Duration length(JsonNode file) {
        Instant start = instant(file, "recording_start");
        Instant end = instant(file, "recording_end");
        return start != null && end != null && end.isAfter(start) ? Duration.between(start, end) : null;
    }

    private static String start(JsonNode file) {
        return text(file, "recording_start");
    }

    /** Null if there is none. */
    static Instant instant(JsonNode node, String field) {
        try {
            String text = text(node, field);
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The first of these fields that says something; else an empty text. */
    static String text(JsonNode node, String... fields) {
        for (String field : fields) {
            String text = node.path(field).asText("");
            if (!text.isEmpty() && !node.path(field).isNull()) {
                return text;
            }
        }
        return "";
    }
}
