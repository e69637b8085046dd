package io.github.zoomtranscriber.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who was heard when, as Zoom's TIMELINE file says: {@code timeline[]} of {@code {"ts":"00:00:04.340","users":[...]}},
 * each entry true until the next; {@code ts} counts from the start of the recording (Zoom publishes no description of
 * it; the shape is the one that is seen). What cannot be read is left out.
 */
final class Timeline {

    private static final Pattern TIME = Pattern.compile("(?:(\\d{1,3}):)?(\\d{1,2}):(\\d{1,2})(?:[.,](\\d{1,3}))?\\d*");

    /** A name, however often its owner came and went, and whether several people sit at that device. */
    record Person(String name, boolean severalPeople) {}

    private record Span(long start, long end, List<Person> heard) {}

    private final List<Span> spans = new ArrayList<>();

    /** @param file the TIMELINE file as it came; anything else is an empty timeline */
    Timeline(JsonNode file) {
        TreeMap<Long, List<JsonNode>> entries = new TreeMap<>();
        List<JsonNode> undated = new ArrayList<>();
        Long last = null;
        for (JsonNode entry : file.path("timeline")) {
            long time = time(Json.line(entry, "ts"));
            if (time >= 0) {
                last = time;
                // who was heard before the first time that is known may have been heard then
                undated.forEach(user ->
                        entries.computeIfAbsent(time, t -> new ArrayList<>()).add(user));
                undated.clear();
            }
            List<JsonNode> users = last == null ? undated : entries.computeIfAbsent(last, t -> new ArrayList<>());
            entry.path("users").forEach(users::add);
        }
        Map<String, Person> people = people(entries);
        for (Map.Entry<Long, List<JsonNode>> entry : entries.entrySet()) {
            Long next = entries.higherKey(entry.getKey());
            List<Person> heard = entry.getValue().stream()
                    .map(user -> people.get(key(user)))
                    .filter(p -> p != null)
                    .distinct()
                    .toList();
            spans.add(new Span(entry.getKey(), next == null ? Long.MAX_VALUE : next, heard));
        }
    }

    /**
     * Adds to {@code heard} for how many milliseconds of a span of time each person was heard; several at once share
     * it.
     */
    void addHeard(long start, long end, Map<Person, Double> heard) {
        int from = 0;
        int to = spans.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (spans.get(middle).end() <= start) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        for (; from < spans.size() && spans.get(from).start() < end; from++) {
            Span span = spans.get(from);
            double common = Math.min(end, span.end()) - Math.max(start, span.start());
            span.heard()
                    .forEach(person -> heard.merge(person, common / span.heard().size(), Double::sum));
        }
    }

    /**
     * Who comes back gets another {@code user_id}, who is logged in keeps {@code zoom_userid}, and one who is renamed
     * in the meeting keeps that too: the name that stands most often is theirs.
     */
    private static Map<String, Person> people(Map<Long, List<JsonNode>> entries) {
        Map<String, Map<String, Integer>> names = new TreeMap<>();
        Set<String> shared = new HashSet<>();
        entries.values()
                .forEach(users -> users.forEach(user -> {
                    String name = name(user);
                    if (!name.isEmpty()) {
                        names.computeIfAbsent(key(user), k -> new TreeMap<>()).merge(name, 1, Integer::sum);
                        if (user.path("multiple_people").asBoolean(false)) {
                            shared.add(fold(name));
                        }
                    }
                }));
        Map<String, Person> byName = new HashMap<>();
        Map<String, Person> people = new HashMap<>();
        names.forEach((key, counts) -> {
            String name = counts.entrySet().stream()
                    .max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                    .orElseThrow()
                    .getKey();
            people.put(key, byName.computeIfAbsent(fold(name), k -> new Person(name, shared.contains(k))));
        });
        return people;
    }

    private static String key(JsonNode user) {
        String account = Json.line(user, "zoom_userid");
        return account.isEmpty() ? "name " + fold(name(user)) : "account " + account;
    }

    private static String name(JsonNode user) {
        return SpeakerNames.shown(Json.line(user, "username"));
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** @return milliseconds, or -1 if this is no time */
    private static long time(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return -1;
        }
        long hours = time.group(1) == null ? 0 : Long.parseLong(time.group(1));
        long seconds = (hours * 60 + Long.parseLong(time.group(2))) * 60 + Long.parseLong(time.group(3));
        String fraction = time.group(4) == null ? "" : time.group(4);
        return seconds * 1000 + Long.parseLong((fraction + "000").substring(0, 3));
    }
}
