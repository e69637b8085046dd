package io.github.zoomtranscriber.simulator;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/** Bytes of a known number, made when they are read: a file of a gigabyte needs no memory. */
interface Content {

    long size();

    InputStream open();

    static Content of(byte[] bytes) {
        return of(bytes.length, () -> new ByteArrayInputStream(bytes));
    }

    /** @param size how many bytes each of the streams has */
    static Content of(long size, Supplier<InputStream> streams) {
        return new Content() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream open() {
                return streams.get();
            }
        };
    }

    static Content of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** This, and then so many bytes of value 0. */
    default Content followedBy(long zeros) {
        return of(size() + zeros, () -> new SequenceInputStream(open(), new Zeros(zeros)));
    }

    /** So many zeros. */
    final class Zeros extends InputStream {

        private long left;

        Zeros(long count) {
            this.left = count;
        }

        @Override
        public int read() {
            if (left == 0) {
                return -1;
            }
            left--;
            return 0;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int n = (int) Math.min(left, length);
            Arrays.fill(buffer, offset, offset + n, (byte) 0);
            left -= n;
            return n;
        }
    }
}
