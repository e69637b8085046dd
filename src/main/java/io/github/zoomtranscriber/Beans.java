package io.github.zoomtranscriber;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.assemblyai.AssemblyAiCalls;
import io.github.zoomtranscriber.assemblyai.DailyHours;
import io.github.zoomtranscriber.assemblyai.Polling;
import io.github.zoomtranscriber.assemblyai.Requests;
import io.github.zoomtranscriber.assemblyai.Submissions;
import io.github.zoomtranscriber.embedded.Estate;
import io.github.zoomtranscriber.embedded.EstateRoutesLoader;
import io.github.zoomtranscriber.embedded.LedgerSource;
import io.github.zoomtranscriber.http.Answers;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.http.Loopback;
import io.github.zoomtranscriber.http.Outages;
import io.github.zoomtranscriber.http.RetryDelay;
import io.github.zoomtranscriber.http.Silence;
import io.github.zoomtranscriber.http.Vendor;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.LedgerConnection;
import io.github.zoomtranscriber.ledger.LedgerException;
import io.github.zoomtranscriber.ledger.Nodes;
import io.github.zoomtranscriber.ledger.Reason;
import io.github.zoomtranscriber.observe.Door;
import io.github.zoomtranscriber.observe.LedgerWatch;
import io.github.zoomtranscriber.observe.StatusPage;
import io.github.zoomtranscriber.options.ConfigurationException;
import io.github.zoomtranscriber.options.Options;
import io.github.zoomtranscriber.transcript.FileNames;
import io.github.zoomtranscriber.transcript.Format;
import io.github.zoomtranscriber.transcript.Redaction;
import io.github.zoomtranscriber.transcript.SpeakerNames;
import io.github.zoomtranscriber.work.AfterDelivery;
import io.github.zoomtranscriber.work.Attachments;
import io.github.zoomtranscriber.work.Claims;
import io.github.zoomtranscriber.work.Cluster;
import io.github.zoomtranscriber.work.Deliveries;
import io.github.zoomtranscriber.work.ErrorReports;
import io.github.zoomtranscriber.work.Intake;
import io.github.zoomtranscriber.work.KeptFolder;
import io.github.zoomtranscriber.work.KeptTranscripts;
import io.github.zoomtranscriber.work.MyNotes;
import io.github.zoomtranscriber.work.Pause;
import io.github.zoomtranscriber.work.QueuePolicy;
import io.github.zoomtranscriber.work.QueueWatch;
import io.github.zoomtranscriber.work.Sinks;
import io.github.zoomtranscriber.work.SteadyClock;
import io.github.zoomtranscriber.work.Transcripts;
import io.github.zoomtranscriber.work.Troubles;
import io.github.zoomtranscriber.zoom.Announcements;
import io.github.zoomtranscriber.zoom.Downloads;
import io.github.zoomtranscriber.zoom.Filter;
import io.github.zoomtranscriber.zoom.HandOffs;
import io.github.zoomtranscriber.zoom.Listings;
import io.github.zoomtranscriber.zoom.Recordings;
import io.github.zoomtranscriber.zoom.SharedToken;
import io.github.zoomtranscriber.zoom.Ticks;
import io.github.zoomtranscriber.zoom.Webhook;
import io.github.zoomtranscriber.zoom.ZoomCalls;
import io.github.zoomtranscriber.zoom.ZoomFiles;
import io.github.zoomtranscriber.zoom.ZoomTokens;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.VetoCamelContextStartException;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.util.URISupport;
import org.apache.camel.util.function.Suppliers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the beans that the routes use, in any Camel context on whose class path this is. Each is made when a route
 * first asks for it, from the context's properties: where the context starts, these need not be there yet.
 */
public final class Beans implements ContextServicePlugin {

    private static final Logger LOG = LoggerFactory.getLogger(Beans.class);

    @Override
    public void load(CamelContext context) {
        Workshop workshop = new Workshop(context, new SteadyClock());
        workshop.bindAll();
        context.addRoutePolicyFactory(new RoutePolicies());
        context.addRoutePolicyFactory(new CallPolicies());
        EstateRoutesLoader.install(context);
        context.addLifecycleStrategy(new Estate(workshop.types));
    }

    /** The machine and the process, as an operator knows them; a container's host name is its pod's. */
    private static String nodeName() {
        String host = System.getenv().getOrDefault("HOSTNAME", System.getenv().getOrDefault("COMPUTERNAME", ""));
        return (host.isEmpty() ? "" : host + " ") + "pid "
                + ProcessHandle.current().pid();
    }

