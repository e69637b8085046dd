package io.github.zoomtranscriber.reload;

import static io.github.zoomtranscriber.reload.Yaml.from;
import static io.github.zoomtranscriber.reload.Yaml.route;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Camel refuses when it starts, the check refuses; what Camel starts, the check accepts. */
class CheckedAgainstStartTest {

    private record Case(String what, String text) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static final String TEMPLATE =
            "- routeTemplate:\n    id: greet\n    parameters:\n      - name: who\n    from:\n      uri: \"direct:{{who}}\"\n      steps:\n        - stop: {}\n";

    private static Case with(String option) {
        return new Case(option, route("a", "stop: {}").replace("    from", "    " + option + "\n    from"));
    }

    private static Case step(String step) {
        return new Case(step, route("a", step));
    }

    private static Case uri(String... uris) {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < uris.length; i++) {
            yaml.append(from("r" + i, uris[i], "stop: {}"));
        }
        return new Case(String.join(" and ", uris), yaml.toString());
    }

    static List<Case> cases() {
        return List.of(
                uri("file:/nowhere/at/all?autoCreate=false"),
                uri("file:/nowhere/at/all?autoCreate=false&startingDirectoryMustExist=true"),
                uri("file:target/${date:now:yyyy}"),
                uri("seda:a?multipleConsumers=true", "seda:a?multipleConsumers=true"),
                uri("seda:a?multipleConsumers=true&size=10", "seda:a?multipleConsumers=true&size=20"),
                uri("seda:a", "seda:a"),
                uri("direct:a", "direct:b"),
                uri("direct:a", "direct:a"),
                uri("quartz:a?cron=0+0+0+1+1+?+2099", "quartz:b?cron=0+0+0+1+1+?+2099"),
                uri("quartz:a?cron=0+0+0+1+1+?+2099", "quartz:a?cron=0+0+1+1+1+?+2099"),
                uri("quartz:a?cron=0+0+0+1+1+?+2001"),
                uri("quartz:a?cron=every+day"),
                uri("timer:a?period=1000", "timer:b?period=abc"),
                uri("platform-http:/a"),
                uri("nosuch:a"),
                with("autoStartup: false"),
                with("autoStartup: maybe"),
                with("shutdownRoute: Defer"),
                with("shutdownRoute: maybe"),
                with("streamCache: maybe"),
                with("routePolicy: nosuch"),
                with("precondition: \"false\""),
                with("precondition: \"${nosuchfun()}\""),
                step("to: log:a?level=NONSENSE"),
                step("log:\n  message: a\n  loggingLevel: NONSENSE"),
                step("log:\n  message: \"${nosuchfun()}\""),
                step("circuitBreaker:\n  steps:\n    - stop: {}"),
                step("idempotentConsumer:\n  simple: \"${body}\"\n  steps:\n    - stop: {}"),
                step("aggregate:\n  correlationExpression:\n    constant: a\n  steps:\n    - stop: {}"),
                step("threads:\n  executorService: nosuch"),
                step("split:\n  steps:\n    - stop: {}"),
                step("split:\n  simple: \"${body}\"\n  aggregationStrategy: nosuch\n  steps:\n    - stop: {}"),
                step("convertBodyTo:\n  type: com.nosuch.Type"),
                step("throwException:\n  exceptionType: com.nosuch.Type\n  message: a"),
                step(
                        "doTry:\n  steps:\n    - stop: {}\n  doCatch:\n    - exception:\n        - com.nosuch.Type\n      steps:\n        - stop: {}"),
                step("unmarshal:\n  json:\n    library: Jackson"),
                step("unmarshal:\n  json:\n    library: Jackson\n    unmarshalType: com.nosuch.Type"),
                step("unmarshal:\n  json:\n    library: Gson"),
                step("throttle:\n  constant: 1\n  timePeriodMillis: abc"),
                step("to: http:localhost?httpMethod=NOSUCH"),
                step("filter: text"),
                step("bean:\n  ref: nosuch"),
                step("kamelet:\n  name: nosuch"),
                new Case(
                        "the same id for two steps",
                        route("a", "log:\n  id: a1\n  message: a", "log:\n  id: a1\n  message: b")),
                new Case(
                        "the same id in two routes",
                        route("a", "log:\n  id: a1\n  message: a") + route("b", "log:\n  id: a1\n  message: b")),
                new Case("no steps", "- route:\n    id: a\n    from:\n      uri: direct:a\n"),
                new Case("no from", "- route:\n    id: a\n"),
                new Case(
                        "the same place in the order",
                        (route("a", "stop: {}") + route("b", "stop: {}"))
                                .replace("    from", "    startupOrder: 7\n    from")),
                new Case(
                        "a clause of its own",
                        "- onException:\n    exception: [java.lang.Exception]\n    handled:\n      constant: true\n    steps:\n      - stop: {}\n"
                                + route("a", "stop: {}")),
                new Case(
                        "a clause that cannot be read",
                        "- onException:\n    exception: [java.lang.Exception]\n    handled:\n      simple: \"${nosuchfun()}\"\n    steps:\n      - stop: {}\n"
                                + route("a", "stop: {}")),
                new Case(
                        "a clause that does nothing",
                        "- onException:\n    exception: [java.lang.Exception]\n" + route("a", "stop: {}")),
                new Case(
                        "a clause with a policy that is not there",
                        "- routeConfiguration:\n    id: c\n    onException:\n      - onException:\n          exception: [java.lang.Exception]\n"
                                + "          redeliveryPolicyRef: nosuch\n          handled:\n            constant: true\n"
                                + route("a", "stop: {}").replace("    from", "    routeConfigurationId: c\n    from")),
                new Case(
                        "an error handler that is not there",
                        "- errorHandler:\n    refErrorHandler:\n      ref: nosuch\n" + route("a", "stop: {}")),
                new Case(
                        "a template",
                        TEMPLATE
                                + "- templatedRoute:\n    routeTemplateRef: greet\n    routeId: a\n    parameters:\n      - name: who\n        value: a\n"),
                new Case(
                        "a template without what it needs",
                        TEMPLATE + "- templatedRoute:\n    routeTemplateRef: greet\n    routeId: a\n"),
                new Case(
                        "a template that is not there",
                        "- templatedRoute:\n    routeTemplateRef: nosuch\n    routeId: a\n"),
                new Case(
                        "a bean",
                        "- beans:\n    - name: a\n      type: java.util.concurrent.atomic.AtomicInteger\n"
                                + route("a", "bean:\n  ref: a\n  method: get")),
                new Case(
                        "a bean of a class that is not there",
                        "- beans:\n    - name: a\n      type: com.nosuch.Type\n" + route("a", "stop: {}")),
                new Case(
                        "a bean with what it has not",
                        "- beans:\n    - name: a\n      type: java.util.concurrent.atomic.AtomicInteger\n      properties:\n        nosuch: 1\n"
                                + route("a", "stop: {}")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theCheckAndTheStartAgree(Case each) {
        TreeMap<String, String> files = new TreeMap<>(Map.of("routes/a.camel.yaml", each.text()));
        List<Problem> problems = RoutesCheck.check(new DefaultCamelContext(), files);
        Exception refusal = start(files);

        assertEquals(
                refusal == null, problems.isEmpty(), () -> "the check says " + problems + ", the start " + refusal);
        assertEquals(
                List.of(),
                problems.stream()
                        .filter(problem -> !problem.file().equals("routes/a.camel.yaml"))
                        .toList());
    }

    /** Returns why it does not start, or null if it does. */
    private static Exception start(Map<String, String> files) {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getShutdownStrategy().setTimeout(1);
            List<RouteBuilder> builders = RouteFiles.builders(context, files);
            for (RouteBuilder builder : builders) {
                if (builder instanceof RouteConfigurationsBuilder configurations) {
                    configurations.addRouteConfigurationsToCamelContext(context);
                }
            }
            for (RouteBuilder builder : builders) {
                builder.addRoutesToCamelContext(context);
                builder.addTemplatedRoutesToCamelContext(context);
            }
            context.start();
            return null;
        } catch (Exception e) {
            return e;
        }
    }
}
