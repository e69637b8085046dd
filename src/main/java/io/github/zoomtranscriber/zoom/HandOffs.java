package io.github.zoomtranscriber.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.work.DownloadException;
import io.github.zoomtranscriber.work.HandOff;
import io.github.zoomtranscriber.work.TooLargeException;
import io.github.zoomtranscriber.work.Work;
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
    public Work choose(@Variable(Work.VARIABLE) Work work) {
        return work.withHandOff(choose(work.entry()))
                .withDownloadUrl(work.entry().recording().downloadUrl());
    }

    private HandOff choose(Entry entry) {
        if (configured != null) {
            return configured;
        }
        if (entry.failures() > 0 || withoutRedirect) {
            return HandOff.UPLOAD;
        }
        return tokens.isJwt() ? HandOff.TOKEN : HandOff.LINK;
    }

    /**
     * Whether Zoom has to be asked for the meeting first: for its own token, or for an address in place of one that did
     * not work.
     */
    public boolean isMeetingNeeded(@Variable(Work.VARIABLE) Work work) {
        return work.entry().failures() > 0 || work.handOff() == HandOff.TOKEN && !tokens.isJwt();
    }

    /**
     * Has AssemblyAI fetch the {@code download_url} with a token that opens it: a fresh JWT, or under OAuth the token
     * of that one meeting. The account's own token is never handed to anybody.
     *
     * @throws DownloadException if the address is not Zoom's, or Zoom gave no token
     */
    public Work withToken(@Variable(Work.VARIABLE) Work work) throws DownloadException {
        String token = tokens.isJwt()
                ? tokens.jwt()
                : work.meeting().path("download_access_token").asText("");
        if (token.isEmpty()) {
            throw new DownloadException("Zoom gave no download_access_token for the meeting");
        }
        Clean.remember(token);
        String address = downloads.allowed(work.downloadUrl());
        return work.withAudioUrl(address + (address.contains("?") ? "&" : "?") + "access_token=" + token);
    }

    /** Has AssemblyAI fetch the signed address that Zoom redirected to. */
    public Work withLink(@Variable(Work.VARIABLE) Work work) {
        return work.withAudioUrl(work.signedUrl());
    }

    /** Whether the recording is larger than AssemblyAI takes it in this way. */
    public boolean isTooLarge(@Variable(Work.VARIABLE) Work work) {
        return work.entry().recording().fileSize()
                > (work.handOff() == HandOff.UPLOAD ? LARGEST_UPLOAD : LARGEST_FETCHED);
    }

    /**
     * How a recording is handed over that is too large: as the sound alone of the same segment, else by link.
     *
     * @param work with the meeting and the large file, as Zoom has them now
     * @throws TooLargeException if there is no sound alone, and the file is too large for a link as well
     */
    public Work fit(@Variable(Work.VARIABLE) Work work) throws TooLargeException {
        JsonNode sound = Recordings.sound(work.meeting(), work.file());
        if (sound != null) {
            return work.withFile(sound);
        }
        Entry entry = work.entry();
        long size = entry.recording().fileSize();
        if (size > LARGEST_FETCHED) {
            throw new TooLargeException(
                    "The file has %s, more than the 5 GB that AssemblyAI accepts, and Zoom has no audio_only file of it"
                            .formatted(gigabytes(size)));
        }
        LOG.info(
                "{} is handed over by link: it has {}, an upload may have 2.2 GB, and Zoom has no audio_only file of it",
                entry.id(),
                gigabytes(size));
        return work.withHandOff(HandOff.LINK);
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }

    /**
     * Zoom sent the file where an address was hoped for. What it sends is let go: an upload begins when its turn has
     * come.
     *
     * @return the work as an upload
     * @throws DownloadException if nothing but {@code link} is allowed
     */
    public Work withoutRedirect(@Variable(Work.VARIABLE) Work work, Message message) throws DownloadException {
        if (message.getBody() instanceof InputStream file) {
            Downloads.drop(file);
        }
        message.setBody(null);
        long size = work.entry().recording().fileSize();
        if (configured == HandOff.LINK) {
            throw new DownloadException(
                    "Zoom does not redirect to a signed address here, so assemblyai.hand-off=link cannot work: use upload");
        }
        if (!withoutRedirect) {
            withoutRedirect = true;
            LOG.info("Zoom does not redirect downloads to a signed address; uploading recordings from now on");
            if (size > LARGEST_UPLOAD) {
                throw new DownloadException("The file has %s, too much for an upload".formatted(gigabytes(size)));
            }
        } else if (size > LARGEST_UPLOAD) {
            throw new TooLargeException(
                    ("The file has %s, more than the 2.2 GB of an upload; Zoom has no sound alone (audio_only) of it, and gives no "
                                    + "address for AssemblyAI to fetch it by")
                            .formatted(gigabytes(size)));
        }
        return work.withHandOff(HandOff.UPLOAD);
    }
}
