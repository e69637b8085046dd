package io.github.zoomtranscriber.server;

import io.github.zoomtranscriber.http.Seldom;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What routes that begin with {@code platform-http:} are reached through. Camel's own server has neither a limit on
 * time nor on requests, and only logs that its port is taken; this one has limits on all that a stranger can make it
 * hold: connections, requests, bodies, and the time that each of them takes. What it refuses it answers with the
 * status's fixed text.
 */
public final class WebServer extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

    /**
     * Zoom gives up after 3 s, AssemblyAI after 10 s (their documents of 2026): no honest request takes longer to
     * arrive.
     */
    public static final Duration SLOWEST = Duration.ofSeconds(10);
    /** How long a connection is kept for another request. */
    private static final Duration IDLE = Duration.ofSeconds(60);
    /** Each request has a connection, and a reverse proxy keeps some more. */
    private static final int CONNECTIONS_PER_REQUEST = 8;

    /** A webhook is a few KB: a body is large if its length in bytes has more digits than this. */
    private static final int LARGE_BODY_DIGITS = 5;
    /** Vert.x has none under this number. */
    private static final long NO_TIMER = -1;

    private static final Set<HttpMethod> WITHOUT_BODY = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Pattern FORM =
            Pattern.compile("\\s*(application/x-www-form-urlencoded|multipart/).*", Pattern.CASE_INSENSITIVE);
    /**
     * A path that means itself alone: no segment is empty or dots, and what is encoded are characters beyond ASCII, or
     * a blank. What else a proxy reads as one address, and we as another.
     */
    private static final Pattern NORMAL_PATH =
            Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))(?:[A-Za-z0-9._~!$&'()*+,=:@-]++|%20|%[89A-F][0-9A-F])++)*+/?");

    private static final String HEALTH = "/observe/";
    /** Seconds. */
    private static final String RETRY_AFTER = "5";

    private static final Map<Integer, String> TEXTS = Map.of(
            400,
            "Bad request",
            404,
            "Not found",
            405,
            "Method not allowed",
            408,
            "Too slow",
            413,
            "Too large",
            415,
            "Unsupported media type",
            500,
            "Internal error",
            503,
            "Busy");

    private final String host;
    private final int port;
    private final int maxBodySize;
    private final int maxRequests;
    private final Duration slowest;
    private final Registry registry;
    private final Map<Integer, Seldom> refusals =
            TEXTS.keySet().stream().collect(Collectors.toMap(status -> status, status -> new Seldom()));

    private final Set<RoutingContext> unanswered = ConcurrentHashMap.newKeySet();
    /**
     * Connections on which we wait for a whole request, the one we wait for longest first, with the timers that end
     * that. If there are too many connections, the first of them goes.
     */
    private final Map<HttpConnection, Long> awaited = new LinkedHashMap<>();

    private final Set<HttpConnection> connections = new HashSet<>();

    private volatile BooleanSupplier open = () -> true;
    private Vertx vertx;
    private HttpServer server;

    /**
     * @param port 0 for any free one
     * @param maxBodySize bytes
     * @param maxRequests how many are taken at once
     * @param slowest how long a request may take to arrive
     * @param registry where Camel's {@code platform-http} looks for it
     */
    public WebServer(String host, int port, int maxBodySize, int maxRequests, Duration slowest, Registry registry) {
        this.host = host;
        this.port = port;
        this.maxBodySize = maxBodySize;
        this.maxRequests = maxRequests;
        this.slowest = slowest;
        this.registry = registry;
    }

    /**
     * Before the routes are up, while some are replaced, and when they are stopped one after the other, there is
     * nothing where soon will be, or was, a webhook, and its sender may take a 404 for final. So whoever calls
     * meanwhile is told to come back; health answers at any time.
     *
     * @param open whether all routes are there
     */
    public void openWhile(BooleanSupplier open) {
        this.open = open;
    }

    /** The port that it listens on. */
    public int port() {
        return server.actualPort();
    }

    /** @throws PortException if it cannot listen there */
    @Override
    protected void doStart() throws InterruptedException {
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(8)
                .setUseDaemonThread(true)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        Router router = Router.router(vertx);
        router.route().order(-2).handler(this::read);
        router.route().handler(this::limit);
        TEXTS.keySet()
                .forEach(status -> router.errorHandler(status, context -> {
                    if (status == 405) {
                        otherMethod(context, router.getRoutes());
                    } else {
                        refuse(context, status == 404 && !open.getAsBoolean() ? 503 : status);
                    }
                }));
        bind(router);
        server = vertx.createHttpServer(new HttpServerOptions()
                .setIdleTimeout((int) IDLE.toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxFormAttributeSize(0)
                .setHandle100ContinueAutomatically(true)
                .setHttp2ClearTextEnabled(false));
        server.connectionHandler(this::connected).requestHandler(request -> {
            if (request.method() == HttpMethod.OPTIONS && request.uri().equals("*")) {
                request.response()
                        .setStatusCode(204)
                        .putHeader(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS, POST")
                        .end();
            } else {
                router.handle(request);
            }
        });
        try {
            server.listen(port, host).toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            vertx.close();
            throw new PortException(host, port, e.getCause());
        }
        LOG.info("Listening on http://{}:{}", host, port());
    }

    private void bind(Router router) {
        Handler<RoutingContext> body = BodyHandler.create(false).setBodyLimit(maxBodySize);
        VertxPlatformHttpRouter camels =
                new VertxPlatformHttpRouter(
                        new VertxPlatformHttpServer(new VertxPlatformHttpServerConfiguration()),
                        vertx,
                        router,
                        VertxPlatformHttpRouter.PLATFORM_HTTP_ROUTER_NAME_ZERO,
                        VertxPlatformHttpRouter.SERVER_TYPE_SERVER) {
                    @Override
                    public Handler<RoutingContext> bodyHandler() {
                        return context -> {
                            context.request().resume();
                            body.handle(context);
                        };
                    }
                };
        // by these names Camel finds them, the router whatever the port
        registry.bind(camels.getName(), camels);
        VertxPlatformHttpEngine engine = new VertxPlatformHttpEngine();
        engine.setHandlers(List.of(this::arrived));
        registry.bind(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME, engine);
    }

    private synchronized void connected(HttpConnection connection) {
        connections.add(connection);
        awaited.put(connection, vertx.setTimer(slowest.toMillis(), late -> connection.close()));
        connection.closeHandler(closed -> closed(connection));
        if (connections.size() > maxRequests * CONNECTIONS_PER_REQUEST) {
            awaited.keySet().iterator().next().close();
        }
    }

    private synchronized void closed(HttpConnection connection) {
        connections.remove(connection);
        heard(connection);
    }

    private synchronized void await(HttpConnection connection, long timer) {
        heard(connection);
        if (connections.contains(connection)) {
            awaited.put(connection, timer);
        }
    }

    /** After an answer that a worker gives, the next request may be there already, with its timer. */
    private synchronized void idle(HttpConnection connection) {
        if (connections.contains(connection)) {
            awaited.putIfAbsent(connection, NO_TIMER);
        }
    }

    private synchronized void heard(HttpConnection connection) {
        Long timer = awaited.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }

    /** What no route has to care for: an address under another name, and HEAD. */
    private void read(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!NORMAL_PATH.matcher(request.uri().split("\\?", 2)[0]).matches()) {
            context.fail(404);
        } else if (request.method() == HttpMethod.HEAD) {
            // the same headers, and no body goes out
            context.reroute(HttpMethod.GET, request.uri());
        } else {
            context.next();
        }
    }

    private void limit(RoutingContext context) {
        HttpServerRequest request = context.request();
        HttpConnection connection = request.connection();
        unanswered.add(context);
        context.addEndHandler(done -> {
            unanswered.remove(context);
            idle(connection);
        });
        if (hasBody(request)) {
            await(connection, vertx.setTimer(slowest.toMillis(), late -> {
                if (!request.isEnded() && !context.response().ended()) {
                    context.fail(408);
                }
            }));
        } else {
            heard(connection);
        }
        // what asks how things stand is answered at any time, and quickly: above all while others wait
        if ((isFull(context) || !open.getAsBoolean()) && !request.path().startsWith(HEALTH)) {
            context.fail(503);
        } else if (hasBody(request) && (WITHOUT_BODY.contains(request.method()) || isForm(request))) {
            context.fail(400);
        } else {
            context.next();
        }
    }

    /** Goes on with a request that a route takes, once its body is there. */
    private void arrived(RoutingContext context) {
        if (context.request().isEnded()) {
            heard(context.request().connection());
        }
        if (isFull(context)) {
            context.fail(503);
        } else {
            context.next();
        }
    }

    /**
     * What is still on its way takes nobody's place, however many dribble; only of large ones no more than may wait.
     */
    private boolean isFull(RoutingContext newest) {
        long whole = 0;
        long large = 0;
        for (RoutingContext other : unanswered) {
            if (other != newest && isWhole(other)) {
                whole++;
            } else if (other != newest && isLarge(other.request())) {
                large++;
            }
        }
        return whole >= maxRequests || large >= maxRequests && !isWhole(newest) && isLarge(newest.request());
    }

    private static boolean isWhole(RoutingContext context) {
        return !hasBody(context.request()) || context.request().isEnded();
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && !length.equals("0") || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    private static boolean isLarge(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null || length.length() > LARGE_BODY_DIGITS;
    }

    /** No route reads one: nothing would be left of its body. */
    private static boolean isForm(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && FORM.matcher(type).matches();
    }

    /** A method that the address does not have; or what a proxy asks to see whether we are there. */
    private void otherMethod(RoutingContext context, List<Route> routes) {
        Set<HttpMethod> methods = new HashSet<>(Set.of(HttpMethod.OPTIONS));
        routes.stream()
                .filter(route -> route.methods() != null && isAt(route, context.normalizedPath()))
                .forEach(route -> methods.addAll(route.methods()));
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        context.response()
                .putHeader(
                        HttpHeaders.ALLOW,
                        methods.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", ")));
        if (context.request().method() == HttpMethod.OPTIONS) {
            context.response().setStatusCode(204).end();
        } else {
            refuse(context, 405);
        }
    }

    private static boolean isAt(Route route, String path) {
        String there = route.getPath();
        if (there == null) {
            return false;
        }
        return route.isExactPath() && !route.isRegexPath()
                ? there.equals(path) || path.equals(there + "/")
                : path.startsWith(there.replaceFirst("(/:|\\*).*", ""));
    }

    /** Whoever is refused begins anew, if at all, with another connection. */
    private void refuse(RoutingContext context, int status) {
        if (context.failure() instanceof HttpClosedException) {
            return;
        }
        if (status == 500) {
            LOG.error("{} {} failed", context.request().method(), context.normalizedPath(), context.failure());
        } else {
            refusals.get(status)
                    .log(more -> LOG.info(
                            "{} from {} refused: {}{}",
                            context.request().method(),
                            context.request().remoteAddress(),
                            TEXTS.get(status),
                            more));
        }
        if (!context.response().ended()) {
            if (status == 503) {
                context.response().putHeader("Retry-After", RETRY_AFTER);
            }
            context.response()
                    .setStatusCode(status)
                    .putHeader("Content-Type", "text/plain")
                    .putHeader("Connection", "close")
                    .end(TEXTS.get(status));
        }
        if (!context.request().isEnded()) {
            // what is still to come is read past for a while, so that the answer is heard
            context.request().resume();
            vertx.setTimer(
                    status == 408 ? 1 : slowest.toMillis(),
                    late -> context.request().connection().close());
        }
    }

    @Override
    protected void doStop() throws InterruptedException, ExecutionException {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }
}
