package io.github.zoomtranscriber.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.MovableClock;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import io.jsonwebtoken.security.SignatureException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways to log in to Zoom. */
class ZoomTokensTest {

    private static final String API_SECRET = "an-api-secret-that-is-long-enough-for-hs256";

    private final MovableClock clock = new MovableClock();
    private final ZoomTokens oauth = new ZoomTokens(new ZoomTokens.OAuth("account id", "client:id", "client-secret"), clock);
    private final ZoomTokens jwt = new ZoomTokens(new ZoomTokens.Jwt("api-key", API_SECRET, Duration.ofMinutes(5)), clock);

    private static Message message() {
        return new DefaultMessage(new DefaultCamelContext());
    }

    private void keep(String token, Object expiresIn) throws Exception {
        oauth.keep(AMeeting.read("{\"access_token\":\"" + token + "\",\"token_type\":\"bearer\",\"expires_in\":" + expiresIn + "}"));
    }

    private String authorization() {
        Message message = message();
        oauth.authorize(message);
        return message.getHeader("Authorization", String.class);
    }

    @Test
    void aTokenIsAskedForWithTheCredentialsInTheHeaderAndTheRestInTheForm() {
        Message message = message();
        oauth.ask(message);
        String credentials = message.getHeader("Authorization", String.class).substring("Basic ".length());
        assertEquals("client:id:client-secret", new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8));
        assertEquals("application/x-www-form-urlencoded", message.getHeader(Exchange.CONTENT_TYPE));
        assertEquals("grant_type=account_credentials&account_id=account+id", message.getBody());
        assertNull(message.getHeader(Exchange.HTTP_QUERY));
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
        int[] refused = IntStream.range(0, 100).map(i -> oauth.authorize(message())).toArray();
        oauth.refused(refused[0]);
        assertTrue(oauth.isStale());
        keep("t-2", 3600);
        for (int token : refused) {
            oauth.refused(token);
        }
        assertFalse(oauth.isStale());
        oauth.refused(oauth.authorize(message()));
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
    void aJwtIsSignedFreshForEachCallAsZoomAsksForIt() {
        assertTrue(jwt.isJwt());
        assertFalse(jwt.isStale());
        Message message = message();
        jwt.authorize(message);
        Jws<Claims> token = parser().parseSignedClaims(message.getHeader("Authorization", String.class).substring("Bearer ".length()));
        assertEquals("HS256", token.getHeader().getAlgorithm());
        assertEquals("JWT", token.getHeader().getType());
        assertEquals("api-key", token.getPayload().getIssuer());
        assertEquals(Date.from(clock.instant()), token.getPayload().getIssuedAt());
        assertEquals(Date.from(clock.instant().plusSeconds(300)), token.getPayload().getExpiration());
        assertEquals(3, token.getPayload().size());
        String before = jwt.jwt();
        clock.move(Duration.ofSeconds(1));
        assertNotEquals(before, jwt.jwt());
    }

    private JwtParser parser() {
        return Jwts.parser().verifyWith(Keys.hmacShaKeyFor(API_SECRET.getBytes(StandardCharsets.UTF_8)))
                .clock(() -> Date.from(clock.instant())).build();
    }

    @Test
    void aJwtOpensNothingAfterItsLifeNorWithAnotherSecret() {
        String token = jwt.jwt();
        clock.move(Duration.ofMinutes(6));
        assertThrows(ExpiredJwtException.class, () -> parser().parseSignedClaims(token));
        JwtParser another = Jwts.parser().verifyWith(Keys.hmacShaKeyFor("another-secret-that-is-long-enough-for-hs256".getBytes(StandardCharsets.UTF_8)))
                .build();
        assertThrows(SignatureException.class, () -> another.parseSignedClaims(token));
    }

    @Test
    void aRefusedJwtNeedsNoRenewal() {
        jwt.refused(jwt.authorize(message()));
        assertFalse(jwt.isStale());
    }
}
