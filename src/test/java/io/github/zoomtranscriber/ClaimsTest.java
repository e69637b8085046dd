package io.github.zoomtranscriber;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.ledger.ClaimLostException;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.TestLedger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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

    private static final Duration TOO_LONG = TestLedger.LEASE.multipliedBy(2);

    @Test
    void ofASubmissionWhoseLeaseWasLostAtTheLastMomentNotAByteLeavesTheMachine() throws Exception {
        try (TestLedger test = TestLedger.inMemory(); DefaultCamelContext context = new DefaultCamelContext();
                ServerSocket assemblyai = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            context.start();
            Entry entry = test.submitting("file");
            HttpEntity request = new Claims(test.ledger).held(entry, "{\"audio_url\":\"https://ssrweb.zoom.us/file.m4a\"}");
            test.pass(TOO_LONG);
            test.claim("file");
            CompletableFuture<String> arrived = CompletableFuture.supplyAsync(() -> received(assemblyai));
            try (ProducerTemplate template = context.createProducerTemplate()) {
                CamelExecutionException e = assertThrows(CamelExecutionException.class,
                        () -> template.requestBody("http://localhost:" + assemblyai.getLocalPort() + "/v2/transcript?httpMethod=POST", request));
                assertEquals(ClaimLostException.class, e.getCause().getClass());
            }
            assertFalse(arrived.join().contains("audio_url"), "AssemblyAI got the request's body");
        }
    }

    @Test
    void aSubmissionWhoseLeaseHoldsIsSentWhole() throws Exception {
        try (TestLedger test = TestLedger.inMemory(); DefaultCamelContext context = new DefaultCamelContext();
                ServerSocket assemblyai = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            context.start();
            HttpEntity request = new Claims(test.ledger).held(test.submitting("file"), "{\"audio_url\":\"https://example.org/größe\"}");
            CompletableFuture<String> arrived = CompletableFuture.supplyAsync(() -> received(assemblyai));
            try (ProducerTemplate template = context.createProducerTemplate()) {
                assertThrows(CamelExecutionException.class,
                        () -> template.requestBody("http://localhost:" + assemblyai.getLocalPort() + "/v2/transcript?httpMethod=POST", request));
            }
            String sent = arrived.join();
            assertTrue(sent.startsWith("POST /v2/transcript "), sent);
            assertTrue(sent.contains("Content-Type: application/json"), sent);
            assertTrue(sent.contains("Content-Length: 43\r\n"), sent);
            assertTrue(sent.endsWith("{\"audio_url\":\"https://example.org/größe\"}"), sent);
        }
    }

    /** What comes in before the other side closes, or has sent a request whole; then closes. */
    private static String received(ServerSocket server) {
        StringBuilder text = new StringBuilder();
        try (Socket socket = server.accept()) {
            byte[] buffer = new byte[8192];
            for (int n = socket.getInputStream().read(buffer); n >= 0; n = socket.getInputStream().read(buffer)) {
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
            test.ledger.delivered(test.submitted("file", "t-1"), List.of(), new Ledger.Result(null, null, null), null);
            assertDoesNotThrow(() -> new Claims(test.ledger).hold(test.entry("file")));
        }
    }
}
