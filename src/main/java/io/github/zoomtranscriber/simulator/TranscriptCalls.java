package io.github.zoomtranscriber.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * AssemblyAI's calls to a job's {@code webhook_url}: unsigned, with the one header that was asked for, ten tries in
 * all; a 2xx or a 4xx ends them (its documentation of 2026).
 */
final class TranscriptCalls implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int TRIES = 10;

    private final World world;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(PATIENCE)
            .build();
    private final ScheduledExecutorService senders = Executors.newScheduledThreadPool(8, task -> {
        Thread thread = new Thread(task, "simulator-calls");
        thread.setDaemon(true);
        return thread;
    });

    TranscriptCalls(World world) {
        this.world = world;
    }

    /** @param status how the job ended */
    void ended(Job job, String status) {
        String mode = world.faults().transcriptCalls;
        if (!job.submission().options().hasNonNull("webhook_url") || mode.equals("never")) {
            return;
        }
        senders.execute(() -> attempt(job, status, 1));
        if (mode.equals("twice")) {
            senders.execute(() -> attempt(job, status, 1));
        }
    }

    private void attempt(Job job, String status, int number) {
        int answer = post(job, status);
        world.counters().called("assemblyai-calls", status);
        world.counters().answered("assemblyai-calls", answer);
        job.webhookAnswered(answer);
        boolean over = answer >= 200 && answer < 300 || answer >= 400 && answer < 500;
        if (!over && number < TRIES) {
            senders.schedule(
                    () -> attempt(job, status, number + 1),
                    world.faults().transcriptCallPause.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    /** @return 0 when nobody answered */
    private int post(Job job, String status) {
        var options = job.submission().options();
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(options.get("webhook_url").asText()))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(Json.object()
                            .put("transcript_id", job.id())
                            .put("status", status)
                            .toString()));
            if (options.hasNonNull("webhook_auth_header_name")) {
                request.header(
                        options.get("webhook_auth_header_name").asText(),
                        options.get("webhook_auth_header_value").asText());
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return 0;
        } catch (IOException | IllegalArgumentException unreachable) {
            return 0;
        }
    }

    @Override
    public void close() {
        senders.shutdownNow();
    }
}
