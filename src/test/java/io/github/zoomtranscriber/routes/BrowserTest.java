package io.github.zoomtranscriber.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.command.Round;
import io.github.zoomtranscriber.ledger.ARecording;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The status page in a real browser. */
class BrowserTest {

    @TempDir
    Path profile;

    @TempDir
    Path folder;

    @Test
    void aPersonFindsAFailedRecordingClicksRetryAndSeesItDelivered() throws Exception {
        assumeTrue(Browser.installed().isPresent(), "there is no Chromium on this machine's PATH");
        try (Simulator simulator =
                Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)))) {
            Rounds rounds = new Rounds(folder, simulator)
                    .withLogin("oauth")
                    .with("zoom.lookback-days", "60")
                    .with("output.file-name", "${topic}/${date}");
            simulator.addMeeting("in the way", simulator.recordings().get(0).host(), Duration.ofMinutes(1), false);
            Files.createDirectory(folder.resolve("transcripts"));
            Path inTheWay =
                    Files.writeString(folder.resolve("transcripts/in the way"), "a file where its folder should be");
            Round failing = rounds.run();
            Files.delete(inTheWay);
            Entry wanted = failing.failed().stream()
                    .filter(entry -> entry.transcriptId() != null)
                    .findFirst()
                    .orElseThrow();
            try (Daemon daemon = rounds.with("server.port", "0").daemon();
                    Browser browser = new Browser(Browser.installed().get(), profile)) {
                daemon.start();
                String row = "details[data-id=\"" + wanted.id() + "\"]";

                browser.open("http://127.0.0.1:" + daemon.serverPort() + "/#state=failed&text=" + wanted.id());
                browser.click(row + " summary");
                browser.waitUntil("document.querySelector('" + row + " .error') !== null");
                browser.waitUntil("document.querySelector('" + row
                        + " .events li:last-child .why').textContent.includes('FileAlreadyExists')");
                browser.click(row + " button.retry");
                browser.waitUntil("document.querySelector('#none').hidden === false");
                Ledger ledger = daemon.bean("zoomLedger", Ledger.class);
                Awaitility.await()
                        .until(() ->
                                ledger.records().find(wanted.id()).orElseThrow().state() == State.DELIVERED);
                browser.click("#states [data-state=\"delivered\"]");
                browser.click(row + " summary");
                browser.waitUntil("document.querySelectorAll('" + row + " a').length === 2");
                browser.waitUntil("document.querySelector('" + row
                        + " .events li:last-child .state').textContent === 'delivered'");

                assertEquals(
                        failing.failed().size() - 1,
                        ledger.statistics().counts().get(State.FAILED));
                assertEquals(List.of(), browser.complaints());
            }
        }
    }

    @Test
    void onceThereIsATokenItIsAskedForOnceAndThePageWorksAsBefore() throws Exception {
        assumeTrue(Browser.installed().isPresent(), "there is no Chromium on this machine's PATH");
        try (Simulator simulator =
                Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)))) {
            Rounds rounds = new Rounds(folder, simulator).withLogin("oauth").with("zoom.lookback-days", "60");
            String id = rounds.run().failed().get(0).id();
            rounds.with("server.port", "0")
                    .with("server.token", "the-token-of-this-test")
                    .with("resume.every", "1h");
            try (Daemon daemon = rounds.daemon();
                    Browser browser = new Browser(Browser.installed().get(), profile)) {
                daemon.start();
                String row = "details[data-id=\"" + id + "\"]";

                browser.answerLogin("anybody", "the-token-of-this-test");
                browser.open("http://127.0.0.1:" + daemon.serverPort() + "/#state=failed&text=" + id);
                browser.click(row + " summary");
                browser.click(row + " button.retry");
                Ledger ledger = daemon.bean("zoomLedger", Ledger.class);
                Awaitility.await()
                        .until(() -> ledger.records().find(id).orElseThrow().state() != State.FAILED);

                assertEquals(List.of(), browser.complaints());
            }
        }
    }

    @Test
    void aSearchInALargeLedgerSaysHowFarItCameAndGoesOn() throws Exception {
        assumeTrue(Browser.installed().isPresent(), "there is no Chromium on this machine's PATH");
        try (Simulator simulator = Simulator.start(SimulatorSettings.defaults())) {
            Rounds rounds = new Rounds(folder, simulator)
                    .withLogin("oauth")
                    .with("zoom.discover", "false")
                    .with("server.port", "0")
                    .with("resume.every", "1h");
            try (Daemon daemon = rounds.daemon();
                    Browser browser = new Browser(Browser.installed().get(), profile)) {
                daemon.start();
                Ledger ledger = daemon.bean("zoomLedger", Ledger.class);
                ledger.discoveries()
                        .add(List.of(ARecording.with("old").topic("Needle").build()));
                ledger.discoveries()
                        .add(IntStream.rangeClosed(1, 20_000)
                                .mapToObj(i ->
                                        ARecording.with("new" + i).topic("Hay").build())
                                .toList());

                browser.open("http://127.0.0.1:" + daemon.serverPort() + "/#text=needle");
                browser.waitUntil(
                        "document.querySelector('#reach').textContent.startsWith('No match among the recordings found since 2')");
                browser.click("#more");
                browser.waitUntil("document.querySelector('.topic')?.textContent === 'Needle'");

                assertTrue(
                        browser.value("document.querySelector('#more').hidden").asBoolean());
                assertEquals(List.of(), browser.complaints());
            }
        }
    }

    @Test
    void aTopicThatIsMarkupStaysText() throws Exception {
        assumeTrue(Browser.installed().isPresent(), "there is no Chromium on this machine's PATH");
        try (Simulator simulator =
                Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)))) {
            Rounds rounds = new Rounds(folder, simulator)
                    .withLogin("oauth")
                    .with("zoom.lookback-days", "60")
                    .with("server.port", "0")
                    .with("resume.every", "1h");
            try (Daemon daemon = rounds.daemon();
                    Browser browser = new Browser(Browser.installed().get(), profile)) {
                daemon.start();
                String topic = "<img src=x onerror=document.title=1><script>document.title=2</script>";
                daemon.bean("zoomLedger", Ledger.class)
                        .discoveries()
                        .add(List.of(ARecording.with("hostile").topic(topic).build()));

                browser.open("http://127.0.0.1:" + daemon.serverPort() + "/");
                browser.waitUntil("document.querySelector('.topic') !== null");

                assertEquals(
                        topic,
                        browser.value("document.querySelector('.topic').textContent")
                                .asText());
                assertEquals(
                        0,
                        browser.value("document.querySelectorAll('main img, main script').length")
                                .asInt());
                assertEquals("zoom-transcriber", browser.value("document.title").asText());
                assertTrue(browser.complaints().isEmpty(), browser.complaints()::toString);
            }
        }
    }
}
