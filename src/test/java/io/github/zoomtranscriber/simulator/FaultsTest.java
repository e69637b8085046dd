package io.github.zoomtranscriber.simulator;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.zoomtranscriber.Patience;
import io.github.zoomtranscriber.simulator.Caller.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private Simulator simulator;
    private Caller caller;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withTranscriptionTime(Duration.ZERO)
                .withConcurrency(2));
        caller = new Caller(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Answer control(String method, String path, String body) {
        return caller.send(Caller.at(simulator.assemblyaiApiUrl() + "/simulator/" + path)
                .method(method, BodyPublishers.ofString(body)));
    }

    private String link(ExpectedRecording recording) {
        return caller.link(caller.file(recording.meetingUuid(), recording.recordingId())
                .get("download_url")
                .asText());
    }

    @Test
    void faultsAreReadAndChangedInPartByAnotherProcess() {
        assertEquals(0, control("GET", "faults", "").json().get("rate429").asDouble());
        assertEquals(
                200,
                control("PUT", "faults", "{\"rate429\":0.25,\"tokenLife\":90,\"listLag\":\"PT2M\"}")
                        .status());
        control("PUT", "faults", "{\"scrubbed\":[\"*\"]}");
        Faults faults = simulator.faults();
        assertEquals(0.25, faults.rate429);
        assertEquals(Duration.ofSeconds(90), faults.tokenLife);
        assertEquals(Duration.ofMinutes(2), faults.listLag);
        assertEquals(List.of("*"), faults.scrubbed);
        assertEquals(204, control("POST", "reset", "").status());
        assertEquals(0, simulator.faults().rate429);
    }

    @Test
    void aFaultThatDoesNotExistIsRefusedWithThoseThatDo() {
        Answer answer = control("PUT", "faults", "{\"rate430\":1}");
        assertEquals(400, answer.status());
        assertTrue(answer.text().contains("rate430") && answer.text().contains("rate429"));
        assertEquals(400, control("PUT", "faults", "{\"rate429\":\"often\"}").status());
        assertEquals(400, control("PUT", "faults", "nonsense").status());
    }

    @Test
    void countersAndExpectationsAreReadByAnotherProcess() {
        caller.zoom("/users");
        JsonNode counters = control("GET", "counters", "").json();
        assertEquals(1, counters.at("/calls/zoom GET ~1v2~1users").asInt());
        assertEquals(1, counters.at("/calls/zoom POST ~1oauth~1token").asInt());
        JsonNode recordings = control("GET", "recordings", "").json().get("recordings");
        assertEquals(simulator.recordings().size(), recordings.size());
        assertEquals(
                simulator.recordings().get(0).recordingId(),
                recordings.get(0).get("recording_id").asText());
    }

    @Test
    void aMeetingCanBeAddedAndFinishedByAnotherProcess() {
        JsonNode added = control("POST", "meetings", "{\"topic\":\"Just now\",\"seconds\":20,\"processing\":true}")
                .json();
        assertEquals("PROCESSING", added.get("outcome").asText());
        String id = added.get("recording_id").asText();
        assertTrue(caller.zoom("/accounts/me/recordings").text().contains("Just now"));
        assertEquals(204, control("POST", "recordings/" + id + "/finish", "").status());
        assertEquals(
                "completed",
                caller.file(added.get("meeting_uuid").asText(), id)
                        .get("status")
                        .asText());
        assertEquals(400, control("POST", "recordings/unknown/finish", "").status());
    }

    @Test
    void theSameSeedBringsTheSameLuck() throws IOException {
        assertEquals(luck(1), luck(1));
        assertTrue(!luck(1).equals(luck(2)));
    }

    private static List<Integer> luck(long seed) throws IOException {
        try (Simulator simulator = Simulator.start(SimulatorSettings.defaults().withSeed(seed))) {
            Caller caller = new Caller(simulator);
            caller.token();
            simulator.change(faults -> {
                faults.rate429 = 0.2;
                faults.rate500 = 0.2;
            });
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                statuses.add(caller.zoom("/users").status());
            }
            return statuses;
        }
    }

    @Test
    void zoomSays429InEachWayThatWasSeen() {
        caller.token();
        simulator.change(faults -> {
            faults.rate429 = 1;
            faults.flavour429 = "complete";
        });
        Answer complete = caller.zoom("/users");
        assertEquals(429, complete.status());
        assertEquals("QPS", complete.header("X-RateLimit-Type"));
        assertTrue(Long.parseLong(complete.header("X-RateLimit-Reset")) > 0);
        simulator.change(faults -> faults.flavour429 = "retry-after");
        assertNotNull(Instant.parse(caller.zoom("/users").header("Retry-After")));
        simulator.change(faults -> faults.flavour429 = "date");
        assertTrue(caller.zoom("/users").header("Retry-After").endsWith(" GMT"));
        simulator.change(faults -> faults.flavour429 = "seconds");
        assertEquals("1", caller.zoom("/users").header("Retry-After"));
        simulator.change(faults -> faults.flavour429 = "bare");
        assertNull(caller.zoom("/users").header("Retry-After"));
        assertEquals("1", caller.assemblyAi("GET", "/v2/transcript", null).header("Retry-After"));
    }

    @Test
    void assemblyAiTakesSoManyRequestsInFiveMinutes() {
        simulator.change(faults -> faults.requestLimit = 3);
        for (int i = 0; i < 3; i++) {
            assertEquals(200, caller.assemblyAi("GET", "/v2/transcript", null).status());
        }
        assertEquals(429, caller.assemblyAi("GET", "/v2/transcript", null).status());
    }

    @Test
    void anOutageIsOneVendorsOnly() {
        caller.token();
        simulator.change(faults -> faults.zoomOutage = true);
        assertEquals(503, caller.zoom("/users").status());
        assertEquals(200, caller.assemblyAi("GET", "/v2/transcript", null).status());
    }

    @Test
    void connectionsBreakAndIdleOnesAreDropped() throws Exception {
        caller.token();
        simulator.change(faults -> faults.dropConnectionRate = 1);
        assertEquals(0, caller.zoom("/users").status());
        simulator.change(faults -> {
            faults.dropConnectionRate = 0;
            faults.dropIdleConnections = Duration.ofMillis(500);
        });
        try (java.net.Socket socket = new java.net.Socket("127.0.0.1", simulator.port())) {
            socket.setSoTimeout((int) Patience.LONG.toMillis());
            socket.getOutputStream().write("GET /simulator/faults HTTP/1.1\r\nHost: x\r\n\r\n".getBytes());
            String answer = new String(socket.getInputStream().readAllBytes());
            assertTrue(answer.startsWith("HTTP/1.1 200") && !answer.contains("Connection: close"), answer);
        }
    }

    @Test
    void aSubmissionWhoseAnswerIsLostIsTakenChargedAndInTheList() {
        for (String how : List.of("drop", "reset", "500")) {
            simulator.reset();
            simulator.change(faults -> {
                faults.lostPostAnswerRate = 1;
                faults.lostPostAnswer = how;
            });
            ExpectedRecording recording = simulator.recordings().stream()
                    .filter(each -> each.topic().equals("CON"))
                    .findFirst()
                    .orElseThrow();
            String url = link(recording);
            assertTrue(caller.submit(url, "").status() != 200);
            await().until(() -> simulator.counters().charged().containsKey(recording.recordingId()));
            assertEquals(
                    Map.of(recording.recordingId(), 1L), simulator.counters().submissions());
            assertEquals(
                    url,
                    caller.assemblyAi("GET", "/v2/transcript", null)
                            .json()
                            .at("/transcripts/0/audio_url")
                            .asText());
        }
    }

    @Test
    void anAnswerOfAssemblyAisCanBeHollowWithAndWithoutTheSubmissionBeingTaken() {
        ExpectedRecording recording = simulator.recordings().stream()
                .filter(each -> each.topic().equals("CON"))
                .findFirst()
                .orElseThrow();
        String url = link(recording);
        simulator.change(faults -> faults.hollowAnswerRate = 1);
        assertEquals("{}", caller.submit(url, "").text());
        assertEquals(Map.of(), simulator.counters().submissions());
        simulator.change(faults -> {
            faults.hollowAnswerRate = 0;
            faults.hollowAnswer = "<html></html>";
            faults.lostPostAnswerRate = 1;
            faults.lostPostAnswer = "hollow";
        });
        Answer taken = caller.submit(url, "");
        assertEquals(200, taken.status());
        assertEquals("<html></html>", taken.text());
        assertEquals(Map.of(recording.recordingId(), 1L), simulator.counters().submissions());
    }

    @Test
    void soManyJobsRunAtOnceAndTheRestWaitsInItsOrder() {
        simulator.change(faults -> faults.transcriptionTime = Duration.ofHours(1));
        List<ExpectedRecording> three = simulator.recordings().stream()
                .filter(each -> each.outcome() == ExpectedRecording.Outcome.DELIVERED)
                .limit(3)
                .toList();
        List<JsonNode> jobs =
                three.stream().map(each -> caller.submit(link(each), "").json()).toList();
        assertEquals(
                List.of(false, false, true),
                jobs.stream().map(job -> job.get("throttled").asBoolean()).toList());
        await().until(() ->
                status(jobs.get(0)).equals("processing") && status(jobs.get(1)).equals("processing"));
        assertEquals("queued", status(jobs.get(2)));
        assertEquals(
                400,
                caller.assemblyAi(
                                "DELETE",
                                "/v2/transcript/" + jobs.get(0).get("id").asText(),
                                null)
                        .status());
        simulator.change(faults -> faults.concurrency = 3);
        await().until(() -> status(jobs.get(2)).equals("processing"));
    }

    private String status(JsonNode job) {
        return caller.assemblyAi("GET", "/v2/transcript/" + job.get("id").asText(), null)
                .json()
                .get("status")
                .asText();
    }

    @Test
    void aJobThatNeverFinishesHoldsUpNoOther() {
        List<ExpectedRecording> some = simulator.recordings().stream()
                .filter(each -> each.outcome() == ExpectedRecording.Outcome.DELIVERED)
                .limit(4)
                .toList();
        simulator.change(faults -> faults.neverFinishes =
                some.subList(0, 3).stream().map(ExpectedRecording::recordingId).toList());
        List<JsonNode> jobs =
                some.stream().map(each -> caller.submit(link(each), "").json()).toList();
        await().until(() -> status(jobs.get(3)).equals("completed"));
        await().until(() -> status(jobs.get(0)).equals("processing"));
    }

    @Test
    void pollsAreCountedByTranscript() {
        String id = caller.submit("http://127.0.0.1:1/x", "").json().get("id").asText();
        status(caller.untilDone(id));
        assertTrue(simulator.counters().polls().get(id) >= 2);
    }
}
