package io.github.zoomtranscriber.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost", "127.0.0.1", "::1", "[::1]"})
    void theseAreThisMachine(String host) {
        assertTrue(Loopback.is(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost.example.com",
                "127.0.0.1.example.com",
                "127.0.0.2",
                "127.1",
                "[::1",
                "::1]",
                "0.0.0.0",
                "::2",
                "zoom.us"
            })
    void theseAreNot(String host) {
        assertFalse(Loopback.is(host));
    }

    @Test
    void noHostIsNot() {
        assertFalse(Loopback.is(null));
    }
}
