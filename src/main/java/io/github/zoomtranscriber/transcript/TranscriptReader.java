package io.github.zoomtranscriber.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads a {@link Transcript} from the kept JSON. */
final class TranscriptReader {

    private final Transcript.Source source;
    private final DocumentReader reader;
    private final JsonNode document;
    private final JsonNode answer;
    private final SpeakerNames.Mode mode;
    private final Meeting meeting;

    /** @throws IOException if the source holds no JSON, or throws it */
    TranscriptReader(Transcript.Source source, SpeakerNames.Mode mode) throws IOException {
        this.source = source;
        this.reader = DocumentReader.read(source);
        this.document = reader.outline();
        this.answer = document.path("assemblyai");
        this.mode = Objects.requireNonNull(mode, "speakers' names need a mode");
        this.meeting = Meeting.read(document);
    }

    Transcript read() {
        List<Utterance> utterances = reader.utterances(meeting.length().toMillis());
        Map<String, Speaker> speakers = speakers(utterances);
        List<Turn> turns = new ArrayList<>();
        for (Utterance utterance : utterances) {
            turns.add(new Turn(
                    speakers.get(utterance.label()),
                    utterance.start(),
                    utterance.end(),
                    utterance.text(),
                    utterance.words()));
        }
        return new Transcript(
                meeting,
                Json.line(answer, "id"),
                Json.line(answer, "speech_model_used", "speech_model"),
                Json.line(answer, "language_code"),
                List.copyOf(speakers.values()),
                turns,
                chapters(utterances),
                summary(),
                actionItems(),
                highlights(),
                ChatFile.read(document.path("zoom").path("chat").asText(""), meeting),
                notes(utterances),
                document,
                source,
                reader.redaction());
    }

    private Map<String, Speaker> speakers(List<Utterance> utterances) {
        Map<String, Duration> spoken = new LinkedHashMap<>();
        for (Utterance utterance : utterances) {
            if (!utterance.label().isEmpty()) {
                spoken.merge(utterance.label(), Duration.ofMillis(utterance.end() - utterance.start()), Duration::plus);
            }
        }
        Map<String, SpeakerNames.Name> names = new SpeakerNames(document, mode).find(utterances);
        Map<String, Speaker> speakers = new LinkedHashMap<>();
        spoken.forEach((label, time) -> {
            SpeakerNames.Name name = names.get(label);
            speakers.put(
                    label, new Speaker(speakers.size() + 1, label, name.text(), name.source(), name.clarity(), time));
        });
        return speakers;
    }

    /** One that does not say when it starts does so where the one before ends. */
    private List<Chapter> chapters(List<Utterance> utterances) {
        List<JsonNode> found = new ArrayList<>();
        answer.path("chapters").forEach(found::add);
        List<Chapter> chapters = new ArrayList<>();
        long before = Gaps.MISSING;
        for (int i = 0; i < found.size(); i++) {
            JsonNode chapter = found.get(i);
            String title = Json.line(chapter, "headline", "gist", "summary");
            String text = Json.line(chapter, "summary");
            long after = found.stream()
                    .skip(i + 1L)
                    .mapToLong(later -> Json.time(later.path("start")))
                    .filter(time -> time != Gaps.MISSING)
                    .findFirst()
                    .orElse(Gaps.MISSING);
            long begin = i == 0 && !utterances.isEmpty() ? utterances.get(0).start() : Gaps.MISSING;
            long start = Gaps.first(Json.time(chapter.path("start")), before, begin, after, 0);
            if (!title.isEmpty()) {
                chapters.add(new Chapter(start, title, text.equals(title) ? "" : text));
            }
            before = Gaps.first(Json.time(chapter.path("end")), after, start);
        }
        chapters.sort(Comparator.comparingLong(Chapter::start));
        return chapters;
    }

    /**
     * AssemblyAI's older summary is a text with or without bullets; the newer one a list of objects of no documented
     * shape.
     */
    private List<String> summary() {
        List<String> summary = new ArrayList<>();
        for (String line : Text.lines(answer.path("summary").asText("")).split("\n")) {
            addTo(summary, line.replaceFirst("^[-*\u2022]\\s+", ""));
        }
        understood("summarization", "summary").forEach(item -> addTo(summary, said(item)));
        return summary;
    }

    private List<String> actionItems() {
        List<String> items = new ArrayList<>();
        JsonNode found = understood("action_items", "items");
        // the document of August 2026 names the list "items" and requires it as "action_items"
        (found.isMissingNode() ? understood("action_items", "action_items") : found)
                .forEach(item -> addTo(items, said(item)));
        return items;
    }

    private JsonNode understood(String task, String field) {
        return answer.path("speech_understanding").path("response").path(task).path(field);
    }

    private static void addTo(List<String> list, String text) {
        if (!text.isEmpty()) {
            list.add(text);
        }
    }

    private static String said(JsonNode item) {
        if (item.isValueNode()) {
            return item.isNull() ? "" : Text.line(item.asText());
        }
        List<String> parts = new ArrayList<>();
        item.forEach(part -> addTo(parts, said(part)));
        return String.join(": ", parts);
    }

    private List<Highlight> highlights() {
        List<Ranked> found = new ArrayList<>();
        for (JsonNode result : answer.path("auto_highlights_result").path("results")) {
            List<Long> times = new ArrayList<>();
            result.path("timestamps")
                    .forEach(time -> times.add(Gaps.first(Json.time(time.path("start")), Json.time(time.path("end")))));
            times.removeIf(time -> time == Gaps.MISSING);
            String text = Json.line(result, "text");
            if (!text.isEmpty()) {
                found.add(new Ranked(
                        result.path("rank").asDouble(0),
                        new Highlight(text, times.stream().sorted().toList())));
            }
        }
        found.sort(Comparator.comparingDouble(Ranked::rank).reversed());
        return found.stream().map(Ranked::highlight).toList();
    }

    private record Ranked(double rank, Highlight highlight) {}

    private List<String> notes(List<Utterance> utterances) {
        List<String> notes = new ArrayList<>();
        for (JsonNode option : document.path("zoom_transcriber").path("left_out")) {
            String name = Text.line(option.asText(""));
            addTo(
                    notes,
                    name.equals("speaker_labels")
                            ? "AssemblyAI does not tell speakers apart in this language."
                            : name.isEmpty() ? "" : "AssemblyAI does not offer " + name + " in this language.");
        }
        if (notes.isEmpty()
                && answer.path("speaker_labels").asBoolean(false)
                && !utterances.isEmpty()
                && utterances.stream().allMatch(utterance -> utterance.label().isEmpty())) {
            notes.add("AssemblyAI did not tell the speakers apart.");
        }
        if (answer.path("redact_pii").asBoolean(false)) {
            notes.add("Personal data was taken out of the text by AssemblyAI.");
        }
        answer.path("metadata").path("warnings").forEach(warning -> addTo(notes, Json.line(warning, "message")));
        return notes;
    }
}
