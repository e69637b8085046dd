package io.github.zoomtranscriber.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.zoomtranscriber.MovableClock;
import io.github.zoomtranscriber.ledger.Recording;
import io.github.zoomtranscriber.ledger.TestLedger;
import io.github.zoomtranscriber.logging.CapturedLog;
import io.github.zoomtranscriber.work.MyNotes;
import io.github.zoomtranscriber.work.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of the files that Zoom lists are transcribed. */
class RecordingsTest {

    private static final List<String> TYPES = List.of("audio_only", "shared_screen_with_speaker_view", "gallery_view");
    private static final Filter ANY = new Filter(List.of(), List.of());
    private static final MyNotes LEFT_OUT = new MyNotes(false);

    private final MovableClock clock = new MovableClock();
    private final Recordings recordings = new Recordings(TYPES, ANY, ANY, LEFT_OUT, 0, clock);
    private final Tick tick = Tick.begin(clock);

    private List<Recording> choose(AMeeting... meetings) {
        return recordings.choose(AMeeting.page(meetings), tick);
    }

    private static List<String> ids(List<Recording> chosen) {
        return chosen.stream().map(Recording::id).toList();
    }

    @Test
    void theSoundIsTakenBeforeThePictureWhateverTheirOrder() {
        assertEquals(
                List.of("sound"),
                ids(choose(AMeeting.with("u")
                        .file("gallery", "gallery_view")
                        .file("speaker", "shared_screen_with_speaker_view")
                        .file("sound", "audio_only"))));
    }

    @Test
    void whereThereIsNoSoundAloneTheNextBestFileIsTaken() {
        assertEquals(
                List.of("speaker"),
                ids(choose(AMeeting.with("u")
                        .file("gallery", "gallery_view")
                        .file("speaker", "shared_screen_with_speaker_view"))));
    }

    @Test
    void ofEachSegmentOneFileIsTakenAlsoAViewThatExistsInOneOnly() {
        List<Recording> chosen = choose(AMeeting.with("u")
                .file("a", "audio_only", "2026-11-24T09:00:10Z")
                .file("b", "audio_only", "2026-11-24T10:00:00Z")
                .file("c", "gallery_view", "2026-11-24T11:00:00Z")
                .file("d", "gallery_view", "2026-11-24T10:00:00Z"));
        assertEquals(List.of("a", "b", "c"), ids(chosen));
        assertEquals(
                List.of("u@2026-11-24T09:00:10Z", "u@2026-11-24T10:00:00Z", "u@2026-11-24T11:00:00Z"),
                chosen.stream().map(Recording::segment).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "20, 2000, 09:31:02, 09:31:02", // the first broken
        "0, 2000, 09:31:02, 09:31:02", // nothing is known of the first
        "20, 2000, 09:31:02, 09:30:00", // what is broken may claim to be longer
        "0, 0, 09:10:00, 09:31:02", // without sizes the longest
        "2000, 2000, 09:10:00, 09:31:02",
        "2000, 2000, , 09:31:02"
    })
    void ofCopiesTheLargestIsTakenElseTheLongestWhateverTheirOrder(
            long copy, long whole, String copyEnds, String wholeEnds) {
        AMeeting first = AMeeting.with("u")
                .file("copy", "audio_only")
                .change("file_size", copy)
                .change("recording_end", copyEnds == null ? "" : "2026-11-24T" + copyEnds + "Z")
                .file("whole", "audio_only")
                .change("file_size", whole)
                .change("recording_end", "2026-11-24T" + wholeEnds + "Z");
        AMeeting last = AMeeting.with("u")
                .file("whole", "audio_only")
                .change("file_size", whole)
                .change("recording_end", "2026-11-24T" + wholeEnds + "Z")
                .file("copy", "audio_only")
                .change("file_size", copy)
                .change("recording_end", copyEnds == null ? "" : "2026-11-24T" + copyEnds + "Z");
        assertEquals(List.of("whole"), ids(choose(first)));
        assertEquals(List.of("whole"), ids(choose(last)));
    }

    @Test
    void ofCopiesOfAViewTooTheLargestIsTaken() {
        assertEquals(
                List.of("whole"),
                ids(choose(AMeeting.with("u")
                        .file("copy", "gallery_view")
                        .change("file_size", 20)
                        .file("whole", "gallery_view"))));
    }

