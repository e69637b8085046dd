package io.github.zoomtranscriber.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Ends the sending of a streamed request when nothing of it has moved for a while, be it that nothing comes from its
 * source or that nothing is taken at the other end; however long the whole takes. A socket's own time-out covers
 * reading alone: a write to a peer that takes nothing waits for ever. Thread-safe.
 */
public final class Silence implements HttpClientConfigurer {

    /** What a socket takes at once; with the client's own 4 kB an upload runs at half the speed. */
    private static final int PIECE = 128 * 1024;

    private final Duration limit;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "silence");
        thread.setDaemon(true);
        return thread;
    });

    /** @param limit for how long nothing may move */
    public Silence(Duration limit) {
        this.limit = limit;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.addExecInterceptorFirst("silence", this::send);
    }

    private ClassicHttpResponse send(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        HttpEntity entity = request.getEntity();
        if (entity == null || !entity.isStreaming()) {
            return chain.proceed(request, scope);
        }
        Watched watched = new Watched(entity, scope.execRuntime);
        request.setEntity(watched);
        long pause = Math.max(1, limit.toMillis() / 4);
        Future<?> looking = timer.scheduleWithFixedDelay(watched::look, pause, pause, TimeUnit.MILLISECONDS);
        try {
            return chain.proceed(request, scope);
        } catch (IOException | RuntimeException e) {
            if (watched.ended) {
                SocketTimeoutException silence = new SocketTimeoutException(
                        "The upload made no progress for " + limit.toMillis() / 1000.0 + " s");
                silence.initCause(e);
                throw silence;
            }
            throw e;
        } finally {
            looking.cancel(false);
            // also where no connection was made: the source is let go at once
            entity.close();
        }
    }

    /** A body while it is sent. */
    private final class Watched extends HttpEntityWrapper {

        private final HttpEntity entity;
        private final ExecRuntime connection;
        private volatile long moved = System.nanoTime();
        private volatile boolean sending;
        private volatile boolean ended;

        Watched(HttpEntity entity, ExecRuntime connection) {
            super(entity);
            this.entity = entity;
            this.connection = connection;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            moved = System.nanoTime();
            sending = true;
            byte[] buffer = new byte[PIECE];
            try (InputStream in = entity.getContent()) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    out.write(buffer, 0, n);
                    moved = System.nanoTime();
                }
            } finally {
                sending = false;
            }
        }

        /** Whoever reads the source or writes to the connection is thrown out of it. */
        void look() {
            if (!sending || ended || System.nanoTime() - moved < limit.toNanos()) {
                return;
            }
            ended = true;
            try {
                if (entity.getContent() instanceof Cancellable source) {
                    source.cancel();
                }
            } catch (IOException alreadyGone) {
                // so it needs no end
            }
            connection.discardEndpoint();
        }
    }
}
