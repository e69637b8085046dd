package io.github.zoomtranscriber.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.Entry;
import java.io.InputStream;
import java.util.Locale;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How AssemblyAI gets the audio of a recording. */
public final class HandOffs {

    /** AssemblyAI takes uploads of so many bytes (its documentation of 2026: 2.2 GB). */
    static final long LARGEST_UPLOAD = 2_200_000_000L;
    /** And fetches files of so many from an address (5 GB). */
    static final long LARGEST_FETCHED = 5_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(HandOffs.class);

    /** The ways there are. */
    public enum HandOff {
        /** The {@code download_url} with a token in its query: never documented for more than a while, and still seen working. */
        TOKEN,
        /** The signed address that Zoom redirects a download to: it opens one file, and no token of ours is in it. */
        LINK,
        /** Through this program, by all that Zoom documents today. */
        UPLOAD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final HandOff configured;
    private final ZoomTokens tokens;
    private final Downloads downloads;
    private volatile boolean withoutRedirect;

    /** @param handOff {@code token}, {@code link}, {@code upload}, or {@code auto} */
    public HandOffs(String handOff, ZoomTokens tokens, Downloads downloads) {
        this.configured = handOff.equals("auto") ? null : HandOff.valueOf(handOff.toUpperCase(Locale.ROOT));
        this.tokens = tokens;
        this.downloads = downloads;
    }

    /** Under {@code auto} what needs the least is tried first, and what always works once that has failed. */
    public String choose(@Variable("entry") Entry entry) {
        if (configured != null) {
            return configured.toString();
        }
        if (entry.failures() > 0 || withoutRedirect) {
            return HandOff.UPLOAD.toString();
        }
        return (tokens.isJwt() ? HandOff.TOKEN : HandOff.LINK).toString();
    }

    /** Whether Zoom has to be asked for the meeting first: for its own token, or for an address in place of one that did not work. */
    public boolean isMeetingNeeded(@Variable("entry") Entry entry, @Variable("handOff") String handOff) {
        return entry.failures() > 0 || handOff.equals("token") && !tokens.isJwt();
    }

    /** The fresh {@code download_url} of a file that was asked for anew. */
    public String downloadUrl(@Variable("file") JsonNode file) {
        return file.path("download_url").asText();
    }

    /**
     * The {@code download_url} with a token that opens it: a fresh JWT, or under OAuth the token of that one meeting. The account's own
     * token is never handed to anybody.
     *
     * @throws DownloadException if the address is not Zoom's, or Zoom gave no token
     */
    public String withToken(@Variable("downloadUrl") String downloadUrl, @Variable("meeting") JsonNode meeting) throws DownloadException {
        String token = tokens.isJwt() ? tokens.jwt() : meeting.path("download_access_token").asText("");
        if (token.isEmpty()) {
            throw new DownloadException("Zoom gave no download_access_token for the meeting");
        }
        Clean.remember(token);
        return downloads.allowed(downloadUrl) + (downloadUrl.contains("?") ? "&" : "?") + "access_token=" + token;
    }

    /** Whether the recording is larger than AssemblyAI takes it in this way. */
    public boolean isTooLarge(@Variable("entry") Entry entry, @Variable("handOff") String handOff) {
        return entry.recording().fileSize() > (handOff.equals("upload") ? LARGEST_UPLOAD : LARGEST_FETCHED);
    }

    /**
     * How a recording is handed over that is larger than an upload may be, and has no smaller file of the same sound.
     *
     * @return {@code link}
     * @throws TooLargeException if it is too large for that as well
     */
    public String ofLarge(@Variable("entry") Entry entry) throws TooLargeException {
        long size = entry.recording().fileSize();
        if (size > LARGEST_FETCHED) {
            throw new TooLargeException("The file has %s, more than the 5 GB that AssemblyAI takes, and Zoom has no sound alone (audio_only) of it"
                    .formatted(gigabytes(size)));
        }
        LOG.info("{} goes by link: it has {}, more than the 2.2 GB of an upload, and Zoom has no sound alone of it", entry.id(), gigabytes(size));
        return HandOff.LINK.toString();
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }

    /**
     * Zoom sent the file where an address was hoped for. What it sends is let go: an upload begins when its turn has come.
     *
     * @return {@code upload}
     * @throws DownloadException if nothing but {@code link} is allowed
     */
    public String withoutRedirect(@Variable("entry") Entry entry, Message message) throws DownloadException {
        if (message.getBody() instanceof InputStream file) {
            Downloads.drop(file);
        }
        message.setBody(null);
        long size = entry.recording().fileSize();
        if (configured == HandOff.LINK) {
            throw new DownloadException("Zoom does not redirect to a signed address here, so assemblyai.hand-off=link cannot work: use upload");
        }
        if (!withoutRedirect) {
            withoutRedirect = true;
            LOG.info("Zoom does not redirect downloads to a signed address here: recordings are uploaded from now on");
            if (size > LARGEST_UPLOAD) {
                throw new DownloadException("The file has %s, too much for an upload".formatted(gigabytes(size)));
            }
        } else if (size > LARGEST_UPLOAD) {
            throw new TooLargeException(("The file has %s, more than the 2.2 GB of an upload; Zoom has no sound alone (audio_only) of it, and gives no "
                    + "address for AssemblyAI to fetch it by").formatted(gigabytes(size)));
        }
        return HandOff.UPLOAD.toString();
    }
}