    @Test
    void aSoundOfTooFewBytesToBeOneIsNotTakenBeforeAPicture() {
        assertEquals(
                List.of("picture"),
                ids(choose(AMeeting.with("u")
                        .file("sound", "audio_only")
                        .change("file_size", 20)
                        .file("picture", "gallery_view"))));
        assertEquals(
                List.of("sound"),
                ids(choose(AMeeting.with("u").file("sound", "audio_only").change("file_size", 20))));
    }

    @Test
    void aCopyThatZoomIsStillAtIsWaitedForAsTheOtherMayBeBroken() {
        clock.set("2026-11-24T10:00:00Z");
        assertFalse(choose(AMeeting.with("u")
                        .file("copy", "audio_only")
                        .change("file_size", 20)
                        .processing("whole", "audio_only", ""))
                .get(0)
                .ready());
    }

    @Test
    void whichCopiesAreLeftOutIsSaidInOneLine() {
        choose(AMeeting.with("u")
                .file("copy", "audio_only")
                .change("file_size", 20)
                .file("whole", "audio_only")
                .file("view", "gallery_view"));
        assertEquals(
                "Zoom has 2 such files of it: whole (audio_only, 12582912 bytes, 1852 s) is taken, left out: copy (audio_only, 20 bytes, 1852 s)",
                tick.tally().takeLeftOut("whole"));
        assertNull(tick.tally().takeLeftOut("whole"));
        choose(AMeeting.with("u").file("sound", "audio_only").file("view", "gallery_view"));
        assertNull(tick.tally().takeLeftOut("sound"), "that there is a picture too is nothing to speak of");
        choose(AMeeting.with("u").file("twice", "audio_only").file("twice", "audio_only"));
        assertNull(tick.tally().takeLeftOut("twice"), "one file, listed twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-24T09:00:11Z",
                "2026-11-24T09:00:09Z",
                "2026-11-24T09:00:10.500Z",
                "2026-11-24T09:00:15Z",
                "2026-11-24T09:01:30Z"
            })
    void soundAndPictureThatStartApartAreOneSegment(String start) {
        AMeeting pictureFirst =
                AMeeting.with("u").file("picture", "gallery_view", start).file("sound", "audio_only");
        AMeeting soundFirst = AMeeting.with("u").file("sound", "audio_only").file("picture", "gallery_view", start);
        assertEquals(List.of("sound"), ids(choose(pictureFirst)));
        assertEquals(List.of("sound"), ids(choose(soundFirst)));
    }

    @Test
    void soundAndPictureThatZoomIsStillAtAreOneSegmentBeforeItSaysWhenTheyEnd() {
        List<Recording> chosen = choose(AMeeting.with("u")
                .processing("picture", "gallery_view", "")
                .change("recording_start", "2026-11-24T09:00:11Z")
                .processing("sound", "audio_only", ""));
        assertEquals(1, chosen.size(), chosen::toString);
    }

    @Test
    void threeFilesThatStartOneAfterTheOtherAreOneSegmentInAnyOrder() {
        String[] starts = {"2026-11-24T09:00:10Z", "2026-11-24T09:00:14Z", "2026-11-24T09:00:18Z"};
        for (int[] order : new int[][] {{0, 1, 2}, {0, 2, 1}, {2, 0, 1}, {1, 2, 0}}) {
            AMeeting meeting = AMeeting.with("u");
            for (int i : order) {
                meeting.file("f" + i, List.of("gallery_view", "audio_only", "").get(i), starts[i]);
            }
            assertEquals(List.of("f1"), ids(choose(meeting)));
        }
    }

    @Test
    void whatWasStoppedAndStartedAgainAtOnceIsTwoRecordings() {
        assertEquals(
                List.of("a", "b"),
                ids(choose(AMeeting.with("u")
                        .file("a", "audio_only")
                        .change("recording_end", "2026-11-24T09:00:14Z")
                        .file("b", "audio_only", "2026-11-24T09:00:15Z"))));
    }

    @Test
    void twoSoundsThatStartMinutesApartAreTwoRecordings() {
        assertEquals(
                List.of("a", "b"),
                ids(choose(AMeeting.with("u")
                        .file("a", "audio_only")
                        .file("b", "audio_only", "2026-11-24T09:01:10Z")
                        .file("view", "gallery_view"))));
    }

