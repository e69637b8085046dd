package io.github.zoomtranscriber.program;

import io.github.zoomtranscriber.Patience;
import io.github.zoomtranscriber.simulator.Simulator;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What was answered to a request that consists of exactly some lines.
 *
 * @param all with the headers, and however the body is encoded; empty if nothing was answered
 */
record Asked(String all) {

    /**
     * @param socket is closed
     * @param request method and address
     * @param headers a line each
     */
    static Asked of(Socket socket, String request, List<String> headers, String body) throws IOException {
        try (socket) {
            socket.setSoTimeout((int) Patience.LONG.toMillis());
            String head = Stream.concat(
                            Stream.of(request + " HTTP/1.1", "Connection: close"),
                            Stream.concat(
                                    headers.stream(),
                                    body.isEmpty() && request.startsWith("GET")
                                            ? Stream.empty()
                                            : Stream.of("Content-Length: " + body.length())))
                    .collect(Collectors.joining("\r\n"));
            socket.getOutputStream().write((head + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
            return new Asked(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (SocketException closed) {
            return new Asked("");
        }
    }

    int status() {
        return all.isEmpty() ? 0 : Integer.parseInt(all.split(" ")[1]);
    }

    /** The headers by which Zoom proves that it sent a body now. */
    static List<String> signature(String body) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Simulator.ZOOM_WEBHOOK_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] proof = mac.doFinal(("v0:" + now + ":" + body).getBytes(StandardCharsets.UTF_8));
        return List.of(
                "Content-Type: application/json",
                "x-zm-request-timestamp: " + now,
                "x-zm-signature: v0=" + HexFormat.of().formatHex(proof));
    }

    @Override
    public String toString() {
        return all;
    }
}
