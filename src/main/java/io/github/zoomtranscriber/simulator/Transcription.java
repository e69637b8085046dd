package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A talk as AssemblyAI hears it under a request's options: speakers by letter, channels, spelling, redaction. */
final class Transcription {

    /**
     * @param speaker a letter, a channel, or null
     * @param channel null without {@code multichannel}
     */
    record Word(String text, int start, int end, double confidence, String speaker, String channel) {}

    private final Talk talk;
    private final Submission asked;
    private final String language;
    private final boolean labels;
    private final boolean channels;
    private final boolean redacted;
    private final Map<String, String> letters = new HashMap<>();
    private final List<Word> words = new ArrayList<>();

    Transcription(Talk talk, Submission asked) {
        this(talk, asked, asked.isOn("redact_pii"));
    }

    private Transcription(Talk talk, Submission asked, boolean redacted) {
        this.redacted = redacted;
        this.talk = talk;
        this.asked = asked;
        this.language = asked.options().hasNonNull("language_code")
                ? asked.options().get("language_code").asText()
                : asked.namesLanguage() ? "en_us" : talk.language();
        this.channels = asked.isOn("multichannel");
        this.labels = asked.isOn("speaker_labels") && Models.labelsSpeakers(language);
        assignLetters();
        for (Talk.Line line : talk.lines()) {
            for (Talk.Word word : line.words()) {
                add(line.speaker(), word);
            }
        }
    }

    private void assignLetters() {
        JsonNode options = asked.options();
        int most = options.path("speakers_expected")
                .asInt(options.path("speaker_options")
                        .path("max_speakers_expected")
                        .asInt(30));
        for (String speaker : talk.speakers()) {
            int index = Math.min(letters.size(), Math.max(1, most) - 1);
            String letter = index < 26 ? String.valueOf((char) ('A' + index)) : "A" + (char) ('A' + index - 26);
            letters.put(speaker, letter);
        }
    }

    private void add(String speaker, Talk.Word word) {
        if (word.start() < asked.options().path("audio_start_from").asInt(0)
                || word.end() > asked.options().path("audio_end_at").asInt(Integer.MAX_VALUE)) {
            return;
        }
        double confidence = Math.round((0.82 + 0.179 * Seeds.fraction(word.start(), word.text())) * 10_000) / 10_000.0;
        words.add(new Word(spell(word.text()), word.start(), word.end(), confidence, label(speaker), channel(speaker)));
    }

    private String channel(String speaker) {
        return channels ? Integer.toString(1 + talk.speakers().indexOf(speaker) % 2) : null;
    }

    private String label(String speaker) {
        String letter = labels ? letters.get(speaker) : null;
        if (!channels) {
            return letter;
        }
        return letter == null ? channel(speaker) : channel(speaker) + letter;
    }

    private String spell(String word) {
        String spelt = word;
        for (JsonNode rule : asked.options().path("custom_spelling")) {
            for (JsonNode from : rule.path("from")) {
                if (word.replaceAll("\\p{Punct}+$", "").equalsIgnoreCase(from.asText())) {
                    spelt = rule.path("to").asText() + word.replaceAll("^.*?(\\p{Punct}*)$", "$1");
                }
            }
        }
        if (redacted) {
            spelt = redact(spelt);
        }
        if (!asked.options().path("punctuate").asBoolean(true)) {
            spelt = spelt.replaceAll("[\\p{Punct}…。、！？،؟]+$", "");
        }
        return asked.options().path("format_text").asBoolean(true) ? spelt : spelt.toLowerCase(Locale.ROOT);
    }

    /** The names of those who speak, and numbers: each if the policies take it out. */
    private String redact(String word) {
        List<String> policies = new ArrayList<>();
        asked.options().path("redact_pii_policies").forEach(policy -> policies.add(policy.asText()));
        String bare = bare(word);
        boolean name = isName(word) && (policies.isEmpty() || policies.contains("person_name"));
        boolean number = word.matches(".*\\d{2,}.*") && (policies.isEmpty() || policies.contains("number_sequence"));
        if (!name && !number) {
            return word;
        }
        boolean asEntity = asked.options().path("redact_pii_sub").asText().equals("entity_name");
        String hidden = asEntity
                ? (name ? "[PERSON_NAME]" : "[NUMBER_SEQUENCE]")
                : "#"
                        .repeat(
                                name
                                        ? bare.length()
                                        : word.replaceAll("\\P{Alnum}+$", "").length());
        return hidden + word.replaceAll("^.*?(\\p{Punct}*)$", "$1");
    }

    /** Whether a part of the name of somebody who speaks is said, as in {@code Ada's}. */
    boolean isName(String word) {
        return talk.speakers().stream()
                .anyMatch(speaker -> List.of(speaker.split(" ")).contains(bare(word)));
    }

    /** The word without what is not of it: marks behind it, and an {@code 's}. */
    static String bare(String word) {
        return word.replaceAll("(['’]\\p{L}{1,2})?\\P{L}*$", "").replaceAll("^\\P{L}+", "");
    }

    /** The same as it was said. */
    Transcription unredacted() {
        return new Transcription(talk, asked, false);
    }

    Talk talk() {
        return talk;
    }

    /** As AssemblyAI writes it. */
    String language() {
        return Models.normalised(language);
    }

    boolean hasUtterances() {
        return labels || channels;
    }

    boolean hasChannels() {
        return channels;
    }

    List<Word> words() {
        return words;
    }

    /** The letter of each person, by name. */
    Map<String, String> letters() {
        return letters;
    }

    String text(List<Word> of) {
        return Speech.join(talk.language(), of.stream().map(Word::text).toList());
    }

    /** What one speaker says in one go. */
    List<List<Word>> utterances() {
        List<List<Word>> parts = cut(words, (last, next) -> !last.speaker().equals(next.speaker()));
        parts.sort(Comparator.comparingInt(part -> part.get(0).start()));
        return parts;
    }

    List<List<Word>> sentences() {
        return cut(
                words,
                (last, next) -> last.text().matches("(?s).*[.?!…。！？؟]\"?")
                        || last.speaker() != null && !last.speaker().equals(next.speaker()));
    }

    /** Some sentences each, whoever says them. */
    List<List<Word>> paragraphs() {
        List<List<Word>> paragraphs = new ArrayList<>();
        for (List<Word> sentence : sentences()) {
            List<Word> last = paragraphs.isEmpty() ? null : paragraphs.get(paragraphs.size() - 1);
            if (last == null || last.size() > 60) {
                paragraphs.add(new ArrayList<>(sentence));
            } else {
                last.addAll(sentence);
            }
        }
        return paragraphs;
    }

    private interface Border {
        boolean between(Word last, Word next);
    }

    private static List<List<Word>> cut(List<Word> words, Border border) {
        List<List<Word>> parts = new ArrayList<>();
        Word last = null;
        for (Word word : words) {
            if (last == null || border.between(last, word)) {
                parts.add(new ArrayList<>());
            }
            parts.get(parts.size() - 1).add(word);
            last = word;
        }
        return parts;
    }

    static double confidence(List<Word> of) {
        return Math.round(of.stream().mapToDouble(Word::confidence).average().orElse(0) * 10_000) / 10_000.0;
    }
}