    @Test
    void aPictureOfAnotherSegmentIsTakenThoughThereIsSoundOfTheFirst() {
        assertEquals(
                List.of("sound", "later"),
                ids(choose(AMeeting.with("u")
                        .file("sound", "audio_only")
                        .file("picture", "gallery_view")
                        .file("later", "gallery_view", "2026-11-24T09:40:00Z")
                        .change("recording_end", "2026-11-24T10:00:00Z"))));
    }

    @Test
    void filesThatDoNotSayWhenTheyStartAreNotEachTranscribed() {
        assertEquals(
                List.of("sound"),
                ids(choose(AMeeting.with("u")
                        .file("picture", "gallery_view")
                        .change("recording_start", null)
                        .file("sound", "audio_only")
                        .change("recording_start", null))));
        assertEquals(
                List.of("sound"),
                ids(choose(AMeeting.with("u")
                        .file("picture", "gallery_view")
                        .change("recording_start", null)
                        .file("sound", "audio_only"))));
        assertEquals(
                List.of("sound", "later"),
                ids(choose(AMeeting.with("u")
                        .file("sound", "audio_only")
                        .file("later", "gallery_view")
                        .change("recording_start", null)
                        .change("recording_end", "2026-11-24T11:00:00Z"))));
        assertEquals(
                List.of("a", "b"),
                ids(choose(AMeeting.with("u")
                        .file("a", "audio_only")
                        .change("recording_start", null)
                        .file("b", "audio_only")
                        .change("recording_start", null))),
                "two sounds of which nothing says that they are the same");
    }

    /** A recording that Zoom lists with fewer files now, or listed with fewer before, has a name in common with it. */
    private static void assertKnownBy(Recording now, Recording before) {
        assertTrue(
                now.segment().equals(before.segment()) || now.alsoSegments().contains(before.segment()),
                now.alsoSegments() + " without " + before.segment());
    }

    @Test
    void aRecordingIsKnownWhicheverOfItsFilesZoomListedFirstOrListsStill() {
        Recording both = choose(AMeeting.with("u")
                        .file("sound", "audio_only")
                        .file("picture", "gallery_view", "2026-11-24T09:00:12Z"))
                .get(0);
        Recording sound = choose(AMeeting.with("u").file("sound", "audio_only")).get(0);
        Recording picture = choose(AMeeting.with("u").file("picture", "gallery_view", "2026-11-24T09:00:12Z"))
                .get(0);
        assertKnownBy(both, sound);
        assertKnownBy(both, picture);
        assertKnownBy(sound, both);
        assertKnownBy(picture, both);
        assertKnownBy(picture, sound);
        assertKnownBy(sound, picture);
    }

    @Test
    void noNameOfARecordingIsThatOfAnotherOfItsMeeting() {
        List<Recording> two = choose(AMeeting.with("u")
                .file("a", "audio_only")
                .change("recording_end", "2026-11-24T09:00:13Z")
                .file("b", "audio_only", "2026-11-24T09:00:14Z"));
        assertFalse(two.get(0).alsoSegments().contains(two.get(1).segment()));
        assertFalse(two.get(1).alsoSegments().contains(two.get(0).segment()));
    }

    @Test
    void occurrencesOfARecurringMeetingAreDifferentMeetings() {
        List<Recording> chosen = choose(
                AMeeting.with("monday").file("a", "audio_only"),
                AMeeting.with("tuesday").file("b", "audio_only"));
        assertEquals(
                List.of("monday", "tuesday"),
                chosen.stream().map(Recording::meetingUuid).toList());
        assertEquals(
                List.of(81234567890L, 81234567890L),
                chosen.stream().map(Recording::meetingId).toList());
    }

    @Test
    void whatZoomSaysOfTheFileIsTakenAsItIs() {
        assertEquals(
                new Recording(
                        "a",
                        "/u//==@2026-11-24T09:00:10Z",
                        "/u//==",
                        81234567890L,
                        "../../etc ${env:HOME}\n\uD83D\uDE00",
                        "ada@example.com",
                        Instant.parse("2026-11-24T09:00:10Z"),
                        "Europe/Berlin",
                        31,
                        "audio_only",
                        12_582_912,
                        "https://us02web.zoom.us/rec/download/a",
                        true,
                        null),
                withoutZoom(choose(AMeeting.with("/u//==")
                                .topic("../../etc ${env:HOME}\n\uD83D\uDE00")
                                .file("a", "audio_only"))
                        .get(0)));
    }

