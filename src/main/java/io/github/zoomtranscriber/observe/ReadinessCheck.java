package io.github.zoomtranscriber.observe;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** DOWN as long as there is a reason. Never a matter of liveness: starting the program anew would help in none of these cases. */
final class ReadinessCheck extends AbstractHealthCheck {

    private final Supplier<Optional<String>> trouble;

    /** @param trouble asked each time: the reason, without secrets; empty while all is well */
    ReadinessCheck(String id, Supplier<Optional<String>> trouble) {
        super("zoom-transcriber", id);
        this.trouble = trouble;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Optional<String> reason = trouble.get();
        if (reason.isPresent()) {
            builder.message(reason.get()).down();
        } else {
            builder.up();
        }
    }
}
