package io.github.zoomtranscriber.work;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.ledger.ARecording;
import io.github.zoomtranscriber.ledger.ClaimLostException;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Progress;
import io.github.zoomtranscriber.ledger.Reason;
import io.github.zoomtranscriber.ledger.Recording;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.ledger.TestLedger;
import io.github.zoomtranscriber.zoom.Filter;
import io.github.zoomtranscriber.zoom.Recordings;
import io.github.zoomtranscriber.zoom.Tick;
import io.github.zoomtranscriber.zoom.Ticks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.core5.http.HttpEntity;
import org.junit.jupiter.api.Test;

/** A process that was away for longer than its lease does nothing that another does by now. */
class ClaimsTest {

    private static final String NOTES = "{\"uuid\":\"n\",\"type\":\"96\",\"recording_file\":{\"id\":\"file\"}}";
    private static final Duration TOO_LONG = TestLedger.LEASE.multipliedBy(2);

    @Test
    void ofASubmissionWhoseLeaseWasLostAtTheLastMomentNotAByteLeavesTheMachine() throws Exception {
        try (TestLedger test = TestLedger.inMemory();
                DefaultCamelContext context = new DefaultCamelContext();
                ServerSocket assemblyai = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            context.start();
            Entry entry = test.submitting("file");
            HttpEntity request =
                    claims(test).held(Work.of(entry), "{\"audio_url\":\"https://ssrweb.zoom.us/file.m4a\"}");
            test.pass(TOO_LONG);
            test.claim("file");
            CompletableFuture<String> arrived = CompletableFuture.supplyAsync(() -> received(assemblyai));
            try (ProducerTemplate template = context.createProducerTemplate()) {
                CamelExecutionException e = assertThrows(
                        CamelExecutionException.class,
                        () -> template.requestBody(
                                "http://localhost:" + assemblyai.getLocalPort() + "/v2/transcript?httpMethod=POST",
                                request));
                assertEquals(ClaimLostException.class, e.getCause().getClass());
            }
            assertFalse(arrived.join().contains("audio_url"), "AssemblyAI got the request's body");
        }
    }

    @Test
    void aSubmissionWhoseLeaseHoldsIsSentWhole() throws Exception {
        try (TestLedger test = TestLedger.inMemory();
                DefaultCamelContext context = new DefaultCamelContext();
                ServerSocket assemblyai = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            context.start();
            HttpEntity request = claims(test)
                    .held(Work.of(test.submitting("file")), "{\"audio_url\":\"https://example.org/größe\"}");
            CompletableFuture<String> arrived = CompletableFuture.supplyAsync(() -> received(assemblyai));
            try (ProducerTemplate template = context.createProducerTemplate()) {
                assertThrows(
                        CamelExecutionException.class,
                        () -> template.requestBody(
                                "http://localhost:" + assemblyai.getLocalPort() + "/v2/transcript?httpMethod=POST",
                                request));
            }
            String sent = arrived.join();
            assertTrue(sent.startsWith("POST /v2/transcript "), sent);
            assertTrue(sent.contains("Content-Type: application/json"), sent);
            assertTrue(sent.contains("Content-Length: 43\r\n"), sent);
            assertTrue(sent.endsWith("{\"audio_url\":\"https://example.org/größe\"}"), sent);
        }
    }

    private static Claims claims(TestLedger test) {
        return new Claims(test.ledger, new MyNotes(false), new QueueWatch(test.ledger, () -> false, "out", "in"));
    }

    @Test
    void whatIsMyNotesAndStandsInTheLedgerAlreadyIsSkippedInsteadOfTranscribed() {
        try (TestLedger test = TestLedger.inMemory()) {
            test.ledger
                    .discoveries()
                    .add(List.of(
                            ARecording.with("file").zoom(NOTES).build(),
                            ARecording.with("other").build(),
                            ARecording.with("bare").zoom(null).build()));
            assertNull(claims(test).claim("file"));
            assertEquals(State.SKIPPED, test.state("file"));
            assertEquals(Reason.MY_NOTES, test.entry("file").reasonCode());
            assertEquals(MyNotes.LEFT_OUT, test.entry("file").reason());
            assertEquals("other", claims(test).claim("other").id());
            assertEquals("bare", claims(test).claim("bare").id());
        }
    }

