package io.github.zoomtranscriber.simulator;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Small and valid MP4 files of any length, and what can be read back from their first bytes.
 *
 * <p>The sound is silence: AAC-LC frames of 1,024 samples, mono at 16 kHz. All chunks of the track share the same few
 * kilobytes of frames, so an hour takes no more room than a minute. The recording's id stands in the comment tag, so
 * that the bytes say which recording they are, wherever they came from.
 */
final class Mp4 {

    /** How many first bytes {@link #recordingId} and {@link #duration} need. */
    static final int HEAD = 64 * 1024;

    private static final int RATE = 16_000;
    private static final int SAMPLES_PER_FRAME = 1_024;
    private static final int FRAMES_PER_CHUNK = 1_024;
    /** A silent mono frame of AAC-LC. */
    private static final byte[] FRAME = {0x00, (byte) 0xc8, 0x00, (byte) 0x80, 0x23, (byte) 0x80};

    private static final byte[] CHUNK = chunk();
    private static final long NO_PADDING = -1;
    /** A box of free space with a 64-bit size. */
    private static final int PADDING_HEADER = 16;

    private static final String TAG = "simulator-recording:";

    private Mp4() {}

    private static byte[] chunk() {
        byte[] chunk = new byte[FRAMES_PER_CHUNK * FRAME.length];
        for (int i = 0; i < chunk.length; i++) {
            chunk[i] = FRAME[i % FRAME.length];
        }
        return chunk;
    }

    static Content audio(String recordingId, Duration length) {
        return file("M4A ", recordingId, length, NO_PADDING);
    }

    /** The same sound as a video file: no picture, but a video's brand, and more bytes. */
    static Content video(String recordingId, Duration length) {
        return file("mp42", recordingId, length, 64 * 1024);
    }

    /** @param size in bytes; a file that is larger without it stays as it is */
    static Content ofSize(String recordingId, Duration length, long size) {
        long padding = size - audio(recordingId, length).size() - PADDING_HEADER;
        return file("M4A ", recordingId, length, Math.max(NO_PADDING, padding));
    }

    /** The bytes are made when they are read; only their number is known before. */
    private static Content file(String brand, String recordingId, Duration length, long padding) {
        long frames = Math.max(1, (length.toMillis() * RATE / 1_000 + SAMPLES_PER_FRAME - 1) / SAMPLES_PER_FRAME);
        byte[] ftyp = box("ftyp", ascii(brand), ints(0), ascii("M4A mp42isom"));
        int soundAt = ftyp.length + movie(recordingId, frames, 0).length + 8;
        int soundSize = (int) Math.min(frames, FRAMES_PER_CHUNK) * FRAME.length;
        byte[] free = padding < 0
                ? new byte[0]
                : ByteBuffer.allocate(PADDING_HEADER)
                        .putInt(1)
                        .put(ascii("free"))
                        .putLong(padding + PADDING_HEADER)
                        .array();
        return Content.of(
                        soundAt + soundSize + free.length,
                        () -> new ByteArrayInputStream(join(
                                ftyp,
                                movie(recordingId, frames, soundAt),
                                box("mdat", Arrays.copyOf(CHUNK, soundSize)),
                                free)))
                .followedBy(Math.max(0, padding));
    }

