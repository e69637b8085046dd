package io.github.zoomtranscriber.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.zoomtranscriber.http.Clean;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;

/**
 * Zoom's two ways to log in. Server-to-Server OAuth: one token, kept until shortly before it ends or until Zoom refuses it. JWT: a
 * fresh one for each call, signed here. Thread-safe.
 */
public final class ZoomTokens {

    /** Zoom's tokens live for an hour; its own client asks for the next one this long before the end. */
    private static final Duration MARGIN = Duration.ofSeconds(60);

    private final Login login;
    private final SharedToken shared;
    private final Clock clock;
    private String token;
    private String refused;
    private String scopes = "";
    private Instant until = Instant.EPOCH;
    private int generation;

    /** What one logs in with. */
    public sealed interface Login permits Jwt, OAuth {
    }

    /** @param lifetime how long a signed token is good for */
    public record Jwt(String apiKey, String apiSecret, Duration lifetime) implements Login {
        @Override
        public String toString() {
            return "Jwt";
        }
    }

    public record OAuth(String accountId, String clientId, String clientSecret) implements Login {
        @Override
        public String toString() {
            return "OAuth";
        }
    }

    /** For a process on its own. */
    public ZoomTokens(Login login, Clock clock) {
        this(login, null, clock);
    }

    /** @param shared where the nodes' one token is, under OAuth; or null */
    public ZoomTokens(Login login, SharedToken shared, Clock clock) {
        this.login = login;
        this.shared = shared;
        this.clock = clock;
    }

    public boolean isJwt() {
        return login instanceof Jwt;
    }

    /** Whether a token has to be asked for before the next call. */
    public synchronized boolean isStale() {
        return !isJwt() && !clock.instant().isBefore(until);
    }

    /**
     * Whether another node is asking for a token now, and this one has to wait. Takes the token that another node has got; if this answers
     * false and there is none, this node is the one that asks, and says {@link #asked} when it has.
     */
    public boolean isAskedForElsewhere() {
        if (shared == null || !isStale() || take()) {
            return false;
        }
        if (!shared.mayAsk()) {
            return true;
        }
        // the one who asked before may have had its answer since
        if (take()) {
            shared.asked();
        }
        return false;
    }

    /** This node has asked for a token, whatever came of it. */
    public void asked() {
        if (shared != null) {
            shared.asked();
        }
    }

    private boolean take() {
        Optional<SharedToken.Token> found = shared.find();
        found.ifPresent(theirs -> use(theirs.text(), theirs.left()));
        return !isStale();
    }

    private synchronized void use(String text, Duration left) {
        if (!text.equals(refused)) {
            token = text;
            Clean.remember(token);
            until = clock.instant().plus(left);
            generation++;
        }
    }

    /** Makes the message the request for a token. Its parameters go into the form: in the query they have been refused at times. */
    public void ask(Message message) {
        OAuth oauth = (OAuth) login;
        String credentials = oauth.clientId() + ":" + oauth.clientSecret();
        message.setHeader("Authorization", "Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        message.setHeader(Exchange.CONTENT_TYPE, "application/x-www-form-urlencoded");
        message.setBody("grant_type=account_credentials&account_id=" + URLEncoder.encode(oauth.accountId(), StandardCharsets.UTF_8));
    }

    /**
     * Keeps the token that Zoom answered with.
     *
     * @throws IncompleteAnswerException if there is none in it
     */
    public void keep(@Body JsonNode answer) throws IncompleteAnswerException {
        String fresh = answer.path("access_token").isTextual() ? answer.path("access_token").asText() : "";
        if (fresh.isEmpty()) {
            throw new IncompleteAnswerException("Zoom answers the request for a token without one");
        }
        Duration life = Duration.ofSeconds(answer.path("expires_in").asLong(3600));
        scopes = answer.path("scope").asText("");
        // a token that lives shorter than the margin is used for half of its life
        Duration left = life.compareTo(MARGIN.multipliedBy(2)) > 0 ? life.minus(MARGIN) : life.dividedBy(2);
        use(fresh, left);
        if (shared != null) {
            shared.put(fresh, left);
        }
    }

    /** What the token may do, separated by blanks, as Zoom said with it; empty where it did not say, and under JWT. */
    public synchronized String scopes() {
        return scopes;
    }

    /**
     * Puts the token into the message's {@code Authorization} header.
     *
     * @return which token it is, for {@link #refused}
     */
    public synchronized int authorize(Message message) {
        message.setHeader("Authorization", "Bearer " + (isJwt() ? jwt() : token));
        return generation;
    }

    /** Zoom said 401: that token is not used again. Of a hundred calls that were refused with one token, the first renews it. */
    public synchronized void refused(@Variable("token") int refusedGeneration) {
        if (refusedGeneration == generation) {
            refused = token;
            until = Instant.EPOCH;
        }
    }

    /** @return a new token, signed with HS256 as Zoom asks for it: {@code iss}, {@code iat}, {@code exp} */
    public String jwt() {
        Jwt jwt = (Jwt) login;
        Instant now = clock.instant();
        return Jwts.builder().header().type("JWT").and()
                .issuer(jwt.apiKey()).issuedAt(Date.from(now)).expiration(Date.from(now.plus(jwt.lifetime())))
                .signWith(Keys.hmacShaKeyFor(jwt.apiSecret().getBytes(StandardCharsets.UTF_8)), Jwts.SIG.HS256).compact();
    }
}
