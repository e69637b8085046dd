package io.github.zoomtranscriber.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.http.CheckedEntity;
import io.github.zoomtranscriber.ledger.ClaimLostException;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.Reason;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.apache.hc.core5.http.HttpEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger as the routes see it: what is done to the recording in variable {@code work}. */
public final class Claims {

    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Ledger ledger;
    private final MyNotes myNotes;
    private final QueueWatch watch;

    public Claims(Ledger ledger, MyNotes myNotes, QueueWatch watch) {
        this.ledger = ledger;
        this.myNotes = myNotes;
        this.watch = watch;
    }

    /** Ids of what is unfinished and nobody works on. */
    public List<String> offer(int limit) {
        List<String> ids = ledger.offer(limit);
        watch.offered(ids);
        return ids;
    }

    /** @return the claimed recording; null if there is nothing to do for this id, or if there is none */
    public Work claim(@Body String id) {
        if (id == null) {
            return null;
        }
        Work work = claimed(id);
        watch.answered();
        return work;
    }

    private Work claimed(String id) {
        Entry entry = ledger.claim(id).orElse(null);
        LOG.debug(
                "{} {}",
                id,
                entry == null ? "is not to be had" : "claimed as " + entry.state() + " by " + entry.claim());
        if (entry != null && myNotes.leavesOut(ledger.records().zoom(id))) {
            // found by an earlier version of this program, brought back by hand, or found while the option was another
            skip(entry, Reason.MY_NOTES, MyNotes.LEFT_OUT);
            return null;
        }
        return entry == null ? null : Work.of(entry);
    }

    /**
     * Adds the meeting as Zoom listed it, with its files that are neither sound nor picture; an empty one where that is
     * not known any more.
     */
    public Work listed(@Variable(Work.VARIABLE) Work work) throws JsonProcessingException {
        String zoom = ledger.records().zoom(work.id());
        return work.withMeeting(zoom == null ? JSON.missingNode() : JSON.readTree(zoom));
    }

    /** @return false if the recording is somebody else's by now */
    public boolean renew(@Variable(Work.VARIABLE) Work work, @Variable("poll") Waiting poll) {
        return ledger.renew(work.entry(), Duration.ofMillis(poll.getDelay()));
    }

    /**
     * Before something that two must not do: a file, a deletion. What no one claims, as what was delivered long ago, is
     * anybody's.
     *
     * @throws ClaimLostException if the recording is somebody else's by now
     */
    public void hold(@Variable(Work.VARIABLE) Work work) {
        if (work.entry().claim() != null && !ledger.renew(work.entry(), Duration.ZERO)) {
            throw new ClaimLostException(work.id());
        }
    }

    /**
     * As {@link #hold}, before something that may take as long as a lease, and in which nothing is heard of the caller.
     *
     * @throws ClaimLostException if the recording is somebody else's by now
     */
    public void holdForLong(@Variable(Work.VARIABLE) Work work) {
        Entry entry = work.entry();
        if (entry.claim() != null && !ledger.renew(entry, ledger.lease())) {
            throw new ClaimLostException(entry.id());
        }
    }

    /**
     * The submission in the body, which is sent only if the recording is ours still when the first byte is to go out:
     * between the mark in the ledger and that instant the process may have waited for its turn, or been frozen, for as
     * long as it takes to lose it.
     */
    public HttpEntity held(@Variable(Work.VARIABLE) Work work, @Body String json) {
        return new CheckedEntity(json, () -> hold(work));
    }

    /** Whoever comes next goes on. */
    public void release(@Variable(Work.VARIABLE) Work work) {
        ledger.release(work.entry());
    }

    /**
     * There is nothing to transcribe: Zoom says itself that it no longer has the file, or that the meeting is My Notes.
     */
    public void gone(@Variable(Work.VARIABLE) Work work) {
        if (myNotes.leavesOut(work.meeting())) {
            skip(work.entry(), Reason.MY_NOTES, MyNotes.LEFT_OUT);
        } else {
            skip(work.entry(), Reason.DELETED_AT_ZOOM, "deleted at Zoom");
        }
    }

    private void skip(Entry entry, Reason code, String reason) {
        LOG.warn("{} skipped: {}", entry.id(), reason);
        ledger.progress().skip(entry, code, reason);
    }
}
