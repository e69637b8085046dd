package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.simulator.ZoomListing.Window;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code api.zoom.us/v2}: users, recordings of a user, of the account, of one meeting (Zoom's documents of March 2026).
 */
final class ZoomApi {

    private static final int LARGEST_PAGE = 300;
    private static final int LARGEST_USER_PAGE = 2_000;
    private static final int LONGEST_TTL = 604_800;

    private final World world;
    private final ZoomTokens tokens;
    private final ZoomJson json;
    private final ZoomListing listing;

    ZoomApi(World world, ZoomTokens tokens, ZoomJson json, ZoomListing listing) {
        this.world = world;
        this.tokens = tokens;
        this.json = json;
        this.listing = listing;
    }

    /** @throws ZoomError for what Zoom refuses */
    Response handle(Request request) throws IOException {
        List<String> path = request.segments();
        String shape = request.method()
                + ' '
                + path.get(1)
                + (path.size() > 2 ? "/*" : "")
                + (path.size() > 3 ? '/' + path.get(3) : "")
                + (path.size() > 4 ? "/*" : "");
        return switch (shape) {
            case "GET users" -> users(request);
            case "GET users/*/recordings" -> recordingsOfUser(request, path.get(2));
            case "GET accounts/*/recordings" -> recordingsOfAccount(request, path.get(2));
            case "GET meetings/*/recordings" -> meeting(request, path.get(2));
            case "GET meetings/*/transcript" -> transcript(request, path.get(2));
            case "DELETE meetings/*/recordings" -> trash(request, path.get(2));
            case "DELETE meetings/*/recordings/*" -> trashFile(request, path.get(2), path.get(4));
            case "PUT meetings/*/recordings/*" -> recover(request, path.get(2));
            default -> throw ZoomError.unknownEndpoint();
        };
    }

    private Response users(Request request) {
        tokens.checkMeetings(request, ZoomScopes.LIST_USERS);
        String status = request.query("status").orElse("active");
        List<User> chosen = world.meetings().users().stream()
                .filter(user -> user.status().equals(status))
                .toList();
        ObjectNode page = listing.page(
                request, "users " + status, chosen, LARGEST_USER_PAGE, "users", user -> json.user(user, world.now()));
        return Response.json(200, page.put("page_number", 1));
    }

    private Response recordingsOfUser(Request request, String idOrEmail) {
        ZoomTokens.Kind kind = tokens.checkMeetings(request, ZoomScopes.LIST_USER_RECORDINGS);
        String name = Request.decodeSegment(idOrEmail);
        if (name.equals("me") && kind == ZoomTokens.Kind.OAUTH) {
            world.counters().violated("zoom: 'me' as a user, with a Server-to-Server token");
        }
        User user = world.meetings()
                .user(name)
                .filter(found -> !found.isPending())
                .orElseThrow(() -> ZoomError.noSuchUser(name));
        refuseUser(user);
        if (request.query("trash").filter("true"::equals).isPresent()) {
            return trashOf(request, user);
        }
        Window window = listing.window(request);
        Optional<String> number = request.query("meeting_id");
        String source = request.query("recording_source_type").orElse("");
        List<Meeting> chosen = listed(window)
                .filter(meeting -> meeting.host().equals(user))
                .filter(meeting -> isOf(source, meeting))
                .filter(meeting -> number.isEmpty() || number.get().equals(Long.toString(meeting.number())))
                .toList();
        return page(request, "user " + user.id() + number.orElse("") + source, window, chosen, true);
    }

    /**
     * Since 2026-09-21, for a user's listing alone.
     *
     * @param source empty for all
     */
    private static boolean isOf(String source, Meeting meeting) {
        return switch (source) {
            case "cloud_recording_only" -> !meeting.isMyNotes();
            case "my_notes_recording_only" -> meeting.isMyNotes();
            default -> true;
        };
    }

    private void refuseUser(User user) {
        String refusal = world.faults()
                .refusedUsers
                .getOrDefault(user.id(), world.faults().refusedUsers.get(user.email()));
        if (refusal != null) {
            throw refusal.equals("404")
                    ? ZoomError.noSuchUser(user.id())
                    : new ZoomError(400, 1010, "User does not belong to this account: " + user.id() + ".");
        }
    }

    private Response recordingsOfAccount(Request request, String account) {
        tokens.checkMeetings(request, ZoomScopes.LIST_ACCOUNT_RECORDINGS);
        switch (world.faults().refuseAccountListing) {
            case "" -> {}
            case "scopes" -> throw ZoomError.missingScopes(ZoomScopes.LIST_ACCOUNT_RECORDINGS);
            case "plan" -> throw new ZoomError(400, 200, "Only available for Paid accounts.");
            case "inside" -> throw new ZoomError(200, 200, "You do not have the right permissions.");
            case "unauthorized" -> throw ZoomError.invalidToken();
            default -> throw new ZoomError(403, 403, "REST access denied for this account.");
        }
        if (!account.equals("me") && !account.equals(Simulator.ZOOM_ACCOUNT_ID)) {
            throw new ZoomError(404, 2001, "Account does not exist: " + account + ".");
        }
        Window window = listing.window(request);
        return page(request, "account", window, listed(window).toList(), false);
    }

    private java.util.stream.Stream<Meeting> listed(Window window) {
        List<String> unknown = world.faults().unknownMeetings;
        return world.faults().emptyListings
                ? java.util.stream.Stream.empty()
                : world.meetings().meetings().stream()
                        .filter(meeting -> meeting.deleted() == null && window.holds(meeting.date()))
                        .filter(meeting -> !FaultBoard.names(unknown, meeting.uuid()));
    }

    private Response page(Request request, String key, Window window, List<Meeting> chosen, boolean withPageCount) {
        ObjectNode page = Json.object()
                .put("from", window.from().toString())
                .put("to", window.to().toString());
        page.setAll(listing.page(
                request,
                key + ' ' + window,
                chosen,
                LARGEST_PAGE,
                "meetings",
                meeting -> json.meeting(meeting, false)));
        if (!withPageCount) {
            page.remove("page_count");
        }
        return Response.json(200, page);
    }

    /** The trash is not by date; {@code recording_file} lists meetings of which single files were deleted. */
    private Response trashOf(Request request, User user) {
        boolean files =
                request.query("trash_type").filter("recording_file"::equals).isPresent();
        List<Meeting> chosen = world.meetings().meetings().stream()
                .filter(meeting -> meeting.host().equals(user))
                .filter(meeting -> files
                        ? meeting.deleted() == null && meeting.presentFiles().size() < countOf(meeting)
                        : meeting.deleted() != null)
                .toList();
        return Response.json(
                200,
                listing.page(
                        request,
                        "trash " + user.id() + files,
                        chosen,
                        LARGEST_PAGE,
                        "meetings",
                        meeting -> json.meeting(meeting, true)));
    }

    private static int countOf(Meeting meeting) {
        return meeting.files() == null ? 0 : meeting.files().size();
    }

    private Response meeting(Request request, String idOrUuid) {
        tokens.checkMeetings(request, ZoomScopes.READ_MEETING);
        Meeting meeting = present(idOrUuid);
        if (world.faults().refuseMeetingInside) {
            throw new ZoomError(200, 200, "You do not have the right permissions.");
        }
        ObjectNode body = json.wholeMeeting(meeting);
        if (request.query("include_fields")
                .filter("download_access_token"::equals)
                .isPresent()) {
            body.put("download_access_token", tokens.downloadToken(meeting, ttl(request)));
        }
        return Response.json(200, body);
    }

    static Duration ttl(Request request) {
        try {
            int ttl = request.query("ttl").map(Integer::parseInt).orElse(LONGEST_TTL);
            if (ttl < 0 || ttl > LONGEST_TTL) {
                throw ZoomError.invalid("ttl", "The value must be from 0 to " + LONGEST_TTL + ".");
            }
            return Duration.ofSeconds(ttl);
        } catch (NumberFormatException e) {
            throw ZoomError.invalid("ttl", "The value must be a number.");
        }
    }

    private Meeting present(String idOrUuid) {
        Meeting meeting = find(idOrUuid);
        if (meeting.deleted() != null || FaultBoard.names(world.faults().unknownMeetings, meeting.uuid())) {
            throw ZoomError.noRecording("meeting");
        }
        return meeting;
    }

    /** By number, which means the newest occurrence, or by uuid. */
    private Meeting find(String segment) {
        if (segment.matches("\\d{9,12}")) {
            return world.meetings().latest(Long.parseLong(segment)).orElseThrow(() -> ZoomError.noRecording("meeting"));
        }
        return decodeUuid(segment).flatMap(world.meetings()::meeting).orElseThrow(() -> {
            if (world.meetings().isKnownDecoded(segment)) {
                world.counters().violated("zoom: a meeting's uuid that is not encoded as it must be");
            }
            return ZoomError.noSuchMeeting(Request.decodeSegment(segment));
        });
    }

    /** Encoded once, or twice if it begins with a slash or holds two in a row; never the other way. */
    private static Optional<String> decodeUuid(String segment) {
        String once = Request.decodeSegment(segment);
        String twice = Request.decodeSegment(once);
        if (!once.equals(twice)) {
            return Optional.of(twice).filter(ZoomApi::needsDoubleEncoding);
        }
        return Optional.of(once).filter(uuid -> !needsDoubleEncoding(uuid));
    }

    private static boolean needsDoubleEncoding(String uuid) {
        return uuid.startsWith("/") || uuid.contains("//");
    }

    /** Zoom's own transcript of a meeting. */
    private Response transcript(Request request, String idOrUuid) {
        tokens.checkMeetings(request, ZoomScopes.READ_MEETING);
        Meeting meeting = present(idOrUuid);
        Optional<RecordingFile> file = meeting.presentFiles().stream()
                .filter(each -> each.type().equals("TRANSCRIPT"))
                .findFirst();
        ObjectNode body = Json.object()
                .put("meeting_id", meeting.uuid())
                .put("account_id", Simulator.ZOOM_ACCOUNT_ID)
                .put("meeting_topic", meeting.topic())
                .put("host_id", meeting.host().id())
                .put("can_download", file.isPresent());
        file.ifPresentOrElse(
                each -> body.put("transcript_created_time", ZoomJson.time(each.end()))
                        .put(
                                "download_url",
                                json.file(each, meeting).get("download_url").asText()),
                () -> body.put("download_restriction_reason", "NO_TRANSCRIPT_DATA"));
        return Response.json(200, body);
    }

    private Response trash(Request request, String idOrUuid) {
        tokens.checkMeetings(request, ZoomScopes.DELETE_MEETING);
        Meeting meeting = present(idOrUuid);
        if (meeting.isInWork()) {
            throw new ZoomError(400, 3303, "You can not delete an uncompleted meeting.");
        }
        if (request.query("action").filter("delete"::equals).isPresent()) {
            world.meetings().remove(meeting.uuid());
        } else {
            world.meetings().trash(meeting.uuid(), world.now());
        }
        return Response.empty(204);
    }

    private Response trashFile(Request request, String idOrUuid, String fileId) {
        tokens.checkMeetings(request, ZoomScopes.DELETE_FILE);
        Meeting meeting = present(idOrUuid);
        if (meeting.presentFiles().stream().noneMatch(file -> file.id().equals(fileId))) {
            throw ZoomError.noRecording("meeting");
        }
        world.meetings()
                .change(
                        meeting.uuid(),
                        each -> each.withFiles(file -> file.id().equals(fileId) ? file.deleted(world.now()) : file));
        return Response.empty(204);
    }

    private Response recover(Request request, String idOrUuid) throws IOException {
        tokens.checkMeetings(request, ZoomScopes.RECOVER_MEETING);
        if (!request.text().contains("\"recover\"")) {
            throw ZoomError.invalid("action", "The value must be recover.");
        }
        Meeting meeting = find(idOrUuid);
        world.meetings().change(meeting.uuid(), each -> each.deleted(null).withFiles(file -> file.deleted(null)));
        return Response.empty(204);
    }
}
