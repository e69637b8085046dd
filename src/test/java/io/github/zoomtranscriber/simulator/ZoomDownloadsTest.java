package io.github.zoomtranscriber.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.zoomtranscriber.MovableClock;
import io.github.zoomtranscriber.simulator.Caller.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ZoomDownloadsTest {

    private final MovableClock clock = new MovableClock();
    private Simulator simulator;
    private Caller caller;
    private ExpectedRecording recording;
    private String url;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults().withClock(clock));
        caller = new Caller(simulator);
        recording = simulator.recordings().stream()
                .filter(each -> each.topic().equals("CON"))
                .findFirst()
                .orElseThrow();
        url = file().get("download_url").asText();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private JsonNode file() {
        return caller.file(recording.meetingUuid(), recording.recordingId());
    }

    private Answer download(String token) {
        return caller.send(Caller.at(url).header("Authorization", "Bearer " + token));
    }

    private HttpResponse<byte[]> bytes(String from) throws IOException, InterruptedException {
        return caller.client.send(Caller.at(from).build(), BodyHandlers.ofByteArray());
    }

    private String meetingToken(ExpectedRecording of, int ttl) {
        return caller.zoom("/meetings/" + Caller.encode(of.meetingUuid())
                        + "/recordings?include_fields=download_access_token&ttl=" + ttl)
                .json()
                .get("download_access_token")
                .asText();
    }

    private static void assertPage(Answer answer) {
        assertEquals(200, answer.status());
        assertTrue(answer.header("Content-Type").startsWith("text/html"));
    }

    @Test
    void aDownloadRedirectsToASignedAddressOnAnotherHostThatNeedsNoToken() throws Exception {
        Answer answer = download(caller.token());
        assertEquals(302, answer.status());
        URI link = URI.create(answer.header("Location"));
        assertNotEquals(URI.create(url).getHost(), link.getHost());
        assertTrue(link.getQuery().matches(".*Policy=.*&Signature=.*&Key-Pair-Id=.*"));
        HttpResponse<byte[]> file = bytes(link.toString());
        assertEquals(200, file.statusCode());
        assertEquals(file().get("file_size").asLong(), file.body().length);
        assertEquals("ftyp", new String(file.body(), 4, 4));
        assertEquals(recording.recordingId(), Mp4.recordingId(file.body()).orElseThrow());
    }

    @Test
    void whoMayNotGetsAPageThatLooksLikeSuccess() {
        assertPage(caller.send(Caller.at(url)));
        ExpectedRecording other = simulator.recordings().stream()
                .filter(each -> each.topic().isEmpty())
                .findFirst()
                .orElseThrow();
        assertPage(download(meetingToken(other, 60)));
        assertEquals(401, download("nonsense").status());
    }

    @Test
    void aMeetingsOwnTokenOpensItsFilesUntilItEnds() {
        String token = meetingToken(recording, 60);
        assertEquals(302, download(token).status());
        clock.move(Duration.ofSeconds(61));
        assertEquals(401, download(token).status());
    }

    @Test
    void theTokenInTheQueryWorksUntilItIsSwitchedOff() {
        assertEquals(
                302,
                caller.send(Caller.at(url + "?access_token=" + caller.token())).status());
        simulator.change(faults -> faults.refuseQueryToken = true);
        assertPage(caller.send(Caller.at(url + "?access_token=" + caller.token())));
    }

    @Test
    void aBearerSentAlongIsRefusedAndNoted() {
        String link = caller.link(url);
        assertEquals(
                403,
                caller.send(Caller.at(link).header("Authorization", "Bearer " + caller.token()))
                        .status());
        assertEquals(1, simulator.counters().violations().get("zoom: Authorization sent along to the second host"));
    }

    @Test
    void aSignedAddressOpensOneFileUntilItsTimeIsOver() {
        String link = caller.link(url);
        assertEquals(
                403,
                caller.send(Caller.at(link.replaceFirst("Signature=.", "Signature=~")))
                        .status());
        clock.move(Duration.ofMinutes(61));
        assertEquals(403, caller.send(Caller.at(link)).status());
        Answer anew = download(caller.newToken());
        assertEquals(200, caller.send(Caller.at(anew.header("Location"))).status());
    }

    @Test
    void anAddressIsNewInEachListAndGoesStaleIfItIsTo() {
        assertNotEquals(url, file().get("download_url").asText());
        simulator.change(faults -> faults.downloadUrlLife = Duration.ofMinutes(10));
        clock.move(Duration.ofMinutes(11));
        assertEquals(404, download(caller.token()).status());
        url = file().get("download_url").asText();
        assertEquals(302, download(caller.token()).status());
    }

    @Test
    void aFileCanComeDirectlyWithoutALengthOrBreakOff() throws Exception {
        simulator.change(faults -> faults.noRedirect = true);
        assertEquals(200, download(caller.token()).status());
        simulator.change(faults -> {
            faults.noRedirect = false;
            faults.noContentLength = true;
        });
        HttpResponse<byte[]> chunked = bytes(caller.link(url));
        assertTrue(chunked.headers().firstValue("Content-Length").isEmpty());
        assertEquals(file().get("file_size").asLong(), chunked.body().length);
        simulator.change(faults -> {
            faults.noContentLength = false;
            faults.truncatedDownloadRate = 1;
        });
        assertEquals(0, caller.send(Caller.at(caller.link(url))).status());
    }

    @Test
    void aDownloadCanBeAPageAnEmptyFileOrARefusal() throws Exception {
        simulator.change(faults -> faults.wrongContentRate = 1);
        assertPage(download(caller.token()));
        simulator.change(faults -> {
            faults.wrongContentRate = 0;
            faults.refusedDownloadRate = 1;
        });
        assertEquals(401, download(caller.token()).status());
        simulator.change(faults -> {
            faults.refusedDownloadRate = 0;
            faults.emptyDownloadRate = 1;
        });
        assertEquals(0, bytes(caller.link(url)).body().length);
    }

    @Test
    void theSizeInTheListCanBeWrongForEver() throws Exception {
        simulator.change(faults -> faults.wrongFileSize = List.of(recording.recordingId()));
        assertNotEquals(
                file().get("file_size").asLong(), bytes(caller.link(url)).body().length);
    }

    @Test
    void aFileCanBeAsLargeAsOneLikesWithoutMemory() throws Exception {
        long size = 300_000_000;
        simulator.change(faults -> faults.bigFiles = Map.of(recording.recordingId(), size));
        assertEquals(size, file().get("file_size").asLong());
        try (InputStream in = caller.client
                .send(Caller.at(caller.link(url)).build(), BodyHandlers.ofInputStream())
                .body()) {
            Sound sound = Sound.read(in);
            assertEquals(size, sound.size());
            assertEquals(recording.recordingId(), sound.recordingId().orElseThrow());
        }
    }

    @Test
    void theFilesBesideTheSoundAreThereToo() {
        ExpectedRecording standUp = simulator.recordings().stream()
                .filter(each -> each.topic().equals("Product stand-up"))
                .reduce((first, last) -> last)
                .orElseThrow();
        for (JsonNode file : caller.zoom("/meetings/" + Caller.encode(standUp.meetingUuid()) + "/recordings")
                .json()
                .get("recording_files")) {
            String text = caller.send(
                            Caller.at(caller.link(file.get("download_url").asText())))
                    .text();
            String begin =
                    switch (file.get("file_type").asText()) {
                        case "TIMELINE" -> "{\"timeline\":[{\"ts\":\"00:00:0";
                        case "TRANSCRIPT" -> "WEBVTT\r\n\r\n1\r\n00:00:0";
                        case "CHAT" -> "00:0";
                        case "SUMMARY" -> "{";
                        default -> "";
                    };
            assertTrue(text.startsWith(begin), text);
        }
    }

    @Test
    void aFileBesideTheSoundCanBeBrokenInManyWaysWhileTheSoundIsNot() {
        ExpectedRecording standUp = simulator.recordings().stream()
                .filter(each -> each.topic().equals("Product stand-up"))
                .findFirst()
                .orElseThrow();
        JsonNode files = caller.zoom("/meetings/" + Caller.encode(standUp.meetingUuid()) + "/recordings")
                .json()
                .get("recording_files");
        url = files.findParents("file_type").stream()
                .filter(file -> file.get("file_type").asText().equals("TIMELINE"))
                .findFirst()
                .orElseThrow()
                .get("download_url")
                .asText();
        Map.of("500", 500, "404", 404, "html", 200, "no JSON", 200, "cut", 302, "stall", 302)
                .forEach((fault, status) -> {
                    simulator.change(faults -> faults.ownFiles = Map.of("timeline", fault));
                    assertEquals(status, download(caller.token()).status(), fault);
                });
        assertEquals(6, simulator.counters().faults().get("ownFiles"));
        simulator.change(faults -> faults.ownFiles = Map.of("timeline", "no JSON"));
        assertEquals("no JSON", download(caller.token()).text());
        simulator.change(faults -> faults.ownFiles = Map.of("timeline", "cut"));
        assertEquals(0, caller.send(Caller.at(caller.link(url))).status());
        url = file().get("download_url").asText();
        assertEquals(302, download(caller.token()).status());
    }

    @Test
    void aRedirectCanHaveABody() {
        assertEquals("", download(caller.token()).text());
        simulator.change(faults -> faults.redirectWithPage = true);
        assertEquals(302, download(caller.token()).status());
        assertTrue(download(caller.token()).text().contains("302 Found"));
    }
}
