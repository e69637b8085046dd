package io.github.zoomtranscriber.simulator;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Both services and the control of them: gives each request to whom it is for, through the weather. */
final class Services implements AutoCloseable {

    /** As HTTP wants it, with two digits for the day. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private final World world;
    private final Weather weather;
    private final ZoomTokens tokens;
    private final ZoomApi zoom;
    private final VideoSdkApi videoSdk;
    private final ZoomDownloads downloads;
    private final DownloadAddresses addresses;
    private final JobQueue queue;
    private final AssemblyAiApi assemblyAi;
    private final ZoomEvents events;
    private final TranscriptCalls calls;
    private final ControlApi control;
    private final Expectations expectations;
    private final AtomicLong added = new AtomicLong();
    private final Map<String, FileMaker> makers = new ConcurrentHashMap<>();

    Services(World world) {
        this.world = world;
        this.weather = new Weather(world);
        this.tokens = new ZoomTokens(world);
        this.addresses = new DownloadAddresses(world);
        ZoomJson json = new ZoomJson(world, addresses);
        ZoomListing listing = new ZoomListing(world);
        this.zoom = new ZoomApi(world, tokens, json, listing);
        this.videoSdk = new VideoSdkApi(world, tokens, json, listing);
        this.downloads = new ZoomDownloads(world, tokens, addresses);
        Uploads uploads = new Uploads(world);
        this.queue = new JobQueue(world, uploads);
        this.assemblyAi = new AssemblyAiApi(world, tokens, addresses, weather, uploads, queue);
        this.events = new ZoomEvents(world, tokens, json);
        this.calls = new TranscriptCalls(world);
        queue.onEnd(calls::ended);
        this.expectations = new Expectations(world);
        this.control = new ControlApi(world, this);
    }

    static World world(SimulatorSettings settings, int port, FaultBoard board) {
        Instant now = settings.clock().instant();
        ShippedAccount shipped = new ShippedAccount(now);
        GeneratedMeetings generated = new GeneratedMeetings(settings);
        List<User> users = new ArrayList<>(shipped.users());
        List<User> more = generated.users();
        users.addAll(more);
        List<User> hosts = new ArrayList<>(shipped.users().stream()
                .filter(user -> user.status().equals("active"))
                .toList());
        hosts.addAll(more);
        List<Meeting> meetings = new ArrayList<>(shipped.meetings());
        meetings.addAll(generated.meetings(hosts, now));
        List<Meeting> sessions = new ArrayList<>(shipped.sessions());
        sessions.addAll(generated.sessions(hosts, now));
        return new World(
                settings,
                port,
                board,
                new Counters(),
                new ZoomAccount(users, meetings),
                new ZoomAccount(users, sessions));
    }

    Response handle(Request request) throws IOException {
        if (request.path().startsWith("/simulator/")) {
            return control.handle(request);
        }
        world.counters().began();
        try {
            String path = request.path();
            boolean forAssemblyAi =
                    path.startsWith("/v2/transcript") || path.startsWith("/v2/upload") || path.startsWith("/upload/");
            Response response = forAssemblyAi ? atAssemblyAi(request) : atZoom(request);
            return response.with("Date", DATE.format(world.now().atOffset(ZoneOffset.UTC)));
        } finally {
            world.counters().ended();
        }
    }

    private Response atAssemblyAi(Request request) throws IOException {
        String endpoint = Endpoints.name(request);
        world.counters().called("assemblyai", endpoint);
        String key = request.method() + ' ' + request.path();
        Optional<Response> refused = weather.beforeAssemblyAi(key);
        Response response;
        try {
            response = refused.isPresent()
                    ? refused.get()
                    : request.path().startsWith("/upload/")
                            ? new AssemblyAiError(403, "Cannot access uploaded file").response()
                            : assemblyAi.handle(request);
        } catch (AssemblyAiError e) {
            response = e.response();
        }
        return counted("assemblyai", response).after(weather.delay("assemblyai " + key));
    }

    private Response atZoom(Request request) throws IOException {
        boolean ownFetch = request.header("User-Agent")
                .filter(AudioFetcher.USER_AGENT::equals)
                .isPresent();
        world.counters().called(ownFetch ? "fetch" : "zoom", Endpoints.name(request));
        String key = request.method()
                + ' '
                + addresses.recordingOf(request.path()).orElse(request.path())
                + request.query("from").map(from -> "?from=" + from).orElse("");
        Optional<Response> refused = ownFetch ? Optional.empty() : weather.beforeZoom(key);
        Response response;
        try {
            response = refused.isPresent() ? refused.get() : zoom(request, key, ownFetch);
        } catch (ZoomError e) {
            response = e.response();
        }
        String tracking = Seeds.uuid(world.settings().seed(), key + world.now()).replace("-", "");
        response.with("x-zm-trackingid", "v=2.0;clid=us02;rid=WEB_" + tracking);
        return ownFetch ? response : counted("zoom", response).after(weather.delay("zoom " + key));
    }

    private Response zoom(Request request, String key, boolean ownFetch) throws IOException {
        String path = request.path();
        if (path.equals("/oauth/token")) {
            return tokens.issue(request);
        }
        if (path.startsWith("/v2/")) {
            if (request.bearer().isPresent()
                    && world.strikes("expiredTokenRate", key, world.faults().expiredTokenRate)) {
                throw ZoomError.expiredToken();
            }
            return path.startsWith("/v2/videosdk/") ? videoSdk.handle(request) : zoom.handle(request);
        }
        if (path.startsWith("/rec/download/") || path.startsWith("/rec/webhook_download/")) {
            return downloads.download(request, ownFetch);
        }
        if (path.startsWith("/cmr/")) {
            return downloads.signed(request, ownFetch);
        }
        return path.startsWith("/rec/")
                ? downloads.page()
                : Response.html(404, "<html><body>404 Not Found</body></html>");
    }

    private Response counted(String vendor, Response response) {
        world.counters().answered(vendor, response.isSent() ? response.status() : 0);
        return response;
    }

    Expectations expected() {
        return expectations;
    }

    /** @param files null: the usual ones */
    ExpectedRecording addMeeting(String topic, String host, Duration length, boolean processing, List<String> files) {
        User user = world.meetings()
                .user(host)
                .orElseThrow(() -> new IllegalArgumentException("there is no user '" + host + "'"));
        Instant start = world.now().minus(length).minusSeconds(10).truncatedTo(ChronoUnit.SECONDS);
        String name = "added " + added.incrementAndGet();
        GeneratedMeetings generated = new GeneratedMeetings(world.settings());
        Meeting meeting = generated.one(
                name, topic, user, start, length, files == null ? List.of("audio", "speaker_view") : files);
        makers.put(meeting.uuid(), generated.maker(name, topic, start, length));
        Meeting known = processing ? meeting.withFiles(RecordingFile::unfinished) : meeting;
        world.meetings().add(known);
        if (!processing) {
            events.completed(known);
        }
        List<ExpectedRecording> expected = expectations.of(known);
        return expected.isEmpty() ? null : expected.get(0);
    }

