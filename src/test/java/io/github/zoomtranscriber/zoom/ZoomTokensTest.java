package io.github.zoomtranscriber.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.zoomtranscriber.MovableClock;
import io.github.zoomtranscriber.Patience;
import io.github.zoomtranscriber.http.Busy;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.http.Refusal;
import io.github.zoomtranscriber.http.Vendor;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import io.jsonwebtoken.security.SignatureException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways to log in to Zoom. */
class ZoomTokensTest {

    private static final String API_SECRET = "an-api-secret-that-is-long-enough-for-hs256";

    private final MovableClock clock = new MovableClock();
    private final ZoomTokens oauth = new ZoomTokens(
            new ZoomTokens.OAuth("account id", "client:id", "client-secret"), this::post, null, clock.steady());
    private final ZoomTokens jwt = new ZoomTokens(
            new ZoomTokens.Jwt("api-key", API_SECRET, Duration.ofMinutes(5)), null, null, clock.steady());

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private Exception failure;

    private JsonNode post(String authorization, String form) throws Exception {
        requests.add(authorization + " " + form);
        if (failure != null) {
            throw failure;
        }
        return AMeeting.read("{\"access_token\":\"asked-" + requests.size() + "\",\"expires_in\":3600}");
    }

    private static Exchange exchange() {
        return new DefaultExchange(new DefaultCamelContext());
    }

    private static int authorized(ZoomTokens tokens) throws Exception {
        Exchange exchange = exchange();
        tokens.authorize(exchange);
        return exchange.getProperty("zoomToken", int.class);
    }

    private void keep(String token, Object expiresIn) throws Exception {
        oauth.keep(AMeeting.read(
                "{\"access_token\":\"" + token + "\",\"token_type\":\"bearer\",\"expires_in\":" + expiresIn + "}"));
    }

    private String authorization() throws Exception {
        return authorization(oauth);
    }

    private static String authorization(ZoomTokens tokens) throws Exception {
        Exchange exchange = exchange();
        tokens.authorize(exchange);
        return exchange.getMessage().getHeader("Authorization", String.class);
    }

    @Test
    void aTokenIsAskedForWithTheCredentialsInTheHeaderAndTheRestInTheForm() throws Exception {
        oauth.renew();

        String[] request = requests.get(0).split(" ");
        assertEquals("Basic", request[0]);
        assertEquals(
                "client:id:client-secret", new String(Base64.getDecoder().decode(request[1]), StandardCharsets.UTF_8));
        assertEquals("grant_type=account_credentials&account_id=account+id", request[2]);
    }