    /** One context's beans. */
    private static final class Workshop {

        private final CamelContext context;
        private final SteadyClock clock;
        private final Map<String, Class<?>> types = new LinkedHashMap<>();

        Workshop(CamelContext context, SteadyClock clock) {
            this.context = context;
            this.clock = clock;
        }

        void bindAll() {
            bind("zoomClock", SteadyClock.class, () -> clock);
            bind("zoomLedger", Ledger.class, this::ledger);
            bind(
                    "zoomClaims",
                    Claims.class,
                    () -> new Claims(
                            bean("zoomLedger", Ledger.class),
                            bean("zoomMyNotes", MyNotes.class),
                            bean("zoomQueueWatch", QueueWatch.class)));
            bind("zoomQueueWatch", QueueWatch.class, this::queueWatch);
            bind("zoomCluster", Cluster.class, this::cluster);
            bind("zoomTokens", ZoomTokens.class, this::tokens);
            bind(
                    "zoomCalls",
                    ZoomCalls.class,
                    () -> new ZoomCalls(
                            isVideoSdk(), text("zoom.auth").equals("jwt"), duration("zoom.download-token-ttl")));
            bind(
                    "zoomListings",
                    Listings.class,
                    () -> new Listings(
                            isVideoSdk(),
                            list("zoom.users"),
                            number("zoom.lookback-days"),
                            number("zoom.page-size"),
                            clock.wallClock()));
            bind(
                    "zoomMyNotes",
                    MyNotes.class,
                    () -> new MyNotes(text("zoom.my-notes").equals("true")));
            bind(
                    "zoomRecordings",
                    Recordings.class,
                    () -> new Recordings(
                            list("zoom.recording-types"),
                            filter("zoom.topics"),
                            filter("zoom.hosts"),
                            bean("zoomMyNotes", MyNotes.class),
                            number("zoom.minimum-minutes"),
                            clock.wallClock()));
            bind(
                    "zoomTicks",
                    Ticks.class,
                    () -> new Ticks(
                            bean("zoomLedger", Ledger.class), Duration.ofDays(number("zoom.wait-days")), clock));
            bind(
                    "zoomWebhook",
                    Webhook.class,
                    () -> new Webhook(
                            optional("zoom.webhook-secret"),
                            isVideoSdk(),
                            bean("zoomLedger", Ledger.class),
                            clock.wallClock()));
            bind(
                    "zoomAnnouncements",
                    Announcements.class,
                    () -> new Announcements(bean("zoomLedger", Ledger.class), duration("retry.first-delay")));
            bind(
                    "zoomDownloads",
                    Downloads.class,
                    () -> new Downloads(
                            list("zoom.download-hosts"),
                            isLoopback("zoom.api-url"),
                            bean("zoomLedger", Ledger.class),
                            clock));
            bind(
                    "zoomFiles",
                    ZoomFiles.class,
                    () -> new ZoomFiles(
                            list("output.zoom-files"),
                            text("output.speaker-names").equals("timeline")
                                    && !redaction().hidesNames()));
            bind(
                    "zoomHandOffs",
                    HandOffs.class,
                    () -> new HandOffs(
                            text("assemblyai.hand-off"),
                            bean("zoomTokens", ZoomTokens.class),
                            bean("zoomDownloads", Downloads.class)));
            bind("zoomSilence", Silence.class, () -> new Silence(duration("upload.silence-timeout")));
            bind("zoomOutages", Outages.class, () -> new Outages(clock));
            bind(
                    "zoomAnswers",
                    Answers.class,
                    () -> new Answers(Vendor.ZOOM, bean("zoomOutages", Outages.class), clock.wallClock()));
            bind(
                    "assemblyaiAnswers",
                    Answers.class,
                    () -> new Answers(Vendor.ASSEMBLYAI, bean("zoomOutages", Outages.class), clock.wallClock()));
            bind(
                    "zoomRetryDelay",
                    RetryDelay.class,
                    () -> new RetryDelay(bean("zoomOutages", Outages.class), duration("retry.wait")));
            bind(
                    "assemblyaiWebhook",
                    io.github.zoomtranscriber.assemblyai.Webhook.class,
                    () -> new io.github.zoomtranscriber.assemblyai.Webhook(
                            optional("assemblyai.webhook-url"), text("assemblyai.api-key")));
            bind("assemblyaiCalls", AssemblyAiCalls.class, AssemblyAiCalls::new);
            bind(
                    "assemblyaiRequests",
                    Requests.class,
                    () -> new Requests(
                            text("assemblyai.api-key"),
                            text("assemblyai.options"),
                            bean("assemblyaiWebhook", io.github.zoomtranscriber.assemblyai.Webhook.class)));
            bind(
                    "assemblyaiPolling",
                    Polling.class,
                    () -> new Polling(
                            duration("transcribe.first-delay"),
                            Double.parseDouble(text("transcribe.delay-growth")),
                            duration("transcribe.longest-delay"),
                            duration("transcribe.stuck-after"),
                            bean("zoomCluster", Cluster.class)::requestsPerFiveMinutes,
                            !optional("assemblyai.webhook-url").isEmpty(),
                            bean("zoomLedger", Ledger.class),
                            clock));
            bind(
                    "assemblyaiSubmissions",
                    Submissions.class,
                    () -> new Submissions(
                            bean("zoomLedger", Ledger.class),
                            bean("assemblyaiRequests", Requests.class),
                            bean("assemblyaiDailyHours", DailyHours.class),
                            duration("assemblyai.list-lag"),
                            new Pause(
                                    Submissions.NOTE,
                                    "Submissions",
                                    Reason.SUBMISSIONS_PAUSED,
                                    bean("zoomLedger", Ledger.class),
                                    duration("assemblyai.probe-every"),
                                    clock),
                            clock));
            bind(
                    "assemblyaiDailyHours",
                    DailyHours.class,
                    () -> new DailyHours(
                            bean("zoomLedger", Ledger.class),
                            text("assemblyai.max-hours-per-day").isEmpty()
                                    ? null
                                    : new BigDecimal(text("assemblyai.max-hours-per-day")),
                            clock.wallClock()));
            bind(
                    "zoomTroubles",
                    Troubles.class,
                    () -> new Troubles(
                            bean("zoomLedger", Ledger.class),
                            bean("assemblyaiSubmissions", Submissions.class)::refused,
                            bean("assemblyaiSubmissions", Submissions.class)::notShown,
                            duration("retry.wait")));
            bind("zoomDeliveries", Deliveries.class, this::deliveries);
            bind("zoomKeptTranscripts", KeptTranscripts.class, this::keptTranscripts);
            bind("zoomTranscripts", Transcripts.class, this::transcripts);
            bind(
                    "zoomErrorReports",
                    ErrorReports.class,
                    () -> new ErrorReports(
                            bean("zoomLedger", Ledger.class), bean("zoomTranscripts", Transcripts.class), redaction()));
            bind("zoomLedgerWatch", LedgerWatch.class, () -> new LedgerWatch(bean("zoomLedger", Ledger.class)));
            bind("zoomSinks", Sinks.class, Sinks::new);
            bind("zoomAttachments", Attachments.class, () -> new Attachments(formats()));
            bind("zoomAfterDelivery", AfterDelivery.class, this::afterDelivery);
            bind("zoomDoor", Door.class, () -> new Door(text("server.token")));
            bind(
                    "zoomStatusPage",
                    StatusPage.class,
                    () -> new StatusPage(
                            bean("zoomLedger", Ledger.class),
                            bean("zoomLedgerWatch", LedgerWatch.class),
                            Path.of(text("output.directory")),
                            clock));
            bind("zoomInFlight", QueuePolicy.class, () -> new QueuePolicy(mostInFlight()));
            bind(
                    "zoomIntake",
                    Intake.class,
                    () -> new Intake(endpoint("queue.in"), bean("zoomInFlight", QueuePolicy.class)));
            bind("zoomRedelivery", RedeliveryPolicy.class, this::redelivery);
            bind("zoomNoRedelivery", RedeliveryPolicy.class, this::noRedelivery);
            // a client that repeats a submission by itself would have it paid twice, and one that follows a redirect
            // takes the token along
            bind(
                    "zoomHttpClient",
                    HttpClientConfigurer.class,
                    () -> client -> client.disableAutomaticRetries()
                            .disableRedirectHandling()
                            .disableCookieManagement());
        }

