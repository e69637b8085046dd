package io.github.zoomtranscriber.zoom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.work.DownloadException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes on their way from Zoom to AssemblyAI. */
class GuardedAudioTest {

    private static final LongPredicate NEVER = length -> false;

    private static byte[] audio(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        System.arraycopy("\0\0\0 ftypM4A ".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, Math.min(12, length));
        return bytes;
    }

    private static InputStream guard(byte[] bytes, long fileSize, LongPredicate accepts)
            throws IOException, DownloadException {
        return new GuardedAudio(new ByteArrayInputStream(bytes), fileSize, accepts, read -> true);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 100_000})
    void audioPassesThroughAsItIsHoweverItIsRead(int length) throws Exception {
        byte[] audio = audio(length);
        assertArrayEquals(audio, guard(audio, length, NEVER).readAllBytes());
        try (InputStream in = guard(audio, length, NEVER)) {
            for (byte expected : audio) {
                assertEquals(expected, (byte) in.read());
            }
            assertEquals(-1, in.read());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!DOCTYPE html><html>", "  \r\n<html>", "{\"code\":200}", "<?xml version='1.0'?>"})
    void aPageOfTextIsRecognisedByItsFirstBytes(String page) {
        DownloadException e =
                assertThrows(DownloadException.class, () -> guard(page.getBytes(StandardCharsets.UTF_8), 0, NEVER));
        assertEquals("Zoom sent a page of text instead of audio", e.getMessage());
    }

    @Test
    void whatWasBrokenOffIsNotTakenForAFileThatIsShorterThanZoomSays() throws Exception {
        GuardedAudio broken = new GuardedAudio(new ByteArrayInputStream(audio(100)), 200, length -> true, read -> true);
        broken.readNBytes(100);

        broken.cancel();

        assertThrows(IOException.class, broken::read);
    }

    @Test
    void nothingIsNoAudio() {
        assertThrows(DownloadException.class, () -> guard(new byte[0], 0, NEVER));
        assertThrows(DownloadException.class, () -> guard(new byte[0], 100, length -> true));
    }

    @ParameterizedTest
    @ValueSource(ints = {99_999, 100_001})
    void aFileOfAnotherLengthThanZoomSaysFailsAtItsEnd(int fileSize) throws Exception {
        InputStream in = guard(audio(100_000), fileSize, NEVER);
        IncompleteAnswerException e = assertThrows(IncompleteAnswerException.class, in::readAllBytes);
        assertEquals("Zoom's file ended after 100000 bytes; Zoom says it has " + fileSize, e.getMessage());
    }

    @Test
    void aFileThatEndsEarlyFailsAlsoWhereBytesWereSkippedOrReadOneByOne() throws Exception {
        InputStream in = guard(audio(1000), 2000, NEVER);
        assertEquals(500, in.skip(500));
        assertTrue(in.read() >= 0);
        assertThrows(IncompleteAnswerException.class, () -> {
            while (in.read() >= 0) {
                in.read(new byte[7]);
            }
        });
    }

    @Test
    void whereZoomDoesNotSayHowLongItIsAnyLengthIsRight() throws Exception {
        assertEquals(1000, guard(audio(1000), 0, NEVER).readAllBytes().length);
    }

    @Test
    void anotherLengthCanBeAccepted() throws Exception {
        assertEquals(1000, guard(audio(1000), 2000, length -> length == 1000).readAllBytes().length);
    }

    @Test
    void whatIsCutOffByTheNetworkIsNotMistakenForAnEnd() throws Exception {
        InputStream broken = new InputStream() {
            private int left = 500;

            @Override
            public int read() throws IOException {
                if (left == 0) {
                    throw new IOException("Connection reset");
                }
                left--;
                return 7;
            }
        };
        IOException e = assertThrows(
                IOException.class, () -> new GuardedAudio(broken, 1000, NEVER, read -> true).readAllBytes());
        assertEquals("Connection reset", e.getMessage());
    }
}
