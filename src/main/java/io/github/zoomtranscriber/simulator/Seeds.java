package io.github.zoomtranscriber.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/** Numbers and names that look random and are the same in each run with the same seed. */
final class Seeds {

    private Seeds() {}

    static long hash(long seed, String name) {
        long hash = seed ^ 0x9E3779B97F4A7C15L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = mix(hash ^ b);
        }
        return mix(hash);
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    /** @return from 0 up to but without 1 */
    static double fraction(long seed, String name) {
        return (hash(seed, name) >>> 11) * 0x1.0p-53;
    }

    static int below(int bound, long seed, String name) {
        return (int) (fraction(seed, name) * bound);
    }

    /** A version 4 UUID in form. */
    static String uuid(long seed, String name) {
        long high = hash(seed, name + "/high") & ~0xF000L | 0x4000L;
        long low = hash(seed, name + "/low") & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    /** 16 bytes in base64, as Zoom's meeting uuids are, without slashes. */
    static String meetingUuid(long seed, String name) {
        byte[] bytes = new byte[16];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) hash(seed, name + '/' + i);
        }
        return Base64.getEncoder().encodeToString(bytes).replace('/', 'x');
    }

    /** Letters, digits, - and _, as in Zoom's addresses and user ids. */
    static String letters(int length, long seed, String name) {
        StringBuilder text = new StringBuilder(length);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt((int) (hash(seed, name + '/' + i) >>> 58)));
        }
        return text.toString();
    }
}
