package io.github.zoomtranscriber.zoom;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Paths of Zoom's API, encoded. */
final class Paths {

    private Paths() {}

    static String meeting(String uuid) {
        boolean twice = uuid.startsWith("/") || uuid.contains("//");
        return "/meetings/" + (twice ? encode(encode(uuid)) : encode(uuid)) + "/recordings";
    }

    static String session(String id) {
        return "/videosdk/sessions/" + (id.contains("/") ? encode(encode(id)) : encode(id)) + "/recordings";
    }

    static String user(String idOrEmail) {
        return "/users/" + encode(idOrEmail) + "/recordings";
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
