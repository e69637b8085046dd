package io.github.zoomtranscriber.transcript;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What AssemblyAI takes out of a text ({@code redact_pii}) stands in other fields as it was said, and Zoom knows the
 * names: this says what of all that is neither kept nor written. Immutable.
 */
public final class Redaction {

    /** Nothing is left out. */
    public static final Redaction NONE = new Redaction(false, false, Map.of());

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Fields of AssemblyAI's that {@code redact_pii} leaves as they are (seen in September 2026), besides those that
     * say so by their name.
     */
    private static final Set<String> AS_SAID = Set.of("entities", "sentiment_analysis_results");

    private static final String UNREDACTED = "unredacted_";
    /** Options that a transcript repeats, and that hold names and terms to listen for or to take out. */
    private static final Set<String> TERMS =
            Set.of("redact_static_entities", "keyterms_prompt", "word_boost", "custom_spelling", "prompt");
    /** Where names stand: Zoom's timeline and each participant's own sound, and AssemblyAI's guess at who speaks. */
    private static final Set<String> NAMES = Set.of("timeline", "participant_audio_files", "speaker_identification");

    /**
     * The policies that leave speakers' names alone (AssemblyAI's document of August 2026). Of any other nobody knows.
     */
    private static final Set<String> NOT_NAMES = Set.of(
            """
            account_number banking_information blood_type credit_card_cvv credit_card_expiration credit_card_number date date_interval date_of_birth
            drivers_license drug duration email_address event filename gender gender_sexuality healthcare_number injury ip_address language location
            location_address location_address_street location_city location_coordinate location_country location_state location_zip marital_status
            medical_condition medical_process money_amount nationality number_sequence occupation organization organization_medical_facility
            passport_number password person_age phone_number physical_attribute political_affiliation religion sexuality statistics time url
            us_social_security_number vehicle_id zodiac_sign"""
                    .split("\\s+"));

    private final boolean on;
    private final boolean namesHidden;
    /** What is shown in place of a speaker's name or label. */
    private final Map<String, String> letters;

    private Redaction(boolean on, boolean namesHidden, Map<String, String> letters) {
        this.on = on;
        this.namesHidden = namesHidden;
        this.letters = Map.copyOf(letters);
    }

    /**
     * What follows from AssemblyAI's options.
     *
     * @param options as they are sent, or as a transcript repeats them
     */
    public static Redaction of(JsonNode options) {
        boolean on = options.path("redact_pii").asBoolean(false);
        return new Redaction(on, on && !leaveNames(options.path("redact_pii_policies")), Map.of());
    }

    private static boolean leaveNames(JsonNode policies) {
        boolean leave = !policies.isEmpty();
        for (JsonNode policy : policies) {
            leave &= NOT_NAMES.contains(policy.asText());
        }
        return leave;
    }

    /**
     * As this, and as the transcript itself says.
     *
     * @param answer AssemblyAI's answer, which is read to its end
     */
    public Redaction with(JsonParser answer) throws IOException {
        ObjectNode said = JSON.createObjectNode();
        Set<String> labels = new LinkedHashSet<>();
        answer.nextToken();
        while (answer.nextToken() == JsonToken.FIELD_NAME) {
            String field = answer.currentName();
            boolean array = answer.nextToken() == JsonToken.START_ARRAY;
            if (array && field.equals("utterances")) {
                addLabels(answer, labels);
            } else if (field.equals("redact_pii")
                    || field.equals("redact_pii_policies")
                    || field.equals("speech_understanding")) {
                said.set(field, JSON.readTree(answer));
            } else {
                answer.skipChildren();
            }
        }
        return with(said, labels);
    }

    private static void addLabels(JsonParser utterances, Set<String> labels) throws IOException {
        while (utterances.nextToken() == JsonToken.START_OBJECT) {
            while (utterances.nextToken() == JsonToken.FIELD_NAME) {
                boolean speaker = utterances.currentName().equals("speaker");
                if (utterances.nextToken() == JsonToken.VALUE_STRING && speaker) {
                    labels.add(Text.line(utterances.getText()));
                }
                utterances.skipChildren();
            }
        }
    }

