package io.github.zoomtranscriber.ledger;

import java.time.Instant;
import java.util.List;

/** A recording as Zoom lists it: ready, half an hour long, its segment made from its id until told otherwise. */
public final class ARecording {

    private final String id;
    private String segment;
    private String meetingUuid = "4aBcDeFgHiJkLmNoPqRsTu==";
    private String topic = "Weekly sync";
    private String timeZone = "Europe/Berlin";
    private Instant start = Instant.parse("2026-11-24T08:00:10Z");
    private String downloadUrl = "https://us02web.zoom.us/rec/download/a.b";
    private long fileSize = 12_582_912;
    private int minutes = 30;
    private String zoom;
    private List<String> alsoSegments = List.of();

    private ARecording(String id) {
        this.id = id;
        this.segment = "segment of " + id;
        this.zoom =
                "{\"uuid\":\"4aBcDeFgHiJkLmNoPqRsTu==\",\"topic\":\"Weekly sync\",\"timezone\":\"Europe/Berlin\",\"recording_file\":{\"id\":\""
                        + id + "\",\"recording_start\":\"2026-11-24T08:00:10Z\"}}";
    }

    public static ARecording with(String id) {
        return new ARecording(id);
    }

    public ARecording segment(String segment) {
        this.segment = segment;
        return this;
    }

    /** Other names of its segment. */
    public ARecording also(String... segments) {
        this.alsoSegments = List.of(segments);
        return this;
    }

    public ARecording meetingUuid(String meetingUuid) {
        this.meetingUuid = meetingUuid;
        return this;
    }

    public ARecording topic(String topic) {
        this.topic = topic;
        return this;
    }

    public ARecording timeZone(String timeZone) {
        this.timeZone = timeZone;
        return this;
    }

    public ARecording start(String start) {
        this.start = start == null ? null : Instant.parse(start);
        return this;
    }

    public ARecording downloadUrl(String downloadUrl) {
        this.downloadUrl = downloadUrl;
        return this;
    }

    public ARecording fileSize(long fileSize) {
        this.fileSize = fileSize;
        return this;
    }

    public ARecording minutes(int minutes) {
        this.minutes = minutes;
        return this;
    }

    public ARecording zoom(String zoom) {
        this.zoom = zoom;
        return this;
    }

    /** One that Zoom is still working on: it has no file yet, so its id is its segment. */
    public Recording processing() {
        return new Recording(
                segment,
                segment,
                alsoSegments,
                meetingUuid,
                81234567890L,
                topic,
                "ada@example.com",
                start,
                timeZone,
                0,
                "",
                0,
                null,
                false,
                zoom);
    }

    public Recording build() {
        return new Recording(
                id,
                segment,
                alsoSegments,
                meetingUuid,
                81234567890L,
                topic,
                "ada@example.com",
                start,
                timeZone,
                minutes,
                "audio_only",
                fileSize,
                downloadUrl,
                true,
                zoom);
    }
}
