package io.github.zoomtranscriber.simulator;

/** Zoom's refusals. Texts and codes as in its documents of March 2026 and as seen in users' reports. */
class ZoomError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final int code;

    ZoomError(int status, int code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static ZoomError invalidToken() {
        return new ZoomError(401, 124, "Invalid access token.");
    }

    static ZoomError expiredToken() {
        return new ZoomError(401, 124, "Access token is expired.");
    }

    static ZoomError missingScopes(java.util.List<String> anyOf) {
        return new ZoomError(400, 4711, "Invalid access token, does not contain scopes:" + anyOf + ".");
    }

    /** @param how as {@link Faults#expiredPageToken} has it */
    static ZoomError pageToken(String how) {
        String message = "The next page token is invalid or expired.";
        return switch (how) {
            case "404" -> new ZoomError(404, 404, message);
            case "code" -> new ZoomError(400, 200, message);
            case "inside" -> new ZoomError(200, 300, message);
            default -> new ZoomError(400, 300, message);
        };
    }

    static ZoomError noSuchUser(String user) {
        return new ZoomError(404, 1001, "User does not exist: " + user + ".");
    }

    static ZoomError noSuchMeeting(String meeting) {
        return new ZoomError(404, 3001, "Meeting does not exist: " + meeting + ".");
    }

    static ZoomError noRecording(String of) {
        return new ZoomError(404, 3301, "There is no recording for this " + of + ".");
    }

    static ZoomError unknownEndpoint() {
        return new ZoomError(400, 2300, "This API endpoint is not recognized.");
    }

    static ZoomError invalid(String field, String message) {
        return new ZoomError(400, 300, "Validation Failed.") {
            private static final long serialVersionUID = 1;

            @Override
            Response response() {
                com.fasterxml.jackson.databind.node.ObjectNode body =
                        Json.object().put("code", 300).put("message", getMessage());
                body.putArray("errors").addObject().put("field", field).put("message", message);
                return Response.json(400, body);
            }
        };
    }

    Response response() {
        return Response.json(status, Json.object().put("code", code).put("message", getMessage()));
    }
}
