package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Meetings, files and users in Zoom's words. The wire is looser than Zoom's documents: {@code type} is a number, and
 * {@code timezone}, {@code share_url} and {@code host_email} are there too (seen in real answers of 2021 to 2023).
 */
final class ZoomJson {

    private final World world;
    private final DownloadAddresses addresses;

    ZoomJson(World world, DownloadAddresses addresses) {
        this.world = world;
        this.addresses = addresses;
    }

    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    ObjectNode user(User user, Instant now) {
        ObjectNode json = Json.object();
        if (!user.isPending()) {
            json.put("id", user.id());
        }
        json.put("first_name", user.firstName())
                .put("last_name", user.lastName())
                .put("display_name", user.displayName())
                .put("email", user.email())
                .put("type", user.isPending() ? 1 : 2)
                .put("pmi", 3_000_000_000L + Seeds.below(999_999_999, 0, user.email()))
                .put("timezone", user.zone().getId())
                .put("verified", user.isPending() ? 0 : 1)
                .put("dept", user.department())
                .put("created_at", time(now.minus(700, ChronoUnit.DAYS)))
                .put("last_login_time", time(now.minus(1, ChronoUnit.DAYS)))
                .put("last_client_version", "6.5.3.10211(win)")
                .put("role_id", "2")
                .put("status", user.status());
        return json;
    }

    /**
     * A meeting as listings show it.
     *
     * @param trashed the files in the trash are shown, and those alone
     */
    ObjectNode meeting(Meeting meeting, boolean trashed) {
        ObjectNode json = Json.object()
                .put("uuid", meeting.uuid())
                .put("id", meeting.number())
                .put("account_id", Simulator.ZOOM_ACCOUNT_ID)
                .put("host_id", meeting.host().id())
                .put("host_email", meeting.host().email())
                .put("topic", meeting.topic());
        json.set("type", meeting.type());
        json.put("start_time", time(meeting.start()))
                .put("timezone", meeting.zone().getId())
                .put("duration", meeting.minutes());
        List<RecordingFile> files = meeting.deleted() != null && meeting.files() != null
                ? meeting.files()
                : trashed
                        ? meeting.files().stream()
                                .filter(file -> file.deleted() != null)
                                .toList()
                        : meeting.presentFiles();
        boolean inWork = meeting.isInWork();
        json.put(
                        "total_size",
                        inWork
                                ? 0
                                : files.stream()
                                        .filter(file -> !file.bare())
                                        .mapToLong(this::size)
                                        .sum())
                .put(
                        "recording_count",
                        inWork ? 0 : files.size() + meeting.participantFiles().size())
                .put(
                        "share_url",
                        world.host() + "/rec/share/" + Seeds.letters(44, 0, meeting.uuid()) + ".s" + meeting.number())
                .put("recording_play_passcode", Seeds.letters(32, 1, meeting.uuid()));
        if (meeting.files() != null) {
            ArrayNode array = json.putArray("recording_files");
            files.forEach(file -> array.add(file(file, meeting)));
        }
        return json;
    }

    ObjectNode file(RecordingFile file, Meeting meeting) {
        return file(file, meeting, file.bare(), addresses.download(file));
    }

    private ObjectNode file(RecordingFile file, Meeting meeting, boolean bare, String downloadUrl) {
        ObjectNode json = Json.object();
        if (!bare) {
            json.put("id", file.id());
        }
        json.put("meeting_id", meeting.uuid()).put("recording_start", time(file.start()));
        if (file.processing()) {
            // Seen in 2020 and 2021: empty texts and zero, with the addresses there already.
            return json.put("recording_end", "")
                    .put("file_type", "")
                    .put("file_extension", "")
                    .put("file_size", 0)
                    .put("play_url", addresses.play(file))
                    .put("download_url", downloadUrl)
                    .put("status", "processing");
        }
        json.put("recording_end", time(file.end()))
                .put("file_type", file.type())
                .put("file_extension", file.extension());
        if (!bare) {
            json.put("file_size", size(file));
        }
        if (!file.type().equals("TIMELINE")) {
            json.put("play_url", addresses.play(file));
        }
        json.put("download_url", downloadUrl);
        if (!bare) {
            json.put("status", "completed");
            if (file.kind() != null) {
                json.put("recording_type", file.kind());
            }
        }
        if (file.deleted() != null) {
            json.put("deleted_time", time(file.deleted()));
        }
        return json;
    }

    ObjectNode participantFile(RecordingFile file) {
        return Json.object()
                .put("id", file.id())
                .put("recording_start", time(file.start()))
                .put("recording_end", time(file.end()))
                .put("file_name", file.name())
                .put("file_type", file.type())
                .put("file_size", size(file))
                .put("play_url", addresses.play(file))
                .put("download_url", addresses.download(file))
                .put("status", "completed");
    }

    /** A meeting as an event shows it: these of its files, each whole, with addresses made for the event. */
    ObjectNode eventMeeting(Meeting meeting, List<RecordingFile> files) {
        ObjectNode json = wholeMeeting(meeting)
                .put("on_prem", false)
                .put("type", meeting.type().asInt());
        ArrayNode array = json.putArray("recording_files");
        files.forEach(file -> array.add(file(file, meeting, false, addresses.webhookDownload(file))));
        if (!meeting.participantFiles().isEmpty()) {
            ArrayNode own = json.putArray("participant_audio_files");
            meeting.participantFiles()
                    .forEach(file -> own.add(participantFile(file)
                            .put("file_extension", file.extension())
                            .put("download_url", addresses.webhookDownload(file))));
        }
        return json;
    }

    /** One participant's own sound of a session. */
    ObjectNode sessionParticipantFile(RecordingFile file) {
        ObjectNode json = participantFile(file)
                .put("file_extension", file.extension())
                .put("user_id", Integer.toString(16_778_240 + Seeds.below(9_000, 0, file.name()) * 1_024))
                .put("user_key", Seeds.letters(12, 0, file.name()));
        json.remove("play_url");
        return json;
    }

    /** A meeting as the call for it alone shows it. */
    ObjectNode wholeMeeting(Meeting meeting) {
        ObjectNode json = meeting(meeting, false);
        json.put("password", Seeds.letters(8, 2, meeting.uuid()));
        if (!meeting.participantFiles().isEmpty()) {
            ArrayNode array = json.putArray("participant_audio_files");
            meeting.participantFiles().forEach(file -> array.add(participantFile(file)));
        }
        return json;
    }

    /** A session of the Video SDK. */
    ObjectNode session(Meeting session) {
        ObjectNode json = Json.object()
                .put("session_id", session.uuid())
                .put("session_name", session.topic())
                .put("session_key", "key-" + session.number())
                .put("start_time", time(session.start()))
                .put("duration", session.minutes());
        List<RecordingFile> files = session.deleted() != null ? session.files() : session.presentFiles();
        json.put(
                        "total_size",
                        files.stream()
                                .filter(file -> !file.processing())
                                .mapToLong(this::size)
                                .sum())
                .put("recording_count", files.size());
        ArrayNode array = json.putArray("recording_files");
        for (RecordingFile file : files) {
            ObjectNode entry = file(file, session);
            entry.remove(List.of("meeting_id", "play_url", "file_extension"));
            array.add(entry);
        }
        return json;
    }

    private long size(RecordingFile file) {
        if (file.processing()) {
            return 0;
        }
        long size = world.content(file).size();
        return FaultBoard.names(world.faults().wrongFileSize, file.id()) ? size + 4_711 : size;
    }
}
