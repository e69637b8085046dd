package io.github.zoomtranscriber.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.assemblyai.Submissions;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.Notes.Note;
import io.github.zoomtranscriber.ledger.Reason;
import io.github.zoomtranscriber.ledger.Records;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.ledger.Statistics.Glance;
import io.github.zoomtranscriber.ledger.Step;
import io.github.zoomtranscriber.ledger.Steps;
import io.github.zoomtranscriber.options.Options;
import io.github.zoomtranscriber.work.AfterDelivery;
import io.github.zoomtranscriber.work.Deliveries;
import io.github.zoomtranscriber.work.EventsAsJson;
import io.github.zoomtranscriber.work.Pause;
import io.github.zoomtranscriber.zoom.Ticks;
import io.github.zoomtranscriber.zoom.Webhook;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how far the recordings have come. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows how far the recordings have come, or " + "one of them. Works beside a running daemon.")
final class Status implements Callable<Integer> {

    private static final int SHOWN = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(paramLabel = "ID", arity = "0..1", description = "Show this recording and its history.")
    private String id;

    @Option(names = "--json", description = "Print JSON, for scripts.")
    private boolean json;

    @Override
    public Integer call() {
        Options options = WorkingFolder.optionsWithoutLogins();
        return WorkingFolder.withLedger(
                options,
                ledger -> id != null
                        ? one(ledger, options.get("output.directory"), System.out)
                        : json ? json(ledger, System.out) : all(ledger, options, System.out));
    }

    private static int all(Ledger ledger, Options options, PrintStream out) {
        Map<State, Integer> counts = ledger.statistics().counts();
        Instant now = ledger.now();
        Glance glance = ledger.statistics().glance(now.truncatedTo(ChronoUnit.DAYS));
        BigDecimal price = Bill.price(options);
        line(
                out,
                "in flight",
                inFlight(counts) + (inFlight(counts) == 0 ? "" : ", " + Bill.hours(glance.minutesInFlight())));
        int stuck = ledger.statistics().stuck();
        line(
                out,
                "stuck",
                stuck == 0
                        ? null
                        : stuck + " of them, submitted more than " + options.get("transcribe.stuck-after") + " ago");
        line(
                out,
                "waiting",
                counts.getOrDefault(State.DISCOVERED, 0)
                        + (glance.oldestWaiting() == null
                                ? ""
                                : ", the oldest for " + ago(glance.oldestWaitingSince(), now) + ": "
                                        + glance.oldestWaiting()));
        int postponed = ledger.statistics().waitingFor(Reason.DAILY_HOURS_USED_UP);
        line(
                out,
                "postponed",
                postponed == 0
                        ? null
                        : postponed + " of them until the next day (UTC), as assemblyai.max-hours-per-day is used up");
        line(out, "at Zoom", counts.getOrDefault(State.PROCESSING, 0) + ", still being processed there");
        line(out, "failed", counts.getOrDefault(State.FAILED, 0));
        line(
                out,
                "delivered",
                counts.getOrDefault(State.DELIVERED, 0) + " in total, " + glance.deliveredToday() + " today (UTC): "
                        + Bill.hours(glance.secondsToday() / 60.0)
                        + (price == null
                                ? ""
                                : ", about "
                                        + new Bill(
                                                        glance.deliveredToday(),
                                                        Math.round(glance.secondsToday() / 60.0),
                                                        0,
                                                        price)
                                                .cost()));
        line(out, "skipped", counts.getOrDefault(State.SKIPPED, 0));
        line(
                out,
                "last tick",
                ledger.notes()
                        .find(Ticks.NOTE)
                        .map(tick -> ago(tick.updatedAt(), now) + " ago, " + (isGood(ledger, tick) ? "ok" : "FAILED")
                                + ": " + tick.text())
                        .orElse("none yet"));
        ledger.notes()
                .find(Submissions.NOTE)
                .ifPresent(pause -> line(out, "PAUSED", "for " + ago(pause.updatedAt(), now) + ": " + pause.text()));
        ledger.notes()
                .find(Deliveries.NOTE)
                .ifPresent(pause ->
                        line(out, "PAUSED", "deliveries, for " + ago(pause.updatedAt(), now) + ": " + pause.text()));
        Set<String> wanted = AfterDelivery.endpoints(options::get).keySet();
        ledger.steps()
                .counts()
                .forEach((name, count) -> line(
                        out,
                        "step",
                        step(name, count, now)
                                + (wanted.contains(name) ? "" : "; no longer in the options, so nobody does it")));
        ledger.notes()
                .startingWith(Pause.NOTE_OF_STEP)
                .forEach((name, pause) ->
                        line(out, "PAUSED", name + ", for " + ago(pause.updatedAt(), now) + ": " + pause.text()));
        ledger.notes()
                .find(Webhook.NOTE)
                .ifPresent(event -> line(out, "last webhook", ago(event.updatedAt(), now) + " ago: " + event.text()));
        ledger.nodes()
                .list()
                .forEach(node -> line(
                        out,
                        "node",
                        node.name() + " (" + node.id() + "): "
                                + (node.living() ? "joined " + ago(node.joinedAt(), now) + " ago" : "GONE")
                                + ", last heartbeat " + ago(node.seenAt(), now)
                                + " ago, works on " + node.holds() + " recordings"));
        ledger.records()
                .uploads()
                .forEach(upload -> line(
                        out,
                        "uploading",
                        upload.id() + " \"" + Clean.text(upload.topic()) + "\": " + upload.progress()));
        ledger.records()
                .list(State.FAILED, SHOWN)
                .forEach(entry -> out.printf(
                        "  failed: %s \"%s\": %s%n",
                        entry.id(), Clean.text(entry.recording().topic()), entry.reason()));
        if (counts.getOrDefault(State.FAILED, 0) > SHOWN) {
            out.printf("  and %d more%n", counts.get(State.FAILED) - SHOWN);
        }
        return ExitCode.DONE;
    }

