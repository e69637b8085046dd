package io.github.zoomtranscriber.simulator;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.SecretKey;

/**
 * Who may ask Zoom: OAuth tokens, self-made JWTs, and the tokens that open one meeting's files.
 *
 * <p>Server-to-Server OAuth is what Zoom issues for meetings today; a JWT with the API key and secret is how its Video
 * SDK is asked, and how its older apps asked for meetings until September 2023 (Zoom's documents of March 2026).
 */
final class ZoomTokens {

    /** What a good token is. */
    enum Kind {
        OAUTH,
        JWT
    }

    private record Issued(Instant until, String scopes) {}

    private static final SecretKey API_SECRET = key(Simulator.ZOOM_API_SECRET);
    /** Signs what only the simulator itself reads again. */
    private static final SecretKey OWN_SECRET =
            key("simulator-signs-its-own-tokens-with-this-text-of-sixty-four-bytes");

    private final World world;
    private final Map<String, Issued> issued = new ConcurrentHashMap<>();
    private final AtomicLong serial = new AtomicLong();

    ZoomTokens(World world) {
        this.world = world;
    }

    private static SecretKey key(String secret) {
        return Keys.hmacShaKeyFor(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code POST /oauth/token}. Its refusals have a shape of their own: {@code reason} and {@code error}. */
    Response issue(Request request) throws IOException {
        if (!request.method().equals("POST")) {
            return refusal(405, "Method Not Allowed", "invalid_request");
        }
        Map<String, String> form = Request.decodeForm(request.text());
        String grant = form.getOrDefault("grant_type", request.query().get("grant_type"));
        String account = form.getOrDefault("account_id", request.query().get("account_id"));
        String basic = "Basic "
                + Base64.getEncoder()
                        .encodeToString((Simulator.ZOOM_CLIENT_ID + ":" + Simulator.ZOOM_CLIENT_SECRET)
                                .getBytes(StandardCharsets.UTF_8));
        if (world.faults().invalidClient
                || !request.header("Authorization").filter(basic::equals).isPresent()) {
            return refusal(400, "Invalid client_id or client_secret", "invalid_client");
        }
        if (!"account_credentials".equals(grant)) {
            return refusal(400, "unsupported grant type", "unsupported_grant_type");
        }
        if (!Simulator.ZOOM_ACCOUNT_ID.equals(account)) {
            return refusal(400, "Bad Request", "invalid_request");
        }
        return Response.json(
                200,
                Json.object()
                        .put("access_token", newToken())
                        .put("token_type", "bearer")
                        .put("expires_in", world.faults().tokenLife.toSeconds())
                        .put("scope", world.faults().scopes)
                        .put("api_url", world.host()));
    }

    private static Response refusal(int status, String reason, String error) {
        return Response.json(status, Json.object().put("reason", reason).put("error", error));
    }

    private String newToken() {
        Instant now = world.now();
        Instant until = now.plus(world.faults().tokenLife);
        String token = Jwts.builder()
                .issuer("https://zoom.us")
                .id(Long.toString(serial.incrementAndGet()))
                .issuedAt(Date.from(now))
                .expiration(Date.from(until))
                .claim("aid", Simulator.ZOOM_ACCOUNT_ID)
                .signWith(OWN_SECRET, Jwts.SIG.HS512)
                .compact();
        if (world.faults().newTokenKillsOldOne) {
            issued.clear();
        }
        issued.put(token, new Issued(until, world.faults().scopes));
        return token;
    }

    /** Ends every token at once, as when the app is switched off and on. */
    void revokeAll() {
        issued.clear();
    }

    boolean isOauthToken(String token) {
        return issued.containsKey(token);
    }

    /**
     * Checks a call of the meetings API.
     *
     * @param scopes one of which an OAuth token must have
     * @return the kind of its token
     * @throws ZoomError when it may not
     */
    Kind checkMeetings(Request request, List<String> scopes) {
        String token = bearer(request);
        Issued known = issued.get(token);
        if (known != null) {
            requireUnexpired(known);
            if (!ZoomScopes.allow(known.scopes(), scopes)) {
                throw ZoomError.missingScopes(scopes);
            }
            return Kind.OAUTH;
        }
        if (world.faults().jwtAppsDead) {
            throw ZoomError.invalidToken();
        }
        checkJwt(token);
        return Kind.JWT;
    }

    /**
     * Checks a call of the Video SDK's API, which takes JWTs only.
     *
     * @throws ZoomError when it may not
     */
    void checkVideoSdk(Request request) {
        checkJwt(bearer(request));
    }

    private String bearer(Request request) {
        if (request.query().containsKey("access_token")) {
            world.counters().violated("zoom: access_token in the query of an API call");
            throw ZoomError.invalidToken();
        }
        return request.bearer().orElseThrow(() -> new ZoomError(401, 124, "Requires an access token."));
    }

    private void requireUnexpired(Issued token) {
        if (!world.now().isBefore(token.until())) {
            throw ZoomError.expiredToken();
        }
    }

    /** HS256 over API key and secret; {@code exp} must be there and ahead. */
    private void checkJwt(String token) {
        try {
            Jws<Claims> jws = Jwts.parser()
                    .verifyWith(API_SECRET)
                    .clock(() -> Date.from(world.now()))
                    .build()
                    .parseSignedClaims(token);
            boolean good = jws.getHeader().getAlgorithm().equals("HS256")
                    && jws.getPayload().getExpiration() != null
                    && Simulator.ZOOM_API_KEY.equals(jws.getPayload().getIssuer());
            if (!good) {
                throw ZoomError.invalidToken();
            }
        } catch (ExpiredJwtException e) {
            throw ZoomError.expiredToken();
        } catch (JwtException | IllegalArgumentException e) {
            throw ZoomError.invalidToken();
        }
    }

    /** The {@code download_access_token} of one meeting. */
    String downloadToken(Meeting meeting, Duration life) {
        return Jwts.builder()
                .issuer("https://event.zoom.us")
                .claim("accountId", Simulator.ZOOM_ACCOUNT_ID)
                .claim("mid", meeting.uuid())
                .claim("userId", meeting.host().id())
                .expiration(Date.from(world.now().plus(life)))
                .signWith(OWN_SECRET, Jwts.SIG.HS512)
                .compact();
    }

    /**
     * Whether a token opens a meeting's files.
     *
     * @return false for a good token of another meeting
     * @throws ZoomError for one that is no good at all
     */
    boolean opens(Meeting meeting, boolean session, String token) {
        Issued known = issued.get(token);
        if (known != null) {
            requireUnexpired(known);
            return !session;
        }
        try {
            Claims claims = Jwts.parser()
                    .verifyWith(OWN_SECRET)
                    .clock(() -> Date.from(world.now()))
                    .build()
                    .parseSignedClaims(token)
                    .getPayload();
            if (claims.get("mid") != null) {
                return meeting.uuid().equals(claims.get("mid"));
            }
            throw ZoomError.invalidToken();
        } catch (ExpiredJwtException e) {
            throw ZoomError.expiredToken();
        } catch (JwtException | IllegalArgumentException notOurs) {
            if (world.faults().jwtAppsDead && !session) {
                throw ZoomError.invalidToken();
            }
            checkJwt(token);
            return true;
        }
    }
}
