package io.github.zoomtranscriber.reload;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is documented as a good edit of the routes is accepted, beside all of the shipped routes. */
class GoodRoutesTest {

    private static final Path SAMPLES = Path.of("src/main/samples/cluster");

    @TempDir
    private Path folder;

    @Test
    void everyRecipeOfTheDocs() throws IOException {
        List<String> recipes = Pattern.compile("```yaml\n(- (?:route|beans):\n.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/recipes.md")))
                .results()
                .map(recipe -> recipe.group(1))
                .filter(recipe -> !recipe.contains("kamelet:"))
                .toList();
        assertTrue(recipes.size() > 2, recipes::toString);
        SortedMap<String, String> files = ShippedProgram.files();
        files.put("routes/mine.camel.yaml", String.join("\n", recipes));
        Map<String, String> options = Map.of(
                "output.then",
                Pattern.compile("uri: (direct:.*)")
                        .matcher(String.join("\n", recipes))
                        .results()
                        .map(route -> route.group(1))
                        .collect(Collectors.joining(",")),
                "my.database",
                "jdbc:postgresql://localhost/archive",
                "my.target",
                "log:target",
                "my.chat-webhook",
                "http:localhost",
                "my.mail",
                "smtp:localhost",
                "my.copy",
                "sftp:localhost/in");
        assertGood(options, files);
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker", "kafka"})
    void theSamplesForSeveralNodes(String sample) throws IOException {
        Properties profile = new Properties();
        try (Reader in = Files.newBufferedReader(SAMPLES.resolve("application-cluster.properties"))) {
            profile.load(in);
        }
        Map<String, String> options = new HashMap<>();
        profile.stringPropertyNames().stream()
                .filter(name -> !name.startsWith("ledger.") && (sample.equals("broker") || !name.equals("queue")))
                .forEach(name -> options.put(name, profile.getProperty(name)));
        if (sample.equals("kafka")) {
            options.put("queue.out", "kafka:zoom-transcriber.recordings?brokers=localhost:9092");
            options.put("queue.in", "kafka:zoom-transcriber.recordings?brokers=localhost:9092");
        }
        SortedMap<String, String> files = ShippedProgram.files();
        if (sample.equals("broker")) {
            files.put("routes/broker.camel.yaml", Files.readString(SAMPLES.resolve("broker.camel.yaml")));
        }
        assertGood(options, files);
    }

    @Test
    void theStatusPageAndTheWebhooksWhereTheyAreSetUp() throws IOException {
        Map<String, String> options = Map.of(
                "server.port",
                "8080",
                "zoom.webhook-secret",
                "only for this test",
                "assemblyai.api-key",
                "only for this test",
                "assemblyai.webhook-url",
                "https://example.org/webhooks/assemblyai");
        try (ShippedProgram program = new ShippedProgram(options)) {
            assertEquals(List.of(), program.check(ShippedProgram.files()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhooks", "status"})
    void withoutAFileThatIsNotNeeded(String name) {
        SortedMap<String, String> files = ShippedProgram.files();
        files.remove("routes/" + name + ".camel.yaml");
        try (ShippedProgram program = new ShippedProgram(Map.of())) {
            assertEquals(List.of(), program.check(files));
        }
    }

    /** The check is part of the build. */
    private void assertGood(Map<String, String> options, SortedMap<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(Path.of(file.getKey()).getFileName()), file.getValue());
        }
        assertDoesNotThrow(() -> new ShippedProgram(options, folder).close());
    }
}
