package io.github.zoomtranscriber.assemblyai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.MovableClock;
import io.github.zoomtranscriber.ledger.ARecording;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.ledger.TestLedger;
import io.github.zoomtranscriber.work.Work;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the delays that are shipped. */
class PollingTest {

    private static final int TAKEN_IN_FIVE_MINUTES = 19_000;

    private final MovableClock clock = new MovableClock();
    private final TestLedger ledger = TestLedger.inMemory();
    private final Polling polling = new Polling(
            shipped("transcribe.first-delay"),
            Double.parseDouble(option("transcribe.delay-growth")),
            shipped("transcribe.longest-delay"),
            shipped("transcribe.stuck-after"),
            () -> TAKEN_IN_FIVE_MINUTES,
            false,
            ledger.ledger,
            clock.steady());

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void aTranscriptOfFiveMinutesThatTakesThreeSecondsIsNoticedWithinASecond() {
        Noticed noticed = noticed(5, Duration.ofSeconds(3));

        assertTrue(noticed.medianLag.compareTo(Duration.ofSeconds(1)) <= 0, noticed::toString);
    }

    @Test
    void atTheUsualSpeedOneThatTakesFortyFiveSecondsIsNoticedWithinATenthOfThatByEightLooks() {
        Noticed noticed = noticed(75, Duration.ofSeconds(45));

        assertTrue(noticed.medianLag.compareTo(Duration.ofMillis(4500)) <= 0, noticed::toString);
        assertTrue(noticed.mostLooks <= 8, noticed::toString);
    }

    @Test
    void oneThatWaitsForOthersAndTakesTenMinutesIsNoticedWithinATenthOfThatByTwentyLooks() {
        Noticed noticed = noticed(75, Duration.ofMinutes(10));

        assertTrue(noticed.medianLag.compareTo(Duration.ofMinutes(1)) <= 0, noticed::toString);
        assertTrue(noticed.mostLooks <= 20, noticed::toString);
    }

    @Test
    void noDelayIsLongerThanTheLongestHoweverLongItTakes() {
        Polling.Poll poll = polling.begin(Work.of(submitted(60)), null);
        clock.move(Duration.ofHours(2));

        assertTrue(
                poll.getNext() <= 1.1 * shipped("transcribe.longest-delay").toMillis(), () -> poll.getDelay() + " ms");
    }

    @Test
    void oneThatWasSubmittedByAnEarlierRunIsLookedAtSoonHoweverLongItsAudioIs() {
        Polling.Poll poll = polling.begin(
                Work.of(entry(600, State.TRANSCRIBING, clock.instant().minusSeconds(10))), null);

        assertTrue(poll.getNext() <= shipped("transcribe.first-delay").toMillis(), () -> poll.getDelay() + " ms");
    }

    @Test
    void fiveHundredInFlightAreLookedAtAsOftenAsOne() {
        long longest = 0;
        for (int i = 0; i < 500; i++) {
            longest =
                    Math.max(longest, polling.begin(Work.of(submitted(5)), null).getNext());
        }

        assertTrue(longest <= 2000, longest + " ms");
    }

