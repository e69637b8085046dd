package io.github.zoomtranscriber.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.zoomtranscriber.MovableClock;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.ARecording;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Reason;
import io.github.zoomtranscriber.ledger.TestLedger;
import io.github.zoomtranscriber.logging.CapturedLog;
import io.github.zoomtranscriber.work.DownloadException;
import io.github.zoomtranscriber.work.HandOff;
import io.github.zoomtranscriber.work.TooLargeException;
import io.github.zoomtranscriber.work.Work;
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
    private static final JsonNode MEETING =
            AMeeting.read("{\"uuid\":\"u\",\"download_access_token\":\"the.meetings.own-token\"}");

    private final MovableClock clock = new MovableClock();
    private final TestLedger test = TestLedger.inMemory();
    private final Message message = new DefaultMessage(new DefaultCamelContext());
    private int sized;
    private final ZoomTokens oauth = new ZoomTokens(new ZoomTokens.OAuth("a", "b", "c"), null, null, clock.steady());
    private final ZoomTokens jwt = new ZoomTokens(
            new ZoomTokens.Jwt("key", "an-api-secret-that-is-long-enough-for-hs256", Duration.ofMinutes(5)),
            null,
            null,
            clock.steady());

    @AfterEach
    void close() {
        test.close();
    }

    private HandOffs handOffs(String configured, ZoomTokens tokens) {
        return new HandOffs(configured, tokens, new Downloads(List.of("zoom.us"), false, test.ledger, clock.steady()));
    }

    private Work sized(long bytes) {
        String id = "sized " + ++sized;
        test.ledger
                .discoveries()
                .add(List.of(ARecording.with(id).fileSize(bytes).build()));
        return Work.of(test.claim(id));
    }

    private Work failedBefore() {
        Entry entry = test.claimed("failed before");
        test.ledger.progress().failedOnce(entry, Duration.ZERO, Reason.DOWNLOAD_FAILED, "no audio");
        return Work.of(test.claim("failed before"));
    }

    private static String choice(HandOffs handOffs, Work work) {
        return handOffs.choose(work).handOff().toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "link", "upload"})
    void whatTheOptionSaysIsDoneAlsoAfterAFailure(String configured) {
        for (ZoomTokens tokens : List.of(oauth, jwt)) {
            assertEquals(
                    configured,
                    choice(handOffs(configured, tokens), Work.of(test.claimed(configured + tokens.isJwt()))));
        }
        assertEquals(configured, choice(handOffs(configured, oauth), failedBefore()));
    }

    @Test
    void byItselfWhatNeedsTheLeastIsTriedFirstAndWhatAlwaysWorksAfterAFailure() {
        Work work = Work.of(test.claimed("file"));
        assertEquals("link", choice(handOffs("auto", oauth), work));
        assertEquals("token", choice(handOffs("auto", jwt), work));
        Work failed = failedBefore();
        assertEquals("upload", choice(handOffs("auto", oauth), failed));
        assertEquals("upload", choice(handOffs("auto", jwt), failed));
    }

    @Test
    void whereZoomDoesNotRedirectAllIsUploadedFromThenOnAndThatIsSaidOnce() throws DownloadException {
        HandOffs handOffs = handOffs("auto", oauth);
        try (CapturedLog log = new CapturedLog(HandOffs.class)) {
            assertEquals(
                    HandOff.UPLOAD,
                    handOffs.withoutRedirect(sized(1000), message).handOff());
            assertEquals(
                    HandOff.UPLOAD,
                    handOffs.withoutRedirect(sized(1000), message).handOff());
            assertEquals(1, log.lines().size());
        }
        assertEquals("upload", choice(handOffs, Work.of(test.claimed("file"))));
    }

    @Test
    void whereOnlyLinksAreWantedAndZoomGivesNoneThatIsSaid() {
        DownloadException e = assertThrows(
                DownloadException.class, () -> handOffs("link", oauth).withoutRedirect(sized(1000), message));
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
        assertEquals(
                HandOff.UPLOAD,
                handOffs("auto", oauth).withoutRedirect(sized(1000), message).handOff());
        assertTrue(closed[0]);
        assertNull(message.getBody());
    }

    @ParameterizedTest
    @CsvSource({
        "UPLOAD, 2200000000, false",
        "UPLOAD, 2200000001, true",
        "LINK, 5000000000, false",
        "LINK, 5000000001, true",
        "TOKEN, 5000000000, false",
        "TOKEN, 5000000001, true",
        "UPLOAD, 0, false"
    })
    void eachWayHasASizeThatAssemblyAiTakes(HandOff handOff, long size, boolean tooLarge) {
        assertEquals(tooLarge, handOffs("auto", oauth).isTooLarge(sized(size).withHandOff(handOff)));
    }

    @Test
    void whatIsTooLargeForAnUploadGoesByLinkAndWhatIsTooLargeForThatSaysSo() throws DownloadException {
        assertEquals(
                HandOff.LINK,
                handOffs("upload", oauth).fit(inAMeeting(sized(3_000_000_000L))).handOff());
        TooLargeException e = assertThrows(
                TooLargeException.class, () -> handOffs("upload", oauth).fit(inAMeeting(sized(6_100_000_000L))));
        assertTrue(e.getMessage().contains("6.1 GB") && e.getMessage().contains("5 GB"), e.getMessage());
    }

    private static Work inAMeeting(Work work) {
        JsonNode meeting = AMeeting.with("u").file("picture", "gallery_view").json;
        return work.withMeeting(meeting)
                .withFile(meeting.path("recording_files").path(0));
    }

    @Test
    void whatIsTooLargeGoesAsTheSoundAloneOfTheSameSegmentWhereThereIsOne() throws DownloadException {
        JsonNode meeting = AMeeting.with("u")
                .file("picture", "gallery_view")
                .file("sound", "audio_only")
                .change("download_url", URL)
                .json;
        Work large = sized(6_100_000_000L)
                .withHandOff(HandOff.UPLOAD)
                .withMeeting(meeting)
                .withFile(meeting.path("recording_files").path(0));

        Work fitting = handOffs("upload", oauth).fit(large);

        assertEquals(HandOff.UPLOAD, fitting.handOff());
        assertEquals("sound", fitting.file().path("id").asText());
        assertEquals(URL, fitting.downloadUrl());
    }

    @Test
    void aLargeFileThatZoomGivesNoAddressForIsTriedOnceMoreAndThenSaysSo() {
        HandOffs handOffs = handOffs("auto", oauth);
        DownloadException first =
                assertThrows(DownloadException.class, () -> handOffs.withoutRedirect(sized(3_000_000_000L), message));
        assertFalse(first instanceof TooLargeException, "there may be the sound alone");
        TooLargeException last =
                assertThrows(TooLargeException.class, () -> handOffs.withoutRedirect(sized(3_000_000_000L), message));
        assertTrue(last.getMessage().contains("3.0 GB") && last.getMessage().contains("2.2 GB"), last.getMessage());
    }

    @Test
    void zoomIsAskedForTheMeetingWhereItsTokenIsNeededOrTheAddressDidNotWork() {
        Work work = Work.of(test.claimed("file"));
        assertTrue(handOffs("token", oauth).isMeetingNeeded(work.withHandOff(HandOff.TOKEN)));
        assertFalse(handOffs("token", jwt).isMeetingNeeded(work.withHandOff(HandOff.TOKEN)));
        assertFalse(handOffs("link", oauth).isMeetingNeeded(work.withHandOff(HandOff.LINK)));
        assertFalse(handOffs("upload", oauth).isMeetingNeeded(work.withHandOff(HandOff.UPLOAD)));
        assertTrue(handOffs("link", oauth).isMeetingNeeded(failedBefore().withHandOff(HandOff.LINK)));
    }

    private String withToken(ZoomTokens tokens, String downloadUrl, JsonNode meeting) throws DownloadException {
        return handOffs("token", tokens)
                .withToken(Work.of(null).withDownloadUrl(downloadUrl).withMeeting(meeting))
                .audioUrl();
    }

    @Test
    void theTokenHandedOverOpensThisMeetingAndNothingElse() throws Exception {
        oauth.keep(AMeeting.read("{\"access_token\":\"the.accounts.own\",\"expires_in\":3600}"));
        String url = withToken(oauth, URL, MEETING);
        assertEquals(URL + "?access_token=the.meetings.own-token", url);
        assertEquals(
                "x***x", Clean.text("xthe.meetings.own-tokenx"), "it is taken out of whatever is shown from now on");
    }

    @Test
    void underJwtTheTokenIsFreshlySigned() throws DownloadException {
        assertEquals(URL + "?access_token=" + jwt.jwt(), withToken(jwt, URL, null));
    }

    @Test
    void anAddressWithAQueryKeepsIt() throws DownloadException {
        assertEquals(URL + "?x=1&access_token=the.meetings.own-token", withToken(oauth, URL + "?x=1", MEETING));
    }

    @ParameterizedTest
    @CsvSource({"https://evil.example/a", "http://us02web.zoom.us/a", "''"})
    void noTokenIsPutOnAnAddressThatIsNotZooms(String url) {
        assertThrows(DownloadException.class, () -> withToken(oauth, url, MEETING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"download_access_token\":\"\"}", "{\"download_access_token\":null}"})
    void whereZoomGivesNoTokenThatIsSaidAndNoneOfOursIsUsed(String meeting) {
        DownloadException e =
                assertThrows(DownloadException.class, () -> withToken(oauth, URL, AMeeting.read(meeting)));
        assertEquals("Zoom gave no download_access_token for the meeting", e.getMessage());
    }

    @Test
    void anAddressThatIsMissingFromAFileAskedForAnewLeadsNowhere() {
        Work work = Work.of(null).withMeeting(MEETING);
        assertEquals(
                URL,
                work.withFile(AMeeting.read("{\"download_url\":\"" + URL + "\"}"))
                        .downloadUrl());
        assertThrows(
                DownloadException.class, () -> handOffs("token", oauth).withToken(work.withFile(AMeeting.read("{}"))));
    }
}
