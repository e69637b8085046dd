package io.github.zoomtranscriber.zoom;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;

/** Passes audio through; fails where it is a page of text, or ends too early. */
final class GuardedAudio extends FilterInputStream {

    private static final int HEAD = 64;

    private final long fileSize;
    private final LongPredicate accepts;
    private final BooleanSupplier goesOn;
    private long read;

    /**
     * @param accepts whether a file that ends after so many bytes, and not after {@code fileSize}, is whole all the same
     * @param goesOn  asked while bytes flow; where it says no, reading fails
     * @throws DownloadException if it is no audio from the first byte on
     */
    GuardedAudio(InputStream in, long fileSize, LongPredicate accepts, BooleanSupplier goesOn) throws IOException, DownloadException {
        super(new PushbackInputStream(in, HEAD));
        this.fileSize = fileSize;
        this.accepts = accepts;
        this.goesOn = goesOn;
        byte[] head = super.in.readNBytes(HEAD);
        String text = new String(head, StandardCharsets.US_ASCII).stripLeading().toLowerCase(Locale.ROOT);
        if (head.length == 0) {
            throw new DownloadException("Zoom sent an empty file instead of audio");
        }
        if (text.startsWith("<") || text.startsWith("{")) {
            throw new DownloadException("Zoom sent a page of text instead of audio");
        }
        ((PushbackInputStream) super.in).unread(head);
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

    private int count(int bytes) throws IOException {
        if (!goesOn.getAsBoolean()) {
            throw new IOException("Broken off: somebody else works on the recording by now");
        }
        if (bytes > 0) {
            read += bytes;
        } else if (bytes < 0 && fileSize > 0 && read != fileSize && !accepts.test(read)) {
            throw new IncompleteAnswerException("Zoom's file ended after %d bytes; Zoom says it has %d".formatted(read, fileSize));
        }
        return bytes;
    }
}
