package io.github.zoomtranscriber.assemblyai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.work.SteadyClock;
import io.github.zoomtranscriber.work.Waiting;
import io.github.zoomtranscriber.work.Work;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When to look again. AssemblyAI takes about a hundredth of the audio's length (its documents of 2026), so nobody looks
 * before half of that is over. From then on the delays grow with the time it has taken so far, so that a transcript is
 * noticed within a constant fraction of it; the first varies, so that what was submitted together does not poll
 * together; and where thousands are in flight they stretch to what AssemblyAI takes in five minutes. Where AssemblyAI
 * calls when it is done, nobody looks before that but at the longest delay. Thread-safe.
 */
public final class Polling {

    private static final Logger LOG = LoggerFactory.getLogger(Polling.class);
    /** Of the audio's length; half of what AssemblyAI takes, as some are quicker. */
    private static final double EARLIEST = 0.005;

    private static final String UNREADABLE = "unreadable";
    private static final Set<String> FIELDS = Set.of("id", "status", "audio_url", "text");
    private static final JsonFactory JSON = new JsonFactory().disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);

    private final Duration first;
    private final double growth;
    private final Duration longest;
    private final Duration stuckAfter;
    private final Budget budget;
    private final Ledger ledger;
    private final SteadyClock clock;
    /** Null where AssemblyAI does not call. */
    private final Sleepers<Poll> sleepers;

    /**
     * @param first the shortest delay
     * @param growth by which factor the time since the submission grows from one look to the next
     * @param longest the longest delay, unless so many are in flight that AssemblyAI's limit asks for more
     * @param stuckAfter after how long a transcript counts as stuck
     * @param perFiveMinutes how many requests AssemblyAI takes from this process in five minutes
     * @param webhook whether AssemblyAI calls when a transcript has ended
     * @param ledger is told of what is stuck
     */
    public Polling(
            Duration first,
            double growth,
            Duration longest,
            Duration stuckAfter,
            IntSupplier perFiveMinutes,
            boolean webhook,
            Ledger ledger,
            SteadyClock clock) {
        this.first = first;
        this.growth = growth;
        this.longest = longest;
        this.stuckAfter = stuckAfter;
        this.budget = new Budget(perFiveMinutes, clock);
        this.sleepers = webhook ? new Sleepers<>() : null;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Begins to wait for one transcript. One that was submitted earlier, by whomever, is looked at soon.
     *
     * @param body what {@link #call} gave, where it is a webhook that brings the recording here
     */
    public Poll begin(@Variable(Work.VARIABLE) Work work, @Body Object body) {
        if (body instanceof Poll woken) {
            return woken;
        }
        Entry entry = work.entry();
        if (entry.state() != State.TRANSCRIBING) {
            budget.spend();
        }
        return new Poll(entry, false);
    }

    /**
     * AssemblyAI says that a transcript has ended.
     *
     * @return who goes on with it, at once; null if nobody sleeps for it just now, and whoever is about to does not
     */
    public Poll call(@Body String transcriptId) {
        Poll sleeper = sleepers.call(transcriptId);
        LOG.info(
                "AssemblyAI's webhook: transcript {} {}",
                Clean.text(transcriptId),
                sleeper == null ? "is not being waited for here" : "of " + sleeper.entry.id() + " is finished");
        return sleeper == null ? null : new Poll(sleeper.entry, true);
    }

    /** The delays of one exchange. */
    public final class Poll implements Waiting {

        private final Entry entry;
        /** By {@link #clock}. */
        private final Instant submittedAt;

        private boolean soon;
        private boolean looked;
        private boolean stuck;
        private boolean called;
        private boolean asleep;
        private long delay;
        private String status;

        private Poll(Entry entry, boolean called) {
            this.called = called;
            this.entry = entry;
            this.submittedAt = entry.submittedAt() == null ? clock.instant() : clock.steady(entry.submittedAt());
            this.soon = entry.state() == State.TRANSCRIBING;
        }

        /** Milliseconds until the next look; each call gives a new one. */
        public long getNext() {
            // one that nobody has looked at for long, as the program was off, may be done
            if (looked && !stuck && clock.instant().isAfter(submittedAt.plus(stuckAfter))) {
                stuck = true;
                ledger.progress().flagStuck(entry);
                LOG.warn(
                        "{} is stuck: AssemblyAI has been processing transcript {} since {}; polling continues, it is not resubmitted",
                        entry.id(),
                        entry.transcriptId(),
                        entry.submittedAt());
            }
            boolean atOnce = called && !looked;
            looked = true;
            if (sleepers != null && !atOnce) {
                asleep = sleepers.fallAsleep(entry.transcriptId(), this);
                atOnce = !asleep;
                called |= atOnce;
            }
            if (atOnce) {
                budget.spend();
                delay = 0;
                return delay;
            }
            delay = planned(
                    soon
                            ? (long) (first.toMillis()
                                    * ThreadLocalRandom.current().nextDouble())
                            : wanted());
            soon = false;
            return delay;
        }

        private long wanted() {
            long elapsed =
                    Math.max(0, Duration.between(submittedAt, clock.instant()).toMillis());
            long earliest =
                    (long) (Duration.ofMinutes(entry.recording().minutes()).toMillis() * EARLIEST);
            long next = Math.max(Math.max(first.toMillis(), (long) (elapsed * (growth - 1))), earliest - elapsed);
            // spread over one step of the growth, all that follow are so too
            if (sleepers != null && !called) {
                next = longest.toMillis();
            }
            double jitter =
                    elapsed < first.toMillis() ? ThreadLocalRandom.current().nextDouble(1, growth) : 1;
            return (long) (Math.min(next, longest.toMillis()) * jitter);
        }

        private long planned(long wanted) {
            Instant now = clock.instant();
            return Duration.between(now, budget.plan(now.plusMillis(wanted))).toMillis();
        }

        /** Whether a call has let another go on in the place of whoever slept until now. */
        public boolean isOvertaken() {
            boolean slept = asleep;
            asleep = false;
            return slept && !sleepers.wakeUp(entry.transcriptId(), this);
        }

        /** The recording that is waited for, and nothing of it that is not needed for that. */
        public Work getWork() {
            return Work.of(entry);
        }

        /** Whether it is to be looked at again. */
        public boolean isUnfinished() {
            return !"completed".equals(status) && !"error".equals(status);
        }

        /**
         * AssemblyAI's word, as of the last look: {@code error} also for a transcript that has been deleted, which goes
         * on calling itself completed; {@code unreadable} if the answer was no transcript, which is worth another look;
         * null before the first.
         */
        public String getStatus() {
            return status;
        }

        /** The milliseconds that {@link #getNext} gave last. */
        @Override
        public long getDelay() {
            return delay;
        }
    }

    /**
     * Takes note of how far the transcript is.
     *
     * @param transcript AssemblyAI's answer, which may be long, and can be read again afterwards
     */
    public void look(@Variable("poll") Poll poll, @Body InputStream transcript) {
        poll.status = status(transcript, poll.entry.transcriptId());
    }

    /**
     * @param id of the transcript that was asked for: what a proxy answers for another is none
     * @return the status; {@code error} if it was deleted; {@code unreadable} if it is not that transcript, or
     *     completed without its text
     */
    static String status(InputStream transcript, String id) {
        try {
            String status = read(transcript, id);
            transcript.reset();
            return status;
        } catch (IOException e) {
            return UNREADABLE;
        }
    }

    private static String read(InputStream transcript, String id) throws IOException {
        Map<String, String> found = new HashMap<>();
        try (JsonParser parser = JSON.createParser(transcript)) {
            parser.nextToken();
            // they are among the first fields, and what follows may be long
            while (found.size() < FIELDS.size() && parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING && FIELDS.contains(field)) {
                    found.put(field, field.equals("text") ? "" : parser.getText());
                }
                parser.skipChildren();
            }
        }
        String status = found.get("status");
        if (isDeleted(found.get("audio_url"))) {
            return "error";
        }
        boolean hollow = "completed".equals(status) && !found.containsKey("text");
        return status == null || hollow || !id.equals(found.get("id")) ? UNREADABLE : status;
    }

    /** What AssemblyAI writes in place of the {@code audio_url} of a transcript that has been deleted. */
    static boolean isDeleted(String audioUrl) {
        return audioUrl != null && audioUrl.contains("deleted_by_user");
    }
}
