package io.github.zoomtranscriber.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.command.Round;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.logging.CapturedLog;
import io.github.zoomtranscriber.simulator.ExpectedRecording;
import io.github.zoomtranscriber.simulator.ExpectedRecording.Outcome;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import io.github.zoomtranscriber.zoom.Ticks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every recording that the two services list comes out as files, whichever way one logs in, lists and hands over. */
class MainJobTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}, {1}, listing {2}")
    @CsvSource({
        "oauth, auto,   account",
        "oauth, token,  account",
        "oauth, link, everyone",
        "oauth, upload, refused scopes",
        "oauth, auto, refused inside",
        "oauth, auto, one user",
        "jwt, auto, account",
        "jwt, link, refused plan",
        "jwt, upload, everyone",
        "jwt,   auto, sessions",
        "jwt, link, sessions",
        "jwt, upload, sessions"
    })
    void deliversExactlyWhatIsListedAndSubmitsEachOnce(String login, String handOff, String listing) throws Exception {
        try (Simulator simulator =
                Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(100)))) {
            boolean sessions = listing.equals("sessions");
            Rounds rounds = new Rounds(folder, simulator)
                    .withLogin(login)
                    .with("assemblyai.hand-off", handOff)
                    .with("zoom.lookback-days", "60")
                    .with("zoom.product", sessions ? "video-sdk" : "meetings");
            List<ExpectedRecording> expected = sessions ? simulator.sessionRecordings() : simulator.recordings();
            if (listing.startsWith("refused")) {
                simulator.change(faults -> faults.refuseAccountListing = listing.substring("refused ".length()));
            } else if (listing.equals("everyone")) {
                rounds.with("zoom.users", "*");
            } else if (listing.equals("one user")) {
                String host = expected.get(0).host();
                rounds.with("zoom.users", host);
                expected = expected.stream()
                        .filter(recording -> recording.host().equals(host))
                        .toList();
            }

            Round first = rounds.run();

            assertEquals(ids(expected, Set.of(Outcome.DELIVERED, Outcome.NO_SPEECH)), Rounds.ids(first.delivered()));
            assertEquals(ids(expected, Set.of(Outcome.FAILED)), Rounds.ids(first.failed()));
            assertEquals(Map.of(), simulator.counters().violations());
            assertEquals(List.of(), simulator.submittedPrivately());
            Map<String, Long> submissions = simulator.counters().submissions();
            // what is no audio may be submitted again, with a fresh address: an error is not charged
            first.delivered().forEach(entry -> assertEquals(1, submissions.get(entry.id()), entry::toString));
            assertTrue(simulator.counters().charged().values().stream().allMatch(count -> count == 1));

            Round second = rounds.run();

            assertEquals(List.of(), Rounds.ids(second.delivered()));
            assertEquals(submissions, simulator.counters().submissions());
        }
    }

    @Test
    void missesAndDoublesNothingOfAThousandMeetingsOnPagesOfThirtyOverThreeMonths() throws Exception {
        SimulatorSettings settings = SimulatorSettings.defaults()
                .withMeetings(1000, 90)
                .withTranscriptionTime(Duration.ofMillis(20))
                .withConcurrency(1000);
        try (Simulator simulator = Simulator.start(settings)) {
            Round round = new Rounds(folder, simulator)
                    .withLogin("oauth")
                    .with("zoom.page-size", "30")
                    .with("zoom.lookback-days", "95")
                    .run();

            assertEquals(
                    ids(simulator.recordings(), Set.of(Outcome.DELIVERED, Outcome.NO_SPEECH)),
                    Rounds.ids(round.delivered()));
            assertTrue(simulator.counters().charged().values().stream().allMatch(count -> count == 1));
            assertEquals(Map.of(), simulator.counters().violations());
        }
    }

    @Test
    void aTickGoesOnThroughTroubleAlsoAfterItsListHasBegunAnew() throws Exception {
        try (Simulator simulator =
                Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(100)))) {
            simulator.change(faults -> {
                faults.expiredPageTokenRate = 0.2;
                faults.rate500 = 0.2;
            });
            Round round = new Rounds(folder, simulator)
                    .withLogin("jwt")
                    .with("zoom.page-size", "3")
                    .with("zoom.lookback-days", "60")
                    .run();

            assertEquals(
                    ids(simulator.recordings(), Set.of(Outcome.DELIVERED, Outcome.NO_SPEECH)),
                    Rounds.ids(round.delivered()));
            assertTrue(simulator.counters().charged().values().stream().allMatch(count -> count == 1));
        }
    }

    @ParameterizedTest
    @CsvSource({"account", "everyone"})
    void whatPeopleRecordForThemselvesIsTranscribedOnlyOnceSomebodyAsksForIt(String listing) throws Exception {
        try (Simulator simulator =
                Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)))) {
            Rounds rounds = new Rounds(folder, simulator)
                    .withLogin("oauth")
                    .with("zoom.users", listing.equals("everyone") ? "*" : "");
            List<String> notes = ids(simulator.recordings(), Set.of(Outcome.PRIVATE));
            try (CapturedLog log = new CapturedLog(Ticks.class)) {
                rounds.run();
                String line = String.join("\n", log.lines());
                assertTrue(line.contains(", " + notes.size() + " dropped: My Notes"), line);
            }
            assertEquals(List.of(), simulator.submittedPrivately());

            Round asked = rounds.with("zoom.my-notes", "true").run();

            assertEquals(2, asked.delivered().size(), "the third is in work at Zoom");
            assertEquals(
                    Rounds.ids(asked.delivered()),
                    simulator.submittedPrivately().stream().sorted().toList());
        }
    }

    /** A row of an earlier version's, which took them for recordings. */
    @Test
    void myNotesThatWaitInTheLedgerAreNotTranscribedAndComeBackOnRequest() throws Exception {
        try (Simulator simulator =
                Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)))) {
            Rounds rounds = new Rounds(folder, simulator)
                    .withLogin("oauth")
                    .with("zoom.topics", "Thoughts*,Coffee*,On the train")
                    .with("assemblyai.probe-every", "1s");
            simulator.change(faults -> faults.wrongKey = true);
            rounds.with("zoom.my-notes", "true").run();
            assertEquals(Map.of(State.DISCOVERED, 2, State.PROCESSING, 1), rounds.counts());
            simulator.change(faults -> faults.wrongKey = false);

            rounds.with("zoom.my-notes", "false").run();

            assertEquals(Map.of(State.SKIPPED, 3), rounds.counts());
            assertEquals(List.of(), simulator.submittedPrivately());
            assertEquals(
                    2, rounds.with("zoom.my-notes", "true").run().delivered().size());
            assertTrue(simulator.counters().charged().values().stream().allMatch(times -> times == 1));
        }
    }

    private static List<String> ids(List<ExpectedRecording> recordings, Set<Outcome> outcomes) {
        return recordings.stream()
                .filter(recording -> outcomes.contains(recording.outcome()))
                .map(ExpectedRecording::recordingId)
                .sorted()
                .collect(Collectors.toList());
    }
}
