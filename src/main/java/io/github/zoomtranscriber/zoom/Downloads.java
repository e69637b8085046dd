package io.github.zoomtranscriber.zoom;

import io.github.zoomtranscriber.http.Busy;
import io.github.zoomtranscriber.http.Call;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.http.Loopback;
import io.github.zoomtranscriber.http.RetryAfter;
import io.github.zoomtranscriber.http.Vendor;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.work.DownloadException;
import io.github.zoomtranscriber.work.SteadyClock;
import io.github.zoomtranscriber.work.Work;
import io.github.zoomtranscriber.work.ZoomFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards the way of the audio: where our token may go, and whether what Zoom sends is audio. An unauthorised download
 * looks like success: 200 with a page of HTML.
 */
public final class Downloads {

    private static final Logger LOG = LoggerFactory.getLogger(Downloads.class);
    private static final int REMEMBERED = 1000;

    private final List<String> hosts;
    private final boolean loopback;
    private final Ledger ledger;
    private final SteadyClock clock;
    private final Map<String, Long> otherLengths = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    });

    /**
     * @param hosts the hosts that may get a token, each with all that is below it
     * @param loopback whether hosts of this machine may get one too, also without TLS
     * @param ledger is told while a download goes on
     */
    public Downloads(List<String> hosts, boolean loopback, Ledger ledger, SteadyClock clock) {
        this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
        this.loopback = loopback;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Makes the message the request for a file.
     *
     * @throws DownloadException if the call leads elsewhere than to Zoom, or nowhere
     */
    public void request(@Variable(Call.VARIABLE) Call download, Message message) throws DownloadException {
        message.removeHeaders("*");
        message.setBody(null);
        message.setHeader(Exchange.HTTP_URI, allowed(download.path()));
    }

    /**
     * @return the URL
     * @throws DownloadException if it leads elsewhere than to Zoom, or is none
     */
    String allowed(String url) throws DownloadException {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException | NullPointerException e) {
            throw new DownloadException("Zoom gave no valid address for the recording");
        }
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        boolean zooms = "https".equalsIgnoreCase(uri.getScheme())
                && hosts.stream().anyMatch(allowed -> host.equals(allowed) || host.endsWith("." + allowed));
        boolean ours = loopback && Loopback.is(host);
        if (uri.getUserInfo() != null || !zooms && !ours) {
            throw new DownloadException(
                    "The recording's address leads to %s://%s, which is not among zoom.download-hosts"
                            .formatted(uri.getScheme(), host));
        }
        return url;
    }

    /**
     * Judges the answer to a download. What is not the file is let go: its connection would be gone from the pool for
     * as long as the exchange lives, which is hours.
     *
     * @return the work with the signed address that Zoom redirects to; with none if the body is the file itself
     * @throws Busy if Zoom cannot answer now
     * @throws DownloadException if it is not audio, or a refusal
     */
    public Work redirect(
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Location") String location,
            @Header(Exchange.CONTENT_TYPE) String contentType,
            @Headers Map<String, Object> headers,
            @Variable(Work.VARIABLE) Work work,
            @Body InputStream body)
            throws Busy, DownloadException {
        return work.withSignedUrl(signed(status, location, contentType, headers, work.due(), body));
    }

    private String signed(
            int status,
            String location,
            String contentType,
            Map<String, Object> headers,
            ZoomFile text,
            InputStream body)
            throws Busy, DownloadException {
        boolean file = false;
        try {
            String address = judge(status, location, contentType, headers, text);
            file = address == null;
            return address;
        } finally {
            if (!file) {
                drop(body);
            }
        }
    }

    private String judge(int status, String location, String contentType, Map<String, Object> headers, ZoomFile text)
            throws Busy, DownloadException {
        if (status == 429 || status >= 500) {
            throw new Busy(Vendor.ZOOM, status, "on a download", RetryAfter.of(headers, clock.wallClock()));
        }
        if (status / 100 == 3) {
            return allowed(location);
        }
        if (status != 200) {
            throw new DownloadException("Zoom answers " + status + " on the download");
        }
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        boolean page = text == null
                ? type.startsWith("text/") || type.contains("json") || type.contains("xml")
                : type.contains("html");
        if (page) {
            throw new DownloadException(
                    "Zoom sends " + Clean.text(type) + " instead of " + (text == null ? "audio" : text.name()));
        }
        return null;
    }

    /** As {@code redirect}, where there is nothing to redirect to any more. */
    public void check(
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Location") String location,
            @Header(Exchange.CONTENT_TYPE) String contentType,
            @Headers Map<String, Object> headers,
            @Variable(Work.VARIABLE) Work work,
            @Body InputStream body)
            throws Busy, DownloadException {
        if (signed(status, location, contentType, headers, work.due(), body) != null) {
            throw new DownloadException("Zoom redirects from one signed address to another");
        }
    }

    /**
     * Before the audio is fetched: it may have waited for its turn for so long that it is somebody else's by now.
     *
     * @throws DownloadException if so
     */
    public void hold(@Variable(Work.VARIABLE) Work work) throws DownloadException {
        if (!ledger.uploading(work.entry(), "begins")) {
            throw new DownloadException("Another node has taken over the recording");
        }
    }

    /**
     * @return the same bytes; reading them fails where they end before Zoom's {@code file_size}, unless they do so
     *     twice at the same place: then it is Zoom's figure that is wrong. However slowly they flow, the recording
     *     stays the caller's
     * @throws DownloadException if they begin like a page of text, or there are none
     */
    public InputStream guard(@Body InputStream audio, @Variable(Work.VARIABLE) Work work)
            throws IOException, DownloadException {
        Entry entry = work.entry();
        long listed = work.file() == null ? 0 : work.file().path("file_size").asLong(0);
        long fileSize = listed > 0 ? listed : entry.recording().fileSize();
        return new GuardedAudio(
                audio,
                fileSize,
                length -> {
                    boolean again = Long.valueOf(length).equals(otherLengths.put(entry.id(), length));
                    if (again) {
                        LOG.warn(
                                "{}: downloaded {} bytes twice, although Zoom says {}; using it as it is",
                                entry.id(),
                                length,
                                fileSize);
                    }
                    return again;
                },
                new Upload(entry, fileSize, ledger, clock)::goesOn);
    }

    /**
     * What Zoom sends is not wanted: nothing more of it is fetched.
     *
     * @param unwanted null where nothing came
     */
    public static void drop(@Body InputStream unwanted) {
        if (unwanted != null) {
            GuardedAudio.abort(unwanted);
        }
    }
}
