package io.github.zoomtranscriber.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.options.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mistakes that people make, in the shipped routes and beside them: each is told with its place, and none gets into a
 * program that runs.
 */
class PlantedTest {

    private static final String JAVA =
            """
            public class Mine extends org.apache.camel.builder.RouteBuilder {
                public void configure() {
                    bindToRegistry("mine", new Bean());
                    from("direct:mine")
                        .stop();
                }
                public static class Bean {
                    public String either(@org.apache.camel.Header("a") String a) { return a; }
                    public String either(@org.apache.camel.Header("a") Integer a) { return "" + a; }
                    public String both(String body, String more) { return body + more; }
                }
            }
            """;

    /**
     * A mistake.
     *
     * @param file where it is made
     * @param part what of a shipped file is replaced, the first time that it occurs: a regular expression; null for a
     *     file of the user's own
     * @param by by what, or the text of the user's file
     * @param at the line that is told: the nearest above the change that matches this, or else below it
     * @param told what is said of it
     */
    private record Mistake(String what, String file, String part, String by, String at, String told) {

        @Override
        public String toString() {
            return what;
        }

        String planted(String text) {
            return part == null ? by : Pattern.compile(part).matcher(text).replaceFirst(Matcher.quoteReplacement(by));
        }

        int line(String before, String planted) {
            List<String> lines = planted.lines().toList();
            int change = part == null
                    ? -1
                    : (int) planted.substring(0, Arrays.mismatch(before.toCharArray(), planted.toCharArray()))
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            return IntStream.concat(
                            IntStream.iterate(change, i -> i >= 0, i -> i - 1),
                            IntStream.range(Math.max(change, 0), lines.size()))
                    .filter(i -> lines.get(i).strip().matches(at))
                    .map(i -> i + 1)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(at + " is no line of " + planted));
        }
    }

    private static Mistake in(String file, String what, String part, String by, String at, String told) {
        return new Mistake(what, file + ".camel.yaml", part, by, at, told);
    }

    /** A step in a route of the user's own, told where it begins. */
    private static Mistake step(String what, String step, String told) {
        return new Mistake(
                what,
                "mine.camel.yaml",
                null,
                Yaml.route("mine", step),
                "- " + Pattern.quote(step.lines().findFirst().orElseThrow()),
                told);
    }

    private static Mistake mine(String what, String text, String at, String told) {
        return new Mistake(what, "mine.camel.yaml", null, text, at, told);
    }

    private static Mistake java(String what, String step, String told) {
        return new Mistake(
                what, "Mine.java", null, JAVA.replace("stop()", step), "\\." + Pattern.quote(step) + ";", told);
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                // where messages go
                in(
                        "discover",
                        "a misspelt target",
                        "to: direct:list-everyone",
                        "to: direct:list-evryone",
                        "- to: direct:list-evryone",
                        "no route consumes from direct:list-evryone"),
                in(
                        "after-delivery",
                        "a route that begins elsewhere than where others call it",
                        "uri: direct:tell",
                        "uri: direct:say",
                        "- to: direct:tell",
                        "no route consumes from direct:tell"),
                in(
                        "webhooks",
                        "a queue that nobody takes from",
                        "uri: seda:woken",
                        "uri: seda:awoken",
                        "- to:",
                        "no route consumes from seda:awoken"),
                in(
                        "discover",
                        "a route that a command calls, and that begins elsewhere",
                        "uri: direct:survey",
                        "uri: direct:look",
                        "uri: direct:look",
                        "no route consumes from direct:survey, which this program's commands call"),
                step(
                        "an option that names no route",
                        "to: \"{{my.target}}\"",
                        "no route consumes from direct:nobody (see my.target)"),
                step(
                        "a toD that is always the same",
                        "toD: direct:nobody?timeout=1000",
                        "no route consumes from direct:nobody"),
                step(
                        "a wire tap to nowhere",
                        "wireTap:\n  uri: direct://nobody",
                        "no route consumes from direct:nobody"),
                step(
                        "an enrichment from nowhere",
                        "enrich:\n  constant: direct:nobody",
                        "no route consumes from direct:nobody"),
                step(
                        "a poll of a queue that nobody fills",
                        "pollEnrich:\n  constant: seda:nobody\n  timeout: 1000",
                        "nothing sends to seda:nobody"),
                step(
                        "a list of recipients with one too many",
                        "recipientList:\n  constant: \"direct:mine,direct:nobody\"",
                        "no route consumes from direct:nobody"),
                mine(
                        "a dead letter queue that nobody takes from",
                        "- errorHandler:\n    deadLetterChannel:\n      deadLetterUri: seda:dead\n"
                                + Yaml.route("mine", "stop: {}"),
                        "uri: direct:mine",
                        "no route consumes from seda:dead"),
                mine(
                        "a target that its precondition switches off",
                        Yaml.route("mine", "to: direct:off")
                                + Yaml.route("off", "stop: {}")
                                        .replace("    from", "    precondition: \"{{zoom.discover}}\"\n    from"),
                        "- to: direct:off",
                        "the route that consumes from direct:off is disabled by its precondition"),

                // beans
                in(
                        "errors",
                        "a bean that does not exist",
                        "ref: zoomTroubles",
                        "ref: zoomTrouble",
                        "- bean:",
                        "no bean named 'zoomTrouble'"),
                step(
                        "a method that does not exist",
                        "bean:\n  ref: zoomClaims\n  method: fly",
                        "bean 'zoomClaims': Claims has no method 'fly'"),
                step(
                        "a method in an expression that does not exist",
                        "filter:\n  simple: \"${bean:zoomClaims.fly} == true\"\n  steps:\n    - stop: {}",
                        "bean 'zoomClaims': Claims has no method 'fly'"),
                step(
                        "a bean inside of a bean's argument",
                        "setBody:\n  simple: \"${bean:zoomClaims?method=offer(${bean:nobody?method=number})}\"",
                        "no bean named 'nobody'"),
                step(
                        "an argument too many",
                        "setBody:\n  simple: \"${bean:zoomClaims?method=offer(1000, 2)}\"",
                        "bean 'zoomClaims': Claims has no method 'offer' that accepts (1000, 2)"),
                step(
                        "an argument that is no number",
                        "setBody:\n  simple: \"${bean:zoomClaims?method=offer('many')}\"",
                        "bean 'zoomClaims': Claims has no method 'offer' that accepts ('many')"),
                step(
                        "a bean's address with a method that does not exist",
                        "to: bean:zoomClaims?method=fly",
                        "bean 'zoomClaims': Claims has no method 'fly'"),
                step("a bean that Simple looks up", "setBody:\n  simple: \"${ref:nobody}\"", "no bean named 'nobody'"),
                in(
                        "errors",
                        "a condition of an onException",
                        "method=isWorthWhile",
                        "method=isWorthIt",
                        "onWhen:",
                        "bean 'zoomRetryDelay': RetryDelay has no method 'isWorthIt'"),
                in(
                        "errors",
                        "what an onException calls",
                        "onExceptionOccurredRef: \\w+",
                        "onExceptionOccurredRef: nobody",
                        "- onException:",
                        "no bean named 'nobody'"),
                step(
                        "a bean in an endpoint's option",
                        "to:\n  uri: file:out\n  parameters:\n    tempFileName: \"${bean:nobody?method=name}\"",
                        "no bean named 'nobody'"),
                in(
                        "calls",
                        "a bean as an endpoint's option",
                        "\"#zoomHttpClient\"",
                        "\"#nobody\"",
                        "- to:",
                        "no bean named 'nobody'"),
                in(
                        "webhooks",
                        "a precondition",
                        "precondition: \".*\"",
                        "precondition: \"${bean:nobody?method=isOn}\"",
                        "uri: platform-http:/webhooks/zoom",
                        "no bean named 'nobody'"),
                in(
                        "transcribe",
                        "a route policy",
                        "id: transcribe\n",
                        "id: transcribe\n    routePolicy: nobody\n",
                        "uri: \"\\{\\{queue}}\"",
                        "no bean named 'nobody'"),

                // variables
                step(
                        "a variable that nothing sets",
                        "log:\n  message: \"${variable.nothing.at.all}\"",
                        "variable 'nothing' is never set"),
                step(
                        "a variable that nothing reads",
                        "setVariable:\n  name: forNobody\n  constant: x",
                        "variable 'forNobody' is set but never read"),
                step(
                        "a variable that is sent and nothing sets",
                        "to:\n  uri: log:mine\n  variableSend: nothing",
                        "variable 'nothing' is never set"),
                step(
                        "a variable that is received and nothing reads",
                        "to:\n  uri: log:mine\n  variableReceive: forNobody",
                        "variable 'forNobody' is set but never read"),
                step(
                        "a variable that is removed and nothing sets",
                        "removeVariable:\n  name: nothing",
                        "variable 'nothing' is never set"),
                in(
                        "deliver",
                        "a variable that a bean reads and nothing sets any more",
                        "name: format\\n +simple: \".*\"",
                        "name: farmat\n                  simple: \"${body}\"",
                        "- setBody:",
                        "variable 'format', which Transcripts.render reads, is never set"),
                in(
                        "discover",
                        "something that a variable has not",
                        "\\$\\{variable\\.listing\\.\\w+}",
                        "${variable.listing.nothing}",
                        "- loop:",
                        "variable 'listing': Listing has no method 'nothing'"),

                // what is tried again
                in(
                        "discover",
                        "a routeConfiguration that does not exist",
                        "routeConfigurationId: listing",
                        "routeConfigurationId: listng",
                        "uri: direct:list",
                        "no routeConfiguration named 'listng'"),
                in(
                        "errors",
                        "a clause that does not say how often",
                        "redeliveryPolicyRef: zoomNoRedelivery\\n",
                        "redeliveryPolicy:\n            redeliveryDelay: 1000\n",
                        "- onException:",
                        "onException without maximumRedeliveries: Camel takes it from whichever clause handled an earlier failure of the exchange. Set it (0 = never retry)"),
                in(
                        "errors",
                        "a clause that says nothing",
                        " +redeliveryPolicyRef: zoomNoRedelivery\\n +handled:\\n +constant: \"false\"\\n",
                        "",
                        "- onException:",
                        "onException has no effect, and Camel rejects it: add steps, a redeliveryPolicy or handled (false is enough)"),
                in(
                        "errors",
                        "a delay that is no number of milliseconds",
                        "redeliveryPolicyRef: zoomRedelivery\\n",
                        "redeliveryPolicy:\n            maximumRedeliveries: 3\n            redeliveryDelay: 1s\n",
                        "- onException:",
                        "redeliveryDelay must be a number of milliseconds without a unit, but is '1s'"),
                in(
                        "errors",
                        "an exception that does not exist",
                        "- io\\.github\\.\\S+",
                        "- io.github.zoomtranscriber.NobodyException",
                        "- onException:",
                        "no class named io.github.zoomtranscriber.NobodyException"),

                // what cannot be read, built or started
                in(
                        "resume",
                        "YAML that is none",
                        "    from:",
                        "   from:",
                        "from:",
                        "expected <block end>, but found '<block mapping start>'"),
                step("a step that does not exist", "nosuchstep: {}", "Unknown node id: nosuchstep"),
                mine(
                        "a misspelt key",
                        Yaml.route("mine", "bean:\n  ref: zoomClaims\n  methd: hold"),
                        "methd: hold",
                        "Unsupported field: methd"),
                step(
                        "a step in a form that Camel does not read",
                        "wireTap: direct:mine",
                        "'wireTap' needs settings on the lines below it, not a text"),
                step("a component that does not exist", "to: nosuch:thing", "unknown component 'nosuch'"),
                step(
                        "an option that the component has not",
                        "to: file:out?nosuchoption=1",
                        "unknown option: nosuchoption"),
                step(
                        "a placeholder without an option",
                        "to: \"{{no.such.option}}\"",
                        "Property with key [no.such.option] not found in properties from text: {{no.such.option}}"),
                step(
                        "a function that Simple has not",
                        "setBody:\n  simple: \"${nosuchfun()}\"",
                        "Unknown function: nosuchfun() at location 0"),
                mine(
                        "a schedule that is none",
                        Yaml.from("mine", "quartz:mine?cron=every+day", "stop: {}"),
                        "uri: quartz:.*",
                        "cron 'every day': "),
                mine(
                        "an id that is taken",
                        Yaml.route("mine", "stop: {}").replace("id: mine", "id: deliver"),
                        "uri: direct:mine",
                        "duplicate route id 'deliver', also in "),
                mine(
                        "an endpoint that is taken",
                        Yaml.from("mine", "direct:deliver", "stop: {}"),
                        "uri: direct:deliver",
                        "route 'deliver' already consumes from direct:deliver, in "),
                mine(
                        "a place in the order of the start that is taken",
                        (Yaml.route("mine", "stop: {}") + Yaml.route("other", "stop: {}"))
                                .replace("    from", "    startupOrder: 7\n    from"),
                        "uri: direct:other",
                        "route 'mine' already has the startupOrder 7, in "),
                java("Java that does not compile", "stpo()", "cannot find symbol: method stpo()"),
                java("Java that calls nobody", "to(\"direct:nobody\")", "no route consumes from direct:nobody"),
                java(
                        "methods of which any may be meant",
                        "bean(\"mine\", \"either\")",
                        "bean 'mine': Bean has several methods 'either' and the call does not say which"),
                java(
                        "a parameter that nothing gives",
                        "bean(\"mine\", \"both\")",
                        "bean 'mine': parameter 2 of Bean.both gets no value: annotate it, or pass an argument"));
    }

    private static final Map<String, String> OPTIONS = Map.of("my.target", "direct:nobody", "zoom.discover", "false");

    @TempDir
    private static Path folder;

    private static RunningFolder running;
    private static List<Route> routes;

    @BeforeAll
    static void start() throws IOException {
        for (Map.Entry<String, String> file : ShippedProgram.files().entrySet()) {
            Files.writeString(folder.resolve(Path.of(file.getKey()).getFileName()), file.getValue());
        }
        Options options = ShippedProgram.options(OPTIONS);
        running = new RunningFolder(folder).bean("zoomOptions", options);
        options.toProperties().forEach((name, value) -> running.option((String) name, (String) value));
        running.start();
        routes = running.context().getRoutes();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private String told(Mistake mistake, String before, String planted) {
        return folder.resolve(mistake.file()).toString().replace('\\', '/') + ":" + mistake.line(before, planted) + ": "
                + mistake.told();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsToldWithItsPlace(Mistake mistake) throws IOException {
        SortedMap<String, String> files = RouteFiles.read(folder);
        String path = folder.resolve(mistake.file()).toString().replace('\\', '/');
        String before = files.get(path);
        String planted = mistake.planted(before);
        assertNotEquals(before, planted, mistake.part());
        files.put(path, planted);

        List<Problem> problems = RoutesCheck.check(running.context(), files);

        String told = told(mistake, before, planted);
        assertTrue(
                problems.stream().anyMatch(problem -> problem.toString().startsWith(told)),
                () -> told + " is not in " + problems);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeThatIsSavedIsRefusedAndWhatRanBeforeRunsOn(Mistake mistake) throws IOException {
        Path file = folder.resolve(mistake.file());
        String before = Files.exists(file) ? Files.readString(file) : null;
        String planted = mistake.planted(before);
        int warnings = running.warnings().size();
        running.write(mistake.file(), planted);
        try {
            running.awaitWarning(told(mistake, before, planted), warnings);

            assertEquals(routes, running.context().getRoutes());
            assertTrue(
                    routes.stream().allMatch(route -> running.runs(route.getRouteId()) || !route.isAutoStartup()),
                    () -> "stopped: " + routes);
            assertEquals(List.of(), running.stopped);
        } finally {
            if (before == null) {
                running.delete(mistake.file());
            } else {
                running.write(mistake.file(), before);
            }
        }
    }
}
