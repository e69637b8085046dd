package io.github.zoomtranscriber.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.zoomtranscriber.ledger.ARecording;
import io.github.zoomtranscriber.ledger.TestLedger;
import io.github.zoomtranscriber.logging.CapturedLog;
import io.github.zoomtranscriber.work.Work;
import io.github.zoomtranscriber.work.ZoomFile;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Zoom's own files of a recording. */
class ZoomFilesTest {

    private static final ZoomFile CHAT = new ZoomFile("chat_file", "txt", "https://zoom.us/a", null);
    private static final String START = "2026-11-24T09:00:10Z";

    private final TestLedger test = TestLedger.inMemory();
    private final Work work = work();

    private Work work() {
        test.ledger
                .discoveries()
                .add(List.of(ARecording.with("file").segment("u@" + START).build()));
        return Work.of(test.entry("file"));
    }

    @AfterEach
    void close() {
        test.close();
    }

    private List<String> listed(ZoomFiles files, AMeeting meeting) {
        return files.list(meeting.json, work, new Gathering()).stream()
                .map(file -> file.name() + "." + file.extension())
                .toList();
    }

    @Test
    void zoomIsAskedOnlyWhereSomethingOfItsIsWanted() {
        assertFalse(new ZoomFiles(List.of(), false).isWanted());
        assertTrue(new ZoomFiles(List.of(), true).isWanted());
        assertTrue(new ZoomFiles(List.of("chat_file"), false).isWanted());
    }

    @Test
    void whatIsWantedIsFetchedAndNothingElse() {
        AMeeting meeting = AMeeting.with("u")
                .file("a", "audio_only")
                .file("b", "chat_file")
                .change("file_extension", "TXT")
                .file("c", "timeline")
                .change("file_extension", "JSON")
                .file("d", "summary")
                .change("file_extension", "JSON");
        assertEquals(List.of("chat_file.txt"), listed(new ZoomFiles(List.of("chat_file"), false), meeting));
        assertEquals(List.of("timeline.json"), listed(new ZoomFiles(List.of(), true), meeting));
    }

    @Test
    void aFileWithoutATypeIsKnownByItsKind() {
        AMeeting meeting = AMeeting.with("u")
                .file("a", "")
                .change("recording_type", null)
                .change("file_type", "TIMELINE")
                .change("file_extension", "JSON")
                .file("b", "")
                .change("file_type", "CHAT")
                .file("c", "")
                .change("file_type", "TRANSCRIPT")
                .change("file_extension", "VTT")
                .file("d", "")
                .change("file_type", "CC")
                .change("file_extension", "VTT")
                .file("e", "")
                .change("file_type", "SUMMARY");
        assertEquals(
                List.of("timeline.json", "chat_file.m4a", "audio_transcript.vtt", "closed_caption.vtt", "summary.m4a"),
                listed(
                        new ZoomFiles(List.of("chat_file", "audio_transcript", "closed_caption", "summary"), true),
                        meeting));
    }

    @Test
    void aFileThatStartsASecondApartBelongsToTheRecordingToo() {
        AMeeting meeting = AMeeting.with("u").file("file", "audio_only").file("c", "chat_file", "2026-11-24T09:00:11Z");
        assertEquals(
                1, listed(new ZoomFiles(List.of("chat_file"), false), meeting).size());
    }

    @Test
    void theFilesOfARecordingThatZoomListsNoMoreAreFoundByItsStart() {
        AMeeting meeting = AMeeting.with("u")
                .file("another", "gallery_view", "2026-11-24T09:00:11Z")
                .file("c", "chat_file", "2026-11-24T09:00:11Z");
        assertEquals(
                1, listed(new ZoomFiles(List.of("chat_file"), false), meeting).size());
    }

    @Test
    void onlyFilesOfTheSameSegmentBelongToTheRecording() {
        AMeeting meeting = AMeeting.with("u")
                .file("a", "chat_file", "2026-11-24T10:00:00Z")
                .file("b", "chat_file")
                .change("recording_start", null);
        assertEquals(List.of(), listed(new ZoomFiles(List.of("chat_file"), false), meeting));
    }

    @Test
    void aFileThatCannotBeFetchedIsDoneWithout() {
        AMeeting meeting = AMeeting.with("u").file("a", "chat_file").change("download_url", null);
        assertEquals(List.of(), listed(new ZoomFiles(List.of("chat_file"), false), meeting));
        assertEquals(List.of(), listed(new ZoomFiles(List.of("chat_file"), false), AMeeting.with("u")));
    }

    @Test
    void anExtensionThatIsNoneBecomesTxt() {
        AMeeting meeting = AMeeting.with("u")
                .file("a", "chat_file")
                .change("file_extension", "../x")
                .file("b", "summary")
                .change("file_extension", "");
        assertEquals(
                List.of("chat_file.txt", "summary.txt"),
                listed(new ZoomFiles(List.of("chat_file", "summary"), false), meeting));
    }

