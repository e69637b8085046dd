package io.github.zoomtranscriber.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.work.SteadyClock;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.io.InterruptedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

/**
 * Zoom's two ways to log in. Server-to-Server OAuth: one token, kept until shortly before it ends or until Zoom refuses
 * it. JWT: a fresh one for each call, signed here. Thread-safe.
 */
public final class ZoomTokens {

    /** Zoom's tokens live for an hour; its own client asks for the next one this long before the end. */
    private static final Duration MARGIN = Duration.ofSeconds(60);

    /** How often one looks whether another node has got the token that it asks for. */
    private static final long LOOK_MS = 200;
    /** The property of an exchange that says which token its last call was made with. */
    private static final String USED = "zoomToken";

    private final Login login;
    private final Endpoint endpoint;
    private final SharedToken shared;
    private final ReentrantLock renewing = new ReentrantLock();
    private final SteadyClock clock;
    private String token;
    private String refused;
    private String scopes = "";
    private Instant until = Instant.EPOCH;
    private int generation;

    /** What one logs in with. */
    public sealed interface Login permits Jwt, OAuth {}

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

    /** Where Zoom gives out tokens. */
    @FunctionalInterface
    public interface Endpoint {

        /**
         * Asks for a token.
         *
         * @param authorization the header of this name
         * @param form the body, URL-encoded
         * @return what Zoom answers
         * @throws io.github.zoomtranscriber.http.Busy if Zoom cannot answer now
         * @throws io.github.zoomtranscriber.http.Refusal if it says no
         * @throws java.io.IOException if it cannot be reached, or answers with something else
         */
        JsonNode post(String authorization, String form) throws Exception;
    }

    /**
     * @param endpoint who is asked for a token, under OAuth; or null
     * @param shared where the nodes' one token is, under OAuth; null for a process on its own
     */
    public ZoomTokens(Login login, Endpoint endpoint, SharedToken shared, SteadyClock clock) {
        this.login = login;
        this.endpoint = endpoint;
        this.shared = shared;
        this.clock = clock;
    }

    public boolean isJwt() {
        return login instanceof Jwt;
    }

    /** Whether a token has to be asked for before the next call. */
    synchronized boolean isStale() {
        return !isJwt() && !clock.instant().isBefore(until);
    }

    /**
     * Sees to it that there is a token. Of a hundred calls that find it stale one asks Zoom, and the others wait for
     * it; of several nodes on one ledger one asks, and the others take what it got.
     *
     * @throws Exception as {@link Endpoint#post} does
     */
    public void renew() throws Exception {
        if (!isStale()) {
            return;
        }
        try {
            renewing.lockInterruptibly();
            try {
                while (isAskedForElsewhere()) {
                    Thread.sleep(LOOK_MS);
                }
                if (isStale()) {
                    ask();
                }
            } finally {
                renewing.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Stopped while waiting for a Zoom token");
        }
    }

    /** Its parameters go into the form: in the query they have been refused at times. */
    private void ask() throws Exception {
        OAuth oauth = (OAuth) login;
        byte[] credentials = (oauth.clientId() + ":" + oauth.clientSecret()).getBytes(StandardCharsets.UTF_8);
        try {
            keep(endpoint.post(
                    "Basic " + Base64.getEncoder().encodeToString(credentials),
                    "grant_type=account_credentials&account_id="
                            + URLEncoder.encode(oauth.accountId(), StandardCharsets.UTF_8)));
        } finally {
            asked();
        }
    }

    /** This node has asked for a token, whatever came of it. */
    void asked() {
        if (shared != null) {
            shared.asked();
        }
    }

    /**
     * Whether another node is asking for a token now, and this one has to wait. Takes the token that another node has
     * got; if this answers false and there is none, this node is the one that asks.
     */
    boolean isAskedForElsewhere() {
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

    /**
     * Keeps the token that Zoom answered with.
     *
     * @throws IncompleteAnswerException if there is none in it
     */
    void keep(JsonNode answer) throws IncompleteAnswerException {
        String fresh = answer.path("access_token").isTextual()
                ? answer.path("access_token").asText()
                : "";
        if (fresh.isEmpty()) {
            throw new IncompleteAnswerException("Zoom answered the token request without a token");
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
     * Puts the token into the message's {@code Authorization} header; where it is stale, asks for a new one first.
     *
     * @throws Exception as {@link #renew} does
     */
    public void authorize(Exchange exchange) throws Exception {
        renew();
        put(exchange);
    }

    private synchronized void put(Exchange exchange) {
        exchange.getMessage().setHeader("Authorization", "Bearer " + (isJwt() ? jwt() : token));
        exchange.setProperty(USED, generation);
    }

    /**
     * Zoom said 401: the token that this exchange was {@link #authorize authorized} with is not used again. Of a
     * hundred calls that were refused with one token, the first has it renewed.
     */
    public synchronized void refused(@ExchangeProperty(USED) int refusedGeneration) {
        if (refusedGeneration == generation) {
            refused = token;
            until = Instant.EPOCH;
        }
    }

    /** @return a new token, signed with HS256 as Zoom asks for it: {@code iss}, {@code iat}, {@code exp} */
    public String jwt() {
        Jwt jwt = (Jwt) login;
        Instant now = clock.wall();
        return Jwts.builder()
                .header()
                .type("JWT")
                .and()
                .issuer(jwt.apiKey())
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plus(jwt.lifetime())))
                .signWith(Keys.hmacShaKeyFor(jwt.apiSecret().getBytes(StandardCharsets.UTF_8)), Jwts.SIG.HS256)
                .compact();
    }
}
