package io.github.zoomtranscriber.zoom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A meeting as Zoom lists it: half an hour of Ada's yesterday, with no files until they are added. */
final class AMeeting {

    static final ObjectMapper JSON = new ObjectMapper();

    final ObjectNode json = JSON.createObjectNode();

    private AMeeting(String uuid) {
        json.put("uuid", uuid)
                .put("id", 81234567890L)
                .put("account_id", "AcCoUnT")
                .put("host_id", "uSr_1")
                .put("host_email", "ada@example.com")
                .put("topic", "Weekly sync")
                .put("type", 8)
                .put("start_time", "2026-11-24T09:00:04Z")
                .put("timezone", "Europe/Berlin")
                .put("duration", 31)
                .put("share_url", "https://us02web.zoom.us/rec/share/a.b");
    }

    static AMeeting with(String uuid) {
        return new AMeeting(uuid);
    }

    AMeeting topic(String topic) {
        json.put("topic", topic);
        return this;
    }

    AMeeting host(String email, String id) {
        json.put("host_email", email).put("host_id", id);
        return this;
    }

    AMeeting minutes(int minutes) {
        json.put("duration", minutes);
        return this;
    }

    private ArrayNode files() {
        return json.path("recording_files").isArray()
                ? (ArrayNode) json.path("recording_files")
                : json.putArray("recording_files");
    }

    /** A finished file of the first segment. */
    AMeeting file(String id, String type) {
        return file(id, type, "2026-11-24T09:00:10Z");
    }

    AMeeting file(String id, String type, String start) {
        files().addObject()
                .put("id", id)
                .put("recording_start", start)
                .put("recording_end", "2026-11-24T09:31:02Z")
                .put("file_type", "M4A")
                .put("file_extension", "M4A")
                .put("file_size", 12582912)
                .put("download_url", "https://us02web.zoom.us/rec/download/" + id)
                .put("status", "completed")
                .put("recording_type", type);
        return this;
    }

    /** A file that Zoom is still working on, of a recording that ended at this time; empty while it goes on. */
    AMeeting processing(String id, String type, String end) {
        file(id, type);
        return change("status", "processing").change("recording_end", end).change("file_size", 0);
    }

    /** Changes the file that was added last; null takes the field away. */
    AMeeting change(String field, Object value) {
        ObjectNode file = (ObjectNode) files().get(files().size() - 1);
        if (value == null) {
            file.remove(field);
        } else {
            file.set(field, JSON.valueToTree(value));
        }
        return this;
    }

    /** A page of meetings. */
    static ObjectNode page(AMeeting... meetings) {
        ObjectNode page = JSON.createObjectNode()
                .put("from", "2026-11-18")
                .put("to", "2026-11-26")
                .put("page_size", 300)
                .put("total_records", meetings.length)
                .put("next_page_token", "");
        ArrayNode list = page.putArray("meetings");
        for (AMeeting meeting : meetings) {
            list.add(meeting.json);
        }
        return page;
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
