package io.github.zoomtranscriber.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Users and recorded meetings of one account (or the sessions of one Video SDK account). Safe for use by many threads.
 */
final class ZoomAccount {

    /** A file and the meeting that it belongs to. */
    record Found(Meeting meeting, RecordingFile file) {}

    private static final Comparator<Meeting> NEWEST_FIRST =
            Comparator.comparing(Meeting::start).reversed().thenComparing(Meeting::uuid);

    private final Map<String, User> users = new LinkedHashMap<>();
    private final Map<String, Meeting> meetings = new ConcurrentHashMap<>();
    private final Map<String, String> meetingOfFile = new ConcurrentHashMap<>();
    private volatile List<Meeting> sorted;

    ZoomAccount(Collection<User> users, Collection<Meeting> meetings) {
        users.forEach(user -> this.users.put(user.id(), user));
        meetings.forEach(this::put);
        sort();
    }

    private void put(Meeting meeting) {
        meetings.put(meeting.uuid(), meeting);
        if (meeting.files() != null) {
            meeting.files().forEach(file -> meetingOfFile.put(file.id(), meeting.uuid()));
        }
        meeting.participantFiles().forEach(file -> meetingOfFile.put(file.id(), meeting.uuid()));
    }

    private void sort() {
        List<Meeting> all = new ArrayList<>(meetings.values());
        all.sort(NEWEST_FIRST);
        sorted = List.copyOf(all);
    }

    synchronized void add(Meeting meeting) {
        put(meeting);
        sort();
    }

    synchronized void remove(String uuid) {
        meetings.remove(uuid);
        sort();
    }

    /** @return the changed meeting; empty when there is none of that uuid */
    synchronized Optional<Meeting> change(String uuid, UnaryOperator<Meeting> change) {
        Meeting changed = meetings.computeIfPresent(uuid, (id, meeting) -> change.apply(meeting));
        sort();
        return Optional.ofNullable(changed);
    }

    boolean trash(String uuid, Instant when) {
        return change(uuid, meeting -> meeting.deleted(when)).isPresent();
    }

    Collection<User> users() {
        return users.values();
    }

    /** @param idOrEmail as in Zoom's paths */
    Optional<User> user(String idOrEmail) {
        User user = users.get(idOrEmail);
        return user != null
                ? Optional.of(user)
                : users.values().stream()
                        .filter(other -> other.email().equalsIgnoreCase(idOrEmail))
                        .findFirst();
    }

    /** All, newest first, those in the trash included. */
    List<Meeting> meetings() {
        return sorted;
    }

    Optional<Meeting> meeting(String uuid) {
        return Optional.ofNullable(meetings.get(uuid));
    }

    /** Whether a part of a path means a meeting, however often it is encoded. */
    boolean isKnownDecoded(String segment) {
        String once = Request.decodeSegment(segment);
        return meetings.containsKey(once) || meetings.containsKey(Request.decodeSegment(once));
    }

    /** The newest occurrence. */
    Optional<Meeting> latest(long number) {
        return sorted.stream()
                .filter(meeting -> meeting.number() == number && meeting.deleted() == null)
                .findFirst();
    }

    Optional<Found> file(String id) {
        Meeting meeting = meetings.get(meetingOfFile.getOrDefault(id, ""));
        if (meeting == null) {
            return Optional.empty();
        }
        List<RecordingFile> files = new ArrayList<>(meeting.participantFiles());
        if (meeting.files() != null) {
            files.addAll(meeting.files());
        }
        return files.stream().filter(file -> file.id().equals(id)).findFirst().map(file -> new Found(meeting, file));
    }
}
