package io.github.zoomtranscriber.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogSettingsTest {

    private final Level before = LogManager.getRootLogger().getLevel();

    @AfterEach
    void restore() {
        LogSettings.levels(before.name(), List.of());
    }

    @Test
    void aLoggerHasTheLevelThatIsAskedForAndItsOldOneAgainWhenItIsNotNamedAnyMore() {
        LogSettings.levels("info", List.of("some.logger=debug", "org.apache.camel=trace"));
        assertEquals(Level.DEBUG, LogManager.getLogger("some.logger.below").getLevel());
        assertEquals(Level.TRACE, LogManager.getLogger("org.apache.camel.Http").getLevel());

        LogSettings.levels("error", List.of());
        assertEquals(Level.ERROR, LogManager.getLogger("some.logger.below").getLevel());
        assertEquals(Level.WARN, LogManager.getLogger("org.apache.camel.Http").getLevel());
    }

    @Test
    void whatGoesOverTheWireIsNotLoggedAtAnyLevelOfWhatIsAboveIt() {
        LogSettings.levels("trace", List.of("org.apache.hc=trace", "org.apache.hc.client5.http=trace"));

        assertEquals(
                Level.OFF,
                LogManager.getLogger("org.apache.hc.client5.http.wire").getLevel());
        assertEquals(
                Level.OFF,
                LogManager.getLogger("org.apache.hc.client5.http.headers").getLevel());
    }

    @Test
    void aLineOfJsonIsOneLineWithoutSecretsWhateverWasLogged() throws IOException {
        Exception thrown = new IOException(
                "GET https://zoom.us/rec/download/a?access_token=tOkEn1 failed", new IOException("Bearer sEcReT2"));
        String line = json(Log4jLogEvent.newBuilder()
                .setLoggerName("org.apache.camel.Http")
                .setLevel(Level.WARN)
                .setThreadName("t")
                .setMessage(new SimpleMessage("a1b2 \"quoted\"\nand ?access_token=tOkEn3"))
                .setThrown(thrown)
                .build());

        assertEquals(1, line.lines().count(), line);
        for (String secret : List.of("tOkEn1", "sEcReT2", "tOkEn3")) {
            assertFalse(line.contains(secret), line);
        }
        JsonNode json = new ObjectMapper().readTree(line);
        assertEquals("WARN", json.path("level").asText());
        assertEquals("org.apache.camel.Http", json.path("logger").asText());
        assertTrue(json.path("message").asText().startsWith("a1b2 \"quoted\"\nand "), line);
        assertTrue(
                json.path("message")
                        .asText()
                        .contains("\njava.io.IOException: GET https://zoom.us/rec/download/a failed\n\tat "),
                line);
        assertEquals(1, json.path("message").asText().split("java.io.IOException: GET", -1).length - 1, line);
    }

    @Test
    void aLineOfJsonWithoutAnExceptionHasItsTextAlone() throws IOException {
        String line = json(Log4jLogEvent.newBuilder()
                .setLoggerName("x")
                .setLevel(Level.INFO)
                .setMessage(new SimpleMessage("a1b2 delivered: a/b"))
                .build());

        assertEquals(
                "a1b2 delivered: a/b",
                new ObjectMapper().readTree(line).path("message").asText());
    }

    private static String json(Log4jLogEvent event) {
        return JsonTemplateLayout.newBuilder()
                .setConfiguration(new DefaultConfiguration())
                .setEventTemplateUri("classpath:io/github/zoomtranscriber/logging/line.json")
                .build()
                .toSerializable(event);
    }
}
