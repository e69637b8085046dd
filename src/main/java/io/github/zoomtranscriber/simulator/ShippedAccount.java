package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reads {@code account.json}: the users, meetings and sessions that are always there, with dates counted back from now.
 */
final class ShippedAccount {

    private final JsonNode json;
    private final Instant now;
    private final Map<String, User> users = new LinkedHashMap<>();

    ShippedAccount(Instant now) {
        this.now = now;
        try (InputStream in = ShippedAccount.class.getResourceAsStream("account.json")) {
            this.json = Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        json.get("users").forEach(user -> users.put(user.get("key").asText(), user(user)));
    }

    /** One who has not accepted the invitation yet has no id at Zoom. */
    private static User user(JsonNode user) {
        String id = user.path("id").asText("pending-" + user.get("key").asText());
        return new User(
                id,
                user.get("email").asText(),
                user.get("first_name").asText(),
                user.get("last_name").asText(),
                user.path("dept").asText(""),
                user.get("status").asText(),
                ZoneId.of(user.get("timezone").asText()));
    }

    List<User> users() {
        return List.copyOf(users.values());
    }

    List<Meeting> meetings() {
        return read("meetings");
    }

    List<Meeting> sessions() {
        return read("sessions");
    }

    private List<Meeting> read(String array) {
        List<Meeting> meetings = new ArrayList<>();
        json.get(array).forEach(meeting -> meetings.add(meeting(meeting)));
        return meetings;
    }

    private Meeting meeting(JsonNode meeting) {
        User host = users.get(meeting.get("host").asText());
        if (host == null) {
            throw new IllegalArgumentException("there is no user " + meeting.get("host"));
        }
        String topic = meeting.path("topic").asText("")
                + meeting.path("topic_repeated")
                        .asText("")
                        .repeat(meeting.path("times").asInt(0));
        ZoneId zone =
                meeting.has("timezone") ? ZoneId.of(meeting.get("timezone").asText()) : host.zone();
        Instant start = start(meeting, zone);
        List<RecordingFile> files = null;
        List<RecordingFile> own = new ArrayList<>();
        if (meeting.has("segments")) {
            files = new ArrayList<>();
            Instant segmentStart = start.plusSeconds(6);
            int number = 0;
            for (JsonNode segment : meeting.get("segments")) {
                String name = meeting.get("uuid").asText() + '/' + number++;
                segmentStart = segmentStart.plus(
                        Duration.ofMinutes(segment.path("after_minutes").asInt(0)));
                Supplier<Talk> talk = talk(segment);
                Duration length =
                        Duration.ofSeconds(talk.get().length().plusMillis(999).toSeconds());
                FileMaker maker = new FileMaker(name, topic, segmentStart, length, talk);
                for (JsonNode what : segment.get("files")) {
                    files.add(
                            maker.make(what.asText(), segment.path("processing").asBoolean()));
                }
                segment.path("participants").forEach(who -> own.add(maker.participant(who.asText())));
                segmentStart = segmentStart.plus(length);
            }
        }
        return new Meeting(
                meeting.get("uuid").asText(),
                meeting.get("id").asLong(),
                host,
                topic,
                meeting.has("type") ? meeting.get("type") : IntNode.valueOf(2),
                start,
                zone,
                files == null ? null : List.copyOf(files),
                List.copyOf(own),
                null);
    }

    /** So many days back at a time of the day there, or so many minutes back from now. */
    private Instant start(JsonNode meeting, ZoneId zone) {
        if (meeting.has("minutes_ago")) {
            return now.minus(Duration.ofMinutes(meeting.get("minutes_ago").asLong()));
        }
        return LocalDate.ofInstant(now, zone)
                .minusDays(meeting.get("days_ago").asLong())
                .atTime(LocalTime.parse(meeting.get("at").asText()))
                .atZone(zone)
                .toInstant();
    }

    private static Supplier<Talk> talk(JsonNode segment) {
        Talk talk = segment.has("silent_seconds")
                ? Talk.silent(Duration.ofSeconds(segment.get("silent_seconds").asLong()))
                : TalkReader.shipped(segment.get("talk").asText());
        return () -> talk;
    }
}
