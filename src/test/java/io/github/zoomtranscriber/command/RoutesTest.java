package io.github.zoomtranscriber.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RoutesTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();

    private int run(String... arguments) {
        CommandLine program = ZoomTranscriber.commandLine();
        program.setOut(new PrintWriter(out, true));
        return program.execute(arguments);
    }

    private String validate() {
        int exit = run("routes", "validate", folder.toString());
        assertEquals(exit == 0, out.toString().contains("no problems found"), out.toString());
        return out.toString().strip().replace(folder.toString().replace('\\', '/') + "/", "");
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(folder.resolve(name), text);
    }

    private static String route(String id, String from, String step) {
        return "- route:\n    id: " + id + "\n    from:\n      uri: \"" + from + "\"\n      steps:\n        - "
                + step.replace("; ", "\n            ") + "\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nosuchstep: {}                       | 6: Unknown node id: nosuchstep",
                "setBody:; nosuchfield: x             | 7: Unsupported field: nosuchfield",
                "to: file:out?nosuchoption=1          | 6: unknown option: nosuchoption",
                "to: \"{{no.such.option}}\"           | 6: Property with key [no.such.option] not found in properties from text: {{no.such.option}}",
                "bean:; ref: nobody                   | 6: no bean named 'nobody'",
                "bean:; ref: zoomClaims; method: fly  | 6: bean 'zoomClaims': Claims has no method 'fly'",
                "setBody:; simple: \"${nosuchfun()}\" | 6: Unknown function: nosuchfun() at location 0 ${nosuchfun()} *",
                "to: nosuch:thing                     | 6: unknown component 'nosuch'",
                "to: no-colon                         | 6: an endpoint starts with a component name and a colon, such as file:out",
                "to: nats:topic?token=geheim          | 6: component 'nats' is not in lib/: zoom-transcriber add camel-nats brings it (org.apache.camel:camel-nats:VERSION)",
                "setBody:; jsonpath: $.a              | 6: language 'jsonpath' is not in lib/: zoom-transcriber add camel-jsonpath brings it (org.apache.camel:camel-jsonpath:VERSION)",
                "unmarshal:; csv: {}                  | 6: data format 'csv' is not in lib/: zoom-transcriber add camel-csv brings it (org.apache.camel:camel-csv:VERSION)",
            })
    void aBrokenStepIsNamedWithItsFileAndLineAndWhatWouldHelp(String step, String said) throws Exception {
        write("broken.camel.yaml", route("broken", "direct:broken", step));
        assertEquals(
                "broken.camel.yaml:"
                        + said.replace("VERSION", new org.apache.camel.impl.DefaultCamelContext().getVersion()),
                validate());
    }

    @Test
    void yamlThatIsNoneIsNamedWithItsLine() throws Exception {
        write("broken.camel.yaml", "- route:\n    id: broken\n   from: x\n");
        assertTrue(validate().startsWith("broken.camel.yaml:3: "), out.toString());
    }

    @Test
    void aFileWithoutARouteIsNamed() throws Exception {
        write("broken.camel.yaml", "route:\n  id: broken\n");
        assertTrue(validate().startsWith("broken.camel.yaml:1: no routes found"), out.toString());
    }

    @Test
    void theSameIdTwiceIsNamedInBothPlaces() throws Exception {
        write("a.camel.yaml", route("twin", "direct:a", "stop: {}"));
        write("b.camel.yaml", route("twin", "direct:b", "stop: {}"));
        assertTrue(
                validate().matches("b\\.camel\\.yaml:4: duplicate route id 'twin', also in .*a\\.camel\\.yaml:4"),
                out.toString());
    }

    @Test
    void aCronThatQuartzDoesNotTakeIsNamed() throws Exception {
        write("broken.camel.yaml", route("broken", "quartz:tick?cron=every+day", "stop: {}"));
        assertTrue(validate().startsWith("broken.camel.yaml:4: cron 'every day': "), out.toString());
    }

    @Test
    void aRouteConfigurationThatIsNotThereIsNamed() throws Exception {
        write(
                "broken.camel.yaml",
                route("broken", "direct:broken", "stop: {}")
                        .replace("    from:", "    routeConfigurationId: recrding\n    from:"));
        assertEquals("broken.camel.yaml:5: no routeConfiguration named 'recrding'", validate());
    }

    @Test
    void javaThatDoesNotCompileIsNamedWithItsLine() throws Exception {
        write(
                "Broken.java",
                "public class Broken extends org.apache.camel.builder.RouteBuilder {\n    public void configure() {\n        from(1);\n    }\n}\n");
        assertTrue(validate().startsWith("Broken.java:3: no suitable method found for from(int)"), out.toString());
    }

    @Test
    void brokenRoutesWithoutAnIdAreNamedOnceEach() throws Exception {
        write(
                "broken.camel.yaml",
                (route("x", "direct:a", "to: nosuch:a") + route("x", "direct:b", "to: nosuch:b"))
                        .replaceAll(" id: x\n   ", ""));
        assertEquals(
                "broken.camel.yaml:5: unknown component 'nosuch'\nbroken.camel.yaml:10: unknown component 'nosuch'",
                validate());
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() throws Exception {
        write("a.camel.yaml", route("a", "direct:a", "to: nosuch:a"));
        write("b.camel.yaml", route("b", "direct:b", "to: nosuch:b"));
        assertEquals(2, validate().lines().count());
    }

    @Test
    void ofSeveralBrokenFilesAllAreTold() throws Exception {
        write("a.camel.yaml", "- route:\n    id: broken\n   from: x\n");
        write("b.camel.yaml", route("b", "direct:b", "nosuchstep: {}"));
        write("c.camel.yaml", route("c", "direct:c", "to: direct:nobody"));
        assertEquals(
                "a.camel.yaml:3: expected <block end>, but found '<block mapping start>'\nb.camel.yaml:6: Unknown node id: nosuchstep\n"
                        + "c.camel.yaml:6: no route consumes from direct:nobody",
                validate());
    }

    @Test
    void theShippedRoutesAreAccepted() {
        assertEquals(0, run("routes", "validate"));
        assertTrue(out.toString().contains("no problems found"), out.toString());
    }

    @Test
    void theRoutesArePrintedWithWhatTheyAreForAndWhatTheyCall() {
        assertEquals(0, run("routes"));
        assertTrue(
                out.toString().contains("routes/deliver.camel.yaml\n\n  deliver\n      Writes the transcript"),
                out.toString());
        assertTrue(out.toString().contains("direct:discover  -> tick"), out.toString());
        assertFalse(out.toString().contains("no route consumes from it"), out.toString());
    }

    @Test
    void theRoutesAreThereAsJson() throws Exception {
        assertEquals(0, run("routes", "--json"));
        JsonNode routes = new ObjectMapper().readTree(out.toString());
        JsonNode resume = StreamSupport.stream(routes.spliterator(), false)
                .filter(route -> route.get("id").asText().equals("resume"))
                .findFirst()
                .orElseThrow();
        assertEquals("routes/resume.camel.yaml", resume.get("file").asText());
        assertEquals("timer:resume", resume.get("from").asText());
        assertEquals("enqueue", resume.get("calls").get(0).get("route").asText());
    }
}