    private static byte[] movie(String recordingId, long frames, int soundAt) {
        long samples = frames * SAMPLES_PER_FRAME;
        byte[] matrix = ints(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
        byte[] mvhd = box(
                "mvhd",
                ints(0, 0, 0, RATE, (int) samples, 0x10000, 0x01000000, 0, 0),
                matrix,
                ints(0, 0, 0, 0, 0, 0, 2));
        byte[] tkhd = box("tkhd", ints(7, 0, 0, 1, 0, (int) samples, 0, 0, 0, 0x01000000), matrix, ints(0, 0));
        byte[] mdhd = box("mdhd", ints(0, 0, 0, RATE, (int) samples, 0x55C40000));
        byte[] hdlr = box("hdlr", ints(0, 0), ascii("soun"), ints(0, 0, 0), ascii("Sound\0"));
        byte[] minf = box(
                "minf",
                box("smhd", ints(0, 0)),
                box("dinf", box("dref", ints(0, 1), box("url ", ints(1)))),
                sampleTable(frames, soundAt));
        return box("moov", mvhd, box("trak", tkhd, box("mdia", mdhd, hdlr, minf)), comment(TAG + recordingId));
    }

    private static byte[] sampleTable(long frames, int soundAt) {
        int full = (int) (frames / FRAMES_PER_CHUNK);
        int rest = (int) (frames % FRAMES_PER_CHUNK);
        int chunks = full + (rest > 0 ? 1 : 0);
        byte[] toChunk = full > 0 && rest > 0
                ? ints(0, 2, 1, FRAMES_PER_CHUNK, 1, full + 1, rest, 1)
                : ints(0, 1, 1, full > 0 ? FRAMES_PER_CHUNK : rest, 1);
        int[] offsets = new int[chunks + 2];
        Arrays.fill(offsets, soundAt);
        offsets[0] = 0;
        offsets[1] = chunks;
        byte[] config = {
            0x03,
            0x19,
            0,
            1,
            0,
            0x04,
            0x11,
            0x40,
            0x15,
            0,
            0,
            0,
            0,
            0,
            (byte) 0xbb,
            (byte) 0x80,
            0,
            0,
            0x0b,
            (byte) 0xb8,
            0x05,
            0x02,
            0x14,
            0x08,
            0x06,
            0x01,
            0x02
        };
        byte[] mp4a = box("mp4a", ints(0, 1, 0, 0, 0x00010010, 0, RATE << 16), box("esds", ints(0), config));
        return box(
                "stbl",
                box("stsd", ints(0, 1), mp4a),
                box("stts", ints(0, 1, (int) frames, SAMPLES_PER_FRAME)),
                box("stsc", toChunk),
                box("stsz", ints(0, FRAME.length, (int) frames)),
                box("stco", ints(offsets)));
    }

    /** The tag that players show as the comment. */
    private static byte[] comment(String text) {
        byte[] hdlr = box("hdlr", ints(0, 0), ascii("mdirappl"), ints(0, 0), new byte[1]);
        byte[] data = box("data", ints(1, 0), ascii(text));
        return box("udta", box("meta", ints(0), hdlr, box("ilst", box("\u00a9cmt", data))));
    }

    private static byte[] box(String type, byte[]... parts) {
        byte[] content = join(parts);
        return join(ints(content.length + 8), type.getBytes(StandardCharsets.ISO_8859_1), content);
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    static boolean isMp4(byte[] head) {
        return head.length >= 12 && head[4] == 'f' && head[5] == 't' && head[6] == 'y' && head[7] == 'p';
    }

    /** @param head the first {@link #HEAD} bytes of a file, or all of a shorter one */
    static Optional<String> recordingId(byte[] head) {
        if (!isMp4(head)) {
            return Optional.empty();
        }
        int at = indexOf(head, ascii(TAG));
        int from = at + TAG.length();
        return at < 0 || from + 36 > head.length
                ? Optional.empty()
                : Optional.of(new String(head, from, 36, StandardCharsets.US_ASCII));
    }

    /** @return the length of the sound as the file's header says it */
    static Optional<Duration> duration(byte[] head) {
        int at = isMp4(head) ? indexOf(head, ascii("mvhd")) : -1;
        if (at < 0 || at + 24 > head.length) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(head, at + 16, 8);
        long rate = Integer.toUnsignedLong(header.getInt());
        long samples = Integer.toUnsignedLong(header.getInt());
        return rate == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(samples * 1_000 / rate));
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int at = 0; at + wanted.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }
}
