package io.github.zoomtranscriber.transcript;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;

/** Links that may be clicked. */
final class Links {

    private Links() {}

    /** @return the link as it is if it leads into the web, else "" */
    static String web(String link) {
        try {
            URI uri = new URI(link);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null ? uri.toASCIIString() : "";
        } catch (URISyntaxException e) {
            return "";
        }
    }

    /**
     * A link to one moment of a recording. Zoom's player takes the instant of the moment, in milliseconds since 1970,
     * as {@code startTime}: so it writes the links to its own recordings (seen from 2018 to 2023; in no document of
     * Zoom's).
     *
     * @param offset milliseconds from the start of the recording
     * @return "" where there is no link to the recording; the link to the whole where its start is unknown
     */
    static String moment(Meeting meeting, long offset) {
        String link = meeting.shareUrl();
        Instant start = meeting.start();
        if (link.isEmpty() || start == null) {
            return link;
        }
        int hash = link.indexOf('#');
        String page = hash < 0 ? link : link.substring(0, hash);
        return page + (page.contains("?") ? "&" : "?") + "startTime=" + (start.toEpochMilli() + offset);
    }
}
