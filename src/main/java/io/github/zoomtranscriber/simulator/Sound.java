package io.github.zoomtranscriber.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * What is left of a file after it was read: its first bytes and its length.
 *
 * @param head at most {@link Mp4#HEAD} bytes
 * @param size of the whole file
 */
record Sound(byte[] head, long size) {

    /** Reads to the end, keeping the beginning only. */
    static Sound read(InputStream in) throws IOException {
        byte[] head = in.readNBytes(Mp4.HEAD);
        long size = head.length;
        byte[] buffer = new byte[64 * 1024];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            size += n;
        }
        return new Sound(head, size);
    }

    boolean isAudio() {
        return Mp4.isMp4(head) || begins("RIFF") || begins("ID3") || begins("OggS") || begins("fLaC");
    }

    Optional<String> recordingId() {
        return Mp4.recordingId(head);
    }

    Duration length() {
        return Mp4.duration(head).orElse(Duration.ofSeconds(Math.max(1, size / 16_000)));
    }

    /** As AssemblyAI names what it was given. */
    String describe() {
        String start = new String(head, 0, Math.min(head.length, 512), StandardCharsets.ISO_8859_1)
                .stripLeading()
                .toLowerCase();
        if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
            return "text/html (HTML document, ASCII text)";
        }
        if (begins("PK\u0003\u0004")) {
            return "application/zip (Zip archive data, at least v2.0 to extract)";
        }
        boolean text = head.length > 0
                && start.chars().allMatch(c -> c >= ' ' && c < 127 || c == '\n' || c == '\r' || c == '\t');
        return text ? "text/plain (ASCII text)" : "application/octet-stream (data)";
    }

    private boolean begins(String magic) {
        return head.length >= magic.length()
                && new String(head, 0, magic.length(), StandardCharsets.ISO_8859_1).equals(magic);
    }
}
