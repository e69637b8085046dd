package io.github.zoomtranscriber.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What endpoints of a user's are called, and what is said of their failures. */
class EndpointsTest {

    @ParameterizedTest
    @CsvSource({
        "direct:summarise, summarise",
        "direct://summarise?timeout=5000, summarise",
        "jms:queue:transcripts, jms:queue:transcripts",
        "jms:queue:transcripts?timeToLive=1, jms:queue:transcripts",
        "https://chat.example.org, https:chat.example.org"
    })
    void aRouteAServerAndAQueueAreCalledByTheirNames(String address, String name) {
        assertEquals(name, Endpoints.name(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://chat.example.org/services/T0/s3cret",
                "https://chat.example.org/hook?key=s3cret",
                "sftp://me:s3cret@files.example.org/in",
                "sftp://me:s3/cret@files.example.org/in",
                "smtp://me:s3cr@et@mail.example.org?to=team@example.org"
            })
    void noSecretIsInAName(String address) {
        assertFalse(Endpoints.name(address).matches(".*(s3|cret|@|me).*"), Endpoints.name(address));
        assertTrue(Endpoints.name(address).contains("example.org"), Endpoints.name(address));
    }

    @Test
    void twoPlacesOfOneServerHaveTwoNamesWhicheverIsListedFirstAndWhateverTheirOptions() {
        String one = Endpoints.name("https://chat.example.org/services/one");

        assertNotEquals(one, Endpoints.name("https://chat.example.org/services/two"));
        assertEquals(one, Endpoints.name("https://chat.example.org/services/one?connectTimeout=5000"));
    }

    @Test
    void aNameFitsIntoTheLedger() {
        String name = Endpoints.name("sql:INSERT INTO t VALUES (" + "x".repeat(500) + ")");

        assertTrue(name.length() < 200, name);
        assertNotEquals(name, Endpoints.name("sql:INSERT INTO t VALUES (" + "x".repeat(501) + ")"));
    }

    @Test
    void stepsHaveTheSameNamesInWhateverOrderTheyAreListed() {
        Map<String, String> steps = steps("https://h.example/a,https://h.example/b,direct:notify", "log:told");

        assertEquals(steps, steps("direct:notify,https://h.example/b,https://h.example/a", "log:told"));
        assertEquals("log:told", steps.get("notify"));
        assertEquals("direct:notify", steps.get("direct:notify"));
        assertEquals(4, steps.size());
    }

    private static Map<String, String> steps(String then, String notify) {
        return Map.copyOf(AfterDelivery.endpoints(option -> switch (option) {
            case "output.then" -> then;
            case "output.notify" -> notify;
            default -> "";
        }));
    }

    @Test
    void aCommaWithinRawSeparatesNothing() {
        assertEquals(
                List.of("direct:a", "kafka:t?brokers=RAW(one:9092,two:9092)", "direct:b"),
                Endpoints.of(" direct:a, kafka:t?brokers=RAW(one:9092,two:9092),direct:b "));
    }

    @Test
    void aFailureIsToldWithoutThePathThatMayBeASecret() {
        assertEquals(
                "IOException: cannot send to https://chat.example.org redirected to http://other:80",
                Endpoints.failure(
                        new IllegalStateException(
                                new IOException(
                                        "cannot send to https://chat.example.org/services/T0/s3cret?x=1 redirected to http://other:80/s3cret"))));
        assertEquals(
                "archive failed and handled that itself, so nothing has arrived: IOException: no luck",
                Endpoints.failure(new HandledElsewhereException("archive", new IOException("no luck"))));
    }
}
