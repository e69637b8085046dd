package io.github.zoomtranscriber.simulator;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP/1.1 server on the loopback addresses, with a thread for each connection.
 *
 * <p>The JDK's own server cannot do what a bad network does: drop a connection that is kept alive, reset one, end in
 * the middle of a body. This one can, as it owns its sockets.
 */
final class HttpListener implements AutoCloseable {

    /** Answers one request. What it throws becomes a 500. */
    interface Handler {
        Response handle(Request request) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
    private static final int BACKLOG = 1_000;

    private final Handler handler;
    private final Supplier<Duration> idleLimit;
    private final ExecutorService threads;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ServerSocket ipv4;
    private final ServerSocket ipv6;
    private volatile boolean open = true;

    /**
     * @param port 0 for any free one
     * @param idleLimit how long a connection may wait for its next request before it is dropped; asked before each wait
     * @throws IOException when the port is taken
     */
    HttpListener(int port, Handler handler, Supplier<Duration> idleLimit) throws IOException {
        this.handler = handler;
        this.idleLimit = idleLimit;
        AtomicInteger count = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "simulator-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        this.ipv4 = bind(InetAddress.getByName("127.0.0.1"), port);
        this.ipv6 = alsoOnIpv6(ipv4.getLocalPort());
    }

    /** Takes connections from now on. */
    void start() {
        threads.execute(() -> accept(ipv4));
        if (ipv6 != null) {
            threads.execute(() -> accept(ipv6));
        }
    }

    int port() {
        return ipv4.getLocalPort();
    }

    private static ServerSocket bind(InetAddress address, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(address, port), BACKLOG);
        return socket;
    }

    /** The second host name is {@code localhost}, which some clients look for at ::1 first. */
    private static ServerSocket alsoOnIpv6(int port) {
        try {
            return bind(InetAddress.getByName("::1"), port);
        } catch (IOException noIpv6Here) {
            return null;
        }
    }

    private void accept(ServerSocket server) {
        while (open) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                if (open) {
                    LOG.warn("A connection could not be accepted: {}", e.toString());
                }
            }
        }
    }

    private void serve(Socket socket) {
        connections.add(socket);
        try (socket) {
            socket.setTcpNoDelay(true);
            BufferedInputStream in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
            BufferedOutputStream out = new BufferedOutputStream(socket.getOutputStream(), 16 * 1024);
            while (open) {
                socket.setSoTimeout((int) Math.max(1, idleLimit.get().toMillis()));
                if (!waitForBytes(in)) {
                    return;
                }
                socket.setSoTimeout(0);
                Request request = Request.read(in, out);
                if (request == null) {
                    return;
                }
                Response response = answer(request);
                if (response.isReset()) {
                    socket.setSoLinger(true, 0);
                    return;
                }
                boolean goesOn = response.writeTo(out, request);
                if (!goesOn || !request.drain() || request.wantsClose()) {
                    return;
                }
            }
        } catch (IOException e) {
            LOG.debug("A connection ended: {}", e.toString());
        } finally {
            connections.remove(socket);
        }
    }

    private static boolean waitForBytes(BufferedInputStream in) throws IOException {
        in.mark(1);
        try {
            if (in.read() < 0) {
                return false;
            }
        } catch (SocketTimeoutException idleTooLong) {
            return false;
        }
        in.reset();
        return true;
    }

    private Response answer(Request request) throws IOException {
        try {
            return handler.handle(request);
        } catch (RuntimeException e) {
            LOG.error("The simulator itself failed at {} {}", request.method(), request.path(), e);
            return Response.text(500, "simulator: " + e);
        }
    }

    /** Drops every connection and stops listening. */
    @Override
    public void close() {
        open = false;
        closeQuietly(ipv4);
        if (ipv6 != null) {
            closeQuietly(ipv6);
        }
        connections.forEach(HttpListener::closeQuietly);
        threads.shutdownNow();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.debug("Not closed: {}", e.toString());
        }
    }
}
