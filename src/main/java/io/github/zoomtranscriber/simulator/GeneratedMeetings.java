package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.databind.node.IntNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Users, meetings and sessions in bulk, the same for the same seed. Their talks are made when somebody listens. */
final class GeneratedMeetings {

    private static final List<String> TOPICS = List.of(
            "Weekly sync",
            "Design review",
            "Customer call",
            "Retrospective",
            "Interview",
            "Planning",
            "One to one",
            "Training",
            "Budget round",
            "Incident review");
    private static final List<String> ZONES =
            List.of("Europe/Berlin", "America/New_York", "Asia/Tokyo", "UTC", "Australia/Sydney");

    private final SimulatorSettings settings;

    GeneratedMeetings(SimulatorSettings settings) {
        this.settings = settings;
    }

    List<User> users() {
        List<User> users = new ArrayList<>();
        for (int i = 1; i <= settings.users(); i++) {
            users.add(new User(
                    Seeds.letters(22, settings.seed(), "user " + i),
                    "user" + i + "@simulator.example",
                    "User",
                    "No. " + i,
                    "",
                    "active",
                    ZoneId.of(ZONES.get(i % ZONES.size()))));
        }
        return users;
    }

    /** Spread evenly back from now, over all hosts in turn. */
    List<Meeting> meetings(List<User> hosts, Instant now) {
        return spread(settings.meetings(), "meeting", hosts, now);
    }

    List<Meeting> sessions(List<User> hosts, Instant now) {
        return spread(settings.sessions(), "session", hosts, now);
    }

    private List<Meeting> spread(int count, String what, List<User> hosts, Instant now) {
        List<Meeting> meetings = new ArrayList<>(count);
        long span = Duration.ofDays(settings.days()).minusHours(2).toMillis();
        for (int i = 0; i < count; i++) {
            Instant start = now.minus(Duration.ofHours(1))
                    .minusMillis(span * i / Math.max(1, count))
                    .truncatedTo(ChronoUnit.SECONDS);
            String name = what + ' ' + i;
            Duration length = Duration.ofSeconds(30 + Seeds.below(60, settings.seed(), name + "/length"));
            meetings.add(one(
                    name, TOPICS.get(i % TOPICS.size()) + ' ' + (i + 1), hosts.get(i % hosts.size()), start, length));
        }
        return meetings;
    }

    /** One meeting with its sound and a video view. */
    private Meeting one(String name, String topic, User host, Instant start, Duration length) {
        return one(name, topic, host, start, length, List.of("audio", "speaker_view"));
    }

    /** @param files as {@link FileMaker#make} has them */
    Meeting one(String name, String topic, User host, Instant start, Duration length, List<String> files) {
        long seed = settings.seed();
        String uuid = Seeds.meetingUuid(seed, name);
        FileMaker maker = maker(name, topic, start, length);
        return new Meeting(
                uuid,
                80_000_000_000L + Math.floorMod(Seeds.hash(seed, name + "/number"), 9_999_999_999L),
                host,
                topic,
                IntNode.valueOf(2),
                start,
                host.zone(),
                files.stream().map(what -> maker.make(what, false)).toList(),
                List.of(),
                null);
    }

    /** Makes the files of the one segment of such a meeting. */
    FileMaker maker(String name, String topic, Instant start, Duration length) {
        long seed = settings.seed();
        return new FileMaker(
                seed + Seeds.meetingUuid(seed, name),
                topic,
                start.plusSeconds(5),
                length,
                () -> GeneratedTalk.of(seed, name, length));
    }
}
