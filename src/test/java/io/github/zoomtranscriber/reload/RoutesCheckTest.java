package io.github.zoomtranscriber.reload;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.github.zoomtranscriber.reload.Yaml.answer;
import static io.github.zoomtranscriber.reload.Yaml.route;
import static org.junit.jupiter.api.Assertions.assertEquals;

class RoutesCheckTest {

    private static final String TEMPLATE = "- routeTemplate:\n    id: greet\n    parameters:\n      - name: who\n    from:\n      uri: \"direct:{{who}}\"\n"
            + "      steps:\n        - setBody:\n            constant: \"hello {{who}}\"\n";
    private static final String MADE = "- templatedRoute:\n    routeTemplateRef: greet\n    routeId: %s\n    parameters:\n      - name: who\n        value: %s\n";

    private final DefaultCamelContext program = new DefaultCamelContext();
    private final SortedMap<String, String> files = new TreeMap<>();

    @AfterEach
    void close() throws IOException {
        program.close();
    }

    private RoutesCheckTest file(String name, String text) {
        files.put("routes/" + name, text);
        return this;
    }

    private String problems() {
        return RoutesCheck.check(program, files).stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }

    @Test
    void aRouteMadeOfATemplateIsThereForOthers() {
        file("template.camel.yaml", TEMPLATE).file("made.camel.yaml", MADE.formatted("hi", "world")).file("caller.camel.yaml", route("caller", "to: direct:world"));
        assertEquals("", problems());
    }
}
