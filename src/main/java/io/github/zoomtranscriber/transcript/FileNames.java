package io.github.zoomtranscriber.transcript;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names for a recording's files, made from a template: {@code output.file-name}. A {@code /} in the template makes
 * folders, one in a value never does. Every part is safe on Linux, macOS and Windows, and the path stays where it was
 * put.
 */
public final class FileNames {

    /**
     * So many bytes are left free in the last part for what the caller appends: {@code .md},
     * {@code .summary_next_steps.json}.
     */
    public static final int EXTENSION_BYTES = 40;

    private static final int PART_BYTES = 200;
    /** With the extension; Windows takes 260 characters, the folder that it all lies in among them. */
    private static final int PATH_BYTES = 240;

    private static final int SHORTEST_BYTES = 12;
    private static final int MOST_PARTS = 8;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern NOT_IN_TEMPLATE = Pattern.compile("[\\\\:|<>*?\"{}\\p{Cc}]");
    private static final Pattern PLAIN_ID = Pattern.compile("[0-9a-z-]{1,40}");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH.mm", Locale.ROOT);
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xx", Locale.ROOT);

    private final List<String> parts;
    private final ZoneId zone;
    private final Map<String, Function<Meeting, String>> values = new TreeMap<>(Map.of(
            "date", meeting -> begin(meeting) == null ? "undated" : DATE.format(begin(meeting)),
            "time", meeting -> begin(meeting) == null ? "no time" : time(begin(meeting)),
            "topic", meeting -> SafeName.of(meeting.topic(), "Meeting"),
            "host", meeting -> SafeName.of(meeting.host(), "unknown host"),
            "meeting-id", meeting -> SafeName.of(meeting.id(), "no meeting id"),
            "recording-id", meeting -> id(meeting),
            "type", meeting -> SafeName.of(meeting.recordingType(), "recording")));

    /**
     * @param template for example {@code ${date}/${topic}}; knows {@code date time topic host meeting-id recording-id
     *     type}
     * @param zone for dates and times; null for each meeting's own
     * @throws IllegalArgumentException if the template names something else, or leads out of the folder
     */
    public FileNames(String template, ZoneId zone) {
        this.zone = zone;
        this.parts = Arrays.asList(template.strip().split("/", -1));
        PLACEHOLDER
                .matcher(template)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !values.containsKey(name))
                .findFirst()
                .ifPresent(name -> refuse(
                        template,
                        "there is no ${" + name + "}, only "
                                + values.keySet().stream()
                                        .map(known -> "${" + known + "}")
                                        .collect(Collectors.joining(", "))));
        if (parts.size() > MOST_PARTS) {
            refuse(template, "it has more than " + MOST_PARTS + " parts");
        }
        for (String part : parts) {
            String literal = PLACEHOLDER.matcher(part).replaceAll("");
            Matcher bad = NOT_IN_TEMPLATE.matcher(literal);
            if (bad.find()) {
                refuse(template, "a name may not contain " + bad.group());
            }
            if (part.isBlank() || part.equals(".") || part.equals("..")) {
                refuse(template, "it must name files and folders below one folder, such as ${date}/${topic}");
            }
        }
    }

    private static void refuse(String template, String reason) {
        throw new IllegalArgumentException("the file name '" + Text.line(template) + "' cannot be used: " + reason);
    }

    /**
     * @return paths with {@code /} and without extension, relative and never leading up: the plain one, then one with
     *     the start time, then one with the recording's id, which no other recording has; the first that is free is to
     *     be taken. The same for the same recording each time
     */
    public List<String> candidates(Meeting meeting) {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        names.add(path(meeting, ""));
        if (begin(meeting) != null && parts.stream().noneMatch(part -> part.contains("${time}"))) {
            names.add(path(meeting, " " + time(begin(meeting))));
        }
        names.add(path(meeting, " " + id(meeting)));
        return List.copyOf(names);
    }

    private String path(Meeting meeting, String suffix) {
        List<String> path = new ArrayList<>();
        for (String part : parts) {
            String name = PLACEHOLDER
                    .matcher(part)
                    .replaceAll(found ->
                            Matcher.quoteReplacement(values.get(found.group(1)).apply(meeting)));
            int room = path.size() == parts.size() - 1
                    ? PART_BYTES - EXTENSION_BYTES - SafeName.bytes(suffix)
                    : PART_BYTES;
            path.add(SafeName.cut(SafeName.of(name, "_"), room));
        }
        shorten(path, PATH_BYTES - EXTENSION_BYTES - SafeName.bytes(suffix));
        return String.join("/", path) + suffix;
    }

    /** Takes from the longest part first. */
    private static void shorten(List<String> path, int bytes) {
        int over = SafeName.bytes(String.join("/", path)) - bytes;
        while (over > 0) {
            String longest = path.stream()
                    .max((a, b) -> SafeName.bytes(a) - SafeName.bytes(b))
                    .orElseThrow();
            String shorter = SafeName.cut(longest, Math.max(SHORTEST_BYTES, SafeName.bytes(longest) - over));
            path.set(path.indexOf(longest), shorter);
            over = SafeName.bytes(String.join("/", path)) - bytes;
            if (shorter.equals(longest)) {
                return;
            }
        }
    }

    private ZonedDateTime begin(Meeting meeting) {
        return meeting.start() == null ? null : meeting.start().atZone(zone == null ? meeting.zone() : zone);
    }

    /** In the hour that comes twice in autumn, with the offset: two meetings at that time are two. */
    private static String time(ZonedDateTime begin) {
        boolean twice = begin.getZone()
                        .getRules()
                        .getValidOffsets(LocalDateTime.from(begin))
                        .size()
                > 1;
        return TIME.format(begin) + (twice ? OFFSET.format(begin) : "");
    }

    /** The recording's id; where that cannot stand in a name as it is, something like it that is as unique. */
    private static String id(Meeting meeting) {
        String id = meeting.recordingId().isEmpty() ? meeting.uuid() + "@" + meeting.start() : meeting.recordingId();
        if (PLAIN_ID.matcher(id).matches()) {
            return id;
        }
        String hash = UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "")
                .substring(0, 12);
        return SafeName.cut(SafeName.of(id, "id").replace(' ', '-'), 24) + "-" + hash;
    }
}
