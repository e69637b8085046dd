package io.github.zoomtranscriber.server;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
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
    private final AtomicInteger inFlight = new AtomicInteger();
    /** Connections on which no request has begun yet, with their timers. Used by the one event loop only. */
    private final Map<HttpConnection, Long> silent = new HashMap<>();

    private volatile BooleanSupplier open = () -> true;
    private int connections;
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
        router.route().handler(this::limit);
        TEXTS.keySet()
                .forEach(status -> router.errorHandler(
                        status, context -> refuse(context, status == 404 && !open.getAsBoolean() ? 503 : status)));
        bind(router);
        server = vertx.createHttpServer(new HttpServerOptions()
                .setIdleTimeout((int) IDLE.toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxFormAttributeSize(0)
                .setHttp2ClearTextEnabled(false));
        server.connectionHandler(this::connected).requestHandler(router);
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
        // by this name Camel finds it whatever the port
        registry.bind(camels.getName(), camels);
    }

    private void connected(HttpConnection connection) {
        connections++;
        silent.put(connection, vertx.setTimer(slowest.toMillis(), late -> connection.close()));
        connection.closeHandler(closed -> {
            connections--;
            speaks(connection);
        });
        if (connections > maxRequests * CONNECTIONS_PER_REQUEST) {
            connection.close();
        }
    }

    private void speaks(HttpConnection connection) {
        Long timer = silent.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }

    private void limit(RoutingContext context) {
        speaks(context.request().connection());
        int now = inFlight.incrementAndGet();
        long timer = vertx.setTimer(slowest.toMillis(), late -> {
            if (!context.request().isEnded()) {
                context.fail(408);
            }
        });
        context.addEndHandler(done -> {
            vertx.cancelTimer(timer);
            inFlight.decrementAndGet();
        });
        // what asks how things stand is answered at any time, and quickly: above all while others wait
        if ((now > maxRequests || !open.getAsBoolean())
                && !context.normalizedPath().startsWith(HEALTH)) {
            context.fail(503);
        } else {
            context.next();
        }
    }

    /** Whoever is refused begins anew, if at all, with another connection. */
    private void refuse(RoutingContext context, int status) {
        if (context.failure() instanceof HttpClosedException) {
            return;
        }
        if (status == 500) {
            LOG.error("{} {} failed", context.request().method(), context.normalizedPath(), context.failure());
        } else {
            LOG.info(
                    "{} from {} refused: {}",
                    context.request().method(),
                    context.request().remoteAddress(),
                    TEXTS.get(status));
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
