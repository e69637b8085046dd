package io.github.zoomtranscriber.observe;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * A health check that is DOWN while there is a problem. It is never about liveness: a restart would solve none of these
 * problems.
 */
public final class ReadinessCheck extends AbstractHealthCheck {

    private final Supplier<Optional<String>> problem;

    /** @param problem is asked each time: the problem, without secrets; empty while there is none */
    public ReadinessCheck(String id, Supplier<Optional<String>> problem) {
        super("zoom-transcriber", id);
        this.problem = problem;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Optional<String> reason = problem.get();
        if (reason.isPresent()) {
            builder.message(reason.get()).down();
        } else {
            builder.up();
        }
    }
}
