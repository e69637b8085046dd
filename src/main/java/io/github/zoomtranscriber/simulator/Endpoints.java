package io.github.zoomtranscriber.simulator;

import java.util.List;
import java.util.Set;

/** Names of endpoints for counting: the ids in a path are left out. */
final class Endpoints {

    private static final Set<String> WORDS = Set.of(
            "v2",
            "oauth",
            "token",
            "users",
            "accounts",
            "meetings",
            "recordings",
            "transcript",
            "status",
            "videosdk",
            "sessions",
            "upload",
            "srt",
            "vtt",
            "sentences",
            "paragraphs",
            "word-search",
            "redacted-audio",
            "rec",
            "download",
            "webhook_download",
            "share",
            "play");

    private Endpoints() {}

    /** @return such as {@code GET /v2/users/{}/recordings} */
    static String name(Request request) {
        if (request.path().startsWith("/cmr/")) {
            return request.method() + " /cmr/{}";
        }
        StringBuilder name = new StringBuilder(request.method()).append(' ');
        List<String> segments = request.segments();
        for (String segment : segments.subList(0, Math.min(8, segments.size()))) {
            name.append('/').append(WORDS.contains(segment) ? segment : "{}");
        }
        return name.toString();
    }
}
