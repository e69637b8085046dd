package io.github.zoomtranscriber.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.zoomtranscriber.MovableClock;
import io.github.zoomtranscriber.simulator.Caller.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoomListingTest {

    private static final String ACCOUNT = "/accounts/me/recordings";

    private final MovableClock clock = new MovableClock();
    private Simulator simulator;
    private Caller caller;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(
                SimulatorSettings.defaults().withMeetings(100, 90).withUsers(2).withClock(clock));
        caller = new Caller(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private static String next(Answer answer) {
        return "&next_page_token=" + answer.json().get("next_page_token").asText();
    }

    @Test
    void withoutDatesOnlyTodayIsListed() {
        JsonNode answer = caller.zoom(ACCOUNT).json();
        assertEquals("2026-11-25", answer.get("from").asText());
        assertEquals("2026-11-26", answer.get("to").asText());
        answer.get("meetings")
                .forEach(
                        meeting -> assertTrue(meeting.get("start_time").asText().startsWith("2026-11-25")));
        assertFalse(answer.get("meetings").isEmpty());
    }

    @Test
    void aWindowOfMoreThanAMonthIsCutWithoutAWord() {
        JsonNode answer =
                caller.zoom(ACCOUNT + "?from=2026-08-01&to=2026-11-26").json();
        assertEquals("2026-10-26", answer.get("from").asText());
        assertEquals("2026-11-26", answer.get("to").asText());
    }

    @Test
    void pagesHoldEveryMeetingOnceAndEndWithAnEmptyToken() {
        Set<String> seen = new HashSet<>();
        String window = ACCOUNT + "?from=2026-10-26&to=2026-11-26&page_size=7";
        Answer page = caller.zoom(window);
        int total = page.json().get("total_records").asInt();
        while (true) {
            page.json()
                    .get("meetings")
                    .forEach(meeting -> assertTrue(seen.add(meeting.get("uuid").asText())));
            assertTrue(page.json().has("next_page_token"));
            if (page.json().get("next_page_token").asText().isEmpty()) {
                break;
            }
            page = caller.zoom(window + next(page));
        }
        assertEquals(total, seen.size());
        assertEquals(Map.of(), simulator.counters().violations());
    }

    @Test
    void anEmptyPageTokenIsPageOneAgainAndNoted() {
        String window = ACCOUNT + "?from=2026-11-01&page_size=2";
        assertEquals(uuids(caller.zoom(window)), uuids(caller.zoom(window + "&next_page_token=")));
        assertEquals(1, simulator.counters().violations().size());
    }

    private static List<String> uuids(Answer answer) {
        return answer.json().findValuesAsText("uuid");
    }

    @Test
    void aPageTokenDiesAfterAQuarterOfAnHourAndIsGoodForItsListingOnly() {
        Answer first = caller.zoom(ACCOUNT + "?from=2026-11-01&page_size=2");
        Answer other = caller.zoom(ACCOUNT + "?from=2026-11-02&page_size=2" + next(first));
        assertEquals(400, other.status());
        clock.move(Duration.ofMinutes(15));
        Answer late = caller.zoom(ACCOUNT + "?from=2026-11-01&page_size=2" + next(first));
        assertEquals(400, late.status());
        assertEquals(300, late.json().get("code").asInt());
    }

    @Test
    void pagesAreNeverLargerThanThreeHundred() {
        assertEquals(
                300,
                caller.zoom(ACCOUNT + "?page_size=1000").json().get("page_size").asInt());
        assertEquals(30, caller.zoom(ACCOUNT).json().get("page_size").asInt());
        assertEquals(400, caller.zoom(ACCOUNT + "?page_size=many").status());
    }

    @Test
    void aUserIsFoundByIdAndByEmailAndAStrangerIsNot() {
        JsonNode byEmail = caller.zoom("/users/ada.nowak@simulator.example/recordings?from=2026-11-01")
                .json();
        String id = byEmail.get("meetings").get(0).get("host_id").asText();
        assertEquals(
                byEmail.get("meetings").size(),
                caller.zoom("/users/" + id + "/recordings?from=2026-11-01")
                        .json()
                        .get("meetings")
                        .size());
        byEmail.get("meetings")
                .forEach(meeting -> assertEquals(id, meeting.get("host_id").asText()));
        Answer stranger = caller.zoom("/users/nobody/recordings");
        assertEquals(404, stranger.status());
        assertEquals(1001, stranger.json().get("code").asInt());
    }

    @Test
    void whatPeopleRecordForThemselvesIsListedUnlessAUsersListingIsAskedForWithoutIt() {
        String window = "?from=2026-11-10&page_size=300";
        assertEquals(
                Set.of("96", "\"96\""),
                types(caller.zoom(ACCOUNT + window)).stream()
                        .filter(type -> type.contains("96"))
                        .collect(Collectors.toSet()));
        assertEquals(
                types(caller.zoom(ACCOUNT + window)),
                types(caller.zoom(ACCOUNT + window + "&recording_source_type=cloud_recording_only")));
        for (String user : List.of("ada.nowak@simulator.example", "chiara.rossi@simulator.example")) {
            String listing = "/users/" + user + "/recordings" + window;
            List<String> all = types(caller.zoom(listing));
            List<String> others = types(caller.zoom(listing + "&recording_source_type=cloud_recording_only"));
            List<String> notes = types(caller.zoom(listing + "&recording_source_type=my_notes_recording_only"));
            assertTrue(others.stream().noneMatch(type -> type.contains("96")), others::toString);
            assertTrue(!notes.isEmpty() && notes.stream().allMatch(type -> type.contains("96")), notes::toString);
            assertEquals(all.size(), others.size() + notes.size());
        }
    }

    private static List<String> types(Answer answer) {
        return answer.json().findValues("type").stream().map(JsonNode::toString).toList();
    }

    @Test
    void aUserWithoutRecordingsIsAnEmptyListAndNoError() {
        Answer answer = caller.zoom("/users/user1@simulator.example/recordings?from=2020-01-01&to=2020-01-31");
        assertEquals(200, answer.status());
        assertTrue(answer.json().get("meetings").isEmpty());
        assertEquals("", answer.json().get("next_page_token").asText());
    }

    @Test
    void usersAreListedByStatusAndPendingOnesHaveNoId() {
        assertTrue(caller.zoom("/users").json().get("users").size() > 5);
        caller.zoom("/users")
                .json()
                .get("users")
                .forEach(user -> assertEquals("active", user.get("status").asText()));
        JsonNode left =
                caller.zoom("/users?status=inactive").json().get("users").get(0);
        assertFalse(caller.zoom("/users/" + left.get("id").asText() + "/recordings?from=2026-11-15")
                .json()
                .get("meetings")
                .isEmpty());
        assertFalse(
                caller.zoom("/users?status=pending").json().get("users").get(0).has("id"));
    }

    @ParameterizedTest
    @CsvSource({
        "scopes, 400, 4711",
        "plan, 400, 200",
        "inside, 200, 200",
        "forbidden, 403, 403",
        "unauthorized, 401, 124"
    })
    void theListingOfTheAccountCanBeRefusedInEachWayThatWasSeen(String how, int status, int code) {
        simulator.change(faults -> faults.refuseAccountListing = how);
        Answer answer = caller.zoom(ACCOUNT);
        assertEquals(status, answer.status());
        assertEquals(code, answer.json().get("code").asInt());
        assertEquals(
                200,
                caller.zoom("/users/ada.nowak@simulator.example/recordings").status());
    }

    @Test
    void oneUserCanBeRefusedWhileTheOthersAreListed() {
        simulator.change(faults -> faults.refusedUsers =
                Map.of("ada.nowak@simulator.example", "400", "ben.okafor@simulator.example", "404"));
        assertEquals(
                400,
                caller.zoom("/users/ada.nowak@simulator.example/recordings").status());
        assertEquals(
                404,
                caller.zoom("/users/ben.okafor@simulator.example/recordings").status());
        assertEquals(
                200,
                caller.zoom("/users/grace.lin@simulator.example/recordings").status());
    }

    @Test
    void aPageCanComeTwiceAndAMeetingCanMoveToTheNextPage() {
        String window = ACCOUNT + "?from=2026-11-01&page_size=5";
        Answer first = caller.zoom(window);
        simulator.change(faults -> faults.repeatedPageRate = 1);
        assertEquals(uuids(first), uuids(caller.zoom(window + next(first))));
        simulator.change(faults -> {
            faults.repeatedPageRate = 0;
            faults.movedMeetingRate = 1;
        });
        assertEquals(
                uuids(first).get(4), uuids(caller.zoom(window + next(first))).get(0));
    }

    @Test
    void totalRecordsCanBeTooHighForOneListing() {
        String window = ACCOUNT + "?from=2026-11-01&page_size=300";
        int right = caller.zoom(window).json().get("total_records").asInt();
        simulator.change(faults -> faults.totalRecordsTooHigh = 1);
        assertTrue(caller.zoom(window).json().get("total_records").asInt() > right);
        assertEquals(right, caller.zoom(window).json().get("total_records").asInt());
    }

    @Test
    void aThousandMeetingsAreTheSameInEachRunOfOneSeed() throws IOException {
        SimulatorSettings settings = SimulatorSettings.defaults()
                .withMeetings(1_000, 90)
                .withClock(clock)
                .withSeed(7);
        try (Simulator one = Simulator.start(settings);
                Simulator two = Simulator.start(settings)) {
            assertEquals(ids(one), ids(two));
            assertTrue(ids(one).size() > 1_000);
        }
    }

    private static Set<String> ids(Simulator of) {
        return of.recordings().stream().map(ExpectedRecording::recordingId).collect(Collectors.toSet());
    }
}
