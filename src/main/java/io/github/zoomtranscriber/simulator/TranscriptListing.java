package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * {@code GET /v2/transcript}: the last 90 days, newest first; what has just been submitted or deleted may show late.
 */
final class TranscriptListing {

    private static final Duration OLDEST = Duration.ofDays(90);
    private static final int DEFAULT_LIMIT = 10;
    private static final int LARGEST_LIMIT = 200;
    private static final Set<String> STATUSES = Set.of("queued", "processing", "completed", "error");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private final World world;
    private final JobQueue queue;

    TranscriptListing(World world, JobQueue queue) {
        this.world = world;
        this.queue = queue;
    }

    Response list(Request request) {
        int limit = limit(request);
        String status = request.query("status").orElse(null);
        if (status != null && !STATUSES.contains(status)) {
            throw AssemblyAiError.badRequest("status must be one of queued, processing, completed, error");
        }
        List<Job> newestFirst = visible(request.query("created_on").orElse(null), status);
        int from = 0;
        int to = newestFirst.size();
        if (request.query("before_id").isPresent()) {
            from = indexOf(newestFirst, request.query("before_id").get()) + 1;
        }
        if (request.query("after_id").isPresent()) {
            to = indexOf(newestFirst, request.query("after_id").get());
            from = Math.max(from, to - limit);
        }
        List<Job> page = newestFirst.subList(Math.min(from, to), Math.min(Math.min(from, to) + limit, to));
        ObjectNode json = Json.object();
        json.set("page_details", details(request, limit, page, newestFirst));
        ArrayNode rows = json.putArray("transcripts");
        page.forEach(job -> rows.add(row(job)));
        return Response.json(200, json);
    }

    private static int limit(Request request) {
        try {
            int limit = request.query("limit").map(Integer::parseInt).orElse(DEFAULT_LIMIT);
            if (limit >= 1 && limit <= LARGEST_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // the same refusal as for a number that is out of range
        }
        throw AssemblyAiError.badRequest("limit must be between 1 and " + LARGEST_LIMIT);
    }

    private List<Job> visible(String day, String status) {
        Instant now = world.now();
        List<Job> jobs = new ArrayList<>();
        for (Job job : queue.jobs()) {
            boolean late = now.isBefore(job.created().plus(world.faults().listLag));
            boolean old = job.created().isBefore(now.minus(OLDEST));
            if (!late
                    && !old
                    && (status == null || job.status().equals(status))
                    && (day == null
                            || LocalDate.ofInstant(job.created(), ZoneOffset.UTC)
                                    .toString()
                                    .equals(day))) {
                jobs.add(job);
            }
        }
        Collections.reverse(jobs);
        return jobs;
    }

    private static int indexOf(List<Job> jobs, String id) {
        for (int i = 0; i < jobs.size(); i++) {
            if (jobs.get(i).id().equals(id)) {
                return i;
            }
        }
        throw AssemblyAiError.unknownTranscript();
    }

    /** The previous page is the older one. */
    private ObjectNode details(Request request, int limit, List<Job> page, List<Job> all) {
        ObjectNode details = Json.object()
                .put("limit", limit)
                .put("result_count", page.size())
                .put("current_url", url(request, limit, null, null))
                .putNull("prev_url")
                .putNull("next_url");
        if (!page.isEmpty()) {
            Job oldest = page.get(page.size() - 1);
            boolean more = oldest != all.get(all.size() - 1);
            details.put("prev_url", more ? url(request, limit, "before_id", oldest.id()) : null)
                    .put("next_url", url(request, limit, "after_id", page.get(0).id()));
        }
        return details;
    }

    private String url(Request request, int limit, String border, String id) {
        StringBuilder url =
                new StringBuilder(world.host()).append("/v2/transcript?limit=").append(limit);
        for (String filter : List.of("status", "created_on")) {
            request.query(filter)
                    .ifPresent(
                            value -> url.append('&').append(filter).append('=').append(value));
        }
        if (border != null) {
            return url.append('&').append(border).append('=').append(id).toString();
        }
        for (String asked : List.of("before_id", "after_id")) {
            request.query(asked)
                    .ifPresent(
                            value -> url.append('&').append(asked).append('=').append(value));
        }
        return url.toString();
    }

    private ObjectNode row(Job job) {
        boolean wiped =
                job.deleted() != null && !world.now().isBefore(job.deleted().plus(world.faults().deletionLag));
        Job.End end = job.end();
        ObjectNode row = Json.object()
                .put("id", job.id())
                .put("resource_url", world.host() + "/v2/transcript/" + job.id())
                .put("status", end == null ? job.status() : end.verdict().status())
                .put("created", time(job.created()))
                .put("audio_url", wiped ? "deleted_by_user" : job.submission().audioUrl());
        return row.put("completed", end == null ? null : time(end.when()))
                .put("error", end == null ? null : end.verdict().error());
    }

    private String time(Instant instant) {
        return TIME.format(instant) + (world.faults().listTimesWithZone ? "Z" : "");
    }
}
