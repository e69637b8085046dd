package io.github.zoomtranscriber.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The hosts that the files come from: {@code /rec/download/...} checks who asks and redirects; the second host,
 * {@code /cmr/...}, gives out the bytes to whoever holds the signed address.
 *
 * <p>Zoom's answer to someone who may not is a page with status 200, not an error (seen by many until 2025).
 */
final class ZoomDownloads {

    private static final String PASSCODE_PAGE =
            """
            <!DOCTYPE html><html lang="en"><head><title>Recording</title></head>
            <body><h1>Password Required</h1><form><input type="password" name="password"><button>Watch</button></form></body></html>
            """;
    private static final String HOST_ONLY_PAGE =
            """
            <!DOCTYPE html><html lang="en"><head><title>Recording</title></head>
            <body><p>Only the host can download this recording.</p></body></html>
            """;
    private static final String DENIED =
            """
            <?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>Access denied</Message></Error>
            """;

    private final World world;
    private final ZoomTokens tokens;
    private final DownloadAddresses addresses;

    ZoomDownloads(World world, ZoomTokens tokens, DownloadAddresses addresses) {
        this.world = world;
        this.tokens = tokens;
        this.addresses = addresses;
    }

    /**
     * A {@code download_url}.
     *
     * @param ownFetch AssemblyAI's half asks, which is spared what is meant for clients
     */
    Response download(Request request, boolean ownFetch) {
        String name = request.segments().size() > 2 ? request.segments().get(2) : "";
        DownloadAddresses.Address address = addresses.read(name).orElse(null);
        ZoomAccount.Found found =
                address == null ? null : world.recording(address.fileId()).orElse(null);
        if (found == null
                || found.meeting().deleted() != null
                || found.file().deleted() != null
                || !world.now().isBefore(address.made().plus(world.faults().downloadUrlLife))) {
            return Response.html(404, "<html><body>This recording does not exist. (3,301)</body></html>");
        }
        String key = found.file().id();
        try {
            if (!isAllowed(request, found.meeting())) {
                return Response.html(200, request.bearer().isPresent() ? HOST_ONLY_PAGE : PASSCODE_PAGE);
            }
        } catch (ZoomError e) {
            return e.response();
        }
        if (!ownFetch && world.strikes("refusedDownloadRate", key, world.faults().refusedDownloadRate)) {
            return ZoomError.invalidToken().response();
        }
        if (!ownFetch && world.strikes("wrongContentRate", key, world.faults().wrongContentRate)) {
            return Response.html(200, HOST_ONLY_PAGE);
        }
        if (found.file().processing()) {
            return Response.html(200, "<html><body>This recording is still being processed.</body></html>");
        }
        Response instead = insteadOf(found.file());
        if (instead != null) {
            return instead;
        }
        if (world.faults().noRedirect) {
            return file(found.file(), ownFetch);
        }
        Response redirect = world.faults().redirectWithPage
                ? Response.html(302, "<html><body>302 Found</body></html>")
                : Response.empty(302);
        return redirect.with("Location", addresses.signed(found.meeting(), found.file()));
    }

    /** @return what comes in place of a file that Zoom makes beside the sound; null: the file */
    private Response insteadOf(RecordingFile file) {
        String fault = ownFileFault(file);
        if (fault == null) {
            return null;
        }
        world.counters().struck("ownFiles");
        return switch (fault) {
            case "silence" -> Response.empty(504).after(Duration.ofHours(1));
            case "html" -> Response.html(200, HOST_ONLY_PAGE);
            case "cut", "stall" -> null;
            default -> fault.matches("\\d{3}")
                    ? Response.text(Integer.parseInt(fault), "")
                    : Response.of(200, file.mediaType(), Content.of(fault));
        };
    }

    private String ownFileFault(RecordingFile file) {
        Map<String, String> faults = world.faults().ownFiles;
        return file.isAudible()
                ? null
                : faults.getOrDefault(String.valueOf(file.id()), faults.get(String.valueOf(file.kind())));
    }

    private boolean isAllowed(Request request, Meeting meeting) {
        Optional<String> token = request.bearer();
        if (token.isEmpty() && !world.faults().refuseQueryToken) {
            token = request.query("access_token");
        }
        boolean session = world.sessions().meeting(meeting.uuid()).isPresent();
        return token.isPresent() && tokens.opens(meeting, session, token.get());
    }

    /** A signed address on the second host. */
    Response signed(Request request, boolean ownFetch) {
        if (request.header("Authorization").isPresent()) {
            world.counters().violated("zoom: Authorization sent along to the second host");
            if (world.faults().refuseForwardedBearer) {
                return denied();
            }
        }
        ZoomAccount.Found found =
                addresses.recordingOf(request.path()).flatMap(world::recording).orElse(null);
        if (found == null || !addresses.isGood(request)) {
            return denied();
        }
        return file(found.file(), ownFetch);
    }

    private static Response denied() {
        return Response.of(403, "application/xml", Content.of(DENIED));
    }

    private Response file(RecordingFile file, boolean ownFetch) {
        Content content = world.content(file);
        Faults faults = world.faults();
        if (!ownFetch && world.strikes("emptyDownloadRate", file.id(), faults.emptyDownloadRate)) {
            content = Content.of("");
        }
        Response response = Response.of(200, file.mediaType(), content).slowedTo(faults.downloadBytesPerSecond);
        if (faults.noContentLength) {
            response.withoutLength();
        }
        if (!ownFetch && world.strikes("truncatedDownloadRate", file.id(), faults.truncatedDownloadRate)) {
            response.cutAfter(content.size() * 2 / 3);
        }
        String ownFile = String.valueOf(ownFileFault(file));
        if (ownFile.equals("cut")) {
            response.cutAfter(content.size() / 2);
        }
        if (ownFile.equals("stall") || !ownFetch && world.board().takeStalledDownload()) {
            response.cutAfter(content.size() / 2).stalling();
        }
        return response;
    }

    /** Pages that people open: the player and the shared link. */
    Response page() {
        return Response.html(200, PASSCODE_PAGE);
    }
}