    private static Recording withoutZoom(Recording r) {
        return new Recording(
                r.id(),
                r.segment(),
                r.meetingUuid(),
                r.meetingId(),
                r.topic(),
                r.host(),
                r.start(),
                r.timeZone(),
                r.minutes(),
                r.recordingType(),
                r.fileSize(),
                r.downloadUrl(),
                r.ready(),
                null);
    }

    @Test
    void theMeetingIsKeptAsZoomGaveItWithItsOneFileAndWithoutWhatOpensIt() {
        AMeeting meeting = AMeeting.with("u")
                .file("a", "audio_only")
                .change("download_url", "https://zoom.us/rec/a?x=1&access_token=sEcReT")
                .file("b", "gallery_view");
        meeting.json
                .put("password", "sEcReT")
                .put("recording_play_passcode", "sEcReT")
                .put("download_access_token", "sEcReT")
                .put("brand_new", true);
        Recording chosen = choose(meeting).get(0);
        JsonNode kept = AMeeting.read(chosen.zoom());
        assertEquals("Weekly sync", kept.path("topic").asText());
        assertEquals("a", kept.path("recording_file").path("id").asText());
        assertTrue(kept.path("brand_new").asBoolean());
        assertFalse(kept.has("recording_files"));
        assertFalse(chosen.zoom().contains("sEcReT"), chosen.zoom());
        assertEquals("https://zoom.us/rec/a?x=1", chosen.downloadUrl());
    }

    @ParameterizedTest
    @CsvSource({
        "https://zoom.us/a?access_token=t, https://zoom.us/a",
        "https://zoom.us/a?access_token=t&x=1, https://zoom.us/a?x=1",
        "https://zoom.us/a?x=1&access_token=t&y=2, https://zoom.us/a?x=1&y=2",
        "https://zoom.us/a?x=1, https://zoom.us/a?x=1"
    })
    void aDownloadUrlIsKeptWithoutItsToken(String listed, String kept) {
        assertEquals(
                kept,
                choose(AMeeting.with("u").file("a", "audio_only").change("download_url", listed))
                        .get(0)
                        .downloadUrl());
    }

    @ParameterizedTest
    @CsvSource({
        "chat_file, CHAT, TXT",
        "timeline, TIMELINE, JSON",
        "audio_transcript, TRANSCRIPT, VTT",
        "closed_caption, CC, VTT",
        "summary, SUMMARY, JSON",
        "poll, CSV, CSV",
        "thumbnail, '', JPG",
        "brand_new_type, HOLOGRAM, HOLO",
        "'', '', ''"
    })
    void whatHasNoSoundIsNeverTaken(String type, String kind, String extension) {
        AMeeting meeting =
                AMeeting.with("u").file("a", type).change("file_type", kind).change("file_extension", extension);
        assertEquals(List.of(), choose(meeting));
        assertEquals(
                "Nothing new at Zoom: 2026-11-18 to 2026-11-26: 1 meeting seen, 1 dropped: nothing to transcribe, 0 known already",
                tick.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "speaker_view, MP4, MP4",
        "brand_new_type, MP4, MP4",
        "brand_new_type, mp4, ''",
        "brand_new_type, '', MP4",
        "'', MP4, MP4",
        "'', M4A, M4A",
        "audio_interpretation, M4A, M4A",
        "audio_only, '', ''",
        "gallery_view, HOLOGRAM, HOLO" // the options name it
    })
    void whateverHasSoundIsTakenWhereThereIsNothingBetter(String type, String kind, String extension) {
        AMeeting meeting = AMeeting.with("u")
                .file("a", type)
                .change("file_type", kind)
                .change("file_extension", extension)
                .change("recording_type", type.isEmpty() ? null : type);
        assertEquals(List.of("a"), ids(choose(meeting)));
    }

    @Test
    void whatTheOptionsNameComesBeforeAnythingElseAndOfTheRestTheSoundBeforeThePicture() {
        AMeeting meeting = AMeeting.with("u")
                .file("new picture", "speaker_view")
                .change("file_type", "MP4")
                .file("new sound", "audio_brand_new");
        assertEquals(List.of("new sound"), ids(choose(meeting)));
        assertEquals(List.of("last named"), ids(choose(meeting.file("last named", "gallery_view"))));
    }

