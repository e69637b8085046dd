package io.github.zoomtranscriber.benchmark;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A machine's own link to the simulator, as wide as is said in each direction, which leads into the simulator's. To the
 * machine it is an HTTP proxy; the simulator understands what is said to one.
 */
final class Link implements AutoCloseable {

    private static final int PART = 16 * 1024;
    /** What lies in the sockets' buffers has passed already. */
    private static final int BUFFER = 64 * 1024;

    /** So many bytes a second, for all that go through. */
    static final class Width {

        private final long bytesPerSecond;
        private long next = System.nanoTime();

        Width(long bytesPerSecond) {
            this.bytesPerSecond = bytesPerSecond;
        }

        /** Waits until so many bytes may have gone through. */
        void pass(int bytes) throws InterruptedException {
            long until;
            synchronized (this) {
                next = Math.max(next, System.nanoTime()) + bytes * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
                until = next;
            }
            TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
        }
    }

    /** Both directions of a link. */
    record Lanes(Width up, Width down) {

        Lanes(long bytesPerSecond) {
            this(new Width(bytesPerSecond), new Width(bytesPerSecond));
        }
    }

    private final ServerSocket server = new ServerSocket();
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong sent = new AtomicLong();
    private final Lanes own;
    private final Lanes shared;
    private final InetSocketAddress simulator;

    /** @param shared the simulator's link, which others lead into too */
    Link(Lanes own, Lanes shared, int simulatorPort) throws IOException {
        this.own = own;
        this.shared = shared;
        this.simulator = new InetSocketAddress(InetAddress.getLoopbackAddress(), simulatorPort);
        server.setReceiveBufferSize(BUFFER);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        run(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many bytes the machine has sent through it. */
    long sent() {
        return sent.get();
    }

    private void accept() throws IOException {
        while (true) {
            Socket machine = server.accept();
            Socket there = new Socket();
            open.add(machine);
            open.add(there);
            machine.setSendBufferSize(BUFFER);
            there.setSendBufferSize(BUFFER);
            there.setReceiveBufferSize(BUFFER);
            machine.setTcpNoDelay(true);
            there.setTcpNoDelay(true);
            there.connect(simulator);
            run(() -> pump(machine, there, own.up(), shared.up(), sent));
            run(() -> pump(there, machine, own.down(), shared.down(), new AtomicLong()));
        }
    }

    private void pump(Socket from, Socket to, Width first, Width second, AtomicLong count)
            throws IOException, InterruptedException {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] part = new byte[PART];
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                first.pass(n);
                second.pass(n);
                out.write(part, 0, n);
                count.addAndGet(n);
            }
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    private static void run(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException | InterruptedException end) {
                        // of one of the two sides: the other is closed by now, too
                        return;
                    }
                },
                "link");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Closeable socket : open) {
            socket.close();
        }
    }
}
