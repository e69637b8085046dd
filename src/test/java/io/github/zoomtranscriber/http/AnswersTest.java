package io.github.zoomtranscriber.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.MovableClock;
import io.github.zoomtranscriber.logging.CapturedLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers pass, which may be asked for again, and which are a no. */
class AnswersTest {

    private final MovableClock clock = new MovableClock();
    private final Answers answers = new Answers(Vendor.ZOOM, new Outages(clock), clock);

    private static InputStream stream(String body) {
        return body == null ? null : new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    private Refusal refusal(int status, String body) {
        return assertThrows(Refusal.class, () -> answers.check(status, Map.of(), stream(body)));
    }

    private Busy busy(int status, String body) {
        return assertThrows(Busy.class, () -> answers.check(status, Map.of(), stream(body)));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204})
    void aGoodAnswerPassesWhateverIsInIt(int status) {
        assertDoesNotThrow(() -> answers.check(status, Map.of(), null));
        assertDoesNotThrow(() -> answers.check(status, Map.of(), stream("{\"code\":200,\"message\":\"no\"}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "404 | {\"code\":3301,\"message\":\"There is no recording for this meeting.\"} | 3301 | Zoom refuses (404, code 3301): There is no recording for this meeting.",
                "400 | {\"reason\":\"Invalid client_id or client_secret\",\"error\":\"invalid_client\"} | 0 | Zoom refuses (400): Invalid client_id or client_secret (invalid_client)",
                "401 | {\"error\":\"Authentication error, API token missing/invalid\"} | 0 | Zoom refuses (401): Authentication error, API token missing/invalid",
                "422 | Upload failed, please try again. | 0 | Zoom refuses (422): Upload failed, please try again.",
                "404 | <html><body><h1>404: Not Found</h1></body></html> | 0 | Zoom refuses (404): 404: Not Found",
                "404 | 404: Not Found | 0 | Zoom refuses (404): 404: Not Found",
                "403 | `` | 0 | Zoom refuses (403):",
                "400 | {\"status\":false,\"errorCode\":401} | 0 | Zoom refuses (400): {\"status\":false,\"errorCode\":401}",
                "400 | {\"message\":{\"odd\":1},\"error\":7} | 0 | Zoom refuses (400): {\"message\":{\"odd\":1},\"error\":7}",
                "400 | null | 0 | Zoom refuses (400): null",
                "400 | [1,2] | 0 | Zoom refuses (400): [1,2]",
                "302 | `` | 0 | Zoom refuses (302):"
            })
    void aRefusalSaysWhatTheVendorSaidInWhateverForm(int status, String body, int code, String message) {
        Refusal no = refusal(status, body);
        assertEquals(message, no.getMessage().strip());
        assertEquals(status, no.getStatus());
        assertEquals(code, no.getCode());
        assertEquals(Vendor.ZOOM, no.getVendor());
    }

    @Test
    void anAnswerWithoutABodyIsARefusalToo() {
        assertEquals("", refusal(403, null).getText());
    }

    @Test
    void whatAVendorSaysIsCleanedAndCut() {
        Refusal no = refusal(400, "{\"message\":\"Cannot get https://zoom.us/a?access_token=sEcReT\"}");
        assertEquals("Cannot get https://zoom.us/a", no.getText());
        assertFalse(no.getMessage().contains("sEcReT"));
        assertTrue(refusal(400, "x".repeat(100_000)).getMessage().length() < 1100);
        assertFalse(busy(503, "Bearer sEcReT0").getMessage().contains("sEcReT0"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504, 599})
    void whatMayPassIsNoRefusal(int status) {
        assertEquals(Vendor.ZOOM, busy(status, "<html>Bad gateway</html>").getVendor());
    }

    @Test
    void onlyATooManyIsKnownToHaveHadNoEffect() {
        assertTrue(busy(429, null).isRefused());
        assertFalse(busy(500, null).isRefused());
        assertFalse(busy(503, null).isRefused());
        assertFalse(busy(408, null).isRefused());
    }

    @Test
    void howLongAVendorWantsToBeLeftAloneIsKnown() {
        Busy busy = assertThrows(
                Busy.class, () -> answers.check(429, Map.of("Retry-After", "2026-11-25T10:00:09Z"), stream("")));
        assertEquals(Duration.ofSeconds(9), busy.getWait());
        assertNull(busy(429, "").getWait());
        assertEquals("Zoom answers 429", busy.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":200,\"message\":\"You do not have the right permissions.\"}",
                "{\"code\":\"200\",\"message\":\"Only available for Paid account.\"}",
                "{\"code\":4711,\"message\":\"\"}"
            })
    void aRefusalInsideATwoHundredIsARefusal(String body) {
        Refusal no = assertThrows(Refusal.class, () -> answers.read(200, Map.of(), body));
        assertEquals(200, no.getStatus());
    }

    @Test
    void aRefusalInsideATwoHundredNamesItsCodeOnce() {
        assertEquals(
                "Zoom refuses (200): No permission.",
                assertThrows(
                                Refusal.class,
                                () -> answers.read(200, Map.of(), "{\"code\":200,\"message\":\"No permission.\"}"))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"meetings\":[]}",
                "{}",
                "[]",
                "null",
                "{\"code\":null,\"message\":null}",
                "{\"uuid\":\"a\",\"message\":\"hello\"}"
            })
    void anythingElseInsideATwoHundredIsReadAsItIs(String body) throws Exception {
        assertEquals(new ObjectMapper().readTree(body), answers.read(200, Map.of(), body));
    }

    @Test
    void aDeletionIsAnsweredWithNothing() throws Exception {
        assertNull(answers.read(204, Map.of(), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "<html>Hello</html>", "{\"meetings\":["})
    void whatIsNoJsonIsWorthAnotherTry(String body) {
        assertThrows(IOException.class, () -> answers.read(200, Map.of(), body));
    }

    @Test
    void whatIsNoAnswerIsNotRead() {
        assertThrows(Busy.class, () -> answers.read(503, Map.of(), "{}"));
        assertThrows(Refusal.class, () -> answers.read(404, Map.of(), "{\"code\":3301}"));
        assertThrows(Busy.class, () -> answers.read(500, Map.of(), null));
    }

    @Test
    void fiveHundredsInARowAreAnOutageAndRefusalsAndTooManysAreNot() {
        try (CapturedLog log = new CapturedLog(Outages.class)) {
            for (int i = 0; i < 10; i++) {
                busy(429, "slow down");
                refusal(400, "no");
            }
            assertEquals(0, log.lines().size());
            for (int i = 0; i < 10; i++) {
                busy(503, "Service unavailable");
            }
            assertEquals(1, log.lines().size());
            refusal(400, "no");
            assertEquals(2, log.lines().size());
        }
    }
}
