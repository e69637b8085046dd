package io.github.zoomtranscriber.observe;

import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.http.Loopback;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may look, and who may change something: whoever shows {@code server.token}; where that is not set, people on this
 * machine, as long as nothing says that a proxy is in front of it.
 *
 * <p>A proxy on this machine may pass on what a stranger asks as if it asked itself, without a header that says so. So
 * where a token is set, nobody is let in for where a request seems to come from. Where none is, one request that is not
 * plainly of a program on this machine is enough for all to be closed until there is one: the next may be a stranger's
 * who says "localhost". A page on the web that has its own name lead to 127.0.0.1 is such a request too. Headers are
 * read from the request itself, since in a Camel message a parameter of the address can look like one. Thread-safe.
 */
public final class Door {

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private static final Pattern OF_A_PROXY = Pattern.compile(
            "forwarded|via|proxy-.+|(x-)?(forwarded|envoy|original|rewrite|real|proxyuser|varnish|b3)(-.+)?"
                    + "|(.+-)?(client-?ip|connecting-ip)|cf-.+|cdn-.+",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FORWARDED_HOST =
            Pattern.compile("(?:^|[;,\\s])host=\"?([^\";,\\s]+)", Pattern.CASE_INSENSITIVE);

    private final byte[] token;
    private final AtomicBoolean proxyExpected = new AtomicBoolean();

    /** @param token what lets in whoever shows it, and nobody else; empty: whoever is on this machine is let in */
    public Door(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * From now on a proxy is expected in front of this program, so that nobody is let in without a token.
     *
     * @param sign why, as part of a sentence
     */
    public void expectProxy(String sign) {
        if (token.length == 0 && proxyExpected.compareAndSet(false, true)) {
            LOG.info(
                    "The status page and metrics are closed until server.token is set: {}, so a proxy may pass on "
                            + "strangers as if they were on this machine",
                    sign);
        }
    }

    /** Has to see each request, whatever it asks for: any of them may be the one that shows that there is a proxy. */
    void look(HttpServerRequest request) {
        if (token.length == 0 && !proxyExpected.get()) {
            signOfAProxy(request).ifPresent(this::expectProxy);
        }
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
            throw new UnauthorizedException(
                    403, "Only the status page itself may do that; a proxy has to pass on the name it is asked for");
        }
    }

    void enter(HttpServerRequest request) throws UnauthorizedException {
        if (isLetIn(request)) {
            return;
        }
        throw token.length > 0
                ? new UnauthorizedException(401, "The password is server.token; any user name will do")
                : new UnauthorizedException(
                        403,
                        "Closed until server.token is set, as a proxy may be in front of zoom-transcriber, and nobody "
                                + "can be known to be on this machine");
    }

    /** Whether more than a word may be said to it. */
    private boolean isLetIn(HttpServerRequest request) {
        look(request);
        return token.length > 0 ? knowsToken(request.getHeader("Authorization")) : !proxyExpected.get();
    }

    /** Answers whoever is not let in. */
    public void refuse(Exchange exchange, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) UnauthorizedException stranger) {
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, stranger.status());
        stranger.challenge().ifPresent(challenge -> exchange.getMessage().setHeader("WWW-Authenticate", challenge));
        exchange.getMessage().setBody(stranger.getMessage() + "\n");
    }

    private static HttpServerRequest request(Exchange exchange) {
        return ((HttpMessage) exchange.getMessage()).getRequest();
    }

    private static Optional<String> signOfAProxy(HttpServerRequest request) {
        HostAndPort asked = request.authority();
        if (asked == null || request.headers().getAll(HttpHeaders.HOST).size() != 1) {
            return Optional.of("a request came without one Host");
        }
        if (!Loopback.is(asked.host())) {
            return Optional.of("a request came for " + Clean.text(asked.host()));
        }
        if (!isLoopback(request.remoteAddress().hostAddress())) {
            return Optional.of("a request came from " + request.remoteAddress().hostAddress());
        }
        if (request.version() == HttpVersion.HTTP_1_0) {
            // nginx's way by default, and of hardly anybody else
            return Optional.of("a request came by HTTP/1.0");
        }
        return request.headers().names().stream()
                .filter(name -> OF_A_PROXY.matcher(name).matches())
                .findFirst()
                .map(name -> "a request came with " + Clean.text(name));
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

    /**
     * A browser that says where a request comes from is believed, as no page can have it lie. It says so over TLS and
     * on this machine; otherwise the page's origin has to be the name that we are asked for, or that a proxy says it
     * was: no page elsewhere can set a header that names one.
     */
    private static boolean isOfOurPage(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null
                && Stream.of(
                                request.getHeader(HttpHeaders.HOST),
                                first(request.getHeader("X-Forwarded-Host")),
                                forwardedHost(request.getHeader("Forwarded")))
                        .anyMatch(asked -> isAt(origin, asked));
    }

    private static String first(String list) {
        return list == null ? null : list.split(",")[0].strip();
    }

    private static String forwardedHost(String forwarded) {
        Matcher host = FORWARDED_HOST.matcher(forwarded == null ? "" : forwarded);
        return host.find() ? host.group(1) : null;
    }

    private static boolean isAt(String origin, String asked) {
        try {
            URI page = URI.create(origin);
            HostAndPort host = asked == null ? null : HostAndPort.parseAuthority(asked, -1);
            return host != null
                    && page.getHost() != null
                    && page.getHost().equalsIgnoreCase(host.host())
                    && port(page) == (host.port() < 0 ? standardPort(page) : host.port());
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
