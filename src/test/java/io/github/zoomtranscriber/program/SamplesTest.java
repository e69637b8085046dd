package io.github.zoomtranscriber.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.options.Options;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What is shipped for several nodes can be used as it is. */
class SamplesTest {

    private static final Path PROPERTIES = Path.of("src/main/samples/cluster/application-cluster.properties");
    private static final Map<String, String> SECRETS = Map.of(
            "ZOOM_ACCOUNT_ID",
            "a",
            "ZOOM_CLIENT_ID",
            "b",
            "ZOOM_CLIENT_SECRET",
            "c",
            "ASSEMBLYAI_API_KEY",
            "d",
            "LEDGER_PASSWORD",
            "e");

    @Test
    void theProfileForSeveralNodesIsAccepted() {
        Options options = Options.loadAll(List.of(Path.of("application.properties"), PROPERTIES), SECRETS, Map.of());
        assertTrue(options.get("ledger.url").startsWith("jdbc:postgresql:"));
        assertTrue(options.get("queue").startsWith("jms:"));
        assertEquals("e", options.get("ledger.password"));
        assertEquals("7", options.get("zoom.lookback-days"), "the rest is as for one node");
    }

    @Test
    @SuppressWarnings("unchecked")
    void theManifestStartsNodesWithTheSampleAndEndsNoMoreThanOneAtATime() throws Exception {
        Map<String, Map<String, Object>> documents = new HashMap<>();
        String manifest = Files.readString(Path.of("src/main/kubernetes/cluster.yaml"));
        StreamSupport.stream(
                        new Load(LoadSettings.builder().build())
                                .loadAllFromString(manifest)
                                .spliterator(),
                        false)
                .map(document -> (Map<String, Object>) document)
                .forEach(document -> documents.put((String) document.get("kind"), document));
        Properties inManifest = new Properties();
        inManifest.load(new StringReader(
                ((Map<String, String>) documents.get("ConfigMap").get("data")).get("application-cluster.properties")));
        Properties sample = new Properties();
        sample.load(Files.newBufferedReader(PROPERTIES));
        for (String option : List.of("ledger.url", "queue", "broker.url", "upload.parallel")) {
            assertEquals(sample.getProperty(option), inManifest.getProperty(option), option);
        }
        assertEquals(3, ((Map<String, Object>) documents.get("Deployment").get("spec")).get("replicas"));
        assertEquals(
                2, ((Map<String, Object>) documents.get("PodDisruptionBudget").get("spec")).get("minAvailable"));
    }
}
