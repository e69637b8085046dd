package io.github.zoomtranscriber;

import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.LedgerConnection;
import io.github.zoomtranscriber.observe.Door;
import io.github.zoomtranscriber.observe.DoorPolicy;
import io.github.zoomtranscriber.observe.Endpoints;
import io.github.zoomtranscriber.observe.HealthChecks;
import io.github.zoomtranscriber.options.Options;
import io.github.zoomtranscriber.reload.ClockWatch;
import io.github.zoomtranscriber.reload.RoutesFolder;
import io.github.zoomtranscriber.reload.ShippedRoutes;
import io.github.zoomtranscriber.server.WebServer;
import io.github.zoomtranscriber.work.SteadyClock;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.EndpointStrategy;
import org.quartz.CronExpression;

/** Camel, with the options and with the routes of a folder. */
public final class Daemon implements AutoCloseable {

    private static final Duration AWAIT_THREADS = Duration.ofSeconds(1);

    private static final Duration LOOK_AT_ROUTES = Duration.ofMillis(500);

    private final Main main = new Main();
    private final Options options;
    private final LedgerConnection shared;
    private WebServer server;

    public Daemon(Options options, Path routes) {
        this(options, routes, null);
    }

    /** For a command that uses the routes beside a running daemon: their ledger is shared with that. */
    public static Daemon beside(Options options, Path routes) {
        return new Daemon(
                options,
                routes,
                LedgerConnection.join(
                        options.get("ledger.url"), options.get("ledger.username"), options.get("ledger.password")));
    }

    /**
     * For a command that uses the routes to look, and takes nothing: its ledger is an empty one that vanishes with it.
     */
    public static Daemon looking(Options options, Path routes) {
        return new Daemon(options, routes, LedgerConnection.scratch());
    }

    /**
     * For a command that only {@link #build() builds} the routes: the built-in server's routes are among them, but its
     * port is not opened.
     */
    public static Daemon unstarted(Options options, Path routes) {
        return new Daemon(options, routes, null, null, false);
    }

    /**
     * For routes that are tried: each endpoint is shown to the strategy, which may put another one in its place, before
     * a route gets it.
     */
    public static Daemon rehearsing(Options options, Path routes, EndpointStrategy endpoints) {
        return new Daemon(options, routes, null, endpoints);
    }

    private Daemon(Options options, Path routes, LedgerConnection shared) {
        this(options, routes, shared, null);
    }

    private Daemon(Options options, Path routes, LedgerConnection shared, EndpointStrategy endpoints) {
        this(options, routes, shared, endpoints, true);
    }

