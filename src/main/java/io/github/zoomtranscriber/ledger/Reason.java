package io.github.zoomtranscriber.ledger;

import java.util.Arrays;
import java.util.List;

/**
 * Why a recording waits, failed or was skipped. The ledger keeps this code, which programs compare, beside a sentence,
 * which people read; nothing depends on the wording of the sentence.
 *
 * <p>While a node of a version from before the codes shares the ledger, that node writes sentences without a code. Such
 * a row counts as {@link #OTHER}, its sentence is shown as it is, and the next node of this version that starts gives
 * it its code. Where the older node changes a row that has a code, the code of the earlier reason stays until the
 * reason changes again: until then the row may be counted under the wrong reason. The older node, for its part,
 * recognises three reasons by how their sentences begin, so these beginnings must stay as they are: {@code deleted at
 * Zoom}, {@code Zoom was still processing it after} and {@code above assemblyai.max-hours-per-day}.
 */
public enum Reason {
    /** Waits: AssemblyAI refuses all submissions, so none is made but one now and then. */
    SUBMISSIONS_PAUSED(Failure.OTHER),
    /** Waits, with its transcript kept: nothing can be delivered, so nothing is but one now and then. */
    DELIVERIES_PAUSED(Failure.OTHER),
    /** Waits for the next day: the hours of audio that may be submitted in a day are used up. */
    DAILY_HOURS_USED_UP(Failure.OTHER),
    /** Waits: Zoom or AssemblyAI was busy, broken or unreachable. */
    VENDOR_UNAVAILABLE(Failure.OTHER),
    /** Is to be looked for at AssemblyAI: it was submitted, and the answer was lost. */
    ANSWER_LOST(Failure.OTHER),
    /** AssemblyAI refused the request. */
    ASSEMBLYAI_REFUSED(Failure.ASSEMBLYAI_REFUSED),
    /** AssemblyAI accepted the recording, and its job ended in an error. */
    ASSEMBLYAI_ERROR(Failure.ASSEMBLYAI_ERROR),
    /** The transcript was deleted at AssemblyAI before it was fetched. */
    TRANSCRIPT_DELETED(Failure.TRANSCRIPT_DELETED),
    /** Zoom refused the request. */
    ZOOM_REFUSED(Failure.ZOOM_REFUSED),
    /** Zoom did not send the audio. */
    DOWNLOAD_FAILED(Failure.DOWNLOAD),
    /** The file is larger than AssemblyAI accepts. */
    TOO_LARGE(Failure.OTHER),
    /** The recording is longer than the hours of audio that may be submitted in a day. */
    LONGER_THAN_DAILY_HOURS(Failure.OTHER),
    /** Skipped: Zoom says that it no longer has the recording. It is taken up again should Zoom list it again. */
    DELETED_AT_ZOOM(Failure.OTHER),
    /**
     * Skipped: Zoom was still processing it after {@code zoom.wait-days}. It is taken up should Zoom list it as ready.
     */
    PROCESSING_TOO_LONG(Failure.OTHER),
    /** Skipped: one of Zoom's My Notes, which the options leave out. It is taken up should they let it through. */
    MY_NOTES(Failure.OTHER),
    /** Skipped by a person. */
    SKIPPED_BY_HAND(Failure.OTHER),
    /** Delivered, although nobody speaks in it. */
    NO_SPEECH(Failure.OTHER),
    /** Delivered to the route of whoever embeds this program. */
    GIVEN_TO_ESTATE(Failure.OTHER),
    /**
     * Anything else: a file that cannot be written, an unexpected error, or a reason of another version of this
     * program.
     */
    OTHER(Failure.OTHER);

    /** Why a recording was skipped that is taken up once Zoom lists it as ready, unless it is left out then. */
    static final List<Reason> AWAITED = List.of(DELETED_AT_ZOOM, PROCESSING_TOO_LONG, MY_NOTES);

    private final Failure failure;

    Reason(Failure failure) {
        this.failure = failure;
    }

    /** The kind of failure under which failed recordings with this reason are counted. */
    public Failure failure() {
        return failure;
    }

    /**
     * @return the reason with this code; {@link #OTHER} if there is none, as newer versions may have more; null for
     *     null
     */
    static Reason of(String code) {
        return code == null
                ? null
                : Arrays.stream(values())
                        .filter(reason -> reason.name().equals(code))
                        .findFirst()
                        .orElse(OTHER);
    }
}
