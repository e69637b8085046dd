package io.github.zoomtranscriber.assemblyai;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** DOWN, with AssemblyAI's own words, while submissions pause. */
public final class SubmissionsHealth extends AbstractHealthCheck {

    private final Submissions submissions;

    public SubmissionsHealth(Submissions submissions) {
        super("zoom-transcriber", "assemblyai-submissions");
        this.submissions = submissions;
    }

    /** Starting the program anew would not help. */
    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        String reason = submissions.pauseReason();
        if (reason == null) {
            builder.up();
        } else {
            builder.message(reason).down();
        }
    }
}
