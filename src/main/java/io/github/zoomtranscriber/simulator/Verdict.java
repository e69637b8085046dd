package io.github.zoomtranscriber.simulator;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * What AssemblyAI makes of a sound.
 *
 * @param error its text; null: the transcription succeeds
 * @param recordingId as it stands in the bytes; null for sound that is not the simulator's
 * @param length of the sound, 0 when there is none
 * @param talk what is heard; null with an error
 * @param warning that goes with a success; null: none
 */
record Verdict(String error, String recordingId, Duration length, Supplier<Talk> talk, String warning) {

    private static final Duration SHORTEST = Duration.ofMillis(160);
    private static final Duration LONGEST = Duration.ofHours(10);
    private static final double LOW_CONFIDENCE = 0.62;

    /** Whole seconds, rounded up, as AssemblyAI counts and charges. */
    long seconds() {
        return (length.toMillis() + 999) / 1_000;
    }

    String status() {
        return error == null ? "completed" : "error";
    }

    static Verdict failed(String error) {
        return new Verdict(error, null, Duration.ZERO, null, null);
    }

    private Verdict withError(String text) {
        return new Verdict(text, recordingId, length, null, null);
    }

    /** @param world says what is in a recording of the simulator's; other sound gets a talk made up for it */
    static Verdict on(Sound sound, Job job, World world) {
        if (!sound.isAudio()) {
            return failed("Transcoding failed. File does not appear to contain audio. File type is " + sound.describe()
                    + ".");
        }
        Verdict verdict = heard(sound, world);
        if (verdict.length.compareTo(SHORTEST) < 0) {
            return verdict.withError("Audio duration is too short.");
        }
        if (verdict.length.compareTo(LONGEST) > 0) {
            return verdict.withError("Audio duration is too long.");
        }
        String own = forcedError(verdict, job, world);
        if (own != null) {
            return verdict.withError(own);
        }
        List<String> lacking = job.submission().namesLanguage()
                ? List.of()
                : world.faults().notInDetectedLanguage.stream()
                        .filter(job.submission()::isOn)
                        .toList();
        if (!lacking.isEmpty()) {
            return verdict.withError(
                    "The following models are not available in this language: " + String.join(", ", lacking));
        }
        return judge(verdict, job.submission());
    }

    private static Verdict heard(Sound sound, World world) {
        RecordingFile file = sound.recordingId()
                .flatMap(world::recording)
                .map(ZoomAccount.Found::file)
                .orElse(null);
        Duration length = sound.length();
        if (file == null || file.talk() == null) {
            String name = Integer.toHexString(java.util.Arrays.hashCode(sound.head()));
            return new Verdict(
                    null, sound.recordingId().orElse(null), length, () -> GeneratedTalk.of(0, name, length), null);
        }
        long whole = world.content(file).size();
        if (sound.size() >= whole) {
            return new Verdict(null, file.id(), length, file.talk(), null);
        }
        Duration cut = Duration.ofMillis(length.toMillis() * sound.size() / whole);
        return new Verdict(null, file.id(), cut, () -> file.talk().get().until(cut.toMillis()), null);
    }

    private static String forcedError(Verdict verdict, Job job, World world) {
        String id = verdict.recordingId == null ? "" : verdict.recordingId;
        String error =
                world.faults().errors.getOrDefault(id, world.faults().errors.get("*"));
        if (error != null) {
            return error.replace("URL", job.submission().audioUrl());
        }
        return world.strikes("serverErrorRate", id, world.faults().serverErrorRate)
                ? "Server error, developers have been alerted."
                : null;
    }

    private static Verdict judge(Verdict verdict, Submission asked) {
        boolean silent = verdict.talk.get().isSilent();
        double speech = silent ? 0.0112 : 0.8731;
        double wanted = asked.options().path("speech_threshold").asDouble(0);
        if (speech < wanted) {
            return verdict.withError(
                    "Audio speech threshold " + speech + " is below the requested speech threshold value " + wanted);
        }
        if (silent && !asked.namesLanguage()) {
            return asked.fallsBackOnSilence()
                    ? new Verdict(
                            null,
                            verdict.recordingId,
                            verdict.length,
                            verdict.talk,
                            "No spoken audio was detected; the fallback language was used.")
                    : verdict.withError("language_detection cannot be performed on files with no spoken audio.");
        }
        double least = asked.options().path("language_confidence_threshold").asDouble(0);
        double confidence = confidence(verdict.talk.get(), verdict.length);
        return asked.namesLanguage() || confidence >= least
                ? verdict
                : verdict.withError("detected language '" + verdict.talk.get().language() + "', confidence "
                        + confidence + ", is below the requested confidence threshold value of " + least);
    }

    /** Detection wants 15 seconds of speech. */
    static double confidence(Talk talk, Duration length) {
        return length.toSeconds() < 15 ? LOW_CONFIDENCE : 0.9 + Seeds.fraction(0, talk.language()) / 11;
    }
}
