package io.github.zoomtranscriber.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedTalksTest {

    private static final Instant NOW = Instant.parse("2026-11-25T00:10:00Z");

    @Test
    void everyShippedMeetingLiesInThePastWhateverTheHour() {
        for (Meeting meeting : new ShippedAccount(NOW).meetings()) {
            assertTrue(meeting.start().isBefore(NOW), meeting.topic());
            meeting.presentFiles().forEach(file -> assertTrue(file.end().isBefore(NOW), meeting.topic()));
        }
    }

    @Test
    void everyFileHasAnIdOfItsOwnTheSameInEachRun() {
        Set<String> ids = new HashSet<>();
        List<Meeting> meetings = new ShippedAccount(NOW).meetings();
        meetings.forEach(
                meeting -> meeting.presentFiles().forEach(file -> assertTrue(ids.add(file.id()), meeting.topic())));
        Set<String> again = new HashSet<>();
        new ShippedAccount(NOW.plusSeconds(86_400)).meetings().forEach(meeting -> meeting.presentFiles()
                .forEach(file -> again.add(file.id())));
        assertEquals(ids, again);
    }

    @Test
    void wordsFollowOneAnotherWithinTheRecording() {
        for (String name : List.of("launch", "review-ja", "planning-ar", "interview")) {
            Talk talk = TalkReader.shipped(name);
            int last = 0;
            for (Talk.Line line : talk.lines()) {
                for (Talk.Word word : line.words()) {
                    assertTrue(word.start() >= last && word.end() > word.start());
                    last = word.end();
                }
            }
            assertTrue(Duration.ofMillis(last).compareTo(talk.length()) < 0);
        }
    }

    @Test
    void aTimelineNamesWhoIsHeardAndADeviceThatTwoShare() throws Exception {
        Talk talk = TalkReader.shipped("interview");
        JsonNode timeline = Json.MAPPER.readTree(ZoomFiles.timeline(talk)).get("timeline");
        Set<String> names = new HashSet<>(timeline.findValuesAsText("username"));
        assertEquals(Set.of("Meeting room Lisboa", "Aleksander Wiśniewski"), names);
        for (JsonNode entry : timeline) {
            assertTrue(entry.get("ts").asText().matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3}"));
            entry.get("users")
                    .forEach(user -> assertEquals(
                            user.get("username").asText().startsWith("Meeting"),
                            user.get("multiple_people").asBoolean()));
        }
        assertTrue(timeline.size() >= talk.lines().size());
    }

    @Test
    void aTurnThatIsNoneIsRefusedWithItsText() {
        assertThrows(IllegalArgumentException.class, () -> TalkReader.read("Ada says hello"));
        assertThrows(IllegalArgumentException.class, () -> TalkReader.shipped("no-such-talk"));
    }

    @ParameterizedTest
    @ValueSource(longs = {60, 1_000, 65_536, 600_000, 36_000_000})
    void soundOfAnyLengthIsSmallAndSaysItsLengthAndItsRecording(long milliseconds) throws Exception {
        String id = FileMaker.idOf("test", "audio");
        Content audio = Mp4.audio(id, Duration.ofMillis(milliseconds));
        byte[] bytes = audio.open().readAllBytes();
        assertEquals(audio.size(), bytes.length);
        assertTrue(bytes.length < 16_000);
        assertEquals(id, Mp4.recordingId(bytes).orElseThrow());
        long said = Mp4.duration(bytes).orElseThrow().toMillis();
        assertTrue(said >= milliseconds && said < milliseconds + 65, "said " + said);
        assertFalse(Mp4.recordingId("<html>".getBytes()).isPresent());
    }

    @Test
    void aLongTalkFillsItsWholeLength() {
        Talk talk = GeneratedTalk.of(1, "long", Duration.ofHours(2));
        assertTrue(talk.lines().stream().mapToInt(line -> line.words().size()).sum() > 10_000);
        assertTrue(
                talk.lines().get(talk.lines().size() - 1).end() < talk.length().toMillis());
    }
}
