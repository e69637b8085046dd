package io.github.zoomtranscriber.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.zoomtranscriber.http.Causes;
import io.github.zoomtranscriber.http.Refusal;
import io.github.zoomtranscriber.zoom.Listing.Users;
import io.github.zoomtranscriber.zoom.Listing.Whole;
import io.github.zoomtranscriber.zoom.Listing.Window;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What to ask Zoom for on a tick. */
public final class Listings {

    /** What is listed. */
    public enum Scope {
        /** The whole account in one list. */
        ACCOUNT,
        /** Every user of the account, also those who have left. */
        EVERYONE,
        /** The users that the options name. */
        USERS,
        /** The sessions of a Video SDK account. */
        SESSIONS
    }

    private static final Logger LOG = LoggerFactory.getLogger(Listings.class);
    private static final int UNAUTHORIZED = 401;
    /** Zoom's codes for "not with this account" and for missing scopes. */
    private static final Set<Integer> NOT_ALLOWED = Set.of(200, 4700, 4711);

    private final Scope configured;
    private final List<String> users;
    private final int lookbackDays;
    private final int pageSize;
    private final Clock clock;
    private volatile boolean accountRefused;
    private volatile String said = "";

    /** @param users ids or e-mail addresses, or {@code *} alone, or none for the account's own list */
    public Listings(boolean videoSdk, List<String> users, int lookbackDays, int pageSize, Clock clock) {
        this.configured = videoSdk
                ? Scope.SESSIONS
                : users.isEmpty() ? Scope.ACCOUNT : users.contains("*") ? Scope.EVERYONE : Scope.USERS;
        this.users = List.copyOf(users);
        this.lookbackDays = lookbackDays;
        this.pageSize = pageSize;
        this.clock = clock;
    }

    public Scope scope() {
        return configured == Scope.ACCOUNT && accountRefused ? Scope.EVERYONE : configured;
    }

    /**
     * Zoom does not list this account as a whole: now user by user. From now on so where it says that this is not
     * allowed; anything else may be about the login, or about this one call, and the next tick finds out.
     */
    public void accountRefused(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
        Refusal no = Causes.find(reason, Refusal.class);
        accountRefused = no != null && (no.getStatus() == 403 || NOT_ALLOWED.contains(no.getCode()));
        if (!said.equals(reason.getMessage())) {
            said = reason.getMessage();
            LOG.info(
                    "Zoom does not list the account as a whole; listing user by user{}: {}",
                    accountRefused ? " from now on" : "",
                    said);
        }
    }

    /** The recordings of the whole account. */
    public Listing account(@Variable(Tick.VARIABLE) Tick tick) {
        return recordings("/accounts/me/recordings", tick);
    }

    /** The recordings of all sessions. */
    public Listing sessions(@Variable(Tick.VARIABLE) Tick tick) {
        return recordings("/videosdk/recordings", tick);
    }

    private Listing recordings(String path, Tick tick) {
        return new Listing(path, path, pageSize, windows(tick.period()));
    }

    /** The recordings of each of the users that the options name. */
    public List<Listing> users(@Variable(Tick.VARIABLE) Tick tick) {
        return users(users, tick);
    }

    /** The recordings of each of the users on a page of them. */
    public List<Listing> usersOfPage(@Body JsonNode page, @Variable(Tick.VARIABLE) Tick tick) {
        return users(userIds(page), tick);
    }

    private List<Listing> users(List<String> idsOrEmails, Tick tick) {
        idsOrEmails.forEach(user -> tick.tally().user());
        return idsOrEmails.stream()
                .map(user -> new Listing(user, Paths.user(user), pageSize, windows(tick.period())))
                .toList();
    }

    /** All users. Those who have left count too: their recordings are still there. */
    public Listing everyone() {
        return new Listing("/users", "/users", pageSize, List.of(new Users("active"), new Users("inactive")));
    }

    /** Each of these meetings by itself, whenever it was. */
    public List<Listing> meetings(@Body List<String> uuids) {
        return uuids.stream().map(this::meeting).toList();
    }

    /** The meeting that a webhook has told of. */
    public Listing announced(@Variable("event") Announcement announcement) {
        return meeting(announcement.getMeetingUuid());
    }

    private Listing meeting(String uuid) {
        String path = configured == Scope.SESSIONS ? Paths.session(uuid) : Paths.meeting(uuid);
        return new Listing(uuid, path, pageSize, List.of(new Whole()));
    }

    /** Turns the page of the list. */
    public void turn(@Variable("listing") Listing listing, @Body JsonNode page, @Variable(Tick.VARIABLE) Tick tick) {
        listing.turn(page);
        listing.takeUnlisted().forEach(tick.tally()::refused);
    }

    /**
     * Whether the page's token has died; then the list has been set back. Zoom's code for that is the one for anything
     * invalid, and codes change: whatever is refused on a further page of a list that was fine before, except the
     * login, is refused for its token. If it is not, the first page is refused as well, and that is what counts.
     */
    public boolean expired(
            @Variable("listing") Listing listing,
            @Variable(Tick.VARIABLE) Tick tick,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
        Refusal refusal = Causes.find(reason, Refusal.class);
        if (refusal == null || refusal.getStatus() == UNAUTHORIZED || !listing.isWithToken()) {
            return false;
        }
        listing.died();
        listing.takeUnlisted().forEach(tick.tally()::refused);
        return true;
    }

    public JsonNode emptyPage() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The ids of a page of users, or their e-mail addresses where there is none. */
    private static List<String> userIds(JsonNode answer) {
        List<String> ids = new ArrayList<>();
        answer.path("users")
                .forEach(user ->
                        ids.add(user.path("id").asText(user.path("email").asText())));
        return ids;
    }

    /**
     * The period, or the look-back up to tomorrow, in pieces of at most a month, newest first: today's late meetings
     * may be tomorrow's in UTC. Each piece begins on the day on which the next newer one ends, as nobody knows whether
     * Zoom takes the days as included; for the same reason a period is asked for with a day more at each end.
     */
    List<Window> windows(Period period) {
        LocalDate end =
                period == null ? LocalDate.now(clock).plusDays(1) : period.to().plusDays(1);
        LocalDate start = period == null
                ? end.minusDays(lookbackDays + 1L)
                : period.from().minusDays(1);
        List<Window> windows = new ArrayList<>();
        for (LocalDate to = end; to.isAfter(start); ) {
            LocalDate from = to.minusMonths(1).isAfter(start) ? to.minusMonths(1) : start;
            windows.add(new Window(from, to));
            to = from;
        }
        return windows;
    }
}
