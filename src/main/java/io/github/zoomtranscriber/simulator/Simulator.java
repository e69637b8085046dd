package io.github.zoomtranscriber.simulator;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Zoom and AssemblyAI on one port of the loopback addresses. Everything that can be done here by a method can be done
 * by another process by HTTP, under {@code /simulator/}.
 */
public final class Simulator implements AutoCloseable {

    public static final String ZOOM_ACCOUNT_ID = "simulator-account-id";
    public static final String ZOOM_CLIENT_ID = "simulator-client-id";
    public static final String ZOOM_CLIENT_SECRET = "simulator-client-secret";
    public static final String ZOOM_API_KEY = "simulator-api-key";
    /** Long enough for HS256. */
    public static final String ZOOM_API_SECRET = "simulator-api-secret-of-forty-characters";

    public static final String ASSEMBLYAI_KEY = "simulator-assemblyai-key";
    public static final String ZOOM_WEBHOOK_SECRET = "simulator-webhook-secret";

    private final HttpListener listener;
    private final World world;
    private final Services services;

    private Simulator(SimulatorSettings settings) throws IOException {
        Services[] late = new Services[1];
        FaultBoard board = new FaultBoard(settings.seed());
        this.listener = new HttpListener(
                settings.port(), request -> late[0].handle(request), () -> board.now().dropIdleConnections);
        this.world = Services.world(settings, listener.port(), board);
        this.services = new Services(world);
        late[0] = services;
        listener.start();
    }

    /**
     * Starts to listen.
     *
     * @throws IOException when the port is taken
     */
    public static Simulator start(SimulatorSettings settings) throws IOException {
        return new Simulator(settings);
    }

    public int port() {
        return world.port();
    }

    /** What stands in place of {@code https://api.zoom.us/v2}. */
    public String zoomApiUrl() {
        return world.host() + "/v2";
    }

    /** What stands in place of {@code https://zoom.us/oauth/token}. */
    public String zoomOauthUrl() {
        return world.host() + "/oauth/token";
    }

    /** What stands in place of {@code https://api.assemblyai.com}. */
    public String assemblyaiApiUrl() {
        return world.host();
    }

    public Counters counters() {
        return world.counters();
    }

    /** The faults that hold now; to change them use {@link #change}. */
    public Faults faults() {
        return world.faults();
    }

    /** Changes what goes wrong from now on. */
    public void change(Consumer<Faults> change) {
        world.board().change(change);
        services.faultsChanged();
    }

    /** What a client that makes no mistake has to end up with, newest meeting first. */
    public List<ExpectedRecording> recordings() {
        return services.expected().meetings();
    }

    /**
     * What was submitted although it is to be left alone: nothing by a client that makes no mistake, unless somebody
     * asked for such.
     */
    public List<String> submittedPrivately() {
        return recordings().stream()
                .filter(recording -> recording.outcome() == ExpectedRecording.Outcome.PRIVATE)
                .map(ExpectedRecording::recordingId)
                .filter(counters().submissions()::containsKey)
                .toList();
    }

    /** The same for the sessions of the Video SDK. */
    public List<ExpectedRecording> sessionRecordings() {
        return services.expected().sessions();
    }

    /**
     * Adds a meeting that has just ended.
     *
     * @param host a user's id or email
     * @param length of its sound
     * @param processing Zoom is still at work on it
     * @return what must become of it; its {@code recordingId} is the audio file
     * @throws IllegalArgumentException when there is no such user
     */
    public ExpectedRecording addMeeting(String topic, String host, Duration length, boolean processing) {
        return services.addMeeting(topic, host, length, processing, null);
    }

    /**
     * Adds a meeting that has just ended, with these files.
     *
     * @param files by their names in {@code account.json}, such as {@code audio}, {@code broken_audio},
     *     {@code cut_audio}, {@code speaker_view}, {@code new_view}, {@code untyped_video}, {@code timeline};
     *     {@code speaker_view+1} starts a second later
     * @return what must become of it; null if there is nothing to transcribe
     * @throws IllegalArgumentException when there is no such user, or no such kind of file
     */
    public ExpectedRecording addMeeting(String topic, String host, Duration length, List<String> files) {
        return services.addMeeting(topic, host, length, false, files);
    }

    /**
     * Zoom lists one file more for a meeting that was added here. There is no event for it.
     *
     * @param what as in {@link #addMeeting(String, String, Duration, List)}
     * @throws IllegalArgumentException when there is no such meeting, or no such kind of file
     */
    public void addFile(String meetingUuid, String what) {
        services.addFile(meetingUuid, what);
    }

    /**
     * Zoom is done with the meeting that a recording belongs to.
     *
     * @throws IllegalArgumentException when there is none of that id
     */
    public void finishProcessing(String recordingId) {
        services.finishProcessing(recordingId, false);
    }

    /**
     * Zoom is done with one file, and still at work on the others.
     *
     * @throws IllegalArgumentException when there is none of that id
     */
    public void finishFile(String recordingId) {
        services.finishProcessing(recordingId, true);
    }

    /**
     * Moves a meeting to Zoom's trash.
     *
     * @throws IllegalArgumentException when there is none of that uuid
     */
    public void trash(String meetingUuid) {
        services.trash(meetingUuid);
    }

    /**
     * Sends Zoom's events there from now on: one for each meeting that is added or finished.
     *
     * @param url empty: to nobody
     * @return whether the receiver met Zoom's challenge; if not, nothing is sent there
     */
    public boolean subscribe(String url) {
        return services.subscribe(url);
    }

    /**
     * Sends one of Zoom's events about the meeting that a recording belongs to.
     *
     * @param event such as {@code recording.completed}
     * @throws IllegalArgumentException when there is no such recording
     */
    public void sendEvent(String event, String recordingId) {
        services.sendEvent(event, recordingId);
    }

    /** Ends every OAuth token that was given out. */
    public void revokeTokens() {
        services.revokeTokens();
    }

    /** No faults, no counts, no transcripts; the meetings stay as they are. */
    public void reset() {
        services.reset();
    }

    @Override
    public void close() {
        listener.close();
        services.close();
    }
}
