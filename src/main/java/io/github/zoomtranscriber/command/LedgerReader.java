package io.github.zoomtranscriber.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.ledger.Archived;
import io.github.zoomtranscriber.ledger.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/**
 * Reads what {@link LedgerLines} wrote, line by line. Every method throws a {@link UsageException} with the line's
 * number if a line is invalid.
 */
final class LedgerReader implements Iterator<Archived> {

    private static final int LONGEST_ID = 300;
    private static final int LONGEST_NAME = 1000;

    private final BufferedReader in;
    private final Instant exportedAt;
    private final long announced;
    private final boolean whileRunning;
    private long lines;
    private long recordings;
    private String next;

    LedgerReader(BufferedReader in) {
        this.in = in;
        String first = line();
        JsonNode header = first == null ? MissingNode.getInstance() : object(first);
        if (!header.path(LedgerLines.FORMAT).isInt()) {
            throw wrong("expected {\"" + LedgerLines.FORMAT + "\":" + LedgerLines.VERSION + ",...}, the first line of "
                    + "what export writes");
        }
        int version = header.path(LedgerLines.FORMAT).intValue();
        if (version > LedgerLines.VERSION) {
            throw wrong("written by a newer zoom-transcriber (format " + version + ", this one knows "
                    + LedgerLines.VERSION + "): import it with that one");
        }
        if (!header.path("recordings").isIntegralNumber()) {
            throw wrong("recordings: expected how many follow");
        }
        announced = header.path("recordings").longValue();
        whileRunning = header.path("while_running").asBoolean();
        try {
            exportedAt = LedgerLines.JSON.treeToValue(header.path("exported_at"), Instant.class);
        } catch (JsonProcessingException e) {
            throw wrong("exported_at: " + expected(Instant.class));
        }
        next = line();
    }

    /** When the file was written. */
    Instant exportedAt() {
        return exportedAt;
    }

    /** Whether a daemon was working on the ledger then. */
    boolean isOfRunningDaemon() {
        return whileRunning;
    }

    @Override
    public boolean hasNext() {
        if (next == null && recordings < announced) {
            throw new UsageException("the file ends after " + recordings + " of " + announced + " recordings: expected "
                    + "the complete export");
        }
        return next != null;
    }

    @Override
    public Archived next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Archived recording = recording(object(next));
        if (++recordings > announced) {
            throw wrong("expected no more than the " + announced + " recordings that line 1 says");
        }
        next = line();
        return recording;
    }

    private Archived recording(ObjectNode line) {
        JsonNode zoom = line.path("zoom");
        if (zoom.isObject()) {
            line.put("zoom", zoom.toString());
        } else if (!zoom.isMissingNode() && !zoom.isNull()) {
            throw wrong("zoom: expected an object");
        }
        try {
            Archived recording = LedgerLines.JSON.treeToValue(line, Archived.class);
            String problem = problem(recording);
            if (problem != null) {
                throw wrong(problem);
            }
            return recording;
        } catch (UnrecognizedPropertyException e) {
            throw wrong(e.getPropertyName() + ": unknown name; expected only those that export writes");
        } catch (MismatchedInputException e) {
            throw wrong(e.getPath().stream()
                            .map(JsonMappingException.Reference::getFieldName)
                            .filter(name -> name != null)
                            .collect(Collectors.joining("."))
                    + ": " + expected(e.getTargetType()));
        } catch (JsonProcessingException e) {
            throw wrong("expected a recording as export writes it");
        }
    }

    /**
     * Finds values with which the program could not go on with the recording.
     *
     * @return what is expected instead; null if all is well
     */
    private static String problem(Archived a) {
        State state = a.state();
        if (isMissing(a.recordingId())
                || a.recordingId().length() > LONGEST_ID
                || isMissing(a.segment())
                || a.segment().length() > LONGEST_ID) {
            return "recording_id and segment: expected both, of at most " + LONGEST_ID + " characters";
        }
        if (state == null) {
            return "state: " + expected(State.class);
        }
        if (a.foundAt() == null || a.changedAt() == null) {
            return "found_at and changed_at: expected both";
        }
        if (a.history().stream()
                .anyMatch(event -> event == null
                        || event.at() == null
                        || event.state() == null
                        || Arrays.stream(State.values())
                                .noneMatch(known -> known.name().equalsIgnoreCase(event.state())))) {
            return "history: expected at and state of each";
        }
        if (a.steps().stream()
                .anyMatch(step ->
                        step == null || isMissing(step.name()) || step.name().length() > LONGEST_ID)) {
            return "steps: expected the name of each, of at most " + LONGEST_ID + " characters";
        }
        if (a.minutes() < 0 || a.fileSize() < 0 || a.submissions() < 0 || a.failures() < 0) {
            return "minutes, file_size, submissions and failures: expected none below 0";
        }
        if (a.outputName() != null && a.outputName().length() > LONGEST_NAME) {
            return "output_name: expected at most " + LONGEST_NAME + " characters";
        }
        if (state == State.TRANSCRIBING && isMissing(a.transcriptId())) {
            return "transcript_id: expected AssemblyAI's id, as the state is TRANSCRIBING";
        }
        if (state == State.SUBMITTING && (isMissing(a.audioUrl()) || a.submittedAt() == null)) {
            return "audio_url and submitted_at: expected both, as the state is SUBMITTING and AssemblyAI's list is "
                    + "searched by them";
        }
        if (state == State.DISCOVERED && a.transcriptId() != null) {
            return "transcript_id: expected none, as the state is DISCOVERED; once AssemblyAI has accepted a "
                    + "recording, it is TRANSCRIBING";
        }
        if (state != State.PROCESSING && state != State.SKIPPED && isMissing(a.downloadUrl())) {
            return "download_url: expected Zoom's, as the state is " + state;
        }
        return null;
    }

    private static boolean isMissing(String text) {
        return text == null || text.isEmpty();
    }

    private static String expected(Class<?> type) {
        if (type == Instant.class) {
            return "expected an instant, such as 2026-11-24T08:00:10Z";
        }
        if (type.isEnum()) {
            return "expected one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(Object::toString)
                            .collect(Collectors.joining(", "));
        }
        if (type == String.class) {
            return "expected a text";
        }
        return List.class.isAssignableFrom(type) ? "expected a list" : "expected a whole number";
    }

    private ObjectNode object(String line) {
        try {
            if (LedgerLines.JSON.readTree(line) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw wrong("expected one complete JSON object without duplicate names");
        }
        throw wrong("expected one complete JSON object");
    }

    /** @return the next line that is not blank; null at the end */
    private String line() {
        try {
            String line;
            do {
                lines++;
                line = in.readLine();
            } while (line != null && line.isBlank());
            return line;
        } catch (CharacterCodingException e) {
            throw wrong("expected UTF-8");
        } catch (IOException e) {
            throw wrong("cannot be read: " + e.getMessage());
        }
    }

    private UsageException wrong(String what) {
        return new UsageException(String.format(Locale.ROOT, "line %d: %s", lines, what));
    }
}
