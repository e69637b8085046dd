package io.github.zoomtranscriber.reload;

import static io.github.zoomtranscriber.reload.Yaml.from;
import static io.github.zoomtranscriber.reload.Yaml.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.example.Greeter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutesCheckTest {

    private static final String SYNTAX = "- route:\n    id: broken\n   from: x\n";

    private final DefaultCamelContext program = new DefaultCamelContext();
    private final SortedMap<String, String> files = new TreeMap<>();

    @AfterEach
    void close() throws IOException {
        program.close();
    }

    private RoutesCheckTest file(String name, String text) {
        files.put(name, text);
        return this;
    }

    private RoutesCheckTest option(String name, String value) {
        Properties properties = new Properties();
        properties.setProperty(name, value);
        program.getPropertiesComponent().setInitialProperties(properties);
        return this;
    }

    private void assertProblems(String... problems) {
        assertEquals(
                String.join("\n", problems),
                RoutesCheck.check(program, files).stream()
                        .map(Problem::toString)
                        .collect(Collectors.joining("\n")));
    }

    private void assertGood() {
        assertProblems();
    }

    // all at once, and nothing that only follows from something else

    @Test
    void ofSeveralFilesAllMistakesAreTold() {
        file("a.camel.yaml", SYNTAX);
        file("b.camel.yaml", route("b", "nosuchstep: {}"));
        file("c.camel.yaml", route("c", "to: direct:nobody") + route("c2", "bean:\n  ref: nobody", "to: nosuch:a"));
        file(
                "D.java",
                "public class D extends org.apache.camel.builder.RouteBuilder {\n    public void configure() {\n        from(one);\n        from(two);\n    }\n}\n");
        assertProblems(
                "D.java:3: cannot find symbol: variable one",
                "D.java:4: cannot find symbol: variable two",
                "a.camel.yaml:3: expected <block end>, but found '<block mapping start>'",
                "b.camel.yaml:6: Unknown node id: nosuchstep",
                "c.camel.yaml:6: no route consumes from direct:nobody",
                "c.camel.yaml:12: no bean named 'nobody'",
                "c.camel.yaml:14: unknown component 'nosuch'");
    }

    @Test
    void ofOneFileAllMistakesAreTold() {
        file(
                "a.camel.yaml",
                route("a", "nosuchstep: {}")
                        + route("b", "filter: text")
                        + route("c", "setBody:\n  nosuchfield: x")
                        + route("d", "to: direct:nobody"));
        assertProblems(
                "a.camel.yaml:6: Unknown node id: nosuchstep",
                "a.camel.yaml:12: 'filter' needs settings on the lines below it, not a text",
                "a.camel.yaml:19: Unsupported field: nosuchfield",
                "a.camel.yaml:25: no route consumes from direct:nobody");
    }

    @Test
    void aTextThatDoesNotEndIsToldWhereItBegins() {
        file("a.camel.yaml", route("a", "log:\n  message: \"unfinished") + route("b", "stop: {}"));
        assertProblems("a.camel.yaml:7: found unexpected end of stream");
    }

    @Test
    void nothingIsToldOfWhatAPartThatCannotBeReadMayDefine() {
        option("my.queue", "seda:mine?size=10");
        file(
                "a.camel.yaml",
                route("called", "setVariable:\n  name: kept\n  constant: x", "nosuchstep: {}")
                        + from("queue", "\"{{my.queue}}\"", "nosuchstep: {}")
                        + "- beans:\n    - name: prefix\n      type: com.nosuch.Type\n"
                        + "- routeConfiguration:\n    id: careful\n    nosuchkey: x\n");
        file(
                "b.camel.yaml",
                route(
                                "caller",
                                "to: direct:called",
                                "to: seda:mine",
                                "bean:\n  ref: prefix",
                                "setBody:\n  simple: \"${variable.kept}\"")
                        .replace("    from", "    routeConfigurationId: careful\n    from"));
        assertProblems(
                "a.camel.yaml:9: Unknown node id: nosuchstep",
                "a.camel.yaml:15: Unknown node id: nosuchstep",
                "a.camel.yaml:16: ClassNotFoundException: com.nosuch.Type",
                "a.camel.yaml:21: Unsupported field: nosuchkey");
    }

    @Test
    void whatABeanThatIsMisspeltWouldReadIsNotToldToBeReadByNobody() {
        program.getRegistry().bind("greeter", new Greeter());
        file(
                "a.camel.yaml",
                route(
                        "a",
                        "setVariable:\n  name: who\n  constant: x",
                        "bean:\n  ref: greter\n  method: greet",
                        "bean:\n  ref: greeter\n  method: hello"));
        assertProblems(
                "a.camel.yaml:9: no bean named 'greter'",
                "a.camel.yaml:12: bean 'greeter': Greeter has no method 'hello'");
    }

    @Test
    void aRouteConfigurationHoldsForFilesThatComeBeforeItsOwn() {
        file("a.camel.yaml", route("a", "stop: {}").replace("    from", "    routeConfigurationId: careful\n    from"));
        file(
                "b.camel.yaml",
                "- routeConfiguration:\n    id: careful\n    onException:\n      - onException:\n          exception:\n            - java.lang.Exception\n"
                        + "          handled:\n            simple: \"${nosuchfun()}\"\n          steps:\n            - stop: {}\n");
        assertProblems("b.camel.yaml:4: Unknown function: nosuchfun() at location 0 ${nosuchfun()} *");
    }

    @Test
    void aRouteThatAPreconditionSwitchesOffIsLookedThroughAndNotBuilt() {
        file(
                "a.camel.yaml",
                route("off", "to: nats:topic", "to: direct:nobody", "bean:\n  ref: nobody")
                        .replace("    from", "    precondition: \"false\"\n    from"));
        assertProblems(
                "a.camel.yaml:8: no route consumes from direct:nobody", "a.camel.yaml:9: no bean named 'nobody'");
    }

    @Test
    void aSecretIsNotTold() {
        option("my.password", "geheim");
        file(
                "a.camel.yaml",
                route(
                        "a",
                        "to: \"file:out?nosuchoption={{my.password}}\"",
                        "log:\n  message: x\n  loggingLevel: \"{{my.password}}\""));
        assertProblems(
                "a.camel.yaml:6: unknown option: nosuchoption",
                "a.camel.yaml:7: Enum class class org.apache.camel.LoggingLevel does not have any constant with value: ***");
    }

    // what is as it should be

    @Test
    void routesOfTheRunningProgramCanBeCalledAndSetVariables() throws Exception {
        program.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:elsewhere").setVariable("given").constant("x").log("${variable.taken}");
            }
        });
        file(
                "a.camel.yaml",
                route(
                        "a",
                        "setVariable:\n  name: taken\n  constant: x",
                        "to: direct:elsewhere",
                        "setBody:\n  simple: \"${variable.given}\""));
        assertGood();
    }

    @Test
    void othersCodeThatIsHandedTheExchangeMayDoWhatItLikesWithVariables() {
        program.getRegistry().bind("greeter", new Greeter());
        file(
                "a.camel.yaml",
                route(
                        "a",
                        "setVariable:\n  name: taken\n  constant: x",
                        "bean:\n  ref: greeter\n  method: all",
                        "setBody:\n  simple: \"${variable.given}\""));
        assertGood();
    }

    @Test
    void aDynamicAddressIsNotJudged() {
        file(
                "a.camel.yaml",
                route(
                        "a",
                        "toD: \"direct:${body}\"",
                        "toD: \"${header.next}\"",
                        "recipientList:\n  simple: \"direct:${body},${body}\"",
                        "enrich:\n  simple: \"direct:${body}\""));
        assertGood();
    }

    @Test
    void anOptionThatNamesNoEndpointIsNotJudged() {
        option("my.target", "");
        file(
                "a.camel.yaml",
                route(
                        "a",
                        "choice:\n  when:\n    - simple: \"'{{my.target}}' != ''\"\n      steps:\n        - toD: \"{{my.target}}\""));
        assertGood();
    }

    @Test
    void aQueueMayBePolledInPlaceOfARoute() {
        file(
                "a.camel.yaml",
                route("a", "to: seda:later") + route("b", "pollEnrich:\n  constant: seda:later\n  timeout: 100"));
        assertGood();
    }

    @Test
    void aRouteMadeOfATemplateIsThereForOthers() {
        file(
                "a.camel.yaml",
                "- routeTemplate:\n    id: greet\n    parameters:\n      - name: who\n    from:\n      uri: \"direct:{{who}}\"\n      steps:\n"
                        + "        - setBody:\n            constant: \"hello {{who}}\"\n");
        file(
                "b.camel.yaml",
                "- templatedRoute:\n    routeTemplateRef: greet\n    routeId: hi\n    parameters:\n      - name: who\n        value: world\n");
        file("c.camel.yaml", route("c", "to: direct:world"));
        assertGood();
    }

    @Test
    void everyWayToReadAVariableIsKnown() {
        String set =
                "setVariables:\n  variables:\n    - name: v0\n      constant: x\n    - name: v1\n      constant: x\n    - name: v2\n      constant: x\n    - name: v3\n      constant: x\n"
                        + "    - name: v4\n      constant: x\n    - name: v5\n      constant: x\n    - name: v6\n      constant: x\n    - name: v.7\n      constant: x\n    - name: v8\n      constant: x";
        file(
                "a.camel.yaml",
                route(
                        "a",
                        set,
                        "log:\n  message: \"${variable.v0} ${variable:v1} ${variable[v2]} ${variableAs('v3', String)} ${variable.v4?.length} ${variable.v.7}\"",
                        "to:\n  uri: log:x\n  variableSend: v5\n  variableReceive: v9",
                        "setBody:\n  variable: v6",
                        "setBody:\n  variable: v9",
                        "filter:\n  simple: \"${variable.v8} == 'x' && ${variables.size} > 1\"\n  steps:\n    - stop: {}"));
        assertGood();
    }

    @Test
    void aVariableOfAllExchangesMayBeSetByTheOptions() {
        file("a.camel.yaml", route("a", "log:\n  message: \"${variable.global:nobody}\""));
        assertGood();
    }

    @Test
    void everyWayToCallABeanIsKnown() {
        program.getRegistry().bind("greeter", new Greeter());
        file(
                "a.camel.yaml",
                route(
                        "a",
                        "setVariable:\n  name: who\n  constant: x",
                        "bean:\n  ref: greeter\n  method: greet",
                        "bean:\n  ref: greeter\n  method: greet('you')",
                        "setBody:\n  simple: \"${bean:greeter.greet}\"",
                        "setBody:\n  simple: \"${bean:greeter::greet}\"",
                        "setBody:\n  simple: \"${bean:greeter?method=greet(${body})}\"",
                        "setBody:\n  simple: \"${bean:greeter?method=number(7)}\"",
                        "setBody:\n  simple: \"${bean:greeter?method=number(${body.length})}\"",
                        "setBody:\n  method:\n    ref: greeter\n    method: either",
                        "to: bean:greeter?method=greet",
                        "setBody:\n  simple: \"${bean:type:java.util.UUID?method=randomUUID}\"",
                        "setBody:\n  simple: \"${bean:greeter?method=greet.length}\"",
                        "setBody:\n  simple: \"${bean:greeter.class.simpleName}\""));
        assertGood();
    }

    @Test
    void javaBesideItMaySetVariablesAndTakeFromQueues() {
        file(
                "Mine.java",
                """
                import org.apache.camel.builder.RouteBuilder;
                public class Mine extends RouteBuilder {
                    public void configure() {
                        bindToRegistry("taker", new Taker());
                        from("direct:java").process(exchange -> exchange.setVariable("given", exchange.getVariable("taken"))).to("direct:yaml");
                    }
                    public static class Taker {
                        @org.apache.camel.Consume("seda:later")
                        public void take(String body) {
                        }
                    }
                }
                """);
        file(
                "a.camel.yaml",
                route("a", "setVariable:\n  name: taken\n  constant: x", "to: direct:java", "to: seda:later")
                        + route("yaml", "setBody:\n  simple: \"${variable.given}\""));
        assertGood();
    }

    @Test
    void javaBesideItIsCheckedAsWell() {
        file(
                "Mine.java",
                """
                import org.apache.camel.builder.RouteBuilder;
                public class Mine extends RouteBuilder {
                    public void configure() {
                        from("direct:java").setVariable("forNobody").constant("x")
                            .log("${variable.nothing}")
                            .to("seda:nobody");
                    }
                }
                """);
        assertProblems(
                "Mine.java:4: variable 'forNobody' is set but never read",
                "Mine.java:5: variable 'nothing' is never set",
                "Mine.java:6: no route consumes from seda:nobody");
    }

    @Test
    void anotherLanguageMayUseAVariable() {
        file(
                "a.camel.yaml",
                route(
                        "a",
                        "setVariable:\n  name: taken\n  constant: x",
                        "setBody:\n  java: \"exchange.getVariable(\\\"taken\\\")\""));
        assertGood();
    }

    @Test
    void aClauseMayLeaveToTheOnlyPolicyThereIsHowOftenIsTriedAgain() {
        String clause =
                "  onException:\n      - onException:\n          exception: [java.lang.Exception]\n          redeliveryPolicy:\n            logExhausted: false\n"
                        + "          handled:\n            constant: true\n          steps:\n            - stop: {}\n";
        file(
                "a.camel.yaml",
                "- routeConfiguration:\n    id: careful\n  " + clause
                        + route("a", "stop: {}").replace("    from", "    routeConfigurationId: careful\n    from"));
        assertGood();
    }

    @Test
    void aPasswordMayLookLikeAFunction() {
        file("a.camel.yaml", route("a", "to: \"http:localhost?authUsername=me&authPassword=RAW(a${variable.b}c)\""));
        assertGood();
    }

    @Test
    void aClauseThatCamelRejectsIsToldOnce() {
        file(
                "a.camel.yaml",
                "- routeConfiguration:\n    id: careful\n    onException:\n      - onException:\n          exception: [java.io.IOException]\n"
                        + "      - onException:\n          exception: [java.lang.Exception]\n          redeliveryPolicy:\n            maximumRedeliveries: 3\n"
                        + route("a", "stop: {}").replace("    from", "    routeConfigurationId: careful\n    from"));
        assertProblems(
                "a.camel.yaml:4: onException has no effect, and Camel rejects it: add steps, a redeliveryPolicy or handled (false is enough)");
    }

    // what the start refuses all the same

    @Test
    void aRouteThatDoesNotStartAllTheSameIsNamedWithItsLine(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve("a.camel.yaml"),
                from("a", "quartz:a?cron=0+0+0+1+1+?+2099", "stop: {}")
                        + from("b", "quartz:a?cron=0+0+1+1+1+?+2099", "stop: {}"));
        RoutesFolder routes = new RoutesFolder(folder, Duration.ofSeconds(1), stopped -> {});
        routes.setCamelContext(program);
        routes.load(unchecked -> true);
        Exception thrown = assertThrows(Exception.class, program::start);

        Exception explained = RoutesFolder.explain(program, thrown);

        assertInstanceOf(BrokenRoutesException.class, explained);
        assertTrue(explained.getMessage().contains("a.camel.yaml:10: Trigger key "), explained::getMessage);
    }
}