    /**
     * As this, and as the transcript itself says.
     *
     * @param answer AssemblyAI's, at least its few options and what it understood
     * @param labels AssemblyAI's names for the speakers, in the order in which they are heard
     */
    Redaction with(JsonNode answer, Collection<String> labels) {
        Redaction said = of(answer);
        boolean hidden = namesHidden || said.namesHidden;
        return new Redaction(on || said.on, hidden, hidden ? letters(labels, answer) : Map.of());
    }

    /** AssemblyAI puts names in place of its labels, and says of most which that was. */
    private static Map<String, String> letters(Collection<String> labels, JsonNode answer) {
        Map<String, String> letters = new HashMap<>();
        answer.path("speech_understanding")
                .path("response")
                .path("speaker_identification")
                .path("mapping")
                .properties()
                .forEach(mapped -> {
                    if (SpeakerNames.LABEL.matcher(mapped.getKey()).matches()) {
                        letters.putIfAbsent(Text.line(mapped.getValue().asText("")), mapped.getKey());
                    }
                });
        labels.stream()
                .filter(label -> SpeakerNames.LABEL.matcher(label).matches())
                .forEach(label -> letters.putIfAbsent(label, label));
        labels.forEach(label -> letter(label, letters));
        return letters;
    }

    /** The letter of a speaker; the next one that is free where there is none yet. */
    private static String letter(String label, Map<String, String> letters) {
        if (label.isEmpty() || letters.containsKey(label)) {
            return letters.getOrDefault(label, label);
        }
        int number = 0;
        while (letters.containsValue(letter(number))) {
            number++;
        }
        letters.put(label, letter(number));
        return letter(number);
    }

    private static String letter(int number) {
        return (number < 26 ? "" : String.valueOf((char) ('A' + number / 26 - 1))) + (char) ('A' + number % 26);
    }

    /** Whether anything is left out. */
    boolean isOn() {
        return on;
    }

    /** Whether speakers have letters, and nobody's name is kept. */
    public boolean hidesNames() {
        return namesHidden;
    }

    /**
     * What is left of a document.
     *
     * @param document AssemblyAI's answer, what Zoom says of the meeting, or both in one as they are kept
     */
    public JsonParser through(JsonParser document) {
        return on ? new Remaining(document) : document;
    }

    private boolean leavesOut(String field) {
        return isAsSaid(field) || TERMS.contains(field) || namesHidden && NAMES.contains(field);
    }

    /** Whether this field of AssemblyAI's says once more what is in the text, without what was taken out of that. */
    static boolean isAsSaid(String field) {
        return AS_SAID.contains(field) || field.startsWith(UNREDACTED);
    }

    /** Passes over what is left out, and has letters for names. */
    private final class Remaining extends JsonParserDelegate {

        private final Map<String, String> shown = new HashMap<>(letters);

        Remaining(JsonParser document) {
            super(document);
        }

        @Override
        public JsonToken nextToken() throws IOException {
            JsonToken token = super.nextToken();
            while (token == JsonToken.FIELD_NAME && leavesOut(currentName())) {
                super.nextToken();
                skipChildren();
                token = super.nextToken();
            }
            return token;
        }

        private boolean isSpeaker() throws IOException {
            return namesHidden && hasToken(JsonToken.VALUE_STRING) && "speaker".equals(currentName());
        }

        @Override
        public String getText() throws IOException {
            return isSpeaker() ? letter(Text.line(super.getText()), shown) : super.getText();
        }

        @Override
        public int getText(Writer out) throws IOException {
            String text = getText();
            out.write(text);
            return text.length();
        }

        @Override
        public String getValueAsString() throws IOException {
            return getValueAsString(null);
        }

        @Override
        public String getValueAsString(String otherwise) throws IOException {
            return hasToken(JsonToken.VALUE_STRING) ? getText() : super.getValueAsString(otherwise);
        }

        @Override
        public boolean hasTextCharacters() {
            return false;
        }

        @Override
        public char[] getTextCharacters() throws IOException {
            return getText().toCharArray();
        }

        @Override
        public int getTextOffset() {
            return 0;
        }

        @Override
        public int getTextLength() throws IOException {
            return getText().length();
        }
    }
}