    @Test
    void fiveHundredThatTakeAMinuteAreLookedAtAsOftenAsOneAllThatTime() {
        List<Polling.Poll> polls = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            polls.add(polling.begin(Work.of(submitted(5)), null));
        }
        for (int elapsed = 2; elapsed < 60; elapsed = elapsed * 6 / 5 + 1) {
            long longest = 0;
            for (Polling.Poll poll : polls) {
                longest = Math.max(longest, poll.getNext());
            }
            assertTrue(longest <= 2000 + elapsed * 220, longest + " ms after " + elapsed + " s");
            clock.move(Duration.ofSeconds(elapsed / 5 + 1));
        }
    }

    @Test
    void tenThousandInFlightStayUnderTheLimitOfFiveMinutesWhichTheyShareEvenly() {
        List<Instant> requests = new ArrayList<>();
        List<Polling.Poll> polls = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            polls.add(polling.begin(Work.of(submitted(5)), null));
            requests.add(clock.instant());
        }
        Instant begin = clock.instant();
        // each looks again when it has looked, for twenty minutes
        java.util.PriorityQueue<Look> due = new java.util.PriorityQueue<>();
        polls.forEach(poll -> due.add(new Look(begin.plusMillis(poll.getNext()), poll)));
        int[] looks = new int[polls.size()];
        while (due.peek().at.isBefore(begin.plus(Duration.ofMinutes(20)))) {
            Look look = due.poll();
            clock.move(Duration.between(clock.instant(), look.at));
            requests.add(look.at);
            looks[polls.indexOf(look.poll)]++;
            due.add(new Look(look.at.plusMillis(look.poll.getNext()), look.poll));
        }

        for (int i = TAKEN_IN_FIVE_MINUTES; i < requests.size(); i++) {
            Duration span = Duration.between(requests.get(i - TAKEN_IN_FIVE_MINUTES), requests.get(i));
            assertTrue(span.compareTo(Duration.ofMinutes(5)) >= 0, "so many requests in " + span);
        }
        int least = java.util.Arrays.stream(looks).min().orElseThrow();
        int most = java.util.Arrays.stream(looks).max().orElseThrow();
        assertTrue(least >= 2 && most <= 4 * least, least + " to " + most + " looks each");
    }

    @Test
    void tenThousandThatAreSubmittedOneByOneAreAllSubmittedBeforeLooksHaveUsedUpTheLimit() {
        java.util.PriorityQueue<Look> due = new java.util.PriorityQueue<>();
        int requests = 0;
        for (int i = 0; i < 10_000; i++) {
            Instant now = clock.instant().plusMillis(18);
            while (!due.isEmpty() && due.peek().at.isBefore(now)) {
                Look look = due.poll();
                clock.move(Duration.between(clock.instant(), look.at));
                requests++;
                due.add(new Look(look.at.plusMillis(look.poll.getNext()), look.poll));
            }
            clock.move(Duration.between(clock.instant(), now));
            Polling.Poll poll = polling.begin(Work.of(submitted(5)), null);
            requests++;
            due.add(new Look(now.plusMillis(poll.getNext()), poll));
        }

        assertTrue(requests < TAKEN_IN_FIVE_MINUTES, requests + " requests");
    }

    @Test
    void whatTakesTooLongIsFlaggedAsStuckOnceSomebodyHasLookedAtIt() {
        ledger.ledger.discoveries().add(List.of(ARecording.with("r").build()));
        Entry claimed = ledger.ledger.claim("r").orElseThrow();
        ledger.ledger.progress().submitting(claimed, "link", "https://example.org/a");
        ledger.ledger.progress().submitted(claimed, "t");
        Polling.Poll poll = polling.begin(
                ledger.ledger
                        .records()
                        .find("r")
                        .map(entry -> Work.of(at(entry, clock.instant())))
                        .orElseThrow(),
                null);
        clock.move(shipped("transcribe.stuck-after").plusSeconds(1));
        poll.getNext();
        int before = ledger.ledger.statistics().stuck();

        poll.getNext();

        assertEquals(0, before);
        assertEquals(1, ledger.ledger.statistics().stuck());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT4H", "P2D", "PT-4H"})
    void whoSetsTheClockMakesNoTranscriptStuckNorLooksLessOften(Duration step) {
        Instant submittedAt = clock.instant();
        Polling.Poll before = polling.begin(Work.of(submitted(60)), null);
        clock.move(Duration.ofMinutes(1));
        before.getNext();

        clock.step(step);
        Polling.Poll anew = polling.begin(Work.of(at(submitted(60), submittedAt)), null);
        Polling.Poll after = polling.begin(Work.of(at(submitted(60), clock.instant())), null);
        for (Polling.Poll poll : List.of(before, anew, after)) {
            poll.getNext();
            assertTrue(poll.getNext() <= 60_000, () -> "" + poll.getDelay());
        }
        assertEquals(0, ledger.ledger.statistics().stuck());
    }

    @Test
    void aDeletedTranscriptIsAnErrorThoughItCallsItselfCompleted() {
        assertEquals(
                "error", status("{\"id\":\"t\",\"status\":\"completed\",\"audio_url\":\"http://deleted_by_user\"}"));
        assertEquals("error", status("{\"audio_url\":\"deleted_by_user\",\"status\":\"completed\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>",
                "",
                "[]",
                "{}",
                "{\"id\":\"t\",\"status\":null}",
                "{\"id\":\"t\",\"status\":\"completed\"}",
                "{\"id\":\"t\",\"status\":\"completed\",\"text\":null}",
                "{\"status\":\"completed\",\"text\":\"Hello\"}",
                "{\"id\":\"another\",\"status\":\"completed\",\"text\":\"Hello\"}",
                "{\"id\":\"another\",\"status\":\"error\",\"error\":\"no\"}",
                "{\"id\":\"t\",\"status\":\"completed\",\"text\":\"Hel"
            })
    void whatIsNotTheTranscriptIsLookedAtAgain(String answer) {
        assertEquals("unreadable", status(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"t\",\"status\":\"completed\",\"audio_url\":\"https://example.org/a\",\"text\":\"\",\"words\":[]}",
                "{\"words\":[{\"text\":\"Hi\"}],\"text\":\"Hi\",\"status\":\"completed\",\"id\":\"t\"}"
            })
    void aTranscriptIsCompletedInWhateverOrder(String answer) {
        assertEquals("completed", status(answer));
    }

    private String status(String transcript) {
        return Polling.status(new ByteArrayInputStream(transcript.getBytes(StandardCharsets.UTF_8)), "t");
    }

    private record Look(Instant at, Polling.Poll poll) implements Comparable<Look> {
        @Override
        public int compareTo(Look other) {
            return at.compareTo(other.at);
        }
    }

    private record Noticed(Duration medianLag, long mostLooks) {}

    /**
     * How late, and after how many looks, a transcript of so many minutes is noticed that takes that long: over many of
     * them.
     */
    private Noticed noticed(int minutes, Duration taken) {
        List<Duration> lags = new ArrayList<>();
        long most = 0;
        for (int i = 0; i < 10_001; i++) {
            Instant ready = clock.instant().plus(taken);
            Polling.Poll poll = polling.begin(Work.of(submitted(minutes)), null);
            int looks = 0;
            do {
                clock.move(Duration.ofMillis(poll.getNext()));
                looks++;
            } while (clock.instant().isBefore(ready));
            lags.add(Duration.between(ready, clock.instant()));
            most = Math.max(most, looks);
        }
        lags.sort(null);
        return new Noticed(lags.get(lags.size() / 2), most);
    }

    private Entry submitted(int minutes) {
        return entry(minutes, State.DISCOVERED, clock.instant());
    }

    private static Entry entry(int minutes, State state, Instant submittedAt) {
        return new Entry(
                ARecording.with("r").minutes(minutes).build(),
                state,
                null,
                null,
                "link",
                "https://example.org/a",
                "t",
                submittedAt,
                1,
                0,
                "",
                "node/1",
                null,
                submittedAt,
                submittedAt);
    }

    private static Entry at(Entry entry, Instant submittedAt) {
        return new Entry(
                entry.recording(),
                entry.state(),
                null,
                null,
                entry.handOff(),
                entry.audioUrl(),
                entry.transcriptId(),
                submittedAt,
                1,
                0,
                "",
                entry.claim(),
                null,
                submittedAt,
                submittedAt);
    }

    private static Duration shipped(String name) {
        String value = option(name);
        return Duration.parse("PT" + value.toUpperCase(java.util.Locale.ROOT));
    }

    private static String option(String name) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of("application.properties"))) {
            properties.load(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return properties.getProperty(name);
    }
}
