package io.github.zoomtranscriber.command;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.ledger.Archived;
import io.github.zoomtranscriber.ledger.Event;
import io.github.zoomtranscriber.ledger.Recording;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.zoom.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The recordings whose transcripts are kept, as delivered ones. */
final class KeptReader implements Iterator<Archived> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Deque<Path> documents;
    private final List<String> unusable = new ArrayList<>();
    private Archived next;

    KeptReader(List<Path> documents) {
        this.documents = new ArrayDeque<>(documents);
    }

    /** What could not be taken in, with the reason. */
    List<String> unusable() {
        return unusable;
    }

    @Override
    public boolean hasNext() {
        while (next == null && !documents.isEmpty()) {
            Path document = documents.remove();
            try {
                next = read(document);
            } catch (IOException | IllegalArgumentException e) {
                unusable.add(
                        document + ": " + e.getMessage().lines().findFirst().orElse(""));
            }
        }
        return next != null;
    }

    @Override
    public Archived next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Archived read = next;
        next = null;
        return read;
    }

    private static Archived read(Path document) throws IOException {
        ObjectNode zoom = JSON.createObjectNode();
        ObjectNode assemblyai = JSON.createObjectNode();
        try (JsonParser in = JSON.createParser(document.toFile())) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                ObjectNode part = in.currentName().equals("zoom") ? zoom : assemblyai;
                if (in.nextToken() == JsonToken.START_OBJECT
                        && (in.currentName().equals("zoom") || in.currentName().equals("assemblyai"))) {
                    readInto(part, in);
                } else {
                    in.skipChildren();
                }
            }
        }
        Recording recording = Recordings.ofKept(zoom);
        if (recording == null || assemblyai.path("id").asText("").isEmpty()) {
            throw new IllegalArgumentException("expected zoom.uuid, zoom.recording_file.id and assemblyai.id in it");
        }
        return delivered(
                recording, assemblyai, Files.getLastModifiedTime(document).toInstant());
    }

    /** A transcript of hours has a hundred thousand words, which nobody asks for here. */
    private static void readInto(ObjectNode part, JsonParser in) throws IOException {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            JsonToken value = in.nextToken();
            if (value.isScalarValue() || name.equals("recording_file")) {
                part.set(name, in.readValueAsTree());
            } else {
                in.skipChildren();
            }
        }
    }

    private static Archived delivered(Recording recording, ObjectNode assemblyai, Instant at) {
        return new Archived(
                recording.id(),
                recording.segment(),
                recording.meetingUuid(),
                recording.meetingId(),
                recording.topic(),
                recording.host(),
                recording.start(),
                recording.timeZone(),
                recording.minutes(),
                recording.recordingType(),
                recording.fileSize(),
                recording.downloadUrl(),
                null,
                State.DELIVERED,
                null,
                null,
                null,
                text(assemblyai, "audio_url"),
                assemblyai.path("id").asText(),
                null,
                1,
                0,
                "",
                null,
                List.of(),
                text(assemblyai, "language_code"),
                assemblyai.hasNonNull("audio_duration")
                        ? assemblyai.path("audio_duration").asInt()
                        : null,
                text(assemblyai, "speech_model_used"),
                at,
                at,
                at,
                List.of(new Event(at, "delivered", null, 1, "taken in from the kept transcript", null)),
                List.of());
    }

    private static String text(ObjectNode from, String field) {
        return from.hasNonNull(field) ? from.path(field).asText() : null;
    }
}
