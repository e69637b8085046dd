package io.github.zoomtranscriber.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.MovableClock;
import io.github.zoomtranscriber.http.Refusal;
import io.github.zoomtranscriber.http.Vendor;
import io.github.zoomtranscriber.logging.CapturedLog;
import io.github.zoomtranscriber.zoom.Listing.Window;
import io.github.zoomtranscriber.zoom.Listings.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Zoom is asked for on a tick. */
class ListingsTest {

    private final MovableClock clock = new MovableClock();
    private final Listings listings = listings(7);

    private static final Tick TICK = Tick.begin(Clock.systemUTC());

    private Listings listings(int lookbackDays, String... users) {
        return new Listings(false, List.of(users), lookbackDays, 300, clock);
    }

    private static Window window(String from, String to) {
        return new Window(LocalDate.parse(from), LocalDate.parse(to));
    }

    private static Refusal refusal(int status, int code) {
        return new Refusal(Vendor.ZOOM, status, code, "no");
    }

    @Test
    void aWeekIsOneWindowThatEndsTomorrowAsTodaysLateMeetingsMayBeTomorrowsInUtc() {
        assertEquals(List.of(window("2026-11-18", "2026-11-26")), listings.windows(null));
    }

    @Test
    void aLongLookBackIsCutIntoMonthsTheNewestFirst() {
        assertEquals(
                List.of(
                        window("2026-10-26", "2026-11-26"),
                        window("2026-09-26", "2026-10-26"),
                        window("2026-09-11", "2026-09-26")),
                listings(75).windows(null));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-30T10:00:00Z, 40, 2026-02-28, 2026-03-31, 2026-02-18",
        "2028-03-30T10:00:00Z, 40, 2028-02-29, 2028-03-31, 2028-02-19",
        "2026-03-01T10:00:00Z, 30, 2026-02-02, 2026-03-02, 2026-01-30"
    })
    void aMonthThatEndsInFebruaryIsAMonthAllTheSame(String now, int days, String from, String to, String start) {
        clock.set(now);
        assertEquals(
                List.of(window(from, to), window(start, from)), listings(days).windows(null));
    }

    @Test
    void withoutUsersInTheOptionsTheAccountIsListedAsAWhole() {
        assertEquals(Scope.ACCOUNT, listings.scope());
        assertEquals("/accounts/me/recordings", listings.account(TICK).getPath());
        assertEquals(
                "from=2026-11-18&to=2026-11-26&page_size=300",
                listings.account(TICK).getQuery());
    }

    @Test
    void usersInTheOptionsAreAskedForOneByOneAndAStarMeansEverybody() {
        assertEquals(Scope.USERS, listings(7, "ada@example.com", "uSr_2").scope());
        assertEquals(Scope.EVERYONE, listings(7, "*").scope());
        Tick tick = Tick.begin(clock);
        List<Listing> users = listings(7, "ada@example.com", "uSr_2").users(tick);
        assertEquals(
                List.of("ada@example.com", "uSr_2"),
                users.stream().map(Listing::getName).toList());
        assertEquals("/users/ada%40example.com/recordings", users.get(0).getPath());
        assertEquals("from=2026-11-18&to=2026-11-26&page_size=300", users.get(0).getQuery());
        assertTrue(tick.toString().contains("2 users"), tick.toString());
    }

    @Test
    void everybodyIsAlsoThoseWhoHaveLeft() {
        Listing everyone = listings.everyone();
        assertEquals("status=active&page_size=300", everyone.getQuery());
        listings.turn(everyone, AMeeting.read("{\"next_page_token\":\"\",\"users\":[]}"), TICK);
        assertEquals("status=inactive&page_size=300", everyone.getQuery());
        assertEquals(
                List.of("a", "b@example.com"),
                listings
                        .usersOfPage(
                                AMeeting.read("{\"users\":[{\"id\":\"a\",\"email\":\"a@example.com\"},"
                                        + "{\"email\":\"b@example.com\"}]}"),
                                TICK)
                        .stream()
                        .map(Listing::getName)
                        .toList());
        assertEquals(List.of(), listings.usersOfPage(listings.emptyPage(), TICK));
    }

    @ParameterizedTest
    @CsvSource({
        "uLoRgf_bQ==, /meetings/uLoRgf_bQ%3D%3D/recordings",
        "aBc/dEf+gH==, /meetings/aBc%2FdEf%2BgH%3D%3D/recordings",
        "/ajX==, /meetings/%252FajX%253D%253D/recordings",
        "abc//def==, /meetings/abc%252F%252Fdef%253D%253D/recordings"
    })
    void aMeetingIsListedByItselfByItsUuidEncodedAsZoomWantsItAndOnOnePage(String uuid, String path) {
        Listing meeting = listings.meetings(List.of(uuid)).get(0);
        assertEquals(path, meeting.getPath());
        assertNull(meeting.getQuery());
        assertEquals(uuid, meeting.getName());
        listings.turn(meeting, AMeeting.with(uuid).file("a", "audio_only").json, TICK);
        assertFalse(meeting.isUnfinished());
    }

    @ParameterizedTest
    @CsvSource({
        "JZi==, /videosdk/sessions/JZi%3D%3D/recordings",
        "J/Zi==, /videosdk/sessions/J%252FZi%253D%253D/recordings"
    })
    void aSessionIsListedByItselfByItsIdEncodedAsZoomWantsIt(String id, String path) {
        Listings sessions = new Listings(true, List.of(), 7, 300, clock);
        assertEquals(path, sessions.meetings(List.of(id)).get(0).getPath());
        assertEquals(
                path,
                sessions.announced(new Announcement(id, Duration.ofSeconds(1))).getPath());
    }

    @Test
    void theVideoSdkHasSessionsAndNoUsers() {
        Listings sessions = new Listings(true, List.of(), 7, 300, clock);
        assertEquals(Scope.SESSIONS, sessions.scope());
        assertEquals("/videosdk/recordings", sessions.sessions(TICK).getPath());
    }

    @ParameterizedTest
    @CsvSource({"400, 4711", "400, 4700", "400, 200", "200, 200", "403, 403", "403, 0"})
    void anAccountThatMayNotBeListedAsAWholeIsListedUserByUserFromThenOnAndThatIsSaidOnce(int status, int code) {
        try (CapturedLog log = new CapturedLog(Listings.class)) {
            listings.accountRefused(refusal(status, code));
            assertEquals(Scope.EVERYONE, listings.scope());
            assertEquals(1, log.lines().size());
            assertTrue(
                    log.lines()
                            .get(0)
                            .startsWith(
                                    "INFO Zoom does not list the account as a whole; listing user by user from now on: "),
                    log.lines().get(0));
        }
    }

    @ParameterizedTest
    @CsvSource({"400, 0", "401, 124", "401, 0", "400, 300", "404, 0"})
    void aRefusalThatIsNotAboutTheAccountsListIsNotRememberedAsOne(int status, int code) {
        listings.accountRefused(refusal(status, code));
        assertEquals(Scope.ACCOUNT, listings.scope());
    }

    @ParameterizedTest
    @CsvSource({"400, 300", "400, 0", "404, 404", "200, 300", "400, 200", "400, 4711", "403, 0", "410, 0"})
    void whateverIsRefusedOnAFurtherPageIsRefusedForItsTokenAndNeverForTheList(int status, int code) {
        Listing listing = listings.account(TICK);
        assertFalse(listings.expired(listing, TICK, refusal(status, code)), "a first page has no token");
        for (int i = 0; i < 1000 && listing.isUnfinished(); i++) {
            listings.turn(listing, AMeeting.read("{\"next_page_token\":\"t\",\"meetings\":[]}"), TICK);
            assertTrue(listings.expired(listing, TICK, refusal(status, code)));
        }
        assertFalse(listing.isUnfinished(), "it is not asked for ever");
        assertEquals(Scope.ACCOUNT, listings.scope());
    }

    @Test
    void aLoginThatIsRefusedOnAFurtherPageIsNoExpiredToken() {
        Listing listing = listings.account(TICK);
        listings.turn(listing, AMeeting.read("{\"next_page_token\":\"t\",\"meetings\":[]}"), TICK);
        assertFalse(listings.expired(listing, TICK, refusal(401, 124)));
        assertFalse(listings.expired(listing, TICK, new java.io.IOException("cut off")));
    }

    @Test
    void whatCouldNotBeListedIsInTheTicksTally() {
        Tick tick = Tick.begin(clock);
        Listing listing = listings(0).account(tick);
        while (listing.isUnfinished()) {
            listings.turn(listing, AMeeting.read("{\"next_page_token\":\"t\",\"meetings\":[]}"), tick);
            listings.expired(listing, tick, refusal(400, 300));
        }
        assertEquals(
                List.of("/accounts/me/recordings from 2026-11-25 to 2026-11-26"),
                tick.tally().getRefused());
        Listing shorter = listings(0).account(tick);
        for (int i = 0; i < 2; i++) {
            listings.turn(shorter, AMeeting.read("{\"total_records\":2,\"meetings\":[]}"), tick);
        }
        assertEquals(2, tick.tally().getRefused().size());
    }
}
