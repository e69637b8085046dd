package io.github.zoomtranscriber.routes;

import io.github.zoomtranscriber.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before a server on this machine: passes on all that is said, or nothing, or is not there. */
final class Relay implements AutoCloseable {

    private final int port = FreePort.next();
    private final int to;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Object gate = new Object();
    private boolean silent;
    private ServerSocket listener;

    /** @param to the server's port */
    Relay(int to) {
        this.to = to;
        listen();
    }

    int port() {
        return port;
    }

    /** Takes connections, and whatever comes by them, and answers nothing. */
    void fallSilent() {
        synchronized (gate) {
            silent = true;
        }
    }

    void speakAgain() {
        synchronized (gate) {
            silent = false;
            gate.notifyAll();
        }
    }

    /** Ends all connections, and refuses others. */
    void refuse() {
        try {
            listener.close();
            end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    void listen() {
        try {
            listener = new ServerSocket(port, 500, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ServerSocket mine = listener;
        begin(() -> {
            while (true) {
                Socket caller = mine.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
                open.add(caller);
                open.add(server);
                if (mine.isClosed()) {
                    end();
                }
                begin(() -> passOn(caller, server));
                begin(() -> passOn(server, caller));
            }
        });
    }

    private void passOn(Socket from, Socket towards) throws IOException {
        try (from;
                towards) {
            InputStream in = from.getInputStream();
            OutputStream out = towards.getOutputStream();
            byte[] bytes = new byte[8192];
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                awaitSpeech();
                out.write(bytes, 0, length);
            }
        } finally {
            open.remove(from);
        }
    }

    private void awaitSpeech() throws IOException {
        synchronized (gate) {
            while (silent) {
                try {
                    gate.wait();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void begin(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException over) {
                // whoever is at the other end notices
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        speakAgain();
        refuse();
    }
}
