package io.github.zoomtranscriber.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.ledger.Reason;
import java.io.UncheckedIOException;

/**
 * Zoom's My Notes: what people record for themselves, also of talks in a room or on other platforms. Zoom lists them
 * among the cloud recordings since September 2026. They are nobody else's business, and left out unless the options say
 * otherwise. Thread-safe.
 */
public final class MyNotes {

    /** Under what the line of a tick counts them. */
    public static final String DROPPED = "My Notes";

    /** Why one is skipped, for people; the ledger goes by {@link Reason#MY_NOTES}. */
    public static final String LEFT_OUT = "My Notes, which zoom.my-notes leaves out";

    private static final ObjectMapper JSON = new ObjectMapper();
    /**
     * Zoom's {@code type} of them; as with every other type, the wire has it as a number or as a text (seen in October
     * 2026).
     */
    private static final int TYPE = 96;

    private final boolean wanted;

    /** @param wanted whether they are transcribed as any recording is */
    public MyNotes(boolean wanted) {
        this.wanted = wanted;
    }

    /**
     * @param meeting as Zoom lists it
     * @return whether it is not to be transcribed
     */
    public boolean leavesOut(JsonNode meeting) {
        return !wanted && meeting.path("type").asInt() == TYPE;
    }

    /**
     * The same of a meeting that the ledger knows.
     *
     * @param meeting JSON; null where it is not known, which leaves out nothing
     */
    public boolean leavesOut(String meeting) {
        try {
            return !wanted && meeting != null && leavesOut(JSON.readTree(meeting));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
