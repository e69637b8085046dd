package io.github.zoomtranscriber.reload;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.LoggingLevel;
import org.apache.camel.model.Model;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.apache.camel.support.CamelContextHelper;

/**
 * Finds {@code onException} clauses that Camel rejects, that break at the first failure (Camel reads a redelivery
 * policy only then), or that leave the number of redeliveries to chance: such a clause inherits it from the clause that
 * handled an earlier failure of the same exchange, if there was one.
 */
final class ErrorClauses {

    /**
     * The type of each setting of a redelivery policy. Unlike in an error handler, delays must be plain milliseconds.
     */
    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            Map.entry("maximumRedeliveries", Integer.class),
            Map.entry("retryAttemptedLogInterval", Integer.class),
            Map.entry("redeliveryDelay", Long.class),
            Map.entry("maximumRedeliveryDelay", Long.class),
            Map.entry("backOffMultiplier", Double.class),
            Map.entry("collisionAvoidanceFactor", Double.class),
            Map.entry("retriesExhaustedLogLevel", LoggingLevel.class),
            Map.entry("retryAttemptedLogLevel", LoggingLevel.class),
            Map.entry("useExponentialBackOff", Boolean.class),
            Map.entry("useCollisionAvoidance", Boolean.class),
            Map.entry("asyncDelayedRedelivery", Boolean.class),
            Map.entry("allowRedeliveryWhileStopping", Boolean.class),
            Map.entry("disableRedelivery", Boolean.class),
            Map.entry("logExhausted", Boolean.class),
            Map.entry("logRetryAttempted", Boolean.class),
            Map.entry("logStackTrace", Boolean.class),
            Map.entry("logRetryStackTrace", Boolean.class),
            Map.entry("logHandled", Boolean.class),
            Map.entry("logNewException", Boolean.class),
            Map.entry("logContinued", Boolean.class));

    private static final Map<Class<?>, String> EXPECTED = Map.of(
            Integer.class,
            "a whole number",
            Long.class,
            "a number of milliseconds without a unit",
            Double.class,
            "a number",
            Boolean.class,
            "true or false",
            LoggingLevel.class,
            "one of TRACE, DEBUG, INFO, WARN, ERROR, OFF");
    private static final Set<String> TIMING = Set.of(
            "redeliveryDelay", "maximumRedeliveryDelay", "backOffMultiplier", "useExponentialBackOff", "delayPattern");

    private final CamelContext context;
    private final Findings findings;

    private ErrorClauses(CamelContext context, Findings findings) {
        this.context = context;
        this.findings = findings;
    }

    /** Checks the clauses of a folder's routes and routeConfigurations. */
    static void check(Folder folder, Findings findings) {
        ErrorClauses clauses = new ErrorClauses(folder.context(), findings);
        for (RouteDefinition route : folder.routes()) {
            Integer of = route.getErrorHandlerFactory() instanceof DefaultErrorHandlerDefinition handler
                            && handler.hasRedeliveryPolicy()
                    ? clauses.maximum(handler.getRedeliveryPolicy())
                    : Integer.valueOf(0);
            List<OnExceptionDefinition> own = route.getOutputs().stream()
                    .filter(OnExceptionDefinition.class::isInstance)
                    .map(OnExceptionDefinition.class::cast)
                    .toList();
            clauses.check(own, of, RouteFiles.path(route));
        }
        folder.context()
                .getCamelContextExtension()
                .getContextPlugin(Model.class)
                .getRouteConfigurationDefinitions()
                .forEach(configuration ->
                        clauses.check(configuration.getOnExceptions(), 0, RouteFiles.path(configuration)));
    }

    /**
     * Checks clauses that apply to the same route.
     *
     * @param ofHandler the number of redeliveries without a clause; null if unknown
     */
    private void check(List<OnExceptionDefinition> clauses, Integer ofHandler, String file) {
        Set<Integer> maxima = new HashSet<>();
        maxima.add(ofHandler);
        clauses.stream().filter(clause -> !inherits(clause)).map(this::maximum).forEach(maxima::add);
        for (OnExceptionDefinition clause : clauses) {
            if (isRejected(clause, file)) {
                continue;
            }
            check(clause, file);
            if (inherits(clause) && maxima.stream().filter(Objects::nonNull).count() > 1) {
                tell(
                        clause,
                        file,
                        "onException without maximumRedeliveries: Camel takes it from whichever clause handled an earlier failure of the "
                                + "exchange. Set it (0 = never retry)");
            } else if (inherits(clause) && maxima.equals(Set.of(0)) && hasTiming(clause.getRedeliveryPolicyType())) {
                tell(
                        clause,
                        file,
                        "onException has a redelivery delay but no maximumRedeliveries, so nothing is retried");
            }
        }
    }

    private boolean isRejected(OnExceptionDefinition clause, String file) {
        try {
            clause.validateConfiguration();
            return false;
        } catch (IllegalArgumentException e) {
            // only of a clause without effect does Camel not say what it needs
            tell(
                    clause,
                    file,
                    e.getMessage().endsWith("is not configured.")
                            ? "onException has no effect, and Camel rejects it: add steps, a redeliveryPolicy or handled (false is enough)"
                            : e.getMessage());
            return true;
        }
    }

    private void check(OnExceptionDefinition clause, String file) {
        for (String exception : clause.getExceptions()) {
            if (context.getClassResolver().resolveClass(exception) == null) {
                findings.missing(
                        exception.replaceFirst(".*\\.", ""), problem(clause, file, "no class named " + exception));
            }
        }
        String policy = clause.getRedeliveryPolicyRef();
        if (policy != null
                && context.getRegistry().lookupByName(policy) != null
                && context.getRegistry().lookupByNameAndType(policy, RedeliveryPolicy.class) == null) {
            tell(clause, file, "bean '" + policy + "' is not a " + RedeliveryPolicy.class.getName());
        }
        if (clause.getRedeliveryPolicyType() != null) {
            Setting.of(clause.getRedeliveryPolicyType(), text -> text).forEach(setting -> read(setting, clause, file));
        }
    }

    private void read(Setting setting, OnExceptionDefinition clause, String file) {
        Class<?> type = TYPES.get(setting.name());
        if (type != null) {
            try {
                CamelContextHelper.parse(context, type, setting.raw());
            } catch (IllegalArgumentException e) {
                tell(
                        clause,
                        file,
                        setting.name() + " must be " + EXPECTED.get(type) + ", but is '" + setting.raw() + "'");
            }
        }
    }

    /** Whether a clause inherits the number of redeliveries. One with steps and without a policy never redelivers. */
    private static boolean inherits(OnExceptionDefinition clause) {
        RedeliveryPolicyDefinition policy = clause.getRedeliveryPolicyType();
        boolean byPolicy = policy == null
                ? !clause.getOutputs().isEmpty()
                : policy.getMaximumRedeliveries() != null || "true".equals(policy.getDisableRedelivery());
        return !byPolicy && clause.getRedeliveryPolicyRef() == null && clause.getRetryWhile() == null;
    }

    private static boolean hasTiming(RedeliveryPolicyDefinition policy) {
        return policy != null
                && Setting.of(policy, text -> text).stream().anyMatch(setting -> TIMING.contains(setting.name()));
    }

    /** The number of redeliveries of a clause; null if unknown. */
    private Integer maximum(OnExceptionDefinition clause) {
        if (clause.getRedeliveryPolicyRef() != null) {
            RedeliveryPolicy policy =
                    context.getRegistry().lookupByNameAndType(clause.getRedeliveryPolicyRef(), RedeliveryPolicy.class);
            return policy == null ? null : policy.getMaximumRedeliveries();
        }
        return clause.getRedeliveryPolicyType() == null
                ? Integer.valueOf(0)
                : maximum(clause.getRedeliveryPolicyType());
    }

    private Integer maximum(RedeliveryPolicyDefinition policy) {
        try {
            String maximum = policy.getMaximumRedeliveries();
            return maximum == null ? Integer.valueOf(0) : CamelContextHelper.parseInteger(context, maximum);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void tell(OnExceptionDefinition clause, String file, String reason) {
        findings.add(problem(clause, file, reason));
    }

    private static Problem problem(OnExceptionDefinition clause, String file, String reason) {
        String stated = Findings.file(clause);
        return new Problem(
                Objects.requireNonNullElse(stated == null ? file : stated, ""), clause.getLineNumber(), reason);
    }
}
