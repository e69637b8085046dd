package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is sent back, and how badly: whole, cut off, without a length, late, or not at all. */
final class Response {

    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Content body;
    private boolean withoutLength;
    private boolean reset;
    private boolean dropped;
    private long cutAfter = Long.MAX_VALUE;
    private boolean stalling;
    private long bytesPerSecond;
    private Duration delay = Duration.ZERO;

    private Response(int status, Content body) {
        this.status = status;
        this.body = body;
    }

    static Response of(int status, String mediaType, Content body) {
        return new Response(status, body).with("Content-Type", mediaType);
    }

    static Response json(int status, JsonNode body) {
        return of(status, "application/json;charset=UTF-8", Content.of(Json.bytes(body)));
    }

    static Response text(int status, String body) {
        return of(status, "text/plain; charset=utf-8", Content.of(body));
    }

    static Response html(int status, String body) {
        return of(status, "text/html;charset=utf-8", Content.of(body));
    }

    static Response empty(int status) {
        return new Response(status, Content.of(""));
    }

    /** Ends the connection without a word. */
    static Response drop() {
        Response response = empty(500);
        response.dropped = true;
        return response;
    }

    /** Ends the connection with a TCP reset. */
    static Response reset() {
        Response response = empty(500);
        response.reset = true;
        return response;
    }

    Response with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    Response withoutLength() {
        withoutLength = true;
        return this;
    }

    /** Announces the whole body and ends the connection after so many bytes of it. */
    Response cutAfter(long bytes) {
        cutAfter = bytes;
        return this;
    }

    /** What is cut off does not end the connection: it stands still. */
    Response stalling() {
        stalling = true;
        return this;
    }

    Response slowedTo(long bytesEachSecond) {
        bytesPerSecond = bytesEachSecond;
        return this;
    }

    Response after(Duration wait) {
        delay = delay.plus(wait);
        return this;
    }

    int status() {
        return status;
    }

    boolean isReset() {
        return reset;
    }

    boolean isSent() {
        return !reset && !dropped;
    }

    /** @return whether the connection may take another request */
    boolean writeTo(OutputStream out, Request request) throws IOException {
        pause(delay);
        if (dropped) {
            return false;
        }
        boolean bodiless = status == 204 || status == 304 || request.method().equals("HEAD");
        out.write(head(request).getBytes(StandardCharsets.UTF_8));
        boolean whole = bodiless || writeBody(out);
        out.flush();
        return whole;
    }

    private String head(Request request) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(reason())
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (withoutLength) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (status != 204) {
            head.append("Content-Length: ").append(body.size()).append("\r\n");
        }
        if (request.wantsClose()) {
            head.append("Connection: close\r\n");
        }
        return head.append("\r\n").toString();
    }

    private boolean writeBody(OutputStream out) throws IOException {
        long sent = 0;
        byte[] buffer =
                new byte[bytesPerSecond > 0 ? (int) Math.max(1, Math.min(64 * 1024, bytesPerSecond / 10)) : 64 * 1024];
        try (InputStream in = body.open()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                int part = (int) Math.min(n, cutAfter - sent);
                writePart(out, buffer, part);
                sent += part;
                if (part < n) {
                    out.flush();
                    standStill(stalling);
                    return false;
                }
                if (bytesPerSecond > 0) {
                    out.flush();
                    pause(Duration.ofMillis(1_000L * n / bytesPerSecond));
                }
            }
        }
        if (withoutLength) {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return true;
    }

    private void writePart(OutputStream out, byte[] buffer, int length) throws IOException {
        if (!withoutLength) {
            out.write(buffer, 0, length);
        } else if (length > 0) {
            out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(buffer, 0, length);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** For longer than anybody waits. */
    static void standStill(boolean really) {
        pause(really ? Duration.ofHours(1) : Duration.ZERO);
    }

    private static void pause(Duration wait) {
        if (wait.isZero() || wait.isNegative()) {
            return;
        }
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private String reason() {
        return switch (status) {
            case 200 -> "OK";
            case 204 -> "No Content";
            case 302 -> "Found";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 422 -> "Unprocessable Entity";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "Status";
        };
    }
}