    void addFile(String meetingUuid, String what) {
        FileMaker maker = makers.get(meetingUuid);
        if (maker == null) {
            throw new IllegalArgumentException("no meeting '" + meetingUuid + "' has been added");
        }
        world.meetings().change(meetingUuid, meeting -> meeting.with(maker.make(what, false)));
    }

    /** @param alone the other files of the meeting stay as they are */
    void finishProcessing(String recordingId, boolean alone) {
        Meeting meeting = meetingOf(recordingId);
        ZoomAccount account =
                world.meetings().meeting(meeting.uuid()).isPresent() ? world.meetings() : world.sessions();
        account.change(
                        meeting.uuid(),
                        each -> each.withFiles(
                                file -> !alone || file.id().equals(recordingId) ? file.finished() : file))
                .ifPresent(events::completed);
    }

    private Meeting meetingOf(String recordingId) {
        return world.recording(recordingId)
                .map(ZoomAccount.Found::meeting)
                .orElseThrow(() -> new IllegalArgumentException("there is no recording '" + recordingId + "'"));
    }

    boolean subscribe(String url) {
        return events.subscribe(url);
    }

    void sendEvent(String event, String recordingId) {
        events.send(event, meetingOf(recordingId));
    }

    void trash(String meetingUuid) {
        if (!world.meetings().trash(meetingUuid, world.now())
                && !world.sessions().trash(meetingUuid, world.now())) {
            throw new IllegalArgumentException("there is no meeting '" + meetingUuid + "'");
        }
    }

    void revokeTokens() {
        tokens.revokeAll();
    }

    void faultsChanged() {
        queue.startWaiting();
    }

    void reset() {
        world.board().reset();
        world.counters().reset();
        queue.reset();
        assemblyAi.reset();
    }

    @Override
    public void close() {
        queue.close();
        events.close();
        calls.close();
    }
}
