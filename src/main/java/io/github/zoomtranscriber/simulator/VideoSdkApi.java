package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.simulator.ZoomListing.Window;
import java.io.IOException;
import java.util.List;

/**
 * {@code api.zoom.us/v2/videosdk}: sessions in place of meetings, and a JWT in place of OAuth (documents of March
 * 2026).
 */
final class VideoSdkApi {

    private static final int LARGEST_PAGE = 300;

    private final World world;
    private final ZoomTokens tokens;
    private final ZoomJson json;
    private final ZoomListing listing;

    VideoSdkApi(World world, ZoomTokens tokens, ZoomJson json, ZoomListing listing) {
        this.world = world;
        this.tokens = tokens;
        this.json = json;
        this.listing = listing;
    }

    /** @throws ZoomError for what Zoom refuses */
    Response handle(Request request) throws IOException {
        tokens.checkVideoSdk(request);
        List<String> path = request.segments();
        if (path.size() == 3
                && path.get(2).equals("recordings")
                && request.method().equals("GET")) {
            return list(request);
        }
        boolean ofSession = path.size() >= 5
                && path.get(2).equals("sessions")
                && path.get(4).equals("recordings");
        if (!ofSession || path.size() > 6) {
            throw ZoomError.unknownEndpoint();
        }
        Meeting session = session(path.get(3));
        return switch (request.method() + ' ' + path.size()) {
            case "GET 5" -> read(request, session);
            case "DELETE 5" -> trash(request, session);
            case "DELETE 6" -> trashFile(session, path.get(5));
            case "PUT 6" -> recover(request, session);
            default -> throw ZoomError.unknownEndpoint();
        };
    }

    private Response list(Request request) {
        boolean trash = request.query("trash").filter("true"::equals).isPresent();
        Window window = listing.window(request);
        List<Meeting> chosen = world.faults().emptyListings
                ? List.of()
                : world.sessions().meetings().stream()
                        .filter(session -> trash
                                ? session.deleted() != null
                                : session.deleted() == null && window.holds(session.date()))
                        .toList();
        ObjectNode page = Json.object()
                .put("from", window.from().toString())
                .put("to", window.to().toString());
        page.setAll(listing.page(
                request, "sessions " + trash + ' ' + window, chosen, LARGEST_PAGE, "sessions", json::session));
        page.remove("page_count");
        return Response.json(200, page);
    }

    /** A session's id is encoded twice when it holds any slash. */
    private Meeting session(String segment) {
        String once = Request.decodeSegment(segment);
        String twice = Request.decodeSegment(once);
        String id = once.equals(twice) && once.contains("/") ? "" : twice;
        return world.sessions().meeting(id).orElseThrow(() -> {
            if (world.sessions().isKnownDecoded(segment)) {
                world.counters().violated("zoom: a session's id that is not encoded as it must be");
            }
            return ZoomError.noRecording("session");
        });
    }

    private Response read(Request request, Meeting session) {
        requirePresent(session);
        ObjectNode body = json.session(session);
        if (!session.participantFiles().isEmpty()) {
            ArrayNode array = body.putArray("participant_audio_files");
            session.participantFiles().forEach(file -> array.add(json.sessionParticipantFile(file)));
        }
        if (request.query("include_fields")
                .filter("download_access_token"::equals)
                .isPresent()) {
            body.put("download_access_token", tokens.downloadToken(session, ZoomApi.ttl(request)));
        }
        return Response.json(200, body);
    }

    private static void requirePresent(Meeting session) {
        if (session.deleted() != null) {
            throw ZoomError.noRecording("session");
        }
    }

    private Response trash(Request request, Meeting session) {
        requirePresent(session);
        if (request.query("action").filter("delete"::equals).isPresent()) {
            world.sessions().remove(session.uuid());
        } else {
            world.sessions().trash(session.uuid(), world.now());
        }
        return Response.empty(204);
    }

    private Response trashFile(Meeting session, String fileId) {
        requirePresent(session);
        if (session.presentFiles().stream().noneMatch(file -> file.id().equals(fileId))) {
            throw ZoomError.noRecording("session");
        }
        world.sessions()
                .change(
                        session.uuid(),
                        each -> each.withFiles(file -> file.id().equals(fileId) ? file.deleted(world.now()) : file));
        return Response.empty(204);
    }

    private Response recover(Request request, Meeting session) throws IOException {
        if (!request.text().contains("\"recover\"")) {
            throw ZoomError.invalid("action", "The value must be recover.");
        }
        world.sessions().change(session.uuid(), each -> each.deleted(null).withFiles(file -> file.deleted(null)));
        return Response.empty(204);
    }
}
