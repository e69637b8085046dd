package io.github.zoomtranscriber.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schema is what visual editors open routes by. */
class RoutesSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchema SCHEMA = schema();

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void shippedRoutesHoldToTheSchemaOfThisVersionOfCamel(Path file) throws IOException {
        assertEquals(List.of(), problems(Files.readString(file)));
    }

    @Test
    void whatDoesNotHoldToItIsFound() throws IOException {
        assertFalse(problems(
                        "- route:\n    from:\n      uri: direct:a\n      steps:\n        - setBdy:\n            constant: a\n")
                .isEmpty());
    }

    private static List<String> problems(String yaml) throws IOException {
        return SCHEMA.validate(document(yaml)).stream()
                .filter(problem -> !isPlaceholder(problem))
                .map(ValidationMessage::getMessage)
                .distinct()
                .toList();
    }

    /**
     * The schema knows no placeholders: where it wants a number or a truth value, one stands for it, and editors show
     * it as text.
     */
    private static boolean isPlaceholder(ValidationMessage problem) {
        return problem.getType().equals("type")
                && problem.getInstanceNode().isTextual()
                && problem.getInstanceNode().asText().matches("\\{\\{[a-z.-]+}}");
    }

    private static JsonNode document(String yaml) {
        return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }

    private static JsonSchema schema() {
        try (InputStream schema = RoutesSchemaTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
