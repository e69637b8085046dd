package io.github.zoomtranscriber.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.MovableClock;
import io.github.zoomtranscriber.ledger.ARecording;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.TestLedger;
import io.github.zoomtranscriber.logging.CapturedLog;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How AssemblyAI gets the audio. */
class HandOffsTest {

    private static final String URL = "https://us02web.zoom.us/rec/download/a.b";
    private static final JsonNode MEETING = AMeeting.read("{\"uuid\":\"u\",\"download_access_token\":\"the.meetings.own-token\"}");

    private final MovableClock clock = new MovableClock();
    private final TestLedger test = TestLedger.inMemory();
    private final Message message = new DefaultMessage(new DefaultCamelContext());
    private int sized;
    private final ZoomTokens oauth = new ZoomTokens(new ZoomTokens.OAuth("a", "b", "c"), clock);
    private final ZoomTokens jwt = new ZoomTokens(new ZoomTokens.Jwt("key", "an-api-secret-that-is-long-enough-for-hs256", Duration.ofMinutes(5)), clock);

    @AfterEach
    void close() {
        test.close();
    }

    private HandOffs handOffs(String configured, ZoomTokens tokens) {
        return new HandOffs(configured, tokens, new Downloads(List.of("zoom.us"), false, test.ledger, clock));
    }

    private Entry sized(long bytes) {
        String id = "sized " + ++sized;
        test.ledger.add(List.of(ARecording.with(id).fileSize(bytes).build()));
        return test.claim(id);
    }