    @Test
    void theTextsAreGatheredByNameTheFirstOfEach() throws Exception {
        ZoomFiles files = new ZoomFiles(List.of("chat_file"), false);
        Gathering gathering = files.gather();
        assertEquals("https://zoom.us/a", files.due(work, CHAT).downloadUrl());
        files.take(stream("09:00:01 Ada: Guten Morgen \u2615"), work.withDue(CHAT), gathering);
        files.take(stream("another"), work.withDue(CHAT), gathering);
        assertEquals(
                Map.of("chat_file", new ZoomFile("chat_file", "txt", null, "09:00:01 Ada: Guten Morgen \u2615")),
                files.gathered(work, gathering).zoomFiles());
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> saying(Runnable what) {
        try (CapturedLog log = new CapturedLog(ZoomFiles.class)) {
            what.run();
            return log.lines();
        }
    }

    @Test
    void whatCannotBeHadIsSaidOnceWithTheReasonAndWithoutSecrets() {
        ZoomFiles files = new ZoomFiles(List.of("chat_file", "summary"), true);
        AMeeting meeting = AMeeting.with("u").file("a", "chat_file").file("b", "timeline");
        Gathering gathering = files.gather();
        List<ZoomFile> listed = files.list(meeting.json, work, gathering);
        files.failed(
                work.withDue(listed.get(0)),
                gathering,
                new IllegalStateException("GET https://zoom.us/a?access_token=sEcReT"));
        files.failed(work.withDue(listed.get(1)), gathering, new NullPointerException());

        assertEquals(
                List.of(
                        "WARN file goes without Zoom's chat_file (GET https://zoom.us/a), Zoom's timeline (NullPointerException)"),
                saying(() -> files.gathered(work, gathering)));
    }

    @Test
    void whatCouldNotBeAskedForIsSaidAndWhatZoomHasNotIsNoLoss() {
        ZoomFiles files = new ZoomFiles(List.of("summary"), true);
        Gathering gathering = files.gather();
        assertTrue(files.isIncomplete(work.withMeeting(MissingNode.getInstance()), gathering));
        files.notAsked(gathering, new IllegalStateException("Zoom answers 500"));
        assertEquals(
                List.of("WARN file goes without Zoom's summary (Zoom answers 500), Zoom's timeline (Zoom answers 500)"),
                saying(() -> files.gathered(work, gathering)));

        Gathering asked = files.gather();
        files.isIncomplete(work.withMeeting(MissingNode.getInstance()), asked);
        files.list(AMeeting.with("u").json, work, asked);
        assertEquals(List.of(), saying(() -> files.gathered(work, asked)));
    }

    @Test
    void whatIsNotThereInTimeIsSaidAndNothingIsTakenOrTriedAfterThat() throws Exception {
        ZoomFiles files = new ZoomFiles(List.of("chat_file"), false);
        Gathering gathering = files.gather();
        files.list(AMeeting.with("u").file("a", "chat_file").json, work, gathering);
        files.goOn(gathering);

        assertEquals(
                List.of("WARN file goes without Zoom's chat_file (Zoom did not give it in time)"),
                saying(() -> files.gathered(work, gathering)));

        assertThrows(IllegalStateException.class, () -> files.goOn(gathering));
        assertThrows(IllegalStateException.class, () -> files.take(stream("late"), work.withDue(CHAT), gathering));
        assertEquals(Map.of(), files.gathered(work, gathering).zoomFiles());
    }

    @Test
    void whereNoTimelineWasListedWithTheRecordingZoomIsNotAskedForOneAgain() throws Exception {
        ZoomFiles files = new ZoomFiles(List.of("chat_file"), true);
        AMeeting listed = AMeeting.with("u").file("a", "chat_file");
        Gathering gathering = files.gather();

        assertTrue(files.isIncomplete(work.withMeeting(listed.json), gathering));
        files.take(stream("hello"), work.withDue(CHAT), gathering);
        assertFalse(files.isIncomplete(work.withMeeting(listed.json), gathering));
        assertEquals(List.of(), files.list(listed.json, work, gathering));
    }

    @Test
    void whatComesLaterThanTheRecordingIsAskedForAgainAsIsAllWhereNothingIsKnown() {
        assertTrue(new ZoomFiles(List.of("summary"), false)
                .isIncomplete(work.withMeeting(AMeeting.with("u").json), new Gathering()));
        assertTrue(new ZoomFiles(List.of(), true)
                .isIncomplete(work.withMeeting(MissingNode.getInstance()), new Gathering()));
    }
}