    private Daemon(
            Options options, Path routes, LedgerConnection shared, EndpointStrategy endpoints, boolean withServer) {
        this.options = options;
        this.shared = shared;
        options.names().stream().filter(options::isSecret).map(options::get).forEach(Clean::remember);
        Properties properties = options.toProperties();
        if (shared != null) {
            // the daemon beside has the port, and takes the calls
            List.of("server.port", "zoom.webhook-secret", "assemblyai.webhook-url")
                    .forEach(option -> properties.setProperty(option, ""));
        }
        main.setOverrideProperties(properties);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeInitialize(BaseMainSupport starting) {
                // the environment is in the options already, and a secret that is a reference to a file must not be
                // looked up past them
                PropertiesComponent properties =
                        (PropertiesComponent) starting.getCamelContext().getPropertiesComponent();
                properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
                properties.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
                // what is under way has had camel.main.shutdown-timeout; a thread that reads from an endpoint which
                // does
                // not answer cannot be interrupted, and service managers kill what takes long
                starting.getCamelContext()
                        .getExecutorServiceManager()
                        .setShutdownAwaitTermination(AWAIT_THREADS.toMillis());
            }

            @Override
            public void beforeConfigure(BaseMainSupport starting) {
                starting.getCamelContext().getRegistry().bind("zoomOptions", options);
                if (endpoints != null) {
                    starting.getCamelContext().getCamelContextExtension().registerEndpointCallback(endpoints);
                }
            }

            @Override
            public void afterConfigure(BaseMainSupport starting) {
                if (shared != null) {
                    // in place of the one that would open the ledger for itself
                    Ledger ledger =
                            new Ledger(shared.source(), options.duration("transcribe.lease"), options.tablePrefix());
                    starting.getCamelContext().getRegistry().bind("zoomLedger", Ledger.class, () -> ledger);
                }
                if (withServer && !properties.getProperty("server.port").isEmpty()) {
                    Door door = starting.getCamelContext().getRegistry().lookupByNameAndType("zoomDoor", Door.class);
                    // the vendors come by a proxy that ends TLS
                    Stream.of("zoom.webhook-secret", "assemblyai.webhook-url")
                            .filter(option -> !options.get(option).isEmpty())
                            .forEach(option -> door.expectProxy(option + " is set"));
                    addServer(starting.getCamelContext(), options);
                    Endpoints.addTo(starting.getCamelContext());
                    starting.getCamelContext().addRoutePolicyFactory(new DoorPolicy(door));
                }
                addChecks(starting.getCamelContext(), options);
                addTo(starting.getCamelContext(), routes, options);
            }
        });
    }

    /** Before the routes, which look for it when they are built. */
    private void addServer(CamelContext context, Options options) {
        server = new WebServer(
                options.get("server.host"),
                options.number("server.port"),
                options.number("server.max-body-size"),
                options.number("server.max-requests"),
                WebServer.SLOWEST,
                context.getRegistry());
        server.openWhile(() -> context.isStarted() && !isReloading(context));
        server.start();
        try {
            context.addService(server);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isReloading(CamelContext context) {
        RoutesFolder folder = context.hasService(RoutesFolder.class);
        return folder != null && folder.isChanging();
    }

    private static void addChecks(CamelContext context, Options options) {
        try {
            HealthChecks.addTo(
                    context,
                    options.flag("zoom.discover") ? new CronExpression(options.get("zoom.schedule")) : null,
                    List.of(Path.of(options.get("data.directory")), Path.of(options.get("output.directory"))));
        } catch (ParseException e) {
            throw new IllegalStateException(e); // the options were checked
        }
    }

    private static void addTo(CamelContext context, Path routes, Options options) {
        Ledger ledger = context.getRegistry().lookupByNameAndType("zoomLedger", Ledger.class);
        RoutesFolder folder = new RoutesFolder(routes, LOOK_AT_ROUTES, stopped -> ledger.releaseAll());
        folder.setCamelContext(context);
        try {
            folder.load(texts -> endsAsShipped(options) && ShippedRoutes.are(texts));
            if (options.flag("routes.reload")) {
                context.addService(folder);
            }
            context.addService(new ClockWatch(
                    context.getRegistry().lookupByNameAndType("zoomClock", SteadyClock.class),
                    ClockWatch.EVERY,
                    folder,
                    ledger.notes()::afterSetBack));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Of the options, those that could break routes that are good themselves: where they are said to begin and to end.
     */
    private static boolean endsAsShipped(Options options) {
        return options.isDefault("queue")
                && options.get("queue.out").equals(options.get("queue"))
                && options.get("queue.in").isEmpty()
                && options.get("output.to").isEmpty()
                && options.get("output.then").isEmpty()
                && options.get("output.notify").isEmpty();
    }

    /**
     * Checks and builds the routes, and starts nothing: {@link #context()} is there then, but no port, no connection
     * and no route is open.
     *
     * @throws io.github.zoomtranscriber.reload.BrokenRoutesException as {@link #start()} does
     */
    public void build() {
        main.init();
    }

    /**
     * Starts the routes, and returns.
     *
     * @throws io.github.zoomtranscriber.reload.BrokenRoutesException if anything is wrong with a route, or one does not
     *     start
     */
    public void start() throws Exception {
        try {
            main.start();
        } catch (Exception e) {
            throw RoutesFolder.explain(context(), e);
        }
    }

    /** Starts the routes as {@link #start()} does, and returns when the process is told to end. */
    public void run() throws Exception {
        try {
            main.run();
        } catch (Exception e) {
            throw RoutesFolder.explain(context(), e);
        }
    }

    /**
     * Of routes that were not started, starts those that others call: nothing begins by itself, and nothing is taken
     * from the queue.
     */
    public void startDirectRoutes() throws Exception {
        Endpoint queue = context().getEndpoint(options.get("queue"));
        for (Route route : context().getRoutes()) {
            String from = route.getEndpoint().getEndpointUri();
            if (from.startsWith("direct:")
                    || from.startsWith("seda:") && !route.getEndpoint().equals(queue)) {
                context().getRouteController().startRoute(route.getRouteId());
            }
        }
    }

    /** A bean of the routes'. */
    public <T> T bean(String name, Class<T> type) {
        return context().getRegistry().lookupByNameAndType(name, type);
    }

    /** The context; null until it is built or started. */
    public CamelContext context() {
        return main.getCamelContext();
    }

    /** The port of the built-in server; 0 if there is none. */
    public int serverPort() {
        return server == null ? 0 : server.port();
    }

    /** Whether the process was told to end. */
    public boolean isStopping() {
        return !main.getShutdownStrategy().isRunAllowed();
    }

    @Override
    public void close() {
        main.stop();
        if (server != null) {
            // a context that did not get as far as to start does not stop it
            server.stop();
        }
        if (shared != null) {
            shared.close();
        }
    }
}
