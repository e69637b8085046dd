package io.github.zoomtranscriber.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.MovableClock;
import io.github.zoomtranscriber.simulator.Caller.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OAuthTokensTest {

    private static final String GRANT = "grant_type=account_credentials&account_id=" + Simulator.ZOOM_ACCOUNT_ID;

    private final MovableClock clock = new MovableClock();
    private Simulator simulator;
    private Caller caller;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults().withClock(clock));
        caller = new Caller(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private static void assertRefused(int status, int code, Answer answer) {
        assertEquals(status, answer.status(), answer.text());
        assertEquals(code, answer.json().get("code").asInt(), answer.text());
    }

    private String jwt(String key, String secret, Duration life) {
        return Caller.jwt(key, secret, clock.instant().plus(life));
    }

    @Test
    void aTokenComesWithItsLifeItsScopesAndItsRegion() {
        Answer answer = caller.askForToken(Simulator.ZOOM_CLIENT_ID, Simulator.ZOOM_CLIENT_SECRET, GRANT);
        assertEquals(200, answer.status());
        assertEquals("bearer", answer.json().get("token_type").asText());
        assertEquals(3600, answer.json().get("expires_in").asInt());
        assertTrue(answer.json().get("scope").asText().contains("cloud_recording:read:list_user_recordings:admin"));
        assertEquals(simulator.zoomApiUrl(), answer.json().get("api_url").asText() + "/v2");
    }

    @Test
    void theTokenEndpointRefusesInWordsOfItsOwn() {
        Answer client = caller.askForToken(Simulator.ZOOM_CLIENT_ID, "wrong", GRANT);
        assertEquals(400, client.status());
        assertEquals("invalid_client", client.json().get("error").asText());
        Answer account = caller.askForToken(
                Simulator.ZOOM_CLIENT_ID,
                Simulator.ZOOM_CLIENT_SECRET,
                "grant_type=account_credentials&account_id=other");
        assertEquals("invalid_request", account.json().get("error").asText());
        Answer grant =
                caller.askForToken(Simulator.ZOOM_CLIENT_ID, Simulator.ZOOM_CLIENT_SECRET, "grant_type=password");
        assertEquals("unsupported_grant_type", grant.json().get("error").asText());
    }

    @Test
    void aCallWithoutATokenOrWithARottenOneIsRefused() {
        assertRefused(401, 124, caller.send(Caller.at(simulator.zoomApiUrl() + "/users")));
        assertRefused(401, 124, caller.zoom("/users", "nonsense"));
        caller.token();
        clock.move(Duration.ofMinutes(61));
        assertRefused(401, 124, caller.zoom("/users"));
    }

    @Test
    void aTokenInTheQueryOfACallIsRefusedAndNoted() {
        assertRefused(
                401, 124, caller.send(Caller.at(simulator.zoomApiUrl() + "/users?access_token=" + caller.token())));
        assertEquals(
                Map.of("zoom: access_token in the query of an API call", 1L),
                simulator.counters().violations());
    }

    @Test
    void severalTokensWorkAtOnceUnlessANewOneIsToEndTheOld() {
        caller.token();
        caller.newToken();
        assertEquals(200, caller.zoom("/users").status());
        simulator.change(faults -> faults.newTokenKillsOldOne = true);
        caller.newToken();
        assertRefused(401, 124, caller.zoom("/users"));
    }

    @Test
    void aSelfMadeJwtIsCheckedForItsKeyItsSecretAndItsEnd() {
        Duration life = Duration.ofMinutes(5);
        assertEquals(
                200,
                caller.zoom("/users", jwt(Simulator.ZOOM_API_KEY, Simulator.ZOOM_API_SECRET, life))
                        .status());
        assertRefused(401, 124, caller.zoom("/users", jwt("other", Simulator.ZOOM_API_SECRET, life)));
        assertRefused(401, 124, caller.zoom("/users", jwt(Simulator.ZOOM_API_KEY, "x".repeat(40), life)));
        assertRefused(
                401,
                124,
                caller.zoom("/users", jwt(Simulator.ZOOM_API_KEY, Simulator.ZOOM_API_SECRET, life.negated())));
    }

    @Test
    void jwtAppsCanBeDeadForMeetingsAndAliveForTheVideoSdk() {
        simulator.change(faults -> faults.jwtAppsDead = true);
        String jwt = jwt(Simulator.ZOOM_API_KEY, Simulator.ZOOM_API_SECRET, Duration.ofMinutes(5));
        assertRefused(401, 124, caller.zoom("/users", jwt));
        assertEquals(200, caller.zoom("/videosdk/recordings", jwt).status());
        assertRefused(401, 124, caller.zoom("/videosdk/recordings"));
    }

    @Test
    void aMissingScopeIsNamedAndTakesANewTokenToGet() {
        simulator.change(faults -> faults.scopes = "user:read:list_users:admin");
        assertEquals(200, caller.zoom("/users").status());
        Answer refused = caller.zoom("/accounts/me/recordings");
        assertRefused(400, 4711, refused);
        assertTrue(refused.text().contains("cloud_recording:read:list_account_recordings:admin"));
        simulator.change(faults -> faults.scopes = "recording:master");
        assertRefused(400, 4711, caller.zoom("/accounts/me/recordings"));
        assertEquals(
                200, caller.zoom("/accounts/me/recordings", caller.newToken()).status());
    }

    @Test
    void everyAnswerOfZoomsCarriesATrackingId() {
        assertNotNull(caller.zoom("/users").header("x-zm-trackingid"));
        assertNotNull(caller.zoom("/nonsense").header("x-zm-trackingid"));
    }
}
