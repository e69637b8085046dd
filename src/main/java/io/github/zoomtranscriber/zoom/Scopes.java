package io.github.zoomtranscriber.zoom;

import io.github.zoomtranscriber.zoom.Listings.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an OAuth app must be allowed at Zoom. Each right has two spellings, the granular one of today's apps and the
 * classic one of older apps (both from Zoom's documents of March 2026); either will do.
 */
public final class Scopes {

    private static final Right ACCOUNT_LIST =
            new Right("cloud_recording:read:list_account_recordings", "recording:master", "account:read:admin");
    private static final Right USER_LIST =
            new Right("cloud_recording:read:list_user_recordings", "recording:read:admin");
    private static final Right USERS = new Right("user:read:list_users", "user:read:admin", "user:write:admin");
    private static final Right FILES =
            new Right("cloud_recording:read:list_recording_files", "recording:read:admin", "recording:read");
    private static final Right DELETE =
            new Right("cloud_recording:delete:recording_file", "recording:write:admin", "recording:write");

    /** One right; {@code classic} are its older names, the usual one first. */
    private record Right(String granular, String... classic) {

        boolean isIn(Set<String> granted) {
            return granted.contains(granular + ":admin")
                    || granted.contains(granular + ":master")
                    || Arrays.stream(classic).anyMatch(granted::contains);
        }

        String named() {
            return granular + ":admin (in an app with classic scopes: " + classic[0] + ")";
        }
    }

    private Scopes() {}

    /**
     * @param granted the token's {@code scope}: names separated by blanks
     * @param listing what is listed
     * @param trash whether delivered recordings are moved to Zoom's trash
     * @return for each right that is missing, what it is for and both of its names
     */
    public static List<String> missing(String granted, Scope listing, boolean trash) {
        Set<String> names = names(granted);
        List<String> missing = new ArrayList<>();
        if (listing == Scope.ACCOUNT && !ACCOUNT_LIST.isIn(names) && !(USER_LIST.isIn(names) && USERS.isIn(names))) {
            missing.add("to list recordings: " + ACCOUNT_LIST.named() + ", or both " + USER_LIST.named() + " and "
                    + USERS.named());
        }
        if (listing != Scope.ACCOUNT) {
            require(USER_LIST, "to list each user's recordings: ", names, missing);
        }
        if (listing == Scope.EVERYONE) {
            require(USERS, "to list the users: ", names, missing);
        }
        require(FILES, "for fresh addresses, and for what Zoom finishes late: ", names, missing);
        if (trash) {
            require(DELETE, "for zoom.after-delivery=trash: ", names, missing);
        }
        return missing;
    }

    /** Whether the whole account may be listed at once. */
    public static boolean allowAccountList(String granted) {
        return ACCOUNT_LIST.isIn(names(granted));
    }

    private static Set<String> names(String granted) {
        return new HashSet<>(Arrays.asList(granted.strip().split("\\s+")));
    }

    private static void require(Right right, String purpose, Set<String> names, List<String> missing) {
        if (!right.isIn(names)) {
            missing.add(purpose + right.named());
        }
    }
}
