package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** AssemblyAI's speech models and what they can, as of November 2026. */
final class Models {

    private static final List<String> ACCEPTED =
            List.of("universal-3-pro", "universal-2", "universal-3-5-pro", "assemblyai-stt-3-7");
    /** The languages of Universal-3.5 Pro; Universal-2 knows all others. */
    private static final Set<String> LANGUAGES_OF_3_5 = Set.of(
            "en", "es", "fr", "de", "it", "pt", "ar", "da", "nl", "fi", "he", "hi", "ja", "zh", "no", "sv", "tr", "vi");

    private static final Set<String> LANGUAGES_OF_3 = Set.of("en", "es", "pt", "fr", "de", "it");
    /** Which languages these are changes; the simulator has one, so that the case exists. */
    private static final Set<String> WITHOUT_SPEAKERS = Set.of("sw");

    private static final Map<String, String> NORMALISED = Map.of("en", "en_us");

    private Models() {}

    /** @return the models of a request, the account's default where it names none */
    static List<String> accept(ObjectNode options, Faults faults) {
        if (options.hasNonNull("speech_model")) {
            throw AssemblyAiError.badRequest(
                    "speech_model is deprecated. Use \"speech_models\" instead. See documentation: "
                            + "https://www.assemblyai.com/docs/pre-recorded-audio/select-the-speech-model");
        }
        JsonNode named = options.path("speech_models");
        if (named.isMissingNode() || named.isNull()) {
            if (faults.requireSpeechModels) {
                throw notAmongAccepted(faults);
            }
            refuseRetired(faults.defaultModels, faults);
            return faults.defaultModels;
        }
        List<String> models = new ArrayList<>();
        named.forEach(model -> models.add(model.asText()));
        refuseRetired(models, faults);
        if (!named.isArray() || models.isEmpty() || !ACCEPTED.containsAll(models)) {
            throw notAmongAccepted(faults);
        }
        return models;
    }

    private static void refuseRetired(List<String> models, Faults faults) {
        String retired = models.stream()
                .filter(faults.retiredModels::contains)
                .findFirst()
                .orElse(null);
        if (retired == null) {
            return;
        }
        if (faults.retiredModelText.equals("deprecated")) {
            throw AssemblyAiError.badRequest(
                    "The \"" + retired + "\" speech model(s) have been deprecated. Use speech_models: "
                            + quoted(
                                    faults.defaultModels.stream()
                                            .filter(model -> !faults.retiredModels.contains(model))
                                            .toList(),
                                    "[",
                                    "]")
                            + " instead.");
        }
        throw notAmongAccepted(faults);
    }

    private static AssemblyAiError notAmongAccepted(Faults faults) {
        return AssemblyAiError.badRequest("\"speech_models\" must be a non-empty list containing one or more of: "
                + quoted(
                        ACCEPTED.stream()
                                .filter(model -> !faults.retiredModels.contains(model))
                                .toList(),
                        "",
                        ""));
    }

    private static String quoted(List<String> models, String open, String close) {
        return models.stream().map(model -> '"' + model + '"').collect(Collectors.joining(", ", open, close));
    }

    static boolean labelsSpeakers(String language) {
        return !WITHOUT_SPEAKERS.contains(language.split("_")[0]);
    }

    static String normalised(String language) {
        return NORMALISED.getOrDefault(language, language);
    }

    /** The first of the models that knows the language; where none does, the last is tried all the same. */
    static String used(List<String> models, String language) {
        String base = language.split("_")[0];
        return models.stream()
                .filter(model -> switch (model) {
                    case "universal-3-pro" -> LANGUAGES_OF_3.contains(base);
                    case "universal-3-5-pro", "assemblyai-stt-3-7" -> LANGUAGES_OF_3_5.contains(base);
                    default -> true;
                })
                .findFirst()
                .orElse(models.get(models.size() - 1));
    }
}
