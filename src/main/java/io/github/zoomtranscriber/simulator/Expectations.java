package io.github.zoomtranscriber.simulator;

import io.github.zoomtranscriber.simulator.ExpectedRecording.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says what must become of each recording, so that tests need not know the shipped meetings by heart. */
final class Expectations {

    private static final List<String> PREFERENCE = List.of(
            "audio_only",
            "shared_screen_with_speaker_view",
            "shared_screen_with_gallery_view",
            "active_speaker",
            "gallery_view",
            "shared_screen");

    /** The files of one segment start within so many seconds, in this world. */
    private static final int MOST_SECONDS_APART = 5;

    /** So many bytes any sound has, with the tables of its file. */
    private static final int LEAST_BYTES = 100;

    private final World world;

    Expectations(World world) {
        this.world = world;
    }

    List<ExpectedRecording> meetings() {
        return of(world.meetings());
    }

    List<ExpectedRecording> sessions() {
        return of(world.sessions());
    }

    private List<ExpectedRecording> of(ZoomAccount account) {
        return account.meetings().stream()
                .filter(meeting -> meeting.deleted() == null)
                .flatMap(meeting -> of(meeting).stream())
                .toList();
    }

    /** The segments of one meeting, in the order of their start. */
    List<ExpectedRecording> of(Meeting meeting) {
        List<List<RecordingFile>> segments = new ArrayList<>();
        Instant before = null;
        for (RecordingFile file : meeting.presentFiles().stream()
                .filter(RecordingFile::isAudible)
                .sorted(Comparator.comparing(RecordingFile::start))
                .toList()) {
            if (before == null || file.start().isAfter(before.plusSeconds(MOST_SECONDS_APART))) {
                segments.add(new ArrayList<>());
            }
            segments.get(segments.size() - 1).add(file);
            before = file.start();
        }
        return segments.stream().map(files -> segment(meeting, files)).toList();
    }

    /** Of several files of one kind the largest: the others are broken. */
    private ExpectedRecording segment(Meeting meeting, List<RecordingFile> files) {
        List<RecordingFile> sorted = files.stream()
                .sorted(Comparator.<RecordingFile, Boolean>comparing(
                                file -> file.content().size() < LEAST_BYTES)
                        .thenComparingInt(file -> Math.floorMod(PREFERENCE.indexOf(String.valueOf(file.kind())), 100))
                        .thenComparing(file -> !file.type().equals("M4A"))
                        .thenComparing(Comparator.<RecordingFile>comparingLong(
                                        file -> file.content().size())
                                .reversed()))
                .toList();
        RecordingFile chosen = sorted.get(0);
        Sound sound = new Sound(head(chosen), chosen.content().size());
        String reason = !sound.isAudio()
                ? "File does not appear to contain audio"
                : sound.length().toMillis() < 160 ? "Audio duration is too short" : "";
        Talk talk = chosen.talk() == null ? null : chosen.talk().get();
        boolean spoken = talk != null && !talk.isSilent();
        Outcome outcome = meeting.isMyNotes()
                ? Outcome.PRIVATE
                : chosen.processing()
                        ? Outcome.PROCESSING
                        : !reason.isEmpty() ? Outcome.FAILED : spoken ? Outcome.DELIVERED : Outcome.NO_SPEECH;
        return new ExpectedRecording(
                chosen.id(),
                sorted.stream().skip(1).map(RecordingFile::id).toList(),
                meeting.uuid(),
                meeting.number(),
                meeting.topic(),
                meeting.host().email(),
                ZoomJson.time(meeting.start()),
                outcome,
                reason,
                spoken ? talk.language() : "",
                spoken
                        ? talk.lines().stream()
                                .mapToInt(line -> line.words().size())
                                .sum()
                        : 0,
                spoken ? letters(talk) : Map.of(),
                spoken ? talk.devices() : Map.of(),
                timeline(meeting, files));
    }

    private static byte[] head(RecordingFile file) {
        try (java.io.InputStream in = file.content().open()) {
            return in.readNBytes(Mp4.HEAD);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, String> letters(Talk talk) {
        Map<String, String> letters = new TreeMap<>();
        for (String speaker : talk.speakers()) {
            letters.put(speaker, String.valueOf((char) ('A' + letters.size())));
        }
        return letters;
    }

    private static String timeline(Meeting meeting, List<RecordingFile> segment) {
        return meeting.presentFiles().stream()
                .filter(file -> file.type().equals("TIMELINE")
                        && segment.stream()
                                .anyMatch(other -> Duration.between(other.start(), file.start())
                                                .abs()
                                                .toSeconds()
                                        <= MOST_SECONDS_APART))
                .findFirst()
                .map(file -> file.id().equals(FileMaker.idOf(meeting.uuid() + "/0", "odd_timeline")) ? "odd" : "good")
                .orElse("none");
    }
}
