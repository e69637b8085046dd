package io.github.zoomtranscriber.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Gives AssemblyAI's speakers A, B, C the names of the people that Zoom heard while they spoke. A name is given only
 * where the evidence is clear, and to one speaker only, unless Zoom says that several people share the device; the
 * others stay {@code Speaker A}. Names that AssemblyAI itself put in place of its labels are kept.
 */
public final class SpeakerNames {

    /** Where names may come from: the values of {@code output.speaker-names}. */
    public enum Mode {
        /** Zoom's TIMELINE file. */
        TIMELINE,
        /** AssemblyAI's labels only. */
        LETTERS;

        /** @throws IllegalArgumentException if the text names no mode */
        public static Mode of(String text) {
            return switch (text.strip()) {
                case "timeline" -> TIMELINE;
                case "letters" -> LETTERS;
                default -> throw new IllegalArgumentException(
                        "speakers' names cannot come from '" + text + "', only from: timeline, letters");
            };
        }
    }

    /** A label, as opposed to a name: A to ZZ, a channel's number, or both. */
    static final Pattern LABEL = Pattern.compile("[A-Z]{1,2}|\\d{1,3}[A-Z]{0,2}");

    /** Who was heard for less is not recognised by it: Zoom's timeline lags behind the voice. */
    private static final double ENOUGH_MS = 1000;
    /** At least so much of what a speaker said must fall to the name. */
    private static final double SHARE = 0.5;
    /** The runner-up, another name or another speaker with the same name, may have at most this part of the best. */
    private static final double RIVAL = 0.5;

    private static final int LONGEST_NAME = 80;

    private final JsonNode document;
    private final Mode mode;

    SpeakerNames(JsonNode document, Mode mode) {
        this.document = document;
        this.mode = mode;
    }

    /** How a speaker is called, and why. */
    record Name(String text, Speaker.Source source, double clarity) {}

    /** A name that fits one speaker, and how many milliseconds speak for it. */
    private record Claim(String label, Timeline.Person person, double heard, double clarity) {}

    /** @return for each label that is not empty, its name */
    Map<String, Name> find(List<Utterance> utterances) {
        Map<String, Name> names = new LinkedHashMap<>();
        for (Utterance utterance : utterances) {
            if (!utterance.label().isEmpty()) {
                names.computeIfAbsent(utterance.label(), this::byAssemblyAi);
            }
        }
        if (mode == Mode.TIMELINE) {
            Set<String> taken = new HashSet<>();
            names.values().stream()
                    .filter(name -> name.source() == Speaker.Source.ASSEMBLYAI)
                    .forEach(name -> taken.add(name.text()));
            names.putAll(byTimeline(
                    utterances.stream()
                            .filter(utterance -> names.containsKey(utterance.label())
                                    && names.get(utterance.label()).source() == Speaker.Source.LABEL)
                            .toList(),
                    taken));
        }
        return names;
    }

    private Name byAssemblyAi(String label) {
        JsonNode mapping = document.path("assemblyai")
                .path("speech_understanding")
                .path("response")
                .path("speaker_identification")
                .path("mapping");
        for (JsonNode name : mapping) {
            if (label.equals(Text.line(name.asText("")))) {
                return new Name(shown(label), Speaker.Source.ASSEMBLYAI, 0);
            }
        }
        String mapped = Json.line(mapping, label);
        if (!mapped.isEmpty() || !LABEL.matcher(label).matches()) {
            return new Name(shown(mapped.isEmpty() ? label : mapped), Speaker.Source.ASSEMBLYAI, 0);
        }
        return new Name(
                (Character.isDigit(label.charAt(label.length() - 1)) ? "Channel " : "Speaker ") + label,
                Speaker.Source.LABEL,
                0);
    }

    private Map<String, Name> byTimeline(List<Utterance> utterances, Set<String> taken) {
        Timeline timeline = new Timeline(document.path("zoom").path("timeline"));
        Map<String, Map<Timeline.Person, Double>> heard = new TreeMap<>();
        Map<String, Double> spoken = new HashMap<>();
        for (Utterance utterance : utterances) {
            timeline.addHeard(
                    utterance.start(), utterance.end(), heard.computeIfAbsent(utterance.label(), l -> new HashMap<>()));
            spoken.merge(utterance.label(), (double) utterance.end() - utterance.start(), Double::sum);
        }
        Map<Timeline.Person, TreeMap<String, Claim>> claims = new HashMap<>();
        heard.forEach((label, people) -> {
            Claim claim = claim(label, people, spoken.get(label));
            if (claim != null && !taken.contains(claim.person().name())) {
                claims.computeIfAbsent(claim.person(), p -> new TreeMap<>()).put(label, claim);
            }
        });
        Map<String, Name> names = new HashMap<>();
        claims.forEach((person, rivals) -> settle(person, List.copyOf(rivals.values()), names));
        return names;
    }

    /** @return the one name that clearly fits this speaker, or null */
    private static Claim claim(String label, Map<Timeline.Person, Double> people, double spoken) {
        List<Map.Entry<Timeline.Person, Double>> best = people.entrySet().stream()
                .sorted(Map.Entry.<Timeline.Person, Double>comparingByValue().reversed())
                .toList();
        if (best.isEmpty()
                || best.get(0).getValue() < ENOUGH_MS
                || best.get(0).getValue() < spoken * SHARE
                || best.size() > 1 && best.get(1).getValue() > best.get(0).getValue() * RIVAL) {
            return null;
        }
        return new Claim(
                label,
                best.get(0).getKey(),
                best.get(0).getValue(),
                Math.min(1, best.get(0).getValue() / spoken));
    }

    /**
     * Two speakers with one name are two people at one device, or one person taken for two: Zoom's word decides, else
     * the far likelier.
     */
    private static void settle(Timeline.Person person, List<Claim> rivals, Map<String, Name> names) {
        List<Claim> best = rivals.stream()
                .sorted(Comparator.comparingDouble(Claim::heard).reversed())
                .toList();
        if (person.severalPeople() && best.size() > 1) {
            best.forEach(claim -> names.put(
                    claim.label(),
                    new Name(person.name() + " (" + claim.label() + ")", Speaker.Source.TIMELINE, claim.clarity())));
        } else if (best.size() == 1 || best.get(1).heard() <= best.get(0).heard() * RIVAL) {
            names.put(
                    best.get(0).label(),
                    new Name(person.name(), Speaker.Source.TIMELINE, best.get(0).clarity()));
        }
    }

    /** @return the name, cut where it is no name any more */
    static String shown(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 1))
                                .strip() + "\u2026";
    }
}
