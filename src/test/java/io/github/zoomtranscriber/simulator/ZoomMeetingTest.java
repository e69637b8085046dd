package io.github.zoomtranscriber.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.zoomtranscriber.simulator.Caller.Answer;
import io.github.zoomtranscriber.simulator.ExpectedRecording.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ZoomMeetingTest {

    private Simulator simulator;
    private Caller caller;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults());
        caller = new Caller(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private String path(String uuid) {
        return "/meetings/" + Caller.encode(uuid) + "/recordings";
    }

    private ExpectedRecording byTopic(String topic) {
        return simulator.recordings().stream()
                .filter(recording -> recording.topic().equals(topic))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theNumberOfARecurringMeetingMeansItsNewestOccurrence() {
        List<ExpectedRecording> all = simulator.recordings().stream()
                .filter(each -> each.topic().equals("Product stand-up"))
                .toList();
        assertEquals(3, all.size());
        assertEquals(
                all.get(0).meetingUuid(),
                caller.zoom("/meetings/" + all.get(0).meetingId() + "/recordings")
                        .json()
                        .get("uuid")
                        .asText());
        for (ExpectedRecording occurrence : all) {
            assertEquals(
                    occurrence.meetingUuid(),
                    caller.zoom(path(occurrence.meetingUuid()))
                            .json()
                            .get("uuid")
                            .asText());
        }
    }

    @Test
    void aUuidWithSlashesMustBeEncodedTwiceAndNoOtherMay() {
        assertEquals(
                200,
                caller.zoom("/meetings/%252FajXp112QmuoKj4854875A%253D%253D/recordings")
                        .status());
        assertEquals(
                200,
                caller.zoom("/meetings/Rz%252F%252Fb1nCq0mYh5T2uWk8xQ%253D%253D/recordings")
                        .status());
        assertEquals(
                200,
                caller.zoom("/meetings/aBc%2FdEf%2BgHiJkLmNoPq7rS%3D%3D/recordings")
                        .status());
        assertEquals(Map.of(), simulator.counters().violations());
        for (String wrong :
                List.of("%2FajXp112QmuoKj4854875A%3D%3D", "aBc%252FdEf%252BgHiJkLmNoPq7rS%253D%253D", "gone%3D%3D")) {
            Answer answer = caller.zoom("/meetings/" + wrong + "/recordings");
            assertEquals(404, answer.status());
            assertEquals(3001, answer.json().get("code").asInt());
        }
        assertEquals(1, simulator.counters().violations().size());
    }

    @Test
    void whatIsInWorkHasEmptyTextsAndZerosUntilItIsDone() {
        ExpectedRecording inWork = simulator.recordings().stream()
                .filter(each -> each.outcome() == Outcome.PROCESSING)
                .findFirst()
                .orElseThrow();
        JsonNode meeting = caller.zoom(path(inWork.meetingUuid())).json();
        assertEquals(0, meeting.get("duration").asInt());
        for (JsonNode file : meeting.get("recording_files")) {
            assertEquals("processing", file.get("status").asText());
            assertEquals(
                    "",
                    file.get("recording_end").asText()
                            + file.get("file_type").asText()
                            + file.get("file_extension").asText());
            assertEquals(0, file.get("file_size").asInt());
        }
        simulator.finishProcessing(inWork.recordingId());
        JsonNode file = caller.file(inWork.meetingUuid(), inWork.recordingId());
        assertEquals("completed", file.get("status").asText());
        assertEquals("M4A", file.get("file_type").asText());
        assertTrue(simulator.recordings().stream().noneMatch(each -> each.outcome() == Outcome.PROCESSING));
    }

    @Test
    void theListHoldsTheOddShapesThatWereSeen() {
        Set<String> types = new HashSet<>();
        boolean withoutFiles = false;
        boolean timelineWithoutId = false;
        for (JsonNode meeting : caller.list("/accounts/me/recordings", 25, -1, 300, "meetings")) {
            // of My Notes some have it as a text
            assertTrue(
                    meeting.get("type").isInt() || meeting.get("type").asText().equals("96"), meeting::toString);
            withoutFiles |= !meeting.has("recording_files");
            for (JsonNode file : meeting.path("recording_files")) {
                types.add(file.get("file_type").asText());
                timelineWithoutId |=
                        file.get("file_type").asText().equals("TIMELINE") && !file.has("id") && !file.has("file_size");
            }
        }
        assertTrue(withoutFiles);
        assertTrue(timelineWithoutId);
        assertTrue(
                types.containsAll(
                        Set.of("M4A", "MP4", "CHAT", "TRANSCRIPT", "TIMELINE", "SUMMARY", "CC", "CSV", "HOLOGRAM", "")),
                types::toString);
    }

    @Test
    void oneMeetingMayBeRefusedInsideA200() {
        simulator.change(faults -> faults.refuseMeetingInside = true);
        Answer answer = caller.zoom(path(byTopic("CON").meetingUuid()));
        assertEquals(200, answer.status());
        assertEquals(200, answer.json().get("code").asInt());
    }

    @Test
    void aMeetingThatTheApiDoesNotKnowYetIs3301AndInNoList() {
        String uuid = byTopic("CON").meetingUuid();
        simulator.change(faults -> faults.unknownMeetings = List.of(uuid));
        Answer answer = caller.zoom(path(uuid));
        assertEquals(404, answer.status());
        assertEquals(3301, answer.json().get("code").asInt());
        assertTrue(caller.list("/accounts/me/recordings", 25, -1, 300, "meetings").stream()
                .noneMatch(meeting -> meeting.get("uuid").asText().equals(uuid)));
    }

    @Test
    void whatIsDeletedLiesInTheTrashUntilItIsRecovered() {
        ExpectedRecording recording = byTopic("CON");
        String path = path(recording.meetingUuid());
        assertEquals(204, caller.zoom("DELETE", path, "").status());
        Answer gone = caller.zoom("DELETE", path, "");
        assertEquals(404, gone.status());
        assertEquals(3301, gone.json().get("code").asInt());
        JsonNode trash = caller.zoom("/users/" + recording.host() + "/recordings?trash=true")
                .json()
                .get("meetings");
        assertEquals(recording.meetingUuid(), trash.get(0).get("uuid").asText());
        assertTrue(
                simulator.recordings().stream().noneMatch(each -> each.topic().equals("CON")));
        assertEquals(
                204,
                caller.zoom("PUT", path + "/status", "{\"action\":\"recover\"}").status());
        assertEquals(200, caller.zoom(path).status());
    }

    @Test
    void oneFileCanBeDeletedAlone() {
        ExpectedRecording recording = byTopic("Product stand-up");
        String path = path(recording.meetingUuid());
        assertEquals(
                204,
                caller.zoom("DELETE", path + "/" + recording.recordingId(), "").status());
        assertFalse(caller.zoom(path).text().contains(recording.recordingId()));
        assertTrue(caller.zoom("/users/" + recording.host() + "/recordings?trash=true&trash_type=recording_file")
                .text()
                .contains(recording.recordingId()));
    }

    @Test
    void aMeetingInWorkCannotBeDeleted() {
        ExpectedRecording added =
                simulator.addMeeting("In work", "ada.nowak@simulator.example", Duration.ofSeconds(20), true);
        assertEquals(
                3303,
                caller.zoom("DELETE", path(added.meetingUuid()), "")
                        .json()
                        .get("code")
                        .asInt());
    }

    @Test
    void participantsOwnAudioStandsInTheCallForTheMeetingOnly() {
        ExpectedRecording recording = byTopic("Ada / Chiara");
        JsonNode own = caller.zoom(path(recording.meetingUuid())).json().get("participant_audio_files");
        assertEquals("Audio only - Ada Nowak", own.get(0).get("file_name").asText());
        assertFalse(caller.zoom("/users/" + recording.host() + "/recordings?from=2020-01-01")
                .text()
                .contains("participant_audio_files"));
    }

    @Test
    void sessionsOfTheVideoSdkAreReadWithAJwtAndEncodedTwiceWithAnySlash() {
        String jwt = Caller.jwt();
        JsonNode sessions =
                caller.zoom("/videosdk/recordings?from=2020-01-01", jwt).json().get("sessions");
        assertEquals(simulator.sessionRecordings().size(), sessions.size());
        String once = "/videosdk/sessions/JZiFOkSIM%2FtJgaUTlkgA%3D%3D/recordings";
        assertEquals(404, caller.zoom(once, jwt).status());
        JsonNode session = caller.zoom(once.replace("%", "%25") + "?include_fields=download_access_token&ttl=60", jwt)
                .json();
        assertEquals("JZiFOkSIM/tJgaUTlkgA==", session.get("session_id").asText());
        JsonNode file = session.get("recording_files").get(0);
        assertEquals(
                302,
                caller.send(Caller.at(file.get("download_url").asText())
                                .header(
                                        "Authorization",
                                        "Bearer "
                                                + session.get("download_access_token")
                                                        .asText()))
                        .status());
    }

    private ExpectedRecording add(String... files) {
        return simulator.addMeeting("Odd", byTopic("Product stand-up").host(), Duration.ofMinutes(1), List.of(files));
    }

    private List<String> files(ExpectedRecording recording, String... fields) {
        List<String> files = new java.util.ArrayList<>();
        for (JsonNode file : caller.zoom(path(recording.meetingUuid())).json().get("recording_files")) {
            List<String> values = new java.util.ArrayList<>();
            for (String field : fields) {
                values.add(file.path(field).asText("-"));
            }
            files.add(String.join(" ", values));
        }
        return files;
    }

    @Test
    void copiesHaveOneStartAndTheLargestIsExpected() {
        ExpectedRecording copies = add("broken_audio", "cut_audio", "audio", "speaker_view");
        assertEquals(1, new HashSet<>(files(copies, "recording_start")).size());
        List<String> sizes = files(copies, "id", "file_size", "recording_type");
        assertTrue(sizes.get(0).endsWith(" 20 audio_only"), sizes::toString);
        assertTrue(sizes.get(2).startsWith(copies.recordingId()), sizes::toString);
        assertEquals(3, copies.alternatives().size());
        assertEquals(Outcome.DELIVERED, copies.outcome());
    }

    @Test
    void filesThatStartASecondApartAreOneSegment() {
        ExpectedRecording apart = add("speaker_view", "audio+1");
        assertEquals(2, new HashSet<>(files(apart, "recording_start")).size());
        assertEquals(1, apart.alternatives().size());
        assertTrue(files(apart, "id", "recording_type").contains(apart.recordingId() + " audio_only"));
    }

    @Test
    void viewsThatNoListNamesAndFilesWithoutATypeAreListedAndExpected() {
        ExpectedRecording view = add("new_view");
        assertEquals(List.of("MP4 speaker_view"), files(view, "file_type", "recording_type"));
        assertEquals(Outcome.DELIVERED, view.outcome());
        assertEquals(List.of("MP4 -"), files(add("untyped_video"), "file_type", "recording_type"));
        assertEquals(null, add("unknown", "chat"), "nothing to transcribe");
    }

    @Test
    void aFileMayBeListedLater() {
        ExpectedRecording first = add("speaker_view");
        simulator.addFile(first.meetingUuid(), "audio");
        assertEquals(List.of("shared_screen_with_speaker_view", "audio_only"), files(first, "recording_type"));
    }

    @Test
    void aTokenThatIsRefusedAndAPageWithoutAListLookAsTheyWereSeen() {
        simulator.change(faults -> {
            faults.expiredPageTokenRate = 1;
            faults.hollowListings = 1;
        });
        assertFalse(caller.zoom("/accounts/me/recordings?page_size=1").json().has("meetings"));
        for (Map.Entry<String, String> refusal : Map.of(
                        "300", "400 300", "404", "404 404", "code", "400 200", "inside", "200 300")
                .entrySet()) {
            simulator.change(faults -> faults.expiredPageToken = refusal.getKey());
            String token = caller.zoom("/accounts/me/recordings?page_size=1&from=2020-01-01")
                    .json()
                    .path("next_page_token")
                    .asText();
            Answer refused =
                    caller.zoom("/accounts/me/recordings?page_size=1&from=2020-01-01&next_page_token=" + token);
            assertEquals(
                    refusal.getValue(),
                    refused.status() + " " + refused.json().path("code").asText());
        }
    }
}
