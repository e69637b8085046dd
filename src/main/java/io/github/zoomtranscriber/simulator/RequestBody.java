package io.github.zoomtranscriber.simulator;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The body of a request, with a length or in chunks, never whole in memory. */
final class RequestBody extends InputStream {

    private final InputStream in;
    private final boolean chunked;
    private OutputStream continueTo;
    private long left;
    private boolean firstChunk = true;
    private boolean ended;

    private RequestBody(InputStream in, boolean chunked, long length, OutputStream continueTo) {
        this.in = in;
        this.chunked = chunked;
        this.left = chunked ? 0 : length;
        this.continueTo = continueTo;
    }

    /** @param out where {@code 100 Continue} is said to a client that waits for it, once the body is first read */
    static RequestBody of(InputStream in, OutputStream out, Map<String, String> headers) {
        boolean chunked = "chunked".equalsIgnoreCase(headers.get("Transfer-Encoding"));
        long length = Long.parseLong(headers.getOrDefault("Content-Length", "0").trim());
        boolean waits = "100-continue".equalsIgnoreCase(headers.get("Expect"));
        return new RequestBody(in, chunked, length, waits ? out : null);
    }

    /** Whether the client still waits for {@code 100 Continue}, and so has not sent it. */
    boolean isWithheld() {
        return continueTo != null && !ended;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (ended || length == 0) {
            return ended ? -1 : 0;
        }
        sayContinue();
        if (left == 0 && !(chunked && nextChunk())) {
            ended = true;
            return -1;
        }
        int n = in.read(buffer, offset, (int) Math.min(length, left));
        if (n < 0) {
            throw new EOFException("the client left within its request");
        }
        left -= n;
        return n;
    }

    private void sayContinue() throws IOException {
        if (continueTo != null) {
            continueTo.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            continueTo.flush();
            continueTo = null;
        }
    }

    private boolean nextChunk() throws IOException {
        if (!firstChunk) {
            Request.line(in);
        }
        firstChunk = false;
        String size = Request.line(in);
        if (size == null) {
            throw new EOFException("the client left between two chunks");
        }
        left = Long.parseLong(size.split(";")[0].trim(), 16);
        if (left == 0) {
            for (String trailer = Request.line(in); trailer != null && !trailer.isEmpty(); trailer = Request.line(in)) {
                continue;
            }
            return false;
        }
        return true;
    }
}