    @Test
    void aViewThatNoListNamesIsWaitedForWhileZoomIsAtIt() {
        clock.set("2026-11-24T10:00:00Z");
        AMeeting meeting = AMeeting.with("u")
                .processing("a", "speaker_view", "")
                .change("file_type", "MP4")
                .change("file_extension", "MP4");
        assertEquals(
                List.of(false), choose(meeting).stream().map(Recording::ready).toList());
    }

    @Test
    void anEntryThatSaysNothingButItsStartIsZoomsWorkThatHasBegun() {
        AMeeting meeting = AMeeting.with("u")
                .processing("a", "", "")
                .change("file_type", "")
                .change("file_extension", "")
                .change("status", null);
        assertEquals(
                List.of(false), choose(meeting).stream().map(Recording::ready).toList());
    }

    @Test
    void aViewThatNoListNamesAddsNothingToSoundThatIsTranscribedAnyhow() {
        AMeeting meeting = AMeeting.with("u")
                .file("sound", "audio_only")
                .file("one of them", "individual_user", "2026-11-24T09:10:00Z")
                .change("file_type", "MP4")
                .file("another", "individual_user", "2026-11-24T09:20:00Z")
                .change("recording_end", "");
        assertEquals(List.of("sound"), ids(choose(meeting)));
        assertEquals(
                List.of("sound", "after it"),
                ids(choose(meeting.file("after it", "speaker_view", "2026-11-24T09:40:00Z")
                        .change("recording_end", "2026-11-24T10:00:00Z"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status        | failed | gallery_view M4A failed",
                "id            |        | gallery_view M4A without an id",
                "download_url  |        | gallery_view M4A without a download_url",
                "file_type     | HOLO   | brand_new HOLO"
            })
    void whatCannotBeTranscribedIsNamedOnce(String field, String value, String named) {
        AMeeting meeting = AMeeting.with("u")
                .file("a", named.startsWith("brand") ? "brand_new" : "gallery_view")
                .change(field, value);
        try (CapturedLog log = new CapturedLog(Recordings.class)) {
            choose(meeting);
            choose(meeting);
            assertEquals(
                    List.of("INFO Nothing to transcribe in \"Weekly sync\" of 2026-11-24T09:00:04Z: " + named),
                    log.lines());
        }
    }

    @Test
    void aSegmentWithoutAnythingUsableIsNamedThoughAnotherIsTranscribed() {
        try (CapturedLog log = new CapturedLog(Recordings.class)) {
            choose(AMeeting.with("u")
                    .file("a", "audio_only")
                    .file("chat", "chat_file", "2026-11-24T12:00:00Z")
                    .change("file_type", "CHAT"));
            assertEquals(List.of(), log.lines(), "a chat is not missed");
            choose(AMeeting.with("u")
                    .file("a", "audio_only")
                    .file("b", "audio_only", "2026-11-24T12:00:00Z")
                    .change("status", "failed"));
            choose(AMeeting.with("v"));
            assertEquals(
                    List.of(
                            "INFO Nothing to transcribe in \"Weekly sync\" of 2026-11-24T09:00:04Z: audio_only M4A failed",
                            "INFO Nothing to transcribe in \"Weekly sync\" of 2026-11-24T09:00:04Z: it has no files"),
                    log.lines());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "download_url"})
    void aFileThatCannotBeFetchedIsLeftOutWithoutNoise(String missing) {
        assertEquals(
                List.of(), choose(AMeeting.with("u").file("a", "audio_only").change(missing, null)));
        assertEquals(
                List.of("b"),
                ids(choose(AMeeting.with("u")
                        .file("a", "audio_only")
                        .change(missing, null)
                        .file("b", "gallery_view"))));
    }

    @Test
    void aTimelineWithoutIdTypeAndStatusIsNoRecording() {
        assertEquals(
                List.of("a"),
                ids(choose(AMeeting.with("u")
                        .file("a", "audio_only")
                        .file("x", "")
                        .change("id", null)
                        .change("recording_type", null)
                        .change("status", null)
                        .change("file_size", null)
                        .change("file_type", "TIMELINE"))));
    }

    @Test
    void aFileWithoutAStatusIsTakenForCompleteAndOneWithAnUnknownStatusIsNot() {
        assertEquals(
                List.of("a"),
                ids(choose(AMeeting.with("u").file("a", "audio_only").change("status", null))));
        assertEquals(
                List.of(), choose(AMeeting.with("u").file("a", "audio_only").change("status", "failed")));
    }

    @Test
    void aFileWithoutASizeAndALengthIsTaken() {
        AMeeting meeting = AMeeting.with("u").file("a", "audio_only").change("file_size", null);
        meeting.json.remove(List.of("duration", "host_email", "timezone", "id", "topic"));
        Recording chosen = choose(meeting).get(0);
        assertEquals(0, chosen.fileSize());
        assertEquals(31, chosen.minutes(), "from its first to its last second");
        assertEquals("uSr_1", chosen.host());
        assertEquals("", chosen.topic());
        assertNull(chosen.timeZone());
        assertNull(chosen.meetingId());
    }

    @Test
    void aFileWithoutItsStartIsASegmentOfItsOwnAndStartsWithTheMeeting() {
        Recording chosen = choose(AMeeting.with("u").file("a", "audio_only").change("recording_start", null))
                .get(0);
        assertEquals("u@a", chosen.segment());
        assertEquals(Instant.parse("2026-11-24T09:00:04Z"), chosen.start());
        AMeeting undated = AMeeting.with("u").file("a", "audio_only", "yesterday");
        undated.json.put("start_time", "once");
        assertNull(choose(undated).get(0).start());
    }

    @Test
    void aRecordingInWorkIsToBeWaitedForAndHasNoFileYet() {
        AMeeting meeting = AMeeting.with("u")
                .processing("a", "audio_only", "")
                .change("recording_type", null)
                .change("file_type", "")
                .change("file_extension", "");
        Recording awaited = choose(meeting).get(0);
        assertFalse(awaited.ready());
        assertEquals("u@2026-11-24T09:00:10Z", awaited.id());
        assertNull(awaited.downloadUrl());
    }

    @Test
    void aBetterFileThatZoomIsStillAtIsWaitedForOnTheFirstDay() {
        AMeeting meeting = AMeeting.with("u")
                .file("video", "gallery_view")
                .processing("sound", "audio_only", "2026-11-24T09:31:02Z");
        clock.set("2026-11-25T09:31:00Z");
        assertFalse(choose(meeting).get(0).ready());
        clock.move(Duration.ofSeconds(2));
        assertEquals(List.of("video"), ids(choose(meeting)));
    }

    @Test
    void aWorseFileThatZoomIsStillAtIsNotWaitedFor() {
        clock.set("2026-11-24T10:00:00Z");
        assertEquals(
                List.of("sound"),
                ids(choose(AMeeting.with("u")
                        .file("sound", "audio_only")
                        .processing("video", "gallery_view", "2026-11-24T09:31:02Z"))));
        assertEquals(
                List.of("sound"),
                ids(choose(AMeeting.with("u").file("sound", "audio_only").processing("x", "audio_transcript", ""))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"recording_files\":null}", "{\"recording_files\":[]}", "{\"recording_files\":[null,{}]}"
            })
    void aMeetingWithoutFilesIsNoMistake(String files) {
        AMeeting meeting = AMeeting.with("u");
        meeting.json.set("recording_files", AMeeting.read(files).path("recording_files"));
        if (files.equals("{}")) {
            meeting.json.remove("recording_files");
        }
        assertEquals(List.of(), choose(meeting));
    }

    @Test
    void aMeetingWithoutAUuidIsDroppedAndTheOthersAreNot() {
        AMeeting without = AMeeting.with("x").file("a", "audio_only");
        without.json.remove("uuid");
        assertEquals(List.of("b"), ids(choose(without, AMeeting.with("u").file("b", "audio_only"))));
        assertTrue(tick.toString().contains("2 meetings seen, 1 dropped: no uuid"), tick.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"meetings\":null}", "{\"meetings\":[]}", "{\"meetings\":[null,7,\"x\"]}"})
    void anOddPageGivesNothingAndFailsNothing(String page) {
        assertEquals(List.of(), recordings.choose(AMeeting.read(page), tick));
    }

    @Test
    void filtersSayWhatTheyDrop() {
        Recordings filtered = new Recordings(
                TYPES,
                new Filter(List.of("*sync*"), List.of("secret*")),
                new Filter(List.of(), List.of("bob@example.com")),
                LEFT_OUT,
                10,
                clock);
        JsonNode page = AMeeting.page(
                AMeeting.with("1").topic("Weekly Sync").file("a", "audio_only"),
                AMeeting.with("2").topic("Lunch").file("b", "audio_only"),
                AMeeting.with("3").topic("Secret sync").file("c", "audio_only"),
                AMeeting.with("4").host("BOB@example.com", "b").file("d", "audio_only"),
                AMeeting.with("5").minutes(9).file("e", "audio_only"),
                AMeeting.with("6").minutes(10).file("f", "audio_only"),
                AMeeting.with("7").minutes(0).file("g", "audio_only"));
        assertEquals(List.of("a", "f", "g"), ids(filtered.choose(page, tick)));
        assertEquals(
                "Nothing new at Zoom: 2026-11-18 to 2026-11-26: 7 meetings seen, 1 dropped: host, 1 dropped: too short, 2 dropped: topic, 0 known already",
                tick.toString());
    }

    private static AMeeting myNotes(String type) {
        AMeeting meeting = AMeeting.with("n").file("private", "audio_only");
        meeting.json.set("type", AMeeting.read(type));
        return meeting;
    }

    @ParameterizedTest
    @ValueSource(strings = {"96", "\"96\"", "\" 96 \"", "96.0"})
    void whatSomebodyRecordedForHerselfIsDroppedAndCountedHoweverZoomWritesItsType(String type) {
        assertEquals(List.of("a"), ids(choose(AMeeting.with("u").file("a", "audio_only"), myNotes(type))));
        assertEquals(
                "Nothing new at Zoom: 2026-11-18 to 2026-11-26: 2 meetings seen, 1 dropped: My Notes, 0 known already",
                tick.toString());
        assertEquals(
                List.of(),
                recordings.choose(myNotes(type).json, tick),
                "asked for by its uuid, or told of by an event");
        assertEquals(List.of("n"), tick.tally().takeMyNotes());
        assertEquals(List.of(), tick.tally().takeMyNotes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "\"8\"", "99", "960", "\"x96\"", "null", "{}"})
    void everyOtherTypeIsTakenAsAnyMeetingIs(String type) {
        assertEquals(List.of("private"), ids(choose(myNotes(type))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"96", "\"96\""})
    void whoWantsMyNotesTranscribedSaysSo(String type) throws Exception {
        Recordings all = new Recordings(TYPES, ANY, ANY, new MyNotes(true), 0, clock);
        assertEquals(List.of("private"), ids(all.choose(AMeeting.page(myNotes(type)), tick)));
        assertEquals("1 meeting seen, 0 known already", tick.toString().replaceFirst(".*: ", ""));
    }

    @Test
    void aMeetingThatTurnsOutToBeMyNotesHasNoFileForUs() throws Exception {
        try (TestLedger test = TestLedger.inMemory()) {
            test.add("private");
            Work work = Work.of(test.entry("private"));
            assertNull(recordings.file(work, myNotes("96").json).file());
            assertEquals(
                    "private",
                    new Recordings(TYPES, ANY, ANY, new MyNotes(true), 0, clock)
                            .file(work, myNotes("96").json)
                            .file()
                            .path("id")
                            .asText());
        }
    }

    @Test
    void aHostIsFoundByEmailOrById() {
        Recordings adas = new Recordings(
                TYPES, ANY, new Filter(List.of("ada@example.com", "uSr_2"), List.of()), LEFT_OUT, 0, clock);
        AMeeting byId = AMeeting.with("2").host("", "usr_2").file("b", "audio_only");
        assertEquals(
                List.of("a", "b"),
                ids(adas.choose(
                        AMeeting.page(
                                AMeeting.with("1").host("Ada@Example.com", "x").file("a", "audio_only"),
                                byId,
                                AMeeting.with("3").host("bob@example.com", "b").file("c", "audio_only")),
                        tick)));
    }

    @Test
    void oneMeetingThatWasAskedForByItsUuidIsChosenFromAsAPageIs() {
        assertEquals(List.of("a"), ids(recordings.choose(AMeeting.with("u").file("a", "audio_only").json, tick)));
    }

    @Test
    void sessionsOfTheVideoSdkAreMeetingsByOtherNames() {
        Recordings sessions = new Recordings(TYPES, ANY, ANY, LEFT_OUT, 0, clock);
        JsonNode page = AMeeting.read(
                """
                {"from":"2026-11-18","to":"2026-11-26","next_page_token":"","sessions":[{"session_id":"JZi/kg==","session_name":"demo","duration":2,
                 "start_time":"2026-11-24T02:27:24Z","recording_files":[{"id":"a","recording_start":"2026-11-24T02:27:30Z","file_type":"M4A",
                 "file_size":444601,"download_url":"https://zoom.us/rec/download/a","status":"completed","recording_type":"audio_only"}]}]}""");
        Recording chosen = sessions.choose(page, tick).get(0);
        assertEquals("JZi/kg==", chosen.meetingUuid());
        assertEquals("demo", chosen.topic());
        assertEquals("demo", AMeeting.read(chosen.zoom()).path("topic").asText());
        assertEquals("JZi/kg==", AMeeting.read(chosen.zoom()).path("uuid").asText());
    }

    @Test
    void aFileIsFoundAnewByItsId() throws IncompleteAnswerException {
        try (TestLedger test = TestLedger.inMemory()) {
            test.add("a");
            JsonNode meeting = AMeeting.with("u").file("b", "gallery_view").file("a", "audio_only").json;
            assertEquals(
                    "audio_only",
                    recordings
                            .file(Work.of(test.entry("a")), meeting)
                            .file()
                            .path("recording_type")
                            .asText());
        }
    }

    @Test
    void onlyAMeetingThatHasFilesCanSayThatOneIsGone() throws IncompleteAnswerException {
        try (TestLedger test = TestLedger.inMemory()) {
            test.add("a");
            assertNull(recordings
                    .file(Work.of(test.entry("a")), AMeeting.with("u").file("b", "gallery_view").json)
                    .file());
            for (String nothing : List.of("{}", "{\"recording_files\":[]}", "{\"recording_files\":null}", "[]")) {
                assertThrows(
                        IncompleteAnswerException.class,
                        () -> recordings.file(Work.of(test.entry("a")), AMeeting.read(nothing)),
                        nothing);
            }
        }
    }

    @Test
    void zoomsOwnTextsOfTheSegmentAreKeptWithTheRecordingWithoutATokenAndNoPictures() {
        Recording chosen = choose(AMeeting.with("u")
                        .file("sound", "audio_only")
                        .file("view", "gallery_view")
                        .change("file_type", "MP4")
                        .file("chat", "chat_file")
                        .change("file_type", "CHAT")
                        .change("download_url", "https://zoom.us/rec/download/chat?access_token=sEcReT")
                        .file("other", "chat_file", "2026-11-24T11:00:00Z")
                        .change("file_type", "CHAT"))
                .get(0);
        JsonNode kept = AMeeting.read(chosen.zoom()).path("recording_files");
        assertEquals(1, kept.size(), kept::toString);
        assertEquals(
                "https://zoom.us/rec/download/chat",
                kept.path(0).path("download_url").asText());
    }

    @Test
    void theSoundOfAPictureThatIsTooLargeIsThatOfItsSegmentAndTheLargestCopy() {
        JsonNode meeting = AMeeting.with("u")
                .file("picture", "gallery_view", "2026-11-24T09:00:11Z")
                .file("copy", "audio_only")
                .change("file_size", 20)
                .file("sound", "audio_only")
                .file("other", "audio_only", "2026-11-24T11:00:00Z")
                .json;
        assertEquals(
                "sound",
                Recordings.sound(meeting, meeting.path("recording_files").path(0))
                        .path("id")
                        .asText());
        assertNull(Recordings.sound(meeting, meeting.path("recording_files").path(3)));
    }

    @Test
    void zoomsTextsThatStartASecondApartAreKeptWithTheirRecording() {
        Recording chosen = choose(AMeeting.with("u")
                        .file("sound", "audio_only")
                        .file("chat", "chat_file", "2026-11-24T09:00:11Z")
                        .change("file_type", "CHAT"))
                .get(0);
        assertEquals(1, AMeeting.read(chosen.zoom()).path("recording_files").size());
    }
}
