package io.github.zoomtranscriber.simulator;

import java.util.Arrays;
import java.util.List;

/**
 * The scopes that Zoom's documents of March 2026 name for each call: the granular names first, then the classic ones.
 */
final class ZoomScopes {

    static final List<String> LIST_USERS = List.of("user:read:list_users:admin", "user:read:admin", "user:write:admin");
    static final List<String> LIST_USER_RECORDINGS = List.of(
            "cloud_recording:read:list_user_recordings:admin",
            "cloud_recording:read:list_user_recordings:master",
            "recording:read:admin");
    static final List<String> LIST_ACCOUNT_RECORDINGS = List.of(
            "cloud_recording:read:list_account_recordings:admin",
            "cloud_recording:read:list_account_recordings:master",
            "recording:master",
            "account:read:admin");
    static final List<String> READ_MEETING = List.of(
            "cloud_recording:read:list_recording_files:admin",
            "cloud_recording:read:list_recording_files:master",
            "recording:read",
            "recording:read:admin");
    static final List<String> DELETE_MEETING = List.of(
            "cloud_recording:delete:meeting_recording:admin",
            "cloud_recording:delete:meeting_recording:master",
            "recording:write",
            "recording:write:admin");
    static final List<String> DELETE_FILE = List.of(
            "cloud_recording:delete:recording_file:admin",
            "cloud_recording:delete:recording_file:master",
            "recording:write",
            "recording:write:admin");
    static final List<String> RECOVER_MEETING = List.of(
            "cloud_recording:update:recover_meeting_recordings:admin",
            "cloud_recording:update:recover_meeting_recordings:master",
            "recording:write",
            "recording:write:admin");

    /** What the simulator's app has been granted unless a fault says otherwise: the first name for each call. */
    static final List<String> ALL = List.of(
            LIST_USERS.get(0),
            LIST_USER_RECORDINGS.get(0),
            LIST_ACCOUNT_RECORDINGS.get(0),
            READ_MEETING.get(0),
            DELETE_MEETING.get(0),
            DELETE_FILE.get(0),
            RECOVER_MEETING.get(0));

    private ZoomScopes() {}

    /** @param granted as in a token: separated by blanks */
    static boolean allow(String granted, List<String> anyOf) {
        return Arrays.stream(granted.split(" ")).anyMatch(anyOf::contains);
    }
}
