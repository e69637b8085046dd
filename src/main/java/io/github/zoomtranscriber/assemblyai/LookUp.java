package io.github.zoomtranscriber.assemblyai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.zoomtranscriber.http.Answers;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.http.Vendor;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/**
 * Looks in AssemblyAI's list for a job whose answer was lost. Its {@code audio_url} is the only handle on it: host and
 * path are compared, as a query changes. The list may lag, so an empty look is repeated until the job must have shown.
 * For one exchange at a time.
 */
public final class LookUp {

    /** The most that AssemblyAI gives on one page. */
    private static final int LIMIT = 200;

    private static final int LOOKS = 5;
    /** AssemblyAI's clock may be behind that of the ledger. */
    private static final Duration SKEW = Duration.ofMinutes(2);
    /** It may be behind by more, where ours is wrong, or was set since: the look that decides allows for so much. */
    private static final Duration WRONG = Duration.ofDays(1);

    private final String audioUrl;
    private Instant since;
    private boolean decides;
    private final Instant until;
    private final Duration pause;
    private final Clock clock;
    private String beforeId = "";
    private String transcriptId;
    private boolean unfinished = true;

    /**
     * @param audioUrl as it was submitted, without its query
     * @param submittedAt when it was marked as being submitted
     * @param lag how long a job may take to show in the list
     */
    public LookUp(String audioUrl, Instant submittedAt, Duration lag, Clock clock) {
        this.audioUrl = audioUrl;
        this.since = submittedAt.minus(SKEW);
        // from now, not from then: a POST that timed out on our side may have been taken at its last moment
        this.until = clock.instant().plus(lag);
        this.pause = lag.dividedBy(LOOKS);
        this.clock = clock;
    }

    public boolean isUnfinished() {
        return unfinished;
    }

    /** Milliseconds to wait before the next page: none within one look, nor before the one that decides. */
    public long getPause() {
        return beforeId.isEmpty() && !decides ? pause.toMillis() : 0;
    }

    public String getQuery() {
        return "limit=" + LIMIT + (beforeId.isEmpty() ? "" : "&before_id=" + beforeId);
    }

    /** The id of the job; null if there is none. */
    public String getTranscriptId() {
        return transcriptId;
    }

    /**
     * @param answer a page of {@code GET /v2/transcript}, newest first
     * @throws IOException if it is none: what is not in it may be there all the same
     */
    public void turn(InputStream answer) throws IOException {
        JsonNode page = Answers.json(answer);
        JsonNode rows = page.path("transcripts");
        if (!rows.isArray()) {
            throw new IOException("AssemblyAI answers without transcripts");
        }
        for (JsonNode row : rows) {
            if (created(row).isBefore(since)) {
                endOfLook();
                return;
            }
            // an earlier try that ended in an error was not charged, and is no answer to this one
            if (audioUrl.equals(Clean.url(row.path("audio_url").asText("")))
                    && !"error".equals(row.path("status").asText())) {
                transcriptId = Answers.required(Vendor.ASSEMBLYAI, row, "id");
                unfinished = false;
                return;
            }
        }
        if (rows.size() < LIMIT && page.path("page_details").path("prev_url").isNull() || rows.isEmpty()) {
            endOfLook();
        } else {
            beforeId = rows.get(rows.size() - 1).path("id").asText();
        }
    }

    private void endOfLook() {
        beforeId = "";
        if (clock.instant().isBefore(until)) {
            return;
        }
        if (decides) {
            unfinished = false;
        } else {
            decides = true;
            since = since.minus(WRONG);
        }
    }

    /** AssemblyAI's times are UTC, mostly without saying so. A row without one counts as new. */
    private static Instant created(JsonNode row) {
        String text = row.path("created").asText("");
        try {
            return LocalDateTime.parse(text.replaceFirst("(Z|[+-]00:?00)$", "")).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            return Instant.MAX;
        }
    }
}