        private Ledger ledger() {
            DataSource given = new LedgerSource(context, options()).find();
            // what opens one of our own is not even loaded where there is none: H2 need not be there
            return given == null ? ownLedger() : ledger(given, () -> {});
        }

        private Ledger ownLedger() {
            LedgerConnection connection =
                    LedgerConnection.open(text("ledger.url"), text("ledger.username"), text("ledger.password"));
            Ledger ledger = ledger(connection.source(), connection::close);
            if (connection.isExclusive()) {
                ledger.takeOver();
            }
            return ledger;
        }

        private Ledger ledger(DataSource source, Runnable close) {
            Ledger ledger =
                    new Ledger(source, duration("transcribe.lease"), options().tablePrefix());
            if (ledger.records().isEmpty()) {
                refuseBesideKept(close);
            }
            if (ledger.nodes().list().stream().noneMatch(Nodes.Node::living)) {
                // a pause that an earlier process noted ended with it; where others live it may be theirs
                ledger.notes().remove(Submissions.NOTE);
                ledger.notes().remove(Deliveries.NOTE);
                ledger.notes().removeAll(Pause.NOTE_OF_STEP);
            }
            ledger.wake(Reason.DAILY_HOURS_USED_UP);
            ledger.wake(Reason.DELIVERIES_PAUSED);
            context.addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onContextStopped(CamelContext stopped) {
                    // sleepers in the loop were dropped where they stood
                    try {
                        ledger.awaited(Duration.ZERO);
                        ledger.releaseAll();
                        ledger.nodes().leave();
                    } catch (LedgerException e) {
                        LOG.warn(
                                "Could not release this node's claims; other nodes take over when they expire. {}",
                                e.getMessage());
                    }
                    close.run();
                }
            });
            return ledger;
        }

        /** What only looks at the routes is let, and nothing that starts them. */
        private void refuseBesideKept(Runnable close) {
            String traces = KeptFolder.in(text("data.directory")).againstNewLedger();
            if (traces.isEmpty()) {
                return;
            }
            ConfigurationException refusal = new ConfigurationException(List.of(traces));
            if (context.isStarting() || context.isStarted()) {
                close.run();
                throw refusal;
            }
            context.addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onContextStarting(CamelContext starting) throws VetoCamelContextStartException {
                    close.run();
                    throw new VetoCamelContextStartException(refusal.getMessage(), refusal, starting, true);
                }
            });
        }

        /**
         * Counts from here on, so that of nodes that start together each knows of the others before it does anything.
         */
        private Cluster cluster() {
            Cluster.Limits limits = new Cluster.Limits(
                    number("zoom.requests-per-second"),
                    number("assemblyai.requests-per-5-minutes"),
                    number("upload.parallel"),
                    mostInFlight());
            return new Cluster(
                    bean("zoomLedger", Ledger.class).nodes(),
                    Beans::nodeName,
                    duration("resume.every"),
                    limits,
                    most -> bean("zoomInFlight", QueuePolicy.class).setMaxInflightExchanges(most));
        }

        private ZoomTokens tokens() {
            if (text("zoom.auth").equals("jwt")) {
                return new ZoomTokens(
                        new ZoomTokens.Jwt(
                                text("zoom.api-key"), text("zoom.api-secret"), duration("zoom.jwt-lifetime")),
                        null,
                        null,
                        clock);
            }
            ZoomTokens.OAuth login =
                    new ZoomTokens.OAuth(text("zoom.account-id"), text("zoom.client-id"), text("zoom.client-secret"));
            Ledger ledger = bean("zoomLedger", Ledger.class);
            return new ZoomTokens(
                    login,
                    new TokenEndpoint(context, () -> bean("zoomAnswers", Answers.class)),
                    ledger.nodes().isAlone() ? null : new SharedToken(ledger.tokens(), login),
                    clock);
        }

        private QueueWatch queueWatch() {
            QueuePolicy here = bean("zoomInFlight", QueuePolicy.class);
            Cluster cluster = bean("zoomCluster", Cluster.class);
            return new QueueWatch(
                    bean("zoomLedger", Ledger.class),
                    () -> here.isFull() || cluster.isFull(),
                    shown("queue.out"),
                    text("queue.in").isEmpty() ? shown("queue") : shown("queue.in"));
        }

        /** For people. */
        private String shown(String option) {
            return option + " = " + Clean.text(URISupport.sanitizeUri(endpoint(option)));
        }

        private Deliveries deliveries() {
            Pause pause = new Pause(
                    Deliveries.NOTE,
                    "Deliveries",
                    Reason.DELIVERIES_PAUSED,
                    bean("zoomLedger", Ledger.class),
                    duration("output.probe-every"),
                    clock);
            return new Deliveries(
                    pause,
                    List.of(KeptFolder.folder(text("data.directory")), Path.of(text("output.directory"))),
                    !text("output.to").isEmpty(),
                    bean("zoomTroubles", Troubles.class)::other);
        }

        private KeptTranscripts keptTranscripts() {
            return new KeptTranscripts(
                    bean("zoomLedger", Ledger.class),
                    KeptFolder.folder(text("data.directory")),
                    SpeakerNames.Mode.valueOf(text("output.speaker-names").toUpperCase(Locale.ROOT)),
                    redaction());
        }

        private List<Format> formats() {
            return list("output.formats").stream().map(Format::of).toList();
        }

        private Transcripts transcripts() {
            ZoneId zone = text("output.time-zone").isEmpty() ? null : ZoneId.of(text("output.time-zone"));
            return new Transcripts(
                    bean("zoomLedger", Ledger.class),
                    bean("zoomKeptTranscripts", KeptTranscripts.class),
                    Path.of(text("output.directory")),
                    formats(),
                    list("output.zoom-files"),
                    new FileNames(text("output.file-name"), zone));
        }

        private Redaction redaction() {
            try {
                return Redaction.of(new ObjectMapper().readTree(text("assemblyai.options")));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("assemblyai.options is no JSON", e);
            }
        }

        /** The same step again, after delays that grow. What fails for good is told by whoever handles it. */
        private RedeliveryPolicy redelivery() {
            RedeliveryPolicy policy = noRedelivery();
            policy.setMaximumRedeliveries(number("retry.attempts"));
            policy.setRedeliveryDelay(duration("retry.first-delay").toMillis());
            policy.setUseExponentialBackOff(true);
            policy.setBackOffMultiplier(options().decimal("retry.growth"));
            policy.setMaximumRedeliveryDelay(duration("retry.longest-delay").toMillis());
            policy.setUseCollisionAvoidance(true);
            policy.setCollisionAvoidanceFactor(0.2);
            policy.setAsyncDelayedRedelivery(true);
            policy.setAllowRedeliveryWhileStopping(false);
            policy.setLogRetryAttempted(false);
            return policy;
        }

        private RedeliveryPolicy noRedelivery() {
            RedeliveryPolicy policy = new RedeliveryPolicy();
            policy.setMaximumRedeliveries(0);
            policy.setLogExhausted(false);
            return policy;
        }

        /**
         * No more than Camel's delay has room for, which is 1,000 by itself: from the next one on the calling thread
         * would sleep.
         */
        private int mostInFlight() {
            int room = context.getExecutorServiceManager()
                            .getDefaultThreadPoolProfile()
                            .getMaxQueueSize()
                    / 10
                    * 9;
            return room > 0 ? Math.min(number("transcribe.max-in-flight"), room) : number("transcribe.max-in-flight");
        }

        private boolean isVideoSdk() {
            return text("zoom.product").equals("video-sdk");
        }

        private boolean isLoopback(String option) {
            return Loopback.is(URI.create(text(option)).getHost());
        }

        private Filter filter(String option) {
            return new Filter(list(option), list(option + ".exclude"));
        }

        /** The registry asks its supplier each time, so that remembers. */
        private <T> void bind(String name, Class<T> type, Supplier<T> maker) {
            types.put(name, type);
            context.getRegistry().bind(name, type, Suppliers.memorize(maker::get));
        }

        private <T> T bean(String name, Class<T> type) {
            return context.getRegistry().lookupByNameAndType(name, type);
        }

        private String text(String option) {
            return options().get(option);
        }

        private Options options() {
            return bean("zoomOptions", Options.class);
        }

        /** Empty where an estate does not say. */
        private String optional(String option) {
            return context.getPropertiesComponent()
                    .resolveProperty(option)
                    .orElse("")
                    .strip();
        }

        private AfterDelivery afterDelivery() {
            return new AfterDelivery(
                    bean("zoomLedger", Ledger.class),
                    bean("zoomKeptTranscripts", KeptTranscripts.class),
                    bean("zoomTranscripts", Transcripts.class),
                    AfterDelivery.endpoints(this::endpoint),
                    duration("retry.first-delay"),
                    duration("output.probe-every"),
                    clock);
        }

        /** As a route gets it, with what placeholders of the user's in it stand for. */
        private String endpoint(String option) {
            return context.resolvePropertyPlaceholders("{{" + option + "}}");
        }

        private int number(String option) {
            return options().number(option);
        }

        private Duration duration(String option) {
            return options().duration(option);
        }

        private List<String> list(String option) {
            return options().list(option);
        }
    }
}
