package io.github.zoomtranscriber.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.github.zoomtranscriber.assemblyai.Submissions;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.Notes.Note;
import io.github.zoomtranscriber.ledger.Records;
import io.github.zoomtranscriber.ledger.Records.Story;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.ledger.Statistics;
import io.github.zoomtranscriber.ledger.Steps;
import io.github.zoomtranscriber.work.Deliveries;
import io.github.zoomtranscriber.work.Pause;
import io.github.zoomtranscriber.zoom.Ticks;
import java.io.IOException;
import java.io.InputStream;
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

/**
 * The status page: its parts, the answers to its requests, in JSON, and its one action. Each method answers the
 * exchange.
 */
public final class StatusPage {

    private static final int DAYS = 14;
    private static final int HOURS = 24;
    private static final int MOST_ROWS = 500;
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(LocalDate.class, ToStringSerializer.instance));

    private final Ledger ledger;
    private final LedgerWatch watch;
    private final Records records;
    private final Statistics statistics;
    private final Path output;
    private final Cached<Sums> sums;

    /**
     * @param watch says whether the ledger answers
     * @param output the folder of the transcripts
     */
    public StatusPage(Ledger ledger, LedgerWatch watch, Path output, Clock clock) {
        this.ledger = ledger;
        this.watch = watch;
        this.records = ledger.records();
        this.statistics = ledger.statistics();
        this.output = output.toAbsolutePath().normalize();
        this.sums = new Cached<>(this::sums, Duration.ZERO, clock);
    }

    private record Summary(
            Instant now,
            Map<String, Integer> states,
            int stuck,
            Instant oldestUnfinished,
            Note tick,
            Note paused,
            Note deliveriesPaused,
            Map<String, Steps.Count> steps,
            Map<String, Note> stepsPaused,
            List<Statistics.Day> days,
            Statistics.Durations durations,
            int hours) {}

    private record Sums(
            Map<String, Integer> states,
            int stuck,
            Instant oldestUnfinished,
            Map<String, Steps.Count> steps,
            List<Statistics.Day> days,
            Statistics.Durations durations) {}

    /** The page itself. */
    public void page(Exchange exchange) throws IOException {
        part(exchange, "page.html", "text/html");
    }

    /** How it looks. */
    public void style(Exchange exchange) throws IOException {
        part(exchange, "page.css", "text/css");
    }

    /** What fills it. */
    public void script(Exchange exchange) throws IOException {
        part(exchange, "page.js", "text/javascript");
    }

    private static void part(Exchange exchange, String name, String type) throws IOException {
        try (InputStream part = StatusPage.class.getResourceAsStream(name)) {
            PageAnswer.page(exchange, 200, type + ";charset=utf-8", part.readAllBytes());
        }
    }

    /** The ledger does not answer. */
    public void unanswered(Exchange exchange) {
        PageAnswer.text(exchange, 503, "The ledger does not answer. /observe/health says why");
    }

    /** Something failed: no exception's words go out. */
    public void unavailable(Exchange exchange) {
        PageAnswer.text(exchange, 503, "Not now. The log says why");
    }

    /** How far all recordings have come, and what happened lately, as JSON. */
    public void summary(Exchange exchange) throws JsonProcessingException {
        json(exchange, 200, watch.answer(this::summary));
    }

    private Summary summary() {
        Sums now = sums.get();
        return new Summary(
                ledger.now(),
                now.states(),
                now.stuck(),
                now.oldestUnfinished(),
                ledger.notes().find(Ticks.NOTE).orElse(null),
                ledger.notes().find(Submissions.NOTE).orElse(null),
                ledger.notes().find(Deliveries.NOTE).orElse(null),
                now.steps(),
                ledger.notes().startingWith(Pause.NOTE_OF_STEP),
                now.days(),
                now.durations(),
                HOURS);
    }

    private Sums sums() {
        Map<State, Integer> counts = statistics.counts();
        Map<String, Integer> states = new TreeMap<>();
        for (State state : State.values()) {
            states.put(state.name().toLowerCase(Locale.ROOT), counts.getOrDefault(state, 0));
        }
        return new Sums(
                states,
                statistics.stuck(),
                statistics.oldestUnfinished().orElse(null),
                ledger.steps().counts(),
                statistics.days(DAYS),
                statistics.durations(HOURS));
    }

    /**
     * A part of the list of recordings, the latest found first, as JSON.
     *
     * @param state only those in this state; all if it is empty, missing or not a state
     * @param text only those with this text in topic or host
     * @param after the id after which to continue
     * @param length how many, at most 500; 50 if it is not a number
     */
    public void recordings(
            @Header("state") String state,
            @Header("text") String text,
            @Header("after") String after,
            @Header("length") String length,
            Exchange exchange)
            throws JsonProcessingException {
        int rows = length != null && length.matches("\\d{1,3}")
                ? Math.max(1, Math.min(MOST_ROWS, Integer.parseInt(length)))
                : 50;
        json(exchange, 200, watch.answer(() -> records.page(state(state), text, after, rows)));
    }

    private static State state(String word) {
        for (State state : State.values()) {
            if (state.name().equalsIgnoreCase(word)) {
                return state;
            }
        }
        return null;
    }

    /** One recording and its history, the oldest event first, as JSON; 404 if there is none with this id. */
    public void recording(@Header("id") String id, Exchange exchange) throws JsonProcessingException {
        Optional<Story> story = watch.answer(() -> records.story(id));
        if (story.isEmpty()) {
            missing(exchange, "There is no recording with this id");
        } else {
            json(
                    exchange,
                    200,
                    Map.of(
                            "story",
                            story.get(),
                            "files",
                            files(story.get()),
                            "events",
                            watch.answer(() -> records.events(id)),
                            "steps",
                            watch.answer(() -> ledger.steps().of(id))));
        }
    }

    /** Retries a failed recording from where it failed; work on it starts within {@code resume.every}. */
    public void retry(@Header("id") String id, Exchange exchange) throws JsonProcessingException {
        if (id != null && watch.answer(() -> ledger.progress().retry(id))) {
            json(exchange, 200, Map.of("retried", id));
        } else {
            missing(exchange, "There is no failed recording with this id");
        }
    }

    /** One of a recording's files; 404 if there is none of this name. No other file can be read. */
    public void file(@Header("id") String id, @Header("name") String name, Exchange exchange) throws IOException {
        List<String> files =
                watch.answer(() -> records.story(id)).map(this::files).orElse(List.of());
        Path file = files.contains(name) ? output.resolve(name).normalize() : null;
        if (file == null || !file.startsWith(output) || !Files.isRegularFile(file)) {
            missing(exchange, "This recording has no file of this name");
        } else {
            String type =
                    name.endsWith(".html") ? "text/html" : name.endsWith(".json") ? "application/json" : "text/plain";
            PageAnswer.file(exchange, type + ";charset=utf-8", Files.newInputStream(file));
        }
    }

    private List<String> files(Story story) {
        List<String> files = new ArrayList<>(story.files());
        if (story.outputName() != null && Files.exists(output.resolve(story.outputName() + ".error.json"))) {
            files.add(story.outputName() + ".error.json");
        }
        return files;
    }

    private static void missing(Exchange exchange, String text) throws JsonProcessingException {
        json(exchange, 404, Map.of("error", text));
    }

    private static void json(Exchange exchange, int status, Object value) throws JsonProcessingException {
        PageAnswer.page(exchange, status, PageAnswer.JSON, JSON.writeValueAsString(value));
    }
}
