package io.github.zoomtranscriber.simulator;

import java.time.ZoneId;

/**
 * A user of the Zoom account.
 *
 * @param status {@code active}, {@code inactive} or {@code pending}
 */
record User(String id, String email, String firstName, String lastName, String department, String status, ZoneId zone) {

    String displayName() {
        return (firstName + " " + lastName).trim();
    }

    boolean isPending() {
        return status.equals("pending");
    }
}
