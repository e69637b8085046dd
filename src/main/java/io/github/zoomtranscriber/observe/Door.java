package io.github.zoomtranscriber.observe;

import io.github.zoomtranscriber.http.Loopback;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/**
 * Who may look, and who may change something: whoever shows {@code server.token}; where that is not set, people on this
 * machine.
 *
 * <p>Where a token is set, nobody is let in for where a request seems to come from: a proxy on this machine may pass on
 * what a stranger asks as if it asked itself, without a header that says so. Where none is, what arrives from the
 * loopback address is of this machine only if it asked for this machine by name, since a page on the web can have its
 * own name lead to 127.0.0.1, and if no proxy says that it passes it on. Headers are read from the request itself,
 * since in a Camel message a parameter of the address can look like one.
 */
public final class Door {

    private static final Set<String> OF_A_PROXY =
            Set.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

    private final byte[] token;

    /** @param token what lets in whoever shows it, and nobody else; empty: whoever is on this machine is let in */
    public Door(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /** @throws UnauthorizedException if this request is not to be answered */
    public void enter(Exchange exchange) throws UnauthorizedException {
        enter(request(exchange));
    }

    /**
     * As {@link #enter(Exchange)}, for what changes something: only from a page of ours, as a browser sends passwords
     * along from any.
     */
    public void change(Exchange exchange) throws UnauthorizedException {
        HttpServerRequest request = request(exchange);
        enter(request);
        if (!isOfOurPage(request)) {
            throw new UnauthorizedException(403, "Only the status page itself may do that");
        }
    }

    void enter(HttpServerRequest request) throws UnauthorizedException {
        if (isLetIn(request)) {
            return;
        }
        throw token.length > 0
                ? new UnauthorizedException(401, "The password is server.token; any user name will do")
                : new UnauthorizedException(
                        403, "Only for people on this machine, under the name localhost, as server.token is not set");
    }

    /** Whether more than a word may be said to it. */
    boolean isLetIn(HttpServerRequest request) {
        return token.length > 0 ? knowsToken(request.getHeader("Authorization")) : isOfThisMachine(request);
    }

    /** Answers whoever is not let in. */
    public void refuse(Exchange exchange, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) UnauthorizedException stranger) {
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, stranger.status());
        if (stranger.status() == 401) {
            exchange.getMessage().setHeader("WWW-Authenticate", "Basic realm=\"zoom-transcriber\", charset=\"UTF-8\"");
        }
        exchange.getMessage().setBody(stranger.getMessage() + "\n");
    }

    private static HttpServerRequest request(Exchange exchange) {
        return ((HttpMessage) exchange.getMessage()).getRequest();
    }

    private static boolean isOfThisMachine(HttpServerRequest request) {
        HostAndPort asked = request.authority();
        return asked != null
                && Loopback.is(asked.host())
                && OF_A_PROXY.stream().noneMatch(header -> request.headers().contains(header))
                && isLoopback(request.remoteAddress().hostAddress());
    }

    private static boolean isLoopback(String address) {
        try {
            // an address, not a name: nobody is asked for it
            return address != null && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private boolean knowsToken(String authorization) {
        if (authorization == null) {
            return false;
        }
        String[] words = authorization.strip().split(" +", 2);
        if (words.length == 2 && words[0].equalsIgnoreCase("Bearer")) {
            return isToken(words[1]);
        }
        if (words.length == 2 && words[0].equalsIgnoreCase("Basic")) {
            try {
                String login = new String(Base64.getDecoder().decode(words[1]), StandardCharsets.UTF_8);
                return isToken(login.substring(login.indexOf(':') + 1));
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
        return false;
    }

    private boolean isToken(String text) {
        return MessageDigest.isEqual(token, text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isOfOurPage(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        HostAndPort asked = request.authority();
        if (origin == null || asked == null) {
            return false;
        }
        try {
            URI page = URI.create(origin);
            return page.getHost() != null
                    && page.getHost().equalsIgnoreCase(asked.host())
                    && port(page) == (asked.port() < 0 ? standardPort(page) : asked.port());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int port(URI page) {
        return page.getPort() < 0 ? standardPort(page) : page.getPort();
    }

    private static int standardPort(URI page) {
        return "https".equals(page.getScheme()) ? 443 : 80;
    }
}
