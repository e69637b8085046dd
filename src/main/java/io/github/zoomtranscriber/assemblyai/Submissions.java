package io.github.zoomtranscriber.assemblyai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.http.Answers;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.http.Refusal;
import io.github.zoomtranscriber.http.Vendor;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.Reason;
import io.github.zoomtranscriber.work.Pause;
import io.github.zoomtranscriber.work.SteadyClock;
import io.github.zoomtranscriber.work.Work;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What AssemblyAI says to submissions. Where it says no to all of them (a wrong key, an empty balance, the same 400 for
 * three recordings in a row, or any three refusals that are no 400) nothing is spent on it: submissions pause, one is
 * tried now and then, and all go on when that is taken. Thread-safe.
 */
public final class Submissions {

    /** The ledger's note on a pause. */
    public static final String NOTE = "pause";

    private static final Logger LOG = LoggerFactory.getLogger(Submissions.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int IN_A_ROW = 3;
    /**
     * How often a failed download is tried anew. What ends in an error is not charged, and Zoom's troubles tend to
     * pass.
     */
    private static final int DOWNLOADS = 3;

    private static final Pattern NOT_IN_THIS_LANGUAGE =
            Pattern.compile("not available in this language: *([a-z_, ]+)", Pattern.CASE_INSENSITIVE);

    private final Ledger ledger;
    private final Requests requests;
    private final DailyHours dailyHours;
    private final Duration lag;
    private final Pause pause;
    private final SteadyClock clock;
    private final Set<String> refusedInARow = new LinkedHashSet<>();
    private String refusedFor;

    /**
     * @param dailyHours whether another recording may be submitted today
     * @param lag how long a job may take to show in AssemblyAI's list
     * @param pause holds back submissions while AssemblyAI refuses them all
     */
    public Submissions(
            Ledger ledger, Requests requests, DailyHours dailyHours, Duration lag, Pause pause, SteadyClock clock) {
        this.ledger = ledger;
        this.requests = requests;
        this.dailyHours = dailyHours;
        this.lag = lag;
        this.pause = pause;
        this.clock = clock;
    }

    /** Whether this submission has to wait, as AssemblyAI refuses them all. */
    public boolean isPaused() {
        return pause.holdsBack();
    }

    /** Why submissions pause; null if they do not. */
    public String pauseReason() {
        return pause.reason();
    }

    /** Back into the ledger until the next try may be made. */
    public void postpone(@Variable(Work.VARIABLE) Work work) {
        postpone(work.entry());
    }

    private void postpone(Entry entry) {
        pause.postpone(entry, String.valueOf(pause.reason()));
    }

    /**
     * Writes into the ledger that the recording is about to be submitted, by which hand-off and with which
     * {@code audio_url}, if the day has hours enough for it.
     *
     * @return false if it has not (then the recording waits), or if another node has the recording by now
     */
    public boolean markSubmitting(@Variable(Work.VARIABLE) Work work) {
        return dailyHours.spend(work, () -> {
            boolean mine =
                    ledger.progress().submitting(work.entry(), work.handOff().toString(), Clean.url(work.audioUrl()));
            LOG.debug(
                    "{} {} by {}, claim {}",
                    work.id(),
                    mine ? "is about to be submitted" : "was lost before it was submitted",
                    work.handOff(),
                    work.entry().claim());
            return mine;
        });
    }

    /**
     * AssemblyAI took it.
     *
     * @return the recording with its row as it is now
     * @throws IOException if the answer does not say as which transcript: it may have been taken, and is looked for as
     *     after a lost answer
     */
    public Work accepted(@Variable(Work.VARIABLE) Work work, @Body InputStream answer) throws IOException {
        Entry entry = work.entry();
        String transcriptId = Answers.required(Vendor.ASSEMBLYAI, answer, "id");
        ledger.progress().submitted(entry, transcriptId);
        LOG.info("{} submitted as transcript {}", entry.id(), transcriptId);
        forgetRefusals();
        pause.end();
        return work.with(entry.submitted(transcriptId, clock.wall()));
    }

    private synchronized void forgetRefusals() {
        refusedInARow.clear();
    }

    /**
     * AssemblyAI said no to a submission, or to an upload for one: to us, to this recording, or to something in its
     * request.
     */
    public void refused(Entry entry, Refusal no) {
        if (isAboutUs(no)) {
            pause.begin(no.getMessage());
            postpone(entry);
        } else if (!startsOverWithout(entry, no.getText()) && !startsOver(entry, no.getText())) {
            refusedAsAll(entry, no);
        }
    }

    private static boolean isAboutUs(Refusal no) {
        return no.getStatus() == 401 || isAboutBalance(no.getText());
    }

    private static boolean isAboutBalance(String text) {
        return text.toLowerCase(Locale.ROOT).contains("balance");
    }

    /**
     * The recording is submitted once more without the options that its language does not have. AssemblyAI says so to
     * the submission where the language is given, and as the transcript's error where it is detected.
     *
     * @return false if the text says nothing of that kind, or names only what was not asked for
     */
    private boolean startsOverWithout(Entry entry, String text) {
        Matcher unavailable = NOT_IN_THIS_LANGUAGE.matcher(text.toLowerCase(Locale.ROOT));
        if (!unavailable.find()) {
            return false;
        }
        Set<String> leftOut = new LinkedHashSet<>(List.of(entry.leftOut().split(",")));
        leftOut.remove("");
        List<String> options = Arrays.stream(unavailable.group(1).split(","))
                .map(String::strip)
                .filter(requests::has)
                .filter(leftOut::add)
                .toList();
        if (options.isEmpty()) {
            return false;
        }
        LOG.info("{} is submitted without {}: {}", entry.id(), String.join(", ", options), text);
        ledger.progress().startOver(entry, null, null, String.join(",", leftOut), entry.failures());
        return true;
    }

    /**
     * The recording is submitted once more where that may help.
     *
     * @return false if it would end the same way, or has been tried often enough
     */
    private boolean startsOver(Entry entry, String text) {
        int tries =
                switch (Outcome.of(text)) {
                    case DOWNLOAD_FAILED -> DOWNLOADS;
                    case SERVER_ERROR -> 1;
                    default -> 0;
                };
        if (entry.failures() >= tries) {
            return false;
        }
        LOG.warn("{} is submitted once more; AssemblyAI says: {}", entry.id(), text);
        ledger.progress().startOver(entry, Reason.ASSEMBLYAI_ERROR, text, entry.leftOut(), entry.failures() + 1);
        return true;
    }

    /**
     * AssemblyAI said no to a question about what was submitted, and paid for, before.
     *
     * @return whether that is done with; if not, the recording has to wait: what a gateway says of all is no answer
     */
    public boolean notShown(Entry entry, Refusal no) {
        boolean unknown = no.getText().toLowerCase(Locale.ROOT).contains("lookup error");
        if (isAboutUs(no)) {
            pause.begin(no.getMessage());
            postpone(entry);
        } else if (entry.transcriptId() != null && (unknown || no.getStatus() == 404 || no.getStatus() == 410)) {
            // in AssemblyAI's own words it is gone, and a retry has to submit it again; else it may be there, and a
            // retry asks for it first
            fail(entry, Reason.ASSEMBLYAI_REFUSED, no.getMessage(), !unknown);
        } else {
            return false;
        }
        return true;
    }

    /**
     * One recording's 400 is its own. The same for three in a row is everybody's, and so is whatever else is said to
     * three in a row, in words that differ with each, as gateways have it: these three have not failed.
     */
    private synchronized void refusedAsAll(Entry entry, Refusal no) {
        if (pause.reason() != null) {
            postpone(entry);
            return;
        }
        String reason = no.getStatus() == 400 ? no.getMessage() : "";
        if (!reason.equals(refusedFor)) {
            refusedInARow.clear();
            refusedFor = reason;
        }
        refusedInARow.add(entry.id());
        if (refusedInARow.size() < IN_A_ROW) {
            fail(entry, Reason.ASSEMBLYAI_REFUSED, no.getMessage(), false);
            return;
        }
        refusedInARow.forEach(ledger.progress()::retry);
        refusedInARow.clear();
        pause.begin(no.getMessage());
        postpone(entry);
    }

    private void fail(Entry entry, Reason code, String reason, boolean keepTranscript) {
        if (ledger.progress().fail(entry, code, reason, keepTranscript)) {
            LOG.error("{} failed: {}", entry.id(), reason);
        }
    }

    public LookUp lookUp(@Variable(Work.VARIABLE) Work work) {
        Entry entry = work.entry();
        LOG.info("{}: the answer to its submission was lost; looking for it at AssemblyAI", entry.id());
        return new LookUp(entry.audioUrl(), entry.submittedAt(), lag, clock);
    }

    /** @throws IOException if the page is none */
    public void turn(@Variable("lookUp") LookUp lookUp, @Body InputStream page) throws IOException {
        lookUp.turn(page);
    }

    /** @return the recording with the transcript that was found */
    public Work found(@Variable(Work.VARIABLE) Work work, @Variable("lookUp") LookUp lookUp) {
        Entry entry = work.entry();
        ledger.progress().submitted(entry, lookUp.getTranscriptId());
        LOG.info("{} had been accepted as transcript {}", entry.id(), lookUp.getTranscriptId());
        return work.with(entry.submitted(lookUp.getTranscriptId(), entry.submittedAt()));
    }

    /** AssemblyAI never got it; or the search was broken off, and whoever comes next makes it anew. */
    public void notFound(@Variable(Work.VARIABLE) Work work, @Variable("lookUp") LookUp lookUp) {
        Entry entry = work.entry();
        if (lookUp.isUnfinished()) {
            ledger.release(entry);
        } else {
            LOG.info("{} had not been accepted; submitting it again", entry.id());
            ledger.progress().startOver(entry, null, null, entry.leftOut(), entry.failures());
        }
    }

    /**
     * A transcript ended in an {@code error}, or is there no more.
     *
     * @return the transcript if it is to be delivered all the same, as one without speech; else null
     */
    public String ended(@Variable(Work.VARIABLE) Work work, @Body String transcript) throws JsonProcessingException {
        Entry entry = work.entry();
        JsonNode json = JSON.readTree(transcript);
        String error = Clean.text(json.path("error").asText(""));
        if (Polling.isDeleted(json.path("audio_url").asText())) {
            fail(
                    entry,
                    Reason.TRANSCRIPT_DELETED,
                    "The transcript was deleted at AssemblyAI before it was fetched",
                    false);
            return null;
        }
        Outcome outcome = Outcome.of(error);
        if (outcome == Outcome.NO_SPEECH) {
            return transcript;
        }
        if (isAboutBalance(error)) {
            pause.begin("AssemblyAI says: " + error);
            ledger.progress().startOver(entry, Reason.ASSEMBLYAI_ERROR, error, entry.leftOut(), entry.failures());
        } else if (!startsOverWithout(entry, error) && !startsOver(entry, error)) {
            String again = outcome == Outcome.FINAL ? "" : ", again and again";
            fail(entry, Reason.ASSEMBLYAI_ERROR, "AssemblyAI says" + again + ": " + error, false);
        }
        return null;
    }
}
