package io.github.zoomtranscriber.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.MovableClock;
import io.github.zoomtranscriber.http.Busy;
import io.github.zoomtranscriber.ledger.ARecording;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.TestLedger;
import io.github.zoomtranscriber.logging.CapturedLog;
import io.github.zoomtranscriber.work.DownloadException;
import io.github.zoomtranscriber.work.Work;
import io.github.zoomtranscriber.work.ZoomFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the token may go, and what is audio. */
class DownloadsTest {

    private static final ZoomFile CHAT = new ZoomFile("chat_file", "txt", "https://zoom.us/chat", null);

    private final MovableClock clock = new MovableClock();
    private final TestLedger test = TestLedger.inMemory();
    private final Downloads downloads = downloads(false);

    private Downloads downloads(boolean loopback) {
        return new Downloads(List.of("zoom.us", "ZoomGov.com"), loopback, test.ledger, clock.steady());
    }

    @AfterEach
    void close() {
        test.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://zoom.us/rec/download/a.b",
                "https://us02web.zoom.us/rec/download/a.b?x=1",
                "https://US02WEB.ZOOM.US/a",
                "HTTPS://ssrweb.zoom.us/a",
                "https://us02web.zoom.us:443/a",
                "https://www.zoomgov.com/a"
            })
    void theTokenGoesToZoom(String url) throws DownloadException {
        assertEquals(url, downloads.allowed(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://zoom.us.evil.example/a",
                "https://evilzoom.us/a",
                "https://evil-zoom.us/a",
                "https://zoom.us@evil.example/a",
                "https://user:pw@zoom.us/a",
                "https://zoom.us:443@evil.example/a",
                "https://evil.example/zoom.us",
                "https://evil.example?zoom.us",
                "https://evil.example#@zoom.us",
                "https://evil.example\\@zoom.us/a",
                "https://evil.example/\\zoom.us",
                "https://zoom.us%2eevil.example/a",
                "https://zoom.us\u2024evil.example/a",
                "https://zoom\u3002us/a",
                "https://\u0455oom.us/a",
                "https://zoom.us\t.evil.example/a",
                "https://us/a",
                "https://.us/a",
                "http://zoom.us/a",
                "ftp://zoom.us/a",
                "file:///etc/passwd",
                "//zoom.us/a",
                "/rec/download/a",
                "zoom.us/a",
                "https:zoom.us/a",
                "https:///a",
                "",
                "http://localhost/a",
                "https://127.0.0.1/a",
                "https://[::1]/a",
                "https://169.254.169.254/a",
                "jar:https://zoom.us/a!/b"
            })
    void theTokenGoesNowhereElse(String url) {
        assertThrows(DownloadException.class, () -> downloads.allowed(url));
    }

    @Test
    void anAddressThatIsMissingIsNone() {
        assertEquals(
                "Zoom gave no valid address for the recording",
                assertThrows(DownloadException.class, () -> downloads.allowed(null))
                        .getMessage());
    }

    @Test
    void whereItDoesNotGoIsSaidWithoutWhatWouldOpenIt() {
        DownloadException e = assertThrows(
                DownloadException.class, () -> downloads.allowed("https://evil.example/a?access_token=sEcReT"));
        assertEquals(
                "The recording's address leads to https://evil.example, which is not among zoom.download-hosts",
                e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:8080/a", "http://127.0.0.1:1/a", "https://[::1]:8443/a", "http://LOCALHOST/a"})
    void thisMachineGetsItOnlyWhereZoomIsSimulatedOnIt(String url) throws DownloadException {
        assertEquals(url, downloads(true).allowed(url));
        assertThrows(DownloadException.class, () -> downloads.allowed(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost.evil.example/a",
                "http://127.0.0.1.evil.example/a",
                "http://127.0.0.2/a",
                "http://0.0.0.0/a",
                "http://localhost@evil.example/a",
                "http://zoom.us/a"
            })
    void thisMachineIsNoOtherEvenThen(String url) {
        assertThrows(DownloadException.class, () -> downloads(true).allowed(url));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "302,https://zoom.us/signed,-",
                "302,https://evil.example/a,-",
                "401,-,text/html",
                "403,-,-",
                "404,-,text/html",
                "429,-,-",
                "500,-,application/json",
                "503,-,text/plain",
                "200,-,text/html"
            })
    void whatIsNotTheFileKeepsNoConnection(int status, String location, String contentType) {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream body = new ByteArrayInputStream(new byte[100]) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        try {
            downloads.redirect(status, location, contentType, Map.of(), Work.of(null), body);
        } catch (Busy | DownloadException expected) {
            // what it is called is another test's
        }
        assertTrue(closed.get());
    }

    private String redirect(int status, String location, String contentType, ZoomFile text)
            throws Busy, DownloadException {
        Work work = Work.of(null).withDue(text);
        return downloads
                .redirect(status, location, contentType, Map.of(), work, null)
                .signedUrl();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void whereZoomRedirectsTheSignedAddressIsKnown(int status) throws Exception {
        assertEquals(
                "https://ssrweb.zoom.us/a?Signature=x",
                redirect(status, "https://ssrweb.zoom.us/a?Signature=x", null, null));
    }

    @Test
    void aRedirectElsewhereIsNotFollowed() {
        assertThrows(DownloadException.class, () -> redirect(302, "https://evil.example/a", null, null));
        assertThrows(DownloadException.class, () -> redirect(302, "http://zoom.us/a", null, null));
        assertThrows(DownloadException.class, () -> redirect(302, null, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"audio/mp4", "video/mp4", "application/octet-stream", "binary/octet-stream", "-"})
    void audioIsTheFileItself(String contentType) throws Exception {
        assertNull(redirect(200, null, contentType, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html;charset=utf-8",
                "TEXT/HTML",
                "application/json",
                "text/plain",
                "application/xml",
                "application/xhtml+xml"
            })
    void aPageThatLooksLikeSuccessIsNone(String contentType) {
        DownloadException e = assertThrows(DownloadException.class, () -> redirect(200, null, contentType, null));
        assertEquals("Zoom sends " + contentType.toLowerCase() + " instead of audio", e.getMessage());
    }

    @Test
    void aTextIsAskedForWhereATextIsWantedButNoPage() throws Exception {
        assertNull(redirect(200, null, "text/plain", CHAT));
        assertNull(redirect(200, null, "application/json", CHAT));
        assertEquals(
                "Zoom sends text/html instead of chat_file",
                assertThrows(DownloadException.class, () -> redirect(200, null, "text/html", CHAT))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 400, 401, 403, 404, 410})
    void aNoIsNoAudio(int status) {
        assertEquals(
                "Zoom answers " + status + " on the download",
                assertThrows(DownloadException.class, () -> redirect(status, null, "audio/mp4", null))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void whatMayPassIsTriedAgainWhenZoomSays(int status) {
        Busy busy = assertThrows(
                Busy.class,
                () -> downloads.redirect(status, null, null, Map.of("Retry-After", "5"), Work.of(null), null));
        assertEquals(Duration.ofSeconds(5), busy.getWait());
    }

    @Test
    void aSignedAddressLeadsToAFileAndNotOn() throws Exception {
        downloads.check(200, null, "audio/mp4", Map.of(), Work.of(null), null);
        assertThrows(
                DownloadException.class,
                () -> downloads.check(302, "https://zoom.us/a", null, Map.of(), Work.of(null), null));
        assertThrows(DownloadException.class, () -> downloads.check(403, null, null, Map.of(), Work.of(null), null));
    }

    private Entry claimed(long fileSize) {
        test.ledger
                .discoveries()
                .add(List.of(ARecording.with("file").fileSize(fileSize).build()));
        return test.claim("file");
    }

    private InputStream audio(int length, Entry entry) throws IOException, DownloadException {
        return downloads.guard(new ByteArrayInputStream(new byte[length]), Work.of(entry));
    }

    @Test
    void aTruncatedFileIsFetchedAgainAndTheSameOtherLengthTwiceIsZoomsMistake() throws Exception {
        Entry entry = claimed(1000);
        assertThrows(IncompleteAnswerException.class, () -> audio(900, entry).readAllBytes());
        assertThrows(IncompleteAnswerException.class, () -> audio(950, entry).readAllBytes());
        try (CapturedLog log = new CapturedLog(Downloads.class)) {
            assertEquals(950, audio(950, entry).readAllBytes().length);
            assertTrue(
                    log.lines()
                            .get(0)
                            .equals(
                                    "WARN file: downloaded 950 bytes twice, although Zoom says 1000; using it as it is"),
                    log.lines().toString());
        }
    }

    @Test
    void aFileThatComesWholeAtLastIsTaken() throws Exception {
        Entry entry = claimed(1000);
        assertThrows(IncompleteAnswerException.class, () -> audio(900, entry).readAllBytes());
        assertEquals(1000, audio(1000, entry).readAllBytes().length);
    }

    @Test
    void anUploadThatTakesLongerThanALeaseKeepsItsRecording() throws Exception {
        Entry entry = claimed(1000);
        try (InputStream in = audio(1000, entry)) {
            for (int i = 0; i < 10; i++) {
                test.pass(Duration.ofMinutes(10));
                clock.move(Duration.ofMinutes(10));
                assertEquals(100, in.read(new byte[100]));
                assertTrue(test.ledger.claim("file").isEmpty());
            }
            assertEquals(-1, in.read());
        }
        assertTrue(test.ledger.progress().submitting(entry, "upload", "https://cdn.assemblyai.com/upload/a"));
    }

    @Test
    void anUploadWhoseRecordingIsSomebodyElsesIsBrokenOff() throws Exception {
        Entry entry = claimed(1000);
        try (InputStream in = audio(1000, entry)) {
            test.pass(Duration.ofMinutes(20));
            test.claim("file");
            clock.move(Duration.ofMinutes(20));
            assertThrows(IOException.class, in::readAllBytes);
        }
    }

    @Test
    void oneThatHasWaitedForItsTurnForTooLongIsNotFetchedAtAll() throws Exception {
        Entry entry = claimed(1000);
        test.pass(Duration.ofMinutes(14));
        downloads.hold(Work.of(entry));
        test.pass(Duration.ofMinutes(14));
        downloads.hold(Work.of(entry));
        test.pass(Duration.ofMinutes(20));
        Entry another = test.claim("file");
        assertThrows(DownloadException.class, () -> downloads.hold(Work.of(entry)));
        assertFalse(test.ledger.renew(entry, Duration.ZERO));
        downloads.hold(Work.of(another));
    }
}