    private Entry failedBefore() {
        Entry entry = test.claimed("failed before");
        test.ledger.failedOnce(entry, Duration.ZERO, "no audio");
        return test.claim("failed before");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "link", "upload"})
    void whatTheOptionSaysIsDoneAlsoAfterAFailure(String configured) {
        for (ZoomTokens tokens : List.of(oauth, jwt)) {
            assertEquals(configured, handOffs(configured, tokens).choose(test.claimed(configured + tokens.isJwt())));
        }
        assertEquals(configured, handOffs(configured, oauth).choose(failedBefore()));
    }

    @Test
    void byItselfWhatNeedsTheLeastIsTriedFirstAndWhatAlwaysWorksAfterAFailure() {
        Entry entry = test.claimed("file");
        assertEquals("link", handOffs("auto", oauth).choose(entry));
        assertEquals("token", handOffs("auto", jwt).choose(entry));
        Entry failed = failedBefore();
        assertEquals("upload", handOffs("auto", oauth).choose(failed));
        assertEquals("upload", handOffs("auto", jwt).choose(failed));
    }

    @Test
    void whereZoomDoesNotRedirectAllIsUploadedFromThenOnAndThatIsSaidOnce() throws DownloadException {
        HandOffs handOffs = handOffs("auto", oauth);
        try (CapturedLog log = new CapturedLog(HandOffs.class)) {
            assertEquals("upload", handOffs.withoutRedirect(sized(1000), message));
            assertEquals("upload", handOffs.withoutRedirect(sized(1000), message));
            assertEquals(1, log.lines().size());
        }
        assertEquals("upload", handOffs.choose(test.claimed("file")));
    }

    @Test
    void whereOnlyLinksAreWantedAndZoomGivesNoneThatIsSaid() {
        DownloadException e = assertThrows(DownloadException.class, () -> handOffs("link", oauth).withoutRedirect(sized(1000), message));
        assertTrue(e.getMessage().contains("assemblyai.hand-off=link"), e.getMessage());
    }

    @Test
    void whatZoomSendsInPlaceOfAnAddressIsLetGoAndFetchedAnewWhenItsTurnHasCome() throws DownloadException {
        boolean[] closed = new boolean[1];
        message.setBody(new ByteArrayInputStream(new byte[10]) {
            @Override
            public void close() {
                closed[0] = true;
            }
        });
        assertEquals("upload", handOffs("auto", oauth).withoutRedirect(sized(1000), message));
        assertTrue(closed[0]);
        assertNull(message.getBody());
    }

    @ParameterizedTest
    @CsvSource({"upload, 2200000000, false", "upload, 2200000001, true", "link, 5000000000, false", "link, 5000000001, true",
        "token, 5000000000, false", "token, 5000000001, true", "upload, 0, false"})
    void eachWayHasASizeThatAssemblyAiTakes(String handOff, long size, boolean tooLarge) {
        assertEquals(tooLarge, handOffs("auto", oauth).isTooLarge(sized(size), handOff));
    }

    @Test
    void whatIsTooLargeForAnUploadGoesByLinkAndWhatIsTooLargeForThatSaysSo() throws DownloadException {
        assertEquals("link", handOffs("upload", oauth).ofLarge(sized(3_000_000_000L)));
        TooLargeException e = assertThrows(TooLargeException.class, () -> handOffs("upload", oauth).ofLarge(sized(6_100_000_000L)));
        assertTrue(e.getMessage().contains("6.1 GB") && e.getMessage().contains("5 GB"), e.getMessage());
    }

    @Test
    void aLargeFileThatZoomGivesNoAddressForIsTriedOnceMoreAndThenSaysSo() {
        HandOffs handOffs = handOffs("auto", oauth);
        DownloadException first = assertThrows(DownloadException.class, () -> handOffs.withoutRedirect(sized(3_000_000_000L), message));
        assertFalse(first instanceof TooLargeException, "there may be the sound alone");
        TooLargeException last = assertThrows(TooLargeException.class, () -> handOffs.withoutRedirect(sized(3_000_000_000L), message));
        assertTrue(last.getMessage().contains("3.0 GB") && last.getMessage().contains("2.2 GB"), last.getMessage());
    }

    @Test
    void zoomIsAskedForTheMeetingWhereItsTokenIsNeededOrTheAddressDidNotWork() {
        Entry entry = test.claimed("file");
        assertTrue(handOffs("token", oauth).isMeetingNeeded(entry, "token"));
        assertFalse(handOffs("token", jwt).isMeetingNeeded(entry, "token"));
        assertFalse(handOffs("link", oauth).isMeetingNeeded(entry, "link"));
        assertFalse(handOffs("upload", oauth).isMeetingNeeded(entry, "upload"));
        assertTrue(handOffs("link", oauth).isMeetingNeeded(failedBefore(), "link"));
    }

    @Test
    void theTokenHandedOverOpensThisMeetingAndNothingElse() throws Exception {
        oauth.keep(AMeeting.read("{\"access_token\":\"the.accounts.own\",\"expires_in\":3600}"));
        String url = handOffs("token", oauth).withToken(URL, MEETING);
        assertEquals(URL + "?access_token=the.meetings.own-token", url);
        assertEquals("x***x", Clean.text("xthe.meetings.own-tokenx"), "it is taken out of whatever is shown from now on");
    }

    @Test
    void underJwtTheTokenIsFreshlySigned() throws DownloadException {
        assertEquals(URL + "?access_token=" + jwt.jwt(), handOffs("token", jwt).withToken(URL, null));
    }

    @Test
    void anAddressWithAQueryKeepsIt() throws DownloadException {
        assertEquals(URL + "?x=1&access_token=the.meetings.own-token", handOffs("token", oauth).withToken(URL + "?x=1", MEETING));
    }

    @ParameterizedTest
    @CsvSource({"https://evil.example/a", "http://us02web.zoom.us/a", "''"})
    void noTokenIsPutOnAnAddressThatIsNotZooms(String url) {
        assertThrows(DownloadException.class, () -> handOffs("token", oauth).withToken(url, MEETING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"download_access_token\":\"\"}", "{\"download_access_token\":null}"})
    void whereZoomGivesNoTokenThatIsSaidAndNoneOfOursIsUsed(String meeting) {
        DownloadException e = assertThrows(DownloadException.class, () -> handOffs("token", oauth).withToken(URL, AMeeting.read(meeting)));
        assertEquals("Zoom gave no download_access_token for the meeting", e.getMessage());
    }

    @Test
    void anAddressThatIsMissingFromAFileAskedForAnewLeadsNowhere() {
        HandOffs handOffs = handOffs("token", oauth);
        assertEquals(URL, handOffs.downloadUrl(AMeeting.read("{\"download_url\":\"" + URL + "\"}")));
        assertThrows(DownloadException.class, () -> handOffs.withToken(handOffs.downloadUrl(AMeeting.read("{}")), MEETING));
    }
}
