package io.github.zoomtranscriber.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.github.zoomtranscriber.assemblyai.Submissions;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.Ledger.Note;
import io.github.zoomtranscriber.ledger.Overview;
import io.github.zoomtranscriber.ledger.Overview.Story;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.zoom.Ticks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** What the status page asks for, as JSON; and the one thing that can be done there. */
public final class StatusPage {

    private static final int DAYS = 14;
    private static final int HOURS = 24;
    private static final int MOST_ROWS = 500;
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new SimpleModule()
            .addSerializer(Instant.class, ToStringSerializer.instance).addSerializer(LocalDate.class, ToStringSerializer.instance));

    private final Ledger ledger;
    private final Overview overview;
    private final Path output;
    private final Kept<Sums> sums;

    /** @param output where the transcripts are */
    public StatusPage(Ledger ledger, Path output, Clock clock) {
        this.ledger = ledger;
        this.overview = ledger.overview();
        this.output = output.toAbsolutePath().normalize();
        this.sums = new Kept<>(this::sums, Duration.ZERO, clock);
    }

    private record Summary(Instant now, Map<String, Long> states, int stuck, Instant oldestUnfinished, Note tick, Note paused, List<Overview.Day> days,
                           Overview.Duration durations, int hours) {
    }

    private record Sums(Map<String, Long> states, int stuck, Instant oldestUnfinished, List<Overview.Day> days, Overview.Duration durations) {
    }

    /** How far all recordings are, and what happened lately. */
    public String summary() throws JsonProcessingException {
        Sums now = sums.get();
        return JSON.writeValueAsString(new Summary(ledger.now(), now.states(), now.stuck(), now.oldestUnfinished(), ledger.note(Ticks.NOTE).orElse(null),
                ledger.note(Submissions.NOTE).orElse(null), now.days(), now.durations(), HOURS));
    }

    private Sums sums() {
        Map<State, Long> totals = overview.totals();
        Map<String, Long> states = new TreeMap<>();
        for (State state : State.values()) {
            states.put(state.name().toLowerCase(Locale.ROOT), totals.getOrDefault(state, 0L));
        }
        return new Sums(states, overview.stuck(), overview.oldestUnfinished().orElse(null), overview.days(DAYS), overview.durations(HOURS));
    }

    /**
     * A part of the list, what was found last first.
     *
     * @param state  only those in this state; null or empty for all, and what is no state as well
     * @param text   only those with this text in topic or host
     * @param after  the id after which to go on
     * @param length how many, at most 500; 50 where it is no number
     */
    public String recordings(@Header("state") String state, @Header("text") String text, @Header("after") String after, @Header("length") String length)
            throws JsonProcessingException {
        int rows = length != null && length.matches("\\d{1,3}") ? Math.max(1, Math.min(MOST_ROWS, Integer.parseInt(length))) : 50;
        return JSON.writeValueAsString(overview.page(state(state), text, after, rows));
    }

    private static State state(String word) {
        for (State state : State.values()) {
            if (state.name().equalsIgnoreCase(word)) {
                return state;
            }
        }
        return null;
    }

    /** The story of one, and what happened to it, the oldest first; 404 where there is none. */
    public String recording(@Header("id") String id, Exchange exchange) throws JsonProcessingException {
        Optional<Story> story = overview.story(id);
        if (story.isEmpty()) {
            return missing(exchange, "There is no such recording");
        }
        return JSON.writeValueAsString(Map.of("story", story.get(), "files", files(story.get()), "events", overview.events(id)));
    }

    /** Puts a failed recording back to where it failed; it is taken up within {@code resume.every}. */
    public String retry(@Header("id") String id, Exchange exchange) throws JsonProcessingException {
        return id != null && ledger.retry(id) ? JSON.writeValueAsString(Map.of("retried", id)) : missing(exchange, "No such recording has failed");
    }

    /** One of a recording's files, as the body; 404 where there is none. Nothing but those can be had. */
    public Object file(@Header("id") String id, @Header("name") String name, Exchange exchange) throws IOException {
        List<String> files = overview.story(id).map(this::files).orElse(List.of());
        Path file = files.contains(name) ? output.resolve(name).normalize() : null;
        if (file == null || !file.startsWith(output) || !Files.isRegularFile(file)) {
            return missing(exchange, "There is no such file");
        }
        exchange.setVariable("contentType", (name.endsWith(".html") ? "text/html" : name.endsWith(".json") ? "application/json"
                : "text/plain") + ";charset=utf-8");
        return Files.newInputStream(file);
    }

    private List<String> files(Story story) {
        List<String> files = new ArrayList<>(story.files());
        if (story.outputName() != null && Files.exists(output.resolve(story.outputName() + ".error.json"))) {
            files.add(story.outputName() + ".error.json");
        }
        return files;
    }

    private static String missing(Exchange exchange, String text) throws JsonProcessingException {
        exchange.setVariable("status", 404);
        exchange.setVariable("contentType", "application/json;charset=utf-8");
        return JSON.writeValueAsString(Map.of("error", text));
    }
}
