package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What AssemblyAI can say about a transcript beside its words, if asked: chapters, highlights, a summary, moods, names
 * of speakers. The shapes are right; the judgement is what a few lines of code can have.
 */
final class Insights {

    private final Transcription heard;
    private final Submission asked;
    private final List<List<Transcription.Word>> sentences;

    Insights(Transcription heard, Submission asked) {
        this.heard = heard;
        this.asked = asked;
        this.sentences = heard.sentences();
    }

    void addTo(ObjectNode json) {
        if (asked.isOn("auto_chapters")) {
            json.set("chapters", chapters());
        }
        if (asked.isOn("auto_highlights")) {
            json.set(
                    "auto_highlights_result",
                    Json.object().put("status", "success").set("results", highlights()));
        }
        if (asked.isOn("summarization")) {
            json.put("summary", summary());
        }
        if (asked.isOn("sentiment_analysis")) {
            json.set("sentiment_analysis_results", sentiments());
        }
        if (asked.isOn("entity_detection")) {
            json.set("entities", entities());
        }
        for (String labels : List.of("content_safety", "iab_categories")) {
            if (asked.isOn(labels)) {
                ObjectNode result = Json.object().put("status", "success");
                result.putArray("results");
                result.putObject("summary");
                boolean safety = labels.equals("content_safety");
                if (safety) {
                    result.putObject("severity_score_summary");
                }
                json.set(safety ? "content_safety_labels" : "iab_categories_result", result);
            }
        }
        understand(json);
    }

    private ArrayNode chapters() {
        ArrayNode chapters = Json.array();
        int size = Math.max(1, (sentences.size() + 3) / 4);
        for (int from = 0; from < sentences.size(); from += size) {
            List<List<Transcription.Word>> part = sentences.subList(from, Math.min(sentences.size(), from + size));
            String headline = heard.text(longest(part));
            chapters.addObject()
                    .put("gist", firstWords(headline, 4))
                    .put("headline", headline)
                    .put("summary", heard.text(part.get(0)) + " " + headline)
                    .put("start", part.get(0).get(0).start())
                    .put(
                            "end",
                            part.get(part.size() - 1)
                                    .get(part.get(part.size() - 1).size() - 1)
                                    .end());
        }
        return chapters;
    }

    private static List<Transcription.Word> longest(List<List<Transcription.Word>> part) {
        return part.stream().max(Comparator.comparingInt(List::size)).orElseThrow();
    }

    private static String firstWords(String text, int count) {
        String[] words = text.split("\\s+");
        return String.join(" ", List.of(words).subList(0, Math.min(count, words.length)));
    }

    /** Long words that are said more than once. */
    private ArrayNode highlights() {
        Map<String, List<Transcription.Word>> byText = new TreeMap<>();
        for (Transcription.Word word : heard.words()) {
            String text = word.text().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}-]", "");
            if (text.length() > 5) {
                byText.computeIfAbsent(text, t -> new ArrayList<>()).add(word);
            }
        }
        ArrayNode results = Json.array();
        byText.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().size()))
                .limit(10)
                .forEach(entry -> {
                    ObjectNode result = results.addObject()
                            .put("count", entry.getValue().size())
                            .put("rank", Math.min(1, entry.getValue().size() / 10.0))
                            .put("text", entry.getKey());
                    ArrayNode times = result.putArray("timestamps");
                    entry.getValue()
                            .forEach(word ->
                                    times.addObject().put("start", word.start()).put("end", word.end()));
                });
        return results;
    }

    private String summary() {
        StringBuilder summary = new StringBuilder();
        for (JsonNode chapter : chapters()) {
            summary.append(summary.isEmpty() ? "- " : "\n- ")
                    .append(chapter.get("headline").asText());
        }
        return summary.toString();
    }

    /** Unredacted too. */
    private ArrayNode sentiments() {
        ArrayNode results = Json.array();
        Transcription said = heard.unredacted();
        for (List<Transcription.Word> sentence : said.sentences()) {
            String text = said.text(sentence);
            String lower = text.toLowerCase(Locale.ROOT);
            String mood = lower.matches(".*\\b(thank|thanks|great|good|nice|love|happy)\\b.*")
                    ? "POSITIVE"
                    : lower.matches(".*\\b(sorry|problem|broken|fail|failed|bad|worried)\\b.*")
                            ? "NEGATIVE"
                            : "NEUTRAL";
            results.addObject()
                    .put("text", text)
                    .put("start", sentence.get(0).start())
                    .put("end", sentence.get(sentence.size() - 1).end())
                    .put("sentiment", mood)
                    .put("confidence", Transcription.confidence(sentence))
                    .put("speaker", sentence.get(0).speaker());
        }
        return results;
    }

    /** Unredacted, as seen in September 2026: the first names that are said aloud. */
    private ArrayNode entities() {
        ArrayNode results = Json.array();
        for (Talk.Line line : heard.talk().lines()) {
            for (Talk.Word word : line.words()) {
                if (heard.isName(word.text())) {
                    results.addObject()
                            .put("entity_type", "person_name")
                            .put("text", Transcription.bare(word.text()))
                            .put("start", word.start())
                            .put("end", word.end());
                }
            }
        }
        return results;
    }

    private void understand(ObjectNode json) {
        JsonNode request = asked.options().path("speech_understanding").path("request");
        if (!request.isObject()) {
            return;
        }
        ObjectNode answer = Json.object();
        if (request.has("speaker_identification")) {
            answer.set("speaker_identification", identify(request.get("speaker_identification"), json));
        }
        if (request.has("summarization")) {
            ObjectNode summary = Json.object().put("status", "success");
            ArrayNode parts = summary.putArray("summary");
            chapters().forEach(chapter -> parts.addObject()
                    .put("text", chapter.get("headline").asText()));
            answer.set("summarization", summary);
        }
        if (request.has("action_items")) {
            ObjectNode items = Json.object().put("status", "success");
            ArrayNode array = items.putArray("items");
            sentences.stream()
                    .map(heard::text)
                    .filter(text -> text.matches("(?i).*\\b(i will|i'll|let us|let's)\\b.*"))
                    .forEach(text -> array.addObject().put("text", text));
            answer.set("action_items", items);
        }
        ObjectNode both = Json.object();
        both.set("request", request);
        both.set("response", answer);
        json.set("speech_understanding", both);
    }

    /** Names those who are among the known ones, and puts the names where the letters were. */
    private ObjectNode identify(JsonNode request, ObjectNode json) {
        List<String> known = new ArrayList<>();
        request.path("known_values").forEach(name -> known.add(name.asText()));
        request.path("speakers")
                .forEach(speaker -> known.add(speaker.path("name").asText()));
        ObjectNode mapping = Json.object();
        heard.letters().forEach((name, letter) -> {
            if (known.contains(name)) {
                mapping.put(letter, name);
            }
        });
        for (JsonNode utterance : json.path("utterances")) {
            rename(utterance, mapping);
            utterance.path("words").forEach(word -> rename(word, mapping));
        }
        json.path("words").forEach(word -> rename(word, mapping));
        return Json.object().put("status", "success").set("mapping", mapping);
    }

    private static void rename(JsonNode spoken, ObjectNode mapping) {
        String name = mapping.path(spoken.path("speaker").asText()).asText("");
        if (!name.isEmpty()) {
            ((ObjectNode) spoken).put("speaker", name);
        }
    }
}
