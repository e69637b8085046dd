package io.github.zoomtranscriber.zoom;

import io.github.zoomtranscriber.work.DownloadException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.LongPredicate;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.io.EofSensorInputStream;

/**
 * Passes audio through; fails where it is a page of text, or ends too early. Closed before its end, it breaks off the
 * download: to read the rest of a gigabyte would only keep a connection that can be made anew.
 */
final class GuardedAudio extends FilterInputStream implements Cancellable {

    private static final int HEAD = 64;

    private final long fileSize;
    private final LongPredicate accepts;
    private final LongPredicate goesOn;
    private final InputStream source;
    private long read;
    private boolean ended;
    private volatile boolean cancelled;

    /**
     * @param accepts whether a file that ends after so many bytes, and not after {@code fileSize}, is whole all the
     *     same
     * @param goesOn asked while bytes flow, with how many those are by now; where it says no, reading fails
     * @throws DownloadException if it is no audio from the first byte on
     */
    GuardedAudio(InputStream in, long fileSize, LongPredicate accepts, LongPredicate goesOn)
            throws IOException, DownloadException {
        super(new PushbackInputStream(in, HEAD));
        this.source = in;
        this.fileSize = fileSize;
        this.accepts = accepts;
        this.goesOn = goesOn;
        byte[] head = super.in.readNBytes(HEAD);
        try {
            judge(head);
        } catch (DownloadException e) {
            abort(in);
            throw e;
        }
        ((PushbackInputStream) super.in).unread(head);
    }

    private static void judge(byte[] head) throws DownloadException {
        String text = new String(head, StandardCharsets.US_ASCII).stripLeading().toLowerCase(Locale.ROOT);
        if (head.length == 0) {
            throw new DownloadException("Zoom sent an empty file instead of audio");
        }
        if (text.startsWith("<") || text.startsWith("{")) {
            throw new DownloadException("Zoom sent a page of text instead of audio");
        }
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        return count(next < 0 ? -1 : 1) < 0 ? -1 : next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return count(super.read(buffer, offset, length));
    }

    @Override
    public long skip(long n) throws IOException {
        return count((int) super.skip(Math.min(n, Integer.MAX_VALUE)));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        if (ended) {
            super.close();
        } else {
            abort(source);
        }
    }

    /** Ends a read that goes on in another thread too. */
    @Override
    public boolean cancel() {
        cancelled = true;
        abort(source);
        return true;
    }

    /** Closes an answer's body without reading what is left of it. */
    static void abort(InputStream body) {
        try {
            if (body instanceof EofSensorInputStream answer) {
                answer.abort();
            } else {
                body.close();
            }
        } catch (IOException gone) {
            // which is all that was wanted
        }
    }

    private int count(int bytes) throws IOException {
        if (!goesOn.test(read)) {
            throw new IOException("Upload aborted: another node has taken over the recording");
        }
        if (bytes > 0) {
            read += bytes;
            return bytes;
        }
        if (cancelled) {
            // to whoever reads, a connection that was closed here may look like the end of the file
            throw new IOException("Upload aborted");
        }
        ended |= bytes < 0;
        if (bytes < 0 && fileSize > 0 && read != fileSize && !accepts.test(read)) {
            throw new IncompleteAnswerException(
                    "Zoom's file ended after %d bytes; Zoom says it has %d".formatted(read, fileSize));
        }
        return bytes;
    }
}
