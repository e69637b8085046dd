package io.github.zoomtranscriber.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.http.Clean;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;

/**
 * Health and metrics, in the form of Camel's. Those of Camel's stand in one queue with each other, on the threads of
 * the routes; here each kind has its own, so that none waits for what others wait for.
 */
final class Probes {

    private static final List<HttpMethod> READING = List.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String JSON = "application/json";
    private static final String OPENMETRICS = "application/openmetrics-text";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** One may be held up, for instance by the folder of a server that is away. */
    private static final int THREADS = 2;

    private final CamelContext context;
    private final VertxPlatformHttpRouter router;

    Probes(CamelContext context, VertxPlatformHttpRouter router) {
        this.context = context;
        this.router = router;
    }

    private record Answer(int status, String type, String body) {}

    /**
     * Whether the program is worth keeping. This asks nobody, as a restart would not bring back what is away, and is
     * answered by the thread that takes the requests, before anything else that is done with one.
     */
    void addLiveness(String path) {
        READING.forEach(method -> router.route(method, path).order(-1).handler(request -> {
            boolean up = context.isStarted();
            request.response()
                    .putHeader("Cache-Control", "no-store")
                    // whoever watches over connections has not seen this request
                    .putHeader("Connection", "close");
            end(request, new Answer(status(up), JSON, "{\"status\": \"" + word(up) + "\"}\n"));
        }));
    }

    /** All checks. */
    void addHealth(String path) {
        addChecks(path, "health", false, HealthCheckHelper::invoke);
    }

    /** Whether the program can do its work. */
    void addReadiness(String path) {
        addChecks(path, "readiness", true, HealthCheckHelper::invokeReadiness);
    }

    private void addChecks(
            String path,
            String threads,
            boolean readiness,
            BiFunction<CamelContext, String, Collection<HealthCheck.Result>> checks) {
        add(path, threads, request -> {
            String level = Objects.requireNonNullElse(
                    request.getParam("exposureLevel"),
                    HealthCheckRegistry.get(context).getExposureLevel());
            boolean data = "true".equals(request.getParam("data"));
            return () -> {
                Collection<HealthCheck.Result> results = checks.apply(context, level);
                boolean up = HealthCheckHelper.isResultsUp(results, readiness);
                return new Answer(status(up), JSON, json(results, up, level, data));
            };
        });
    }

    private static String json(Collection<HealthCheck.Result> results, boolean up, String level, boolean data)
            throws JsonProcessingException {
        boolean full = "full".equals(level);
        ObjectNode answer = MAPPER.createObjectNode().put("status", word(up));
        for (HealthCheck.Result result : results) {
            if (full || result.getState() == HealthCheck.State.DOWN && !"oneline".equals(level)) {
                ObjectNode check = answer.withArray("/checks").addObject();
                check.put("name", result.getCheck().getId())
                        .put("status", result.getState().name());
                result.getError().ifPresent(e -> check.put("error-message", Clean.text(e.toString())));
                result.getMessage().ifPresent(message -> check.put("message", message));
                if (data && result.getDetails() != null) {
                    result.getDetails()
                            .forEach((key, value) -> check.withObject("/data").put(key, String.valueOf(value)));
                }
            }
        }
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(answer) + "\n";
    }

    private static int status(boolean up) {
        return up ? 200 : 503;
    }

    private static String word(boolean up) {
        return up ? "UP" : "DOWN";
    }

    /** In the text format of Prometheus, or in OpenMetrics for whoever asks for it. */
    void addMetrics(String path, PrometheusMeterRegistry metrics) {
        add(path, "metrics", request -> {
            String accepted = Objects.requireNonNullElse(request.getHeader("Accept"), "");
            String type = accepted.contains(OPENMETRICS) ? OPENMETRICS + "; version=1.0.0; charset=utf-8" : TEXT;
            return () -> new Answer(200, type, metrics.scrape(type));
        });
    }

    private void add(String path, String threads, Function<HttpServerRequest, Callable<Answer>> answers) {
        WorkerExecutor executor = router.vertx().createSharedWorkerExecutor(threads, THREADS);
        READING.forEach(method -> router.route(method, path)
                .handler(request -> executor.executeBlocking(answers.apply(request.request()), false)
                        .onSuccess(answer -> end(request, answer))
                        .onFailure(request::fail)));
    }

    private static void end(RoutingContext request, Answer answer) {
        request.response()
                .setStatusCode(answer.status())
                .putHeader("Content-Type", answer.type())
                .end(answer.body());
    }
}
