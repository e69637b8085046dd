package io.github.zoomtranscriber.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * The jobs of the account: so many run at once, the rest waits first in, first out. A job fetches its audio when its
 * turn comes, takes its time, and is charged if it does not end in {@code error}.
 */
final class JobQueue implements AutoCloseable {

    /** By how much a call can come before GET shows what it says. */
    private static final Duration EARLY = Duration.ofMillis(300);

    private final World world;
    private final Uploads uploads;
    private final AudioFetcher fetcher = new AudioFetcher();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, JobQueue::daemon);
    private final ExecutorService listeners = Executors.newFixedThreadPool(32, JobQueue::daemon);
    private final Map<String, Job> byId = new ConcurrentHashMap<>();
    private final List<Job> inOrder = Collections.synchronizedList(new ArrayList<>());
    private final ArrayDeque<Job> waiting = new ArrayDeque<>();
    private BiConsumer<Job, String> onEnd = (job, status) -> {};
    private int running;

    JobQueue(World world, Uploads uploads) {
        this.world = world;
        this.uploads = uploads;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "simulator-jobs");
        thread.setDaemon(true);
        return thread;
    }

    /** @param listener is told of each job that has ended, and how */
    void onEnd(BiConsumer<Job, String> listener) {
        onEnd = listener;
    }

    Optional<Job> job(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All jobs, oldest first. */
    List<Job> jobs() {
        synchronized (inOrder) {
            return List.copyOf(inOrder);
        }
    }

    int count() {
        return inOrder.size();
    }

    void add(Job job) {
        byId.put(job.id(), job);
        inOrder.add(job);
        synchronized (this) {
            waiting.add(job);
        }
        startWaiting();
        if (!job.isStarted()) {
            job.throttle();
        }
    }

    /** Done before it was answered. */
    void addFinished(Job job) {
        byId.put(job.id(), job);
        inOrder.add(job);
        end(job, listen(job));
    }

    private int limit() {
        Faults faults = world.faults();
        return faults.negativeBalance
                ? 1
                : faults.concurrency > 0 ? faults.concurrency : world.settings().concurrency();
    }

    /** Starts what there is room for; to be called when the limit may have changed. */
    synchronized void startWaiting() {
        while (running < limit() && !waiting.isEmpty()) {
            start(waiting.poll());
        }
    }

    private void start(Job job) {
        running++;
        long began = System.nanoTime();
        boolean shyFirst = world.board().pick("firstStatus", key(job), List.of(true, false));
        job.showProcessingAfter(shyFirst ? Duration.ofMillis(300) : Duration.ZERO);
        timer.schedule(
                () -> listeners.execute(() -> work(job, began)),
                world.faults().fetchDelay.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void work(Job job, long began) {
        Verdict verdict = listen(job);
        if (verdict.error() != null) {
            release();
            end(job, verdict);
            return;
        }
        if (FaultBoard.names(world.faults().neverFinishes, key(job))) {
            release();
            return;
        }
        Duration spent = Duration.ofNanos(System.nanoTime() - began);
        long left = Math.max(0, timeFor(verdict.length()).minus(spent).toMillis());
        timer.schedule(
                () -> {
                    release();
                    end(job, verdict);
                },
                left,
                TimeUnit.MILLISECONDS);
    }

    private void release() {
        synchronized (this) {
            running--;
        }
        startWaiting();
    }

    private Verdict listen(Job job) {
        URI url = URI.create("http://unreadable/");
        try {
            url = URI.create(job.submission().audioUrl());
        } catch (IllegalArgumentException unreadable) {
            return Verdict.failed(AudioFetcher.unreachable(job.submission().audioUrl()));
        }
        Optional<Sound> upload = uploads.sound(String.valueOf(url.getPath()));
        if (upload.isPresent()) {
            return Verdict.on(upload.get(), job, world);
        }
        if (world.strikes("failedFetchRate", key(job), world.faults().failedFetchRate)) {
            return Verdict.failed(AudioFetcher.unreachable(job.submission().audioUrl()));
        }
        AudioFetcher.Fetched fetched = fetcher.fetch(job.submission().audioUrl());
        return fetched.failure() != null ? Verdict.failed(fetched.failure()) : Verdict.on(fetched.sound(), job, world);
    }

    private Duration timeFor(Duration length) {
        if (world.faults().transcriptionTime != null) {
            return world.faults().transcriptionTime;
        }
        return world.settings().transcriptionTime() != null
                ? world.settings().transcriptionTime()
                : Duration.ofMillis(
                        Math.round(length.toMillis() * world.settings().transcriptionShare()));
    }

    private void end(Job job, Verdict verdict) {
        if (!byId.containsKey(job.id())) {
            return;
        }
        if (verdict.error() == null) {
            world.counters()
                    .charge(verdict.recordingId() != null ? verdict.recordingId() : key(job), verdict.seconds());
        }
        if (world.faults().transcriptCalls.equals("early")) {
            onEnd.accept(job, verdict.status());
            timer.schedule(() -> job.end(world.now(), verdict), EARLY.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            job.end(world.now(), verdict);
            onEnd.accept(job, verdict.status());
        }
    }

    private static String key(Job job) {
        return job.recordingId() != null ? job.recordingId() : job.submission().audioUrl();
    }

    synchronized void reset() {
        waiting.clear();
        byId.clear();
        inOrder.clear();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        listeners.shutdownNow();
    }
}
