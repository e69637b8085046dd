package io.github.zoomtranscriber;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** For a server that comes back on the port it had: it must stay free meanwhile. */
public final class FreePort {

    // the system gives ports from 32,768 on to whoever connects or does not care, on macOS and Windows from 49,152 on
    private static final int FIRST = 20_000;
    private static final int END = 32_000;

    private FreePort() {}

    /** @return one that nobody listens on, and that nobody gets by chance */
    public static int next() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // another one, then
            }
        }
    }
}
