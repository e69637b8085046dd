package io.github.zoomtranscriber.work;

import io.github.zoomtranscriber.http.Busy;
import io.github.zoomtranscriber.http.Call;
import io.github.zoomtranscriber.http.Causes;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.http.Refusal;
import io.github.zoomtranscriber.http.Vendor;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.Reason;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether a recording in trouble waits in the ledger, is tried anew or is given up. */
public final class Troubles {

    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);
    /** How often something that concerns one recording alone may fail. */
    private static final int TRIES = 4;
    /** Zoom's codes for "there is no recording for this meeting", where it was listed as complete before. */
    private static final int NO_RECORDING = 3301;
    /** Zoom's codes that are about this one user, meeting or request, and not about our login. */
    private static final Set<Integer> ABOUT_ONE = Set.of(300, 1001, 1010, 3001);

    private final Ledger ledger;
    private final BiConsumer<Entry, Refusal> submissionRefused;
    private final BiPredicate<Entry, Refusal> questionRefused;
    private final Duration wait;
    private volatile String lastRefusal = "";
    private volatile String saidOf = "";

    /**
     * @param submissionRefused what comes of a submission, or an upload for one, that AssemblyAI says no to
     * @param questionRefused the same of a question about a transcript; false where the recording has to wait
     * @param wait how long a recording waits in the ledger before all is tried anew
     */
    public Troubles(
            Ledger ledger,
            BiConsumer<Entry, Refusal> submissionRefused,
            BiPredicate<Entry, Refusal> questionRefused,
            Duration wait) {
        this.ledger = ledger;
        this.submissionRefused = submissionRefused;
        this.questionRefused = questionRefused;
        this.wait = wait;
    }

    /**
     * What a vendor said to the last recording that it refused for a reason that concerns all of them; empty if none
     * ever did.
     */
    public String refusal() {
        return lastRefusal;
    }

    /** A vendor was busy, broken or cut off for as long as an exchange may wait. */
    public void passing(
            @Variable(Work.VARIABLE) Work work,
            @Variable(Call.VARIABLE) Call call,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
        Entry entry = work.entry();
        String text = Clean.text(reason.getMessage());
        Busy busy = Causes.find(reason, Busy.class);
        boolean refused = busy != null && busy.isRefused();
        boolean submission = call != null && call.isSubmission();
        if (submission && !refused && !neverConnected(reason)) {
            LOG.warn("{} may have been accepted, but the answer was lost: {}", entry.id(), text);
            ledger.release(entry, Duration.ZERO, Reason.ANSWER_LOST, text);
            return;
        }
        ledger.progress().notSubmitted(entry, submission);
        ledger.release(
                entry, busy != null && busy.getWait() != null ? busy.getWait() : wait, Reason.VENDOR_UNAVAILABLE, text);
    }

    private static boolean neverConnected(Throwable reason) {
        return Causes.find(reason, ConnectException.class) != null
                || Causes.find(reason, UnknownHostException.class) != null;
    }

    /** The audio could not be had by its address. */
    public void download(
            @Variable(Work.VARIABLE) Work work, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
        Entry entry = work.entry();
        DownloadException trouble = Causes.find(reason, DownloadException.class);
        if (trouble instanceof TooLargeException) {
            fail(entry, Reason.TOO_LARGE, trouble.getMessage(), false);
        } else {
            once(entry, Reason.DOWNLOAD_FAILED, trouble.getMessage(), false);
        }
    }

    /** A vendor said no. */
    public void refused(
            @Variable(Work.VARIABLE) Work work,
            @Variable(Call.VARIABLE) Call call,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
        Entry entry = work.entry();
        Refusal no = Causes.find(reason, Refusal.class);
        if (no.getVendor() == Vendor.ASSEMBLYAI && call != null && call.method().equals("POST")) {
            ledger.progress().notSubmitted(entry, call.isSubmission());
            submissionRefused.accept(entry, no);
        } else if (no.getVendor() == Vendor.ASSEMBLYAI) {
            if (!questionRefused.test(entry, no)) {
                postpone(entry, Reason.ASSEMBLYAI_REFUSED, no);
            }
        } else if (no.getStatus() == 404 && no.getCode() == NO_RECORDING) {
            LOG.warn("{} skipped: deleted at Zoom", entry.id());
            ledger.progress().skip(entry, Reason.DELETED_AT_ZOOM, "deleted at Zoom");
        } else if (ABOUT_ONE.contains(no.getCode())) {
            once(entry, Reason.ZOOM_REFUSED, no.getMessage(), false);
        } else {
            postpone(entry, Reason.ZOOM_REFUSED, no);
        }
    }

    private void postpone(Entry entry, Reason code, Refusal no) {
        // a gateway's words differ each time
        String reason = no.getVendor() == Vendor.ZOOM ? no.getMessage() : no.getVendor() + " " + no.getStatus();
        lastRefusal = no.getMessage();
        if (!reason.equals(saidOf)) {
            saidOf = reason;
            LOG.error("{} waits, as all recordings do; none of them fails for it: {}", entry.id(), no.getMessage());
        }
        ledger.release(entry, wait, code, no.getMessage());
    }

    /** Something that nobody expected, or a file that cannot be written. */
    public void other(
            @Variable(Work.VARIABLE) Work work, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
        LOG.debug("{}", work, reason);
        Throwable root = reason;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        once(work.entry(), Reason.OTHER, Clean.text(root.getClass().getSimpleName() + ": " + root.getMessage()), true);
    }

    private void once(Entry entry, Reason code, String reason, boolean keepTranscript) {
        if (entry.failures() + 1 < TRIES) {
            if (ledger.progress().failedOnce(entry, entry.failures() == 0 ? Duration.ZERO : wait, code, reason)) {
                LOG.warn("{} starts over ({} of {}): {}", entry.id(), entry.failures() + 1, TRIES, reason);
            }
        } else {
            fail(entry, code, reason, keepTranscript);
        }
    }

    private void fail(Entry entry, Reason code, String reason, boolean keepTranscript) {
        if (ledger.progress().fail(entry, code, reason, keepTranscript)) {
            LOG.error("{} failed: {}", entry.id(), reason);
        }
    }
}
