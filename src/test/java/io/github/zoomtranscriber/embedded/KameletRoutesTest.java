package io.github.zoomtranscriber.embedded;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.simulator.ExpectedRecording;
import io.github.zoomtranscriber.simulator.ExpectedRecording.Outcome;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/**
 * What runs inside of the two Kamelets, one after the other in somebody else's Camel: from Zoom's recordings to
 * transcripts.
 */
class KameletRoutesTest {

    private final ConcurrentMap<String, Integer> given = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, JsonNode> transcripts = new ConcurrentHashMap<>();

    @Test
    void everyRecordingIsGivenToTheEstateOnceAndCanBeTranscribedByItsAddress() throws Exception {
        try (Simulator simulator = Simulator.start(
                        SimulatorSettings.defaults().withMeetings(6, 3).withTranscriptionTime(Duration.ofMillis(50)));
                DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(routes(source(simulator), transcription(simulator)));
            context.start();

            List<String> wanted = simulator.recordings().stream()
                    .filter(recording -> recording.outcome() == Outcome.DELIVERED)
                    .map(ExpectedRecording::recordingId)
                    .toList();
            assertTrue(wanted.size() > 3, wanted::toString);
            await().until(() -> transcripts.keySet().containsAll(wanted));

            wanted.forEach(id ->
                    assertEquals("completed", transcripts.get(id).path("status").asText(), id));
            wanted.forEach(id -> assertEquals(1, given.get(id), id));
            assertTrue(
                    simulator.counters().charged().values().stream().allMatch(times -> times == 1),
                    simulator.counters().charged()::toString);
            assertEquals(Map.of(), simulator.counters().violations());
        }
    }

    private RouteBuilder routes(RecordingsSource source, Transcription transcription) {
        ObjectMapper json = new ObjectMapper();
        return new RouteBuilder() {
            @Override
            public void configure() {
                source.setCamelContext(getContext());
                transcription.setCamelContext(getContext());
                from("direct:recordings")
                        .routePolicy(source)
                        .process(exchange -> {
                            JsonNode recording =
                                    json.readTree(exchange.getMessage().getBody(String.class));
                            String id = recording.path("recording_id").asText();
                            assertNotNull(recording.path("audio_url").textValue(), id);
                            given.merge(id, 1, Integer::sum);
                            exchange.setProperty("id", id);
                            exchange.getMessage()
                                    .setBody(recording.path("audio_url").asText());
                        })
                        .doTry()
                        .process(transcription)
                        .process(exchange -> transcripts.put(
                                exchange.getProperty("id", String.class),
                                json.readTree(exchange.getMessage().getBody(String.class))))
                        .doCatch(IllegalStateException.class)
                        .log("${exception.message}")
                        .end();
            }
        };
    }

    private static RecordingsSource source(Simulator simulator) {
        RecordingsSource source = new RecordingsSource();
        source.setAccountId(Simulator.ZOOM_ACCOUNT_ID);
        source.setClientId(Simulator.ZOOM_CLIENT_ID);
        source.setClientSecret(Simulator.ZOOM_CLIENT_SECRET);
        source.setApiUrl(simulator.zoomApiUrl());
        source.setOauthUrl(simulator.zoomOauthUrl());
        source.setLookbackDays("60");
        source.setLedgerUrl("jdbc:h2:mem:kamelet;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1");
        return source;
    }

    private static Transcription transcription(Simulator simulator) {
        Transcription transcription = new Transcription();
        transcription.setApiKey(Simulator.ASSEMBLYAI_KEY);
        transcription.setApiUrl(simulator.assemblyaiApiUrl());
        transcription.setFirstDelay("100ms");
        transcription.setListLag("1s");
        return transcription;
    }
}
