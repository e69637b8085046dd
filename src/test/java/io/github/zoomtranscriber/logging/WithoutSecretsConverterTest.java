package io.github.zoomtranscriber.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.http.Clean;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

/** The pattern that the program ships lets no secret into a log line, whoever logs it. */
class WithoutSecretsConverterTest {

    private static String line(String message, Throwable thrown) throws IOException {
        Properties shipped = new Properties();
        try (Reader in = Files.newBufferedReader(
                Path.of("src/main/resources/io/github/zoomtranscriber/logging/log4j2.properties"))) {
            shipped.load(in);
        }
        PatternLayout layout = PatternLayout.newBuilder()
                .withPattern(shipped.getProperty("appender.console.layout.pattern"))
                .withConfiguration(new DefaultConfiguration())
                .build();
        return layout.toSerializable(Log4jLogEvent.newBuilder()
                .setLoggerName("org.apache.camel.Http")
                .setLevel(Level.INFO)
                .setMessage(new SimpleMessage(message))
                .setThrown(thrown)
                .build());
    }

    @Test
    void aTokenInAMessageOrInAnExceptionIsNotLogged() throws IOException {
        Exception thrown = new IOException(
                "GET https://zoom.us/rec/download/a?access_token=tOkEn1 failed", new IOException("Bearer sEcReT2"));
        String line = line("Calling https://ssrweb.zoom.us/a.m4a?Signature=sIgN3", thrown);
        for (String secret : new String[] {"tOkEn1", "sEcReT2", "sIgN3"}) {
            assertFalse(line.contains(secret), line);
        }
        assertTrue(line.contains("Calling https://ssrweb.zoom.us/a.m4a\n"), line);
        assertTrue(line.contains("java.io.IOException: GET https://zoom.us/rec/download/a failed"), line);
    }

    @Test
    void aSecretOfTheProgramsOwnIsNotLoggedWhateverStandsBeforeIt() throws IOException {
        Clean.remember("a-client-secret-of-the-log-test");
        assertFalse(line("xa-client-secret-of-the-log-testx", null).contains("a-client-secret-of-the-log-test"));
    }

    @Test
    void anOrdinaryLineStaysAsItIs() throws IOException {
        assertEquals(
                "INFO  Http         a1b2 delivered: transcripts/2026-11-24/Basic training\n",
                line("a1b2 delivered: transcripts/2026-11-24/Basic training", null)
                        .replaceFirst("^\\S+ ", ""));
    }
}
