package io.github.zoomtranscriber.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.logging.CapturedLog;
import io.github.zoomtranscriber.zoom.Listing.Users;
import io.github.zoomtranscriber.zoom.Listing.Window;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All pages of a list, one after the other. */
class ListingTest {

    private static final String NOVEMBER = "from=2026-11-01&to=2026-11-26&page_size=300";

    private final Listing listing = new Listing(
            "x",
            "/accounts/me/recordings",
            300,
            List.of(window("2026-11-01", "2026-11-26"), window("2026-10-01", "2026-11-01")));

    private static Window window(String from, String to) {
        return new Window(LocalDate.parse(from), LocalDate.parse(to));
    }

    /** A page with these meetings; the last one where the token is empty. */
    private static ObjectNode page(String nextPageToken, int total, String... uuids) {
        ObjectNode page = AMeeting.JSON
                .createObjectNode()
                .put("next_page_token", nextPageToken)
                .put("total_records", total);
        ArrayNode meetings = page.putArray("meetings");
        for (String uuid : uuids) {
            meetings.addObject().put("uuid", uuid).put("id", 1);
        }
        return page;
    }

    @Test
    void everyPageOfEveryWindowIsAskedFor() {
        assertEquals(NOVEMBER, listing.getQuery());
        listing.turn(page("t+/=", 3, "a", "b"));
        assertEquals(NOVEMBER + "&next_page_token=t%2B%2F%3D", listing.getQuery());
        listing.turn(page("", 3, "c"));
        assertEquals("from=2026-10-01&to=2026-11-01&page_size=300", listing.getQuery());
        assertTrue(listing.isUnfinished());
        listing.turn(page("", 0));
        assertFalse(listing.isUnfinished());
    }

    @Test
    void anEmptyTokenIsNeverSentBackAsThatStartsAnew() {
        listing.turn(page("t", 2, "a"));
        listing.turn(page("", 2, "b"));
        assertFalse(listing.getQuery().contains("next_page_token"));
    }