    @Test
    void ofAHundredCallsThatFindNoTokenOneAsksForIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(100);
        try {
            List<Future<String>> calls = IntStream.range(0, 100)
                    .mapToObj(i -> threads.submit(() -> authorization()))
                    .toList();
            for (Future<String> call : calls) {
                assertEquals("Bearer asked-1", call.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(1, requests.size());
    }

    @Test
    void whatKeepsATokenFromBeingHadIsSaidAsItIsAndTheNextCallAsksAnew() throws Exception {
        for (Exception reason : List.of(
                new Busy(Vendor.ZOOM, 503, "", null),
                new Refusal(Vendor.ZOOM, 400, 0, "invalid_client"),
                new IOException("reset"))) {
            failure = reason;
            assertSame(reason, assertThrows(Exception.class, this::authorization));
        }
        failure = null;
        assertEquals("Bearer asked-4", authorization());
    }

    @Test
    void aCallThatIsStoppedWhileItWaitsForATokenFailsAsOneThatMayBeRepeated() throws Exception {
        try {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedIOException.class, this::authorization);
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertEquals("Bearer asked-1", authorization());
    }

    @Test
    void aTokenIsUsedUntilShortlyBeforeItsEndAndThenRenewed() throws Exception {
        assertTrue(oauth.isStale());
        keep("t-1", 3600);
        assertEquals("Bearer t-1", authorization());
        clock.move(Duration.ofSeconds(3539));
        assertFalse(oauth.isStale());
        clock.move(Duration.ofSeconds(1));
        assertTrue(oauth.isStale());
        keep("t-2", 3599);
        assertFalse(oauth.isStale());
        assertEquals("Bearer t-2", authorization());
    }

    @Test
    void aTokenThatHardlyLivesIsUsedForHalfOfItsLife() throws Exception {
        keep("t-1", 60);
        clock.move(Duration.ofSeconds(29));
        assertFalse(oauth.isStale());
        clock.move(Duration.ofSeconds(1));
        assertTrue(oauth.isStale());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"soon\""})
    void aLifeThatZoomDoesNotTellIsAnHour(String expiresIn) throws Exception {
        keep("t-1", expiresIn);
        clock.move(Duration.ofMinutes(58));
        assertFalse(oauth.isStale());
        clock.move(Duration.ofMinutes(2));
        assertTrue(oauth.isStale());
    }

    @Test
    void ofAHundredCallsThatAreRefusedWithOneTokenTheFirstRenewsItAndTheOthersDoNot() throws Exception {
        keep("t-1", 3600);
        int[] refused = new int[100];
        for (int i = 0; i < refused.length; i++) {
            refused[i] = authorized(oauth);
        }
        oauth.refused(refused[0]);
        assertTrue(oauth.isStale());
        keep("t-2", 3600);
        for (int token : refused) {
            oauth.refused(token);
        }
        assertFalse(oauth.isStale());
        oauth.refused(authorized(oauth));
        assertTrue(oauth.isStale());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"access_token\":null}", "{\"access_token\":\"\"}", "{\"reason\":\"?\"}"})
    void anAnswerWithoutATokenIsNotTakenForOne(String answer) throws Exception {
        assertThrows(IncompleteAnswerException.class, () -> oauth.keep(AMeeting.read(answer)));
        assertTrue(oauth.isStale());
        keep("t-1", 3600);
        assertThrows(IncompleteAnswerException.class, () -> oauth.keep(AMeeting.read(answer)));
        assertEquals("Bearer t-1", authorization());
    }

    @Test
    void aTokenInUseIsTakenOutOfWhateverIsShown() throws Exception {
        keep("an-opaque-token-of-zooms", 3600);
        assertEquals("x***x", Clean.text("xan-opaque-token-of-zoomsx"));
    }

    @Test
    void noSecretIsInTheNameOfALogin() {
        assertEquals("OAuth", new ZoomTokens.OAuth("a", "b", "c").toString());
        assertEquals("Jwt", new ZoomTokens.Jwt("a", "b", Duration.ZERO).toString());
    }

    @Test
    void aJwtIsSignedFreshForEachCallAsZoomAsksForIt() throws Exception {
        assertTrue(jwt.isJwt());
        assertFalse(jwt.isStale());
        Jws<Claims> token = parser().parseSignedClaims(authorization(jwt).substring("Bearer ".length()));
        assertEquals("HS256", token.getHeader().getAlgorithm());
        assertEquals("JWT", token.getHeader().getType());
        assertEquals("api-key", token.getPayload().getIssuer());
        assertEquals(Date.from(clock.instant()), token.getPayload().getIssuedAt());
        assertEquals(
                Date.from(clock.instant().plusSeconds(300)), token.getPayload().getExpiration());
        assertEquals(3, token.getPayload().size());
        String before = jwt.jwt();
        clock.move(Duration.ofSeconds(1));
        assertNotEquals(before, jwt.jwt());
    }

    private JwtParser parser() {
        return Jwts.parser()
                .verifyWith(Keys.hmacShaKeyFor(API_SECRET.getBytes(StandardCharsets.UTF_8)))
                .clock(() -> Date.from(clock.instant()))
                .build();
    }

    @Test
    void aJwtOpensNothingAfterItsLifeNorWithAnotherSecret() {
        String token = jwt.jwt();
        clock.move(Duration.ofMinutes(6));
        assertThrows(ExpiredJwtException.class, () -> parser().parseSignedClaims(token));
        JwtParser another = Jwts.parser()
                .verifyWith(Keys.hmacShaKeyFor(
                        "another-secret-that-is-long-enough-for-hs256".getBytes(StandardCharsets.UTF_8)))
                .build();
        assertThrows(SignatureException.class, () -> another.parseSignedClaims(token));
    }

    @Test
    void aRefusedJwtNeedsNoRenewal() throws Exception {
        jwt.refused(authorized(jwt));
        assertFalse(jwt.isStale());
    }
}