    private static Ticks ticks(TestLedger test) {
        return new Ticks(test.ledger, Duration.ZERO, new SteadyClock());
    }

    @Test
    void myNotesComeBackWhereTheyWereOnceTheyAreWantedAndAreNotPaidTwice() {
        Recording file = ARecording.with("file").zoom(NOTES).build();
        Recording sent = ARecording.with("sent").zoom(NOTES).build();
        try (TestLedger test = TestLedger.inMemory()) {
            test.ledger.discoveries().add(List.of(file, sent));
            Entry submitted = test.claim("sent");
            test.ledger.progress().submitting(submitted, "link", "https://ssrweb.zoom.us/sent.m4a");
            test.ledger.progress().submitted(submitted, "t-1");
            test.ledger.release(submitted);
            assertNull(claims(test).claim("file"));
            assertNull(claims(test).claim("sent"), "what AssemblyAI has already is not published either");

            Claims all =
                    new Claims(test.ledger, new MyNotes(true), new QueueWatch(test.ledger, () -> false, "out", "in"));
            assertEquals(
                    List.of(file, sent),
                    ticks(test)
                            .add(Tick.begin(Clock.systemUTC()), List.of(file, sent))
                            .fresh());
            assertEquals(State.DISCOVERED, all.claim("file").state());
            assertEquals(State.TRANSCRIBING, all.claim("sent").state());
            assertEquals("t-1", test.entry("sent").transcriptId());
        }
    }

    @Test
    void whatZoomIsStillProcessingIsNotWaitedForOnceItTurnsOutToBeMyNotes() throws Exception {
        try (TestLedger test = TestLedger.inMemory()) {
            test.ledger
                    .discoveries()
                    .add(List.of(
                            ARecording.with("a").segment("n@1").meetingUuid("n").processing(),
                            ARecording.with("b").segment("u@1").meetingUuid("u").processing()));
            Tick tick = Tick.begin(Clock.systemUTC());
            Filter any = new Filter(List.of(), List.of());
            List<Recording> chosen = new Recordings(
                            List.of("audio_only"), any, any, new MyNotes(false), 0, Clock.systemUTC())
                    .choose(
                            new ObjectMapper()
                                    .readTree(NOTES.replace(
                                            "recording_file\":{\"id\":\"file\"}", "recording_files\":[]")),
                            tick);
            ticks(test).add(tick, chosen);
            assertEquals(Reason.MY_NOTES, test.entry("n@1").reasonCode());
            assertEquals(State.PROCESSING, test.state("u@1"));
        }
    }

    @Test
    void aMeetingAskedForAgainIsSkippedForWhatItIs() throws Exception {
        try (TestLedger test = TestLedger.inMemory()) {
            claims(test)
                    .gone(Work.of(test.claimed("private")).withMeeting(new ObjectMapper().readTree("{\"type\":96}")));
            claims(test)
                    .gone(Work.of(test.claimed("deleted")).withMeeting(new ObjectMapper().readTree("{\"type\":8}")));
            assertEquals(
                    List.of(Reason.MY_NOTES, Reason.DELETED_AT_ZOOM),
                    List.of(
                            test.entry("private").reasonCode(),
                            test.entry("deleted").reasonCode()));
        }
    }

    /** What comes in before the other side closes, or has sent a request whole; then closes. */
    private static String received(ServerSocket server) {
        StringBuilder text = new StringBuilder();
        try (Socket socket = server.accept()) {
            byte[] buffer = new byte[8192];
            for (int n = socket.getInputStream().read(buffer);
                    n >= 0;
                    n = socket.getInputStream().read(buffer)) {
                text.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
                if (text.toString().endsWith("}")) {
                    break;
                }
            }
        } catch (IOException e) {
            // reset by the other side
        }
        return text.toString();
    }

    @Test
    void whatIsDeliveredIsNobodysSoThatAnybodyMayRenderIt() {
        try (TestLedger test = TestLedger.inMemory()) {
            test.ledger
                    .progress()
                    .delivered(test.submitted("file", "t-1"), List.of(), new Progress.Result(null, null, null));
            assertDoesNotThrow(() -> claims(test).hold(Work.of(test.entry("file"))));
        }
    }
}