    @Test
    void aPageWithoutATokenIsTheLastOne() {
        listing.turn(AMeeting.read("{\"sessions\":[]}"));
        listing.turn((ObjectNode) AMeeting.read("{\"next_page_token\":null,\"meetings\":[]}"));
        assertFalse(listing.isUnfinished());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "null", "{\"meetings\":null}", "{\"meetings\":{}}", "{\"from\":\"2026-11-01\"}"})
    void anAnswerWithoutAListIsNoEmptyListButThatPageIsAskedForAgain(String answer) {
        listing.turn(page("t", 2, "a"));
        String query = listing.getQuery();
        for (int i = 0; i < 4; i++) {
            listing.turn(AMeeting.read(answer));
            assertEquals(query, listing.getQuery());
        }
        listing.turn(page("", 2, "b"));
        assertEquals("from=2026-10-01&to=2026-11-01&page_size=300", listing.getQuery());
        assertEquals(List.of(), listing.takeUnlisted());
        for (int i = 0; i < 5; i++) {
            listing.turn(AMeeting.read(answer));
        }
        assertFalse(listing.isUnfinished());
        assertEquals(List.of("x from 2026-10-01 to 2026-11-01"), listing.takeUnlisted());
    }

    @Test
    void aListThatZoomSaysIsEmptyNeedNotBeThere() {
        listing.turn(AMeeting.read("{\"total_records\":0,\"next_page_token\":\"\"}"));
        assertEquals("from=2026-10-01&to=2026-11-01&page_size=300", listing.getQuery());
    }

    @Test
    void anExpiredPageTokenListsThatWindowAnew() {
        listing.turn(page("t", 2, "a"));
        listing.died();
        assertEquals(NOVEMBER, listing.getQuery());
        listing.turn(page("t2", 2, "a"));
        listing.turn(page("", 2, "b"));
        assertEquals("from=2026-10-01&to=2026-11-01&page_size=300", listing.getQuery());
        assertEquals(List.of(), listing.takeUnlisted());
    }

    private static void die(Listing listing, int times) {
        for (int i = 0; i < times; i++) {
            listing.turn(page("t", 2, "a"));
            listing.died();
        }
    }

    @Test
    void theSecondTokenThatDiesCutsTheWindowInHalvesThatShareADay() {
        die(listing, 2);
        assertEquals("from=2026-11-13&to=2026-11-26&page_size=300", listing.getQuery());
        listing.turn(page("", 1, "a"));
        assertEquals("from=2026-11-01&to=2026-11-13&page_size=300", listing.getQuery());
        listing.turn(page("", 1, "b"));
        assertEquals("from=2026-10-01&to=2026-11-01&page_size=300", listing.getQuery());
    }

    @Test
    void whatFitsOnOnePageIsListedInTheEndThoughEveryTokenDies() {
        int queries = 0;
        while (listing.isUnfinished()) {
            LocalDate from = LocalDate.parse(listing.getQuery().substring(5, 15));
            LocalDate to = LocalDate.parse(listing.getQuery().substring(19, 29));
            boolean fits = !from.plusDays(3).isBefore(to);
            if (fits) {
                listing.turn(page("", 0));
            } else {
                die(listing, 1);
            }
            queries++;
        }
        assertEquals(List.of(), listing.takeUnlisted());
        assertTrue(queries < 150, () -> "that many questions are too many");
    }

    @Test
    void aDayOfWhichEveryTokenDiesIsAskedForInLargerPagesAndThenLeftOutAndNamedWhileTheOtherDaysAreListed() {
        Listing days = new Listing("user0", "/x", 7, List.of(window("2026-11-24", "2026-11-26")));
        try (CapturedLog log = new CapturedLog(Listing.class)) {
            die(days, 2);
            die(days, 1);
            assertEquals("from=2026-11-25&to=2026-11-26&page_size=7", days.getQuery());
            die(days, 1);
            assertEquals("from=2026-11-25&to=2026-11-26&page_size=14", days.getQuery());
            die(days, 9);
            assertEquals("from=2026-11-25&to=2026-11-26&page_size=300", days.getQuery());
            die(days, 1);
            assertEquals(
                    List.of(
                            "WARN Could not list user0 from 2026-11-25 to 2026-11-26: Zoom refused 12 page tokens as expired"),
                    log.lines());
        }
        assertEquals(List.of("user0 from 2026-11-25 to 2026-11-26"), days.takeUnlisted());
        assertEquals(List.of(), days.takeUnlisted());
        assertEquals("from=2026-11-24&to=2026-11-25&page_size=300", days.getQuery());
        days.turn(page("", 1, "a"));
        assertFalse(days.isUnfinished());
    }

    @Test
    void aListOfUsersThatDiesGoesOnWithTheOtherUsers() {
        Listing users = new Listing("/users", "/users", 300, List.of(new Users("active"), new Users("inactive")));
        die(users, 12);
        assertEquals(List.of("/users, the active ones"), users.takeUnlisted());
        assertEquals("status=inactive&page_size=300", users.getQuery());
    }

    @Test
    void fewerThanZoomSaysThereAreAreListedOnceMoreAndThenWarnedOf() {
        try (CapturedLog log = new CapturedLog(Listing.class)) {
            listing.turn(page("", 3, "a", "b"));
            assertEquals(NOVEMBER, listing.getQuery());
            assertEquals(List.of(), log.lines());
            listing.turn(page("", 3, "a", "b"));
            assertEquals("from=2026-10-01&to=2026-11-01&page_size=300", listing.getQuery());
            assertEquals(
                    List.of(
                            "WARN Zoom says that /accounts/me/recordings has 3 records for from=2026-11-01&to=2026-11-26, but returned only 2, twice"),
                    log.lines());
            assertEquals(List.of("x from 2026-11-01 to 2026-11-26: 1 of 3"), listing.takeUnlisted());
        }
    }

    @Test
    void aListThatIsWholeTheSecondTimeIsNothingToWarnOf() {
        try (CapturedLog log = new CapturedLog(Listing.class)) {
            listing.turn(page("", 2, "a"));
            listing.turn(page("", 2, "a", "b"));
            assertEquals(List.of(), log.lines());
        }
    }

    @Test
    void aPageThatIsRepeatedDoesNotCountTwice() {
        listing.turn(page("t", 3, "a", "b"));
        listing.turn(page("", 3, "a", "b"));
        assertEquals(NOVEMBER, listing.getQuery());
    }

    @Test
    void whatZoomCutsOffAWindowIsListedAfterwards() {
        listing.turn(page("", 0).put("from", "2026-11-10").put("to", "2026-11-26"));
        assertEquals("from=2026-11-01&to=2026-11-10&page_size=300", listing.getQuery());
        listing.turn(page("", 0).put("from", "2026-11-01"));
        assertEquals("from=2026-10-01&to=2026-11-01&page_size=300", listing.getQuery());
    }

    @Test
    void aWindowThatZoomAnswersOddlyIsNotListedForEver() {
        for (String from : List.of("2026-11-26", "2027-01-01", "2026-10-01", "today", "")) {
            Listing odd = new Listing("x", "/users", 300, List.of(window("2026-11-01", "2026-11-26")));
            odd.turn(page("", 0).put("from", from));
            assertFalse(odd.isUnfinished(), from);
        }
    }

    @Test
    void usersAndSessionsAreCountedToo() {
        Listing users = new Listing("x", "/users", 2, List.of(new Users("active"), new Users("inactive")));
        assertEquals("status=active&page_size=2", users.getQuery());
        users.turn(
                AMeeting.read(
                        "{\"total_records\":2,\"next_page_token\":\"\",\"users\":[{\"id\":\"a\"},{\"email\":\"pending@example.com\"}]}"));
        assertEquals("status=inactive&page_size=2", users.getQuery());
        users.turn(
                AMeeting.read(
                        "{\"total_records\":2,\"next_page_token\":\"\",\"sessions\":[{\"session_id\":\"a\"},{\"session_id\":\"b\"}]}"));
        assertFalse(users.isUnfinished());
    }
}
