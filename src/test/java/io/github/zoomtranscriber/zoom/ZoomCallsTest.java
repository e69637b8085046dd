package io.github.zoomtranscriber.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.zoomtranscriber.http.Call;
import io.github.zoomtranscriber.http.Vendor;
import io.github.zoomtranscriber.ledger.ARecording;
import io.github.zoomtranscriber.ledger.TestLedger;
import io.github.zoomtranscriber.work.HandOff;
import io.github.zoomtranscriber.work.Work;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Zoom is asked for. */
class ZoomCallsTest {

    private static final Duration LIFE = Duration.ofDays(1);

    private final ZoomCalls meetings = new ZoomCalls(false, false, LIFE);
    private final ZoomCalls sessions = new ZoomCalls(true, true, LIFE);

    @ParameterizedTest
    @CsvSource({"uLoRgf_bQ==, /meetings/uLoRgf_bQ%3D%3D/recordings", "/ajX==, /meetings/%252FajX%253D%253D/recordings"})
    void theMeetingOfARecordingIsAskedForByItsUuidEncodedAsZoomWantsIt(String uuid, String path) {
        assertEquals(Call.get(Vendor.ZOOM, path, null), meetings.meeting(work("file", uuid)));
    }

    @Test
    void theSessionOfARecordingIsAskedForByItsIdEncodedAsZoomWantsIt() {
        assertEquals(
                Call.get(Vendor.ZOOM, "/videosdk/sessions/J%252FZi%253D%253D/recordings", null),
                sessions.meeting(work("file", "J/Zi==")));
    }

    @Test
    void thePageThatIsDueIsAskedForByTheListsOwnPathAndQuery() {
        Listing listing = new Listing(
                "a",
                "/users/a/recordings",
                30,
                List.of(new Listing.Window(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 12, 1))));
        assertEquals(
                Call.get(Vendor.ZOOM, "/users/a/recordings", "from=2026-11-01&to=2026-12-01&page_size=30"),
                meetings.page(listing));
    }

    @Test
    void theTokenOfOneMeetingIsAskedForOnlyWhereItIsNeeded() {
        Work work = work("file", "u");
        assertEquals(
                "include_fields=download_access_token&ttl=86400",
                meetings.meetingToHandOver(work.withHandOff(HandOff.TOKEN)).query());
        assertNull(new ZoomCalls(false, true, LIFE)
                .meetingToHandOver(work.withHandOff(HandOff.TOKEN))
                .query());
        assertNull(meetings.meetingToHandOver(work.withHandOff(HandOff.UPLOAD)).query());
        assertEquals(
                "/meetings/u/recordings",
                meetings.meetingToHandOver(work.withHandOff(HandOff.UPLOAD)).path());
    }

    @Test
    void theFileThatWasTranscribedIsDeletedIntoTheTrashAndNothingElse() {
        assertEquals(
                Call.delete(Vendor.ZOOM, "/meetings/%252Fu%253D%253D/recordings/file%201", "action=trash"),
                meetings.trash(work("file 1", "/u==")));
    }

    @Test
    void aRequestIsWhatItsCallSaysAndNothingOfAnEarlierAnswerGoesAlong() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Message message = new DefaultMessage(context);
            message.setHeader(Exchange.HTTP_URI, "https://elsewhere.example");
            message.setHeader(Exchange.HTTP_QUERY, "of=before");
            message.setHeader("Authorization", "Bearer of-before");
            message.setBody("an answer");

            meetings.request(Call.delete(Vendor.ZOOM, "/meetings/u/recordings/f", null), message);

            assertEquals("DELETE", message.getHeader(Exchange.HTTP_METHOD));
            assertEquals("/meetings/u/recordings/f", message.getHeader(Exchange.HTTP_PATH));
            assertEquals(
                    2, message.getHeaders().size(), () -> message.getHeaders().toString());
            assertNull(message.getBody());
        }
    }

    @Test
    void noQueryOfACallIsShownAsItMayHoldAToken() {
        String shown = meetings.download(
                        work("file", "u").withDownloadUrl("https://zoom.us/rec/download/a?access_token=sEcReT"))
                .toString();
        assertEquals("Zoom GET https://zoom.us/rec/download/a", shown);
        assertFalse(new Call(Vendor.ZOOM, "GET", "/a", "token=sEcReT", null, Call.Kind.PLAIN)
                .toString()
                .contains("sEcReT"));
    }

    private static Work work(String id, String meetingUuid) {
        try (TestLedger test = TestLedger.inMemory()) {
            test.ledger
                    .discoveries()
                    .add(List.of(ARecording.with(id).meetingUuid(meetingUuid).build()));
            return Work.of(test.entry(id));
        }
    }
}