    private static String step(String name, Steps.Count count, Instant now) {
        return name + ": to be done for " + count.open() + ", the oldest delivered " + ago(count.oldest(), now) + " ago"
                + (count.failing() == 0
                        ? ""
                        : ", " + count.failing() + " tried in vain: " + Clean.text(count.reason()));
    }

    private static int json(Ledger ledger, PrintStream out) {
        Map<State, Integer> counts = ledger.statistics().counts();
        Glance glance = ledger.statistics().glance(ledger.now().truncatedTo(ChronoUnit.DAYS));
        ObjectNode root = JSON.createObjectNode();
        for (State state : State.values()) {
            root.put(state.name().toLowerCase(Locale.ROOT), counts.getOrDefault(state, 0));
        }
        root.put("in_flight", inFlight(counts))
                .put("stuck", ledger.statistics().stuck())
                .put("above_cap", ledger.statistics().waitingFor(Reason.DAILY_HOURS_USED_UP))
                .put("delivered_today", glance.deliveredToday())
                .put("audio_seconds_today", glance.secondsToday())
                .put("oldest_waiting", glance.oldestWaiting())
                .put("oldest_waiting_since", text(glance.oldestWaitingSince()));
        ledger.notes().find(Ticks.NOTE).ifPresent(tick -> root.putObject("last_tick")
                .put("at", text(tick.updatedAt()))
                .put("ok", isGood(ledger, tick))
                .put("text", tick.text()));
        ledger.notes().find(Submissions.NOTE).ifPresent(pause -> put(root.putObject("paused"), pause));
        ledger.notes().find(Deliveries.NOTE).ifPresent(pause -> put(root.putObject("deliveries_paused"), pause));
        ObjectNode steps = root.putObject("steps");
        ledger.steps().counts().forEach((name, count) -> steps.putObject(name)
                .put("open", count.open())
                .put("failing", count.failing())
                .put("oldest_delivered_at", text(count.oldest()))
                .put("reason", count.reason()));
        ledger.notes().startingWith(Pause.NOTE_OF_STEP).forEach((name, pause) -> {
            ObjectNode step = steps.has(name) ? (ObjectNode) steps.get(name) : steps.putObject(name);
            put(step.putObject("paused"), pause);
        });
        ledger.nodes().list().forEach(node -> root.withArray("nodes")
                .addObject()
                .put("id", node.id())
                .put("name", node.name())
                .put("joined_at", text(node.joinedAt()))
                .put("seen_at", text(node.seenAt()))
                .put("living", node.living())
                .put("recordings", node.holds()));
        out.println(root.toPrettyString());
        return ExitCode.DONE;
    }

    private static void put(ObjectNode pause, Note note) {
        pause.put("since", text(note.updatedAt())).put("text", note.text());
    }

    private static int inFlight(Map<State, Integer> counts) {
        return counts.getOrDefault(State.SUBMITTING, 0) + counts.getOrDefault(State.TRANSCRIBING, 0);
    }

