package io.github.zoomtranscriber;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z][a-z0-9.-]+)` \\| (?:`(.*?)`)? ?\\| (.*) \\|$");
    private static final Pattern OPTION = Pattern.compile("(?m)^# (.*)\\n(?!camel\\.)([a-z][a-z0-9.-]+)=");

    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n.*?```");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)<>]+)\\)");

    @Test
    void itsTableNamesEveryOptionThatThereIsWithItsDefaultAndNoOther() throws IOException {
        Map<String, String> table = new TreeMap<>();
        Matcher rows = ROW.matcher(Files.readString(Path.of("docs/options.md")));
        while (rows.find()) {
            table.put(rows.group(1), rows.group(2) == null ? "" : rows.group(2).replace("\\|", "|"));
        }
        Map<String, String> options = new TreeMap<>();
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("application.properties"), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        properties.stringPropertyNames().stream()
                .filter(name -> !name.startsWith("camel."))
                .forEach(name -> options.put(name, properties.getProperty(name)));

        assertEquals(options, table);
    }

    @Test
    void itsTableExplainsEachOptionAsTheFileOfOptionsDoes() throws IOException {
        Map<String, String> table = new TreeMap<>();
        ROW.matcher(Files.readString(Path.of("docs/options.md")))
                .results()
                .forEach(row -> table.put(row.group(1), row.group(3)));
        Map<String, String> comments = new TreeMap<>();
        OPTION.matcher(Files.readString(Path.of("application.properties")))
                .results()
                .forEach(option -> comments.put(option.group(2), option.group(1)));

        assertEquals(comments, table);
    }

    @Test
    void itsExamplesStandAmongTheRecipesThatAreRun() throws IOException {
        String recipes = Files.readString(Path.of("docs/recipes.md"));
        List<String> examples = YAML.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(MatchResult::group)
                .toList();

        assertFalse(examples.isEmpty());
        examples.forEach(example -> assertTrue(recipes.contains(example), example));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "CONTRIBUTING.md",
                "SECURITY.md",
                "docs/options.md",
                "docs/recipes.md",
                "docs/operations.md",
                "docs/proxies.md",
                "docs/several-nodes.md",
                "docs/embedding.md",
                "docs/architecture.md",
                "docs/figures.md"
            })
    void itsLinksLeadToFilesThatAreThere(String page) throws IOException {
        Path file = Path.of(page);
        LINK.matcher(Files.readString(file))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.contains(":"))
                .forEach(link -> assertTrue(
                        Files.exists(file.toAbsolutePath().getParent().resolve(link.replaceFirst("#.*", ""))), link));
    }
}