    /** A tick that succeeded is noted twice: first as the last one, then as the last one that succeeded. */
    private static boolean isGood(Ledger ledger, Note tick) {
        return ledger.notes()
                .find(Ticks.GOOD_NOTE)
                .filter(good -> !good.updatedAt().isBefore(tick.updatedAt()))
                .isPresent();
    }

    private static String ago(Instant then, Instant now) {
        Duration time = Duration.between(then, now);
        return time.toMinutes() < 1
                ? Math.max(0, time.toSeconds()) + " s"
                : time.toHours() < 2
                        ? time.toMinutes() + " min"
                        : time.toDays() < 2 ? time.toHours() + " h" : time.toDays() + " days";
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private int one(Ledger ledger, String output, PrintStream out) {
        Entry entry = WorkingFolder.find(ledger, id);
        if (json) {
            story(ledger, entry, out);
            return ExitCode.DONE;
        }
        line(out, "recording", entry.id());
        line(out, "topic", Clean.text(entry.recording().topic()));
        line(out, "host", entry.recording().host());
        line(out, "meeting", entry.recording().meetingUuid());
        line(out, "start", entry.recording().start());
        line(
                out,
                "file",
                entry.recording().recordingType() + ", " + entry.recording().fileSize() + " bytes");
        line(out, "state", entry.state().name().toLowerCase());
        line(out, "reason", entry.reason());
        line(
                out,
                "uploading",
                ledger.records().uploads().stream()
                        .filter(upload -> upload.id().equals(id))
                        .map(Records.Upload::progress)
                        .findFirst()
                        .orElse(null));
        line(out, "handed off", entry.handOff() == null ? null : "by " + entry.handOff() + ": " + entry.audioUrl());
        line(
                out,
                "submitted",
                entry.submittedAt() == null
                        ? null
                        : entry.submittedAt() + ", " + entry.submissions() + " submissions so far");
        line(out, "transcript", entry.transcriptId());
        line(out, "left out", entry.leftOut().isEmpty() ? null : entry.leftOut());
        line(out, "failed tries", entry.failures() == 0 ? null : entry.failures());
        line(out, "found", entry.createdAt());
        line(out, "changed", entry.updatedAt());
        ledger.records().files(entry.id()).forEach(file -> line(out, "file", Path.of(output, file)));
        ledger.steps().of(entry.id()).forEach(step -> line(out, "step", step(step)));
        EventTable.print(ledger.records().events(id), out);
        return ExitCode.DONE;
    }

    private static String step(Step step) {
        String key = step.name() + ": ";
        return step.isDone()
                ? key + "done " + step.doneAt() + (step.result() == null ? "" : ", with a result")
                : key + "not done yet, next try " + step.dueAt()
                        + (step.reason() == null ? "" : "; " + step.tries() + " tries failed: " + step.reason());
    }

    private static void story(Ledger ledger, Entry entry, PrintStream out) {
        ObjectNode root = JSON.createObjectNode();
        root.put("recording_id", entry.id())
                .put("topic", entry.recording().topic())
                .put("host", entry.recording().host())
                .put("meeting_uuid", entry.recording().meetingUuid())
                .put("start", text(entry.recording().start()))
                .put("minutes", entry.recording().minutes())
                .put("state", entry.state().name())
                .put(
                        "reason_code",
                        entry.reasonCode() == null ? null : entry.reasonCode().name())
                .put("reason", entry.reason())
                .put("hand_off", entry.handOff())
                .put("audio_url", entry.audioUrl())
                .put("transcript_id", entry.transcriptId())
                .put("submitted_at", text(entry.submittedAt()))
                .put("submissions", entry.submissions())
                .put("failures", entry.failures())
                .put("left_out", entry.leftOut())
                .put("found_at", text(entry.createdAt()))
                .put("changed_at", text(entry.updatedAt()));
        ledger.records().files(entry.id()).forEach(root.putArray("files")::add);
        ledger.steps().of(entry.id()).forEach(step -> root.withArray("steps")
                .addObject()
                .put("step", step.name())
                .put("done_at", text(step.doneAt()))
                .put("tries", step.tries())
                .put("reason", step.reason())
                .put("next_try_at", step.isDone() ? null : text(step.dueAt()))
                .put("result", step.result()));
        root.set("history", EventsAsJson.of(ledger.records().events(entry.id())));
        out.println(root.toPrettyString());
    }

    private static void line(PrintStream out, String what, Object value) {
        if (value != null) {
            out.printf("%-12s %s%n", what, value);
        }
    }
}
