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
 * Finds clauses {@code onException} that Camel refuses, that break at the first failure (it reads a redelivery policy only then), and that leave
 * to chance how often is tried again: such a clause takes that from the clause which held before in the same exchange, if one did.
 */
final class ErrorClauses {

    /** What each setting of a redelivery policy is read as; delays here are milliseconds, other than in an error handler. */
    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            Map.entry("maximumRedeliveries", Integer.class), Map.entry("retryAttemptedLogInterval", Integer.class),
            Map.entry("redeliveryDelay", Long.class), Map.entry("maximumRedeliveryDelay", Long.class),
            Map.entry("backOffMultiplier", Double.class), Map.entry("collisionAvoidanceFactor", Double.class),
            Map.entry("retriesExhaustedLogLevel", LoggingLevel.class), Map.entry("retryAttemptedLogLevel", LoggingLevel.class),
            Map.entry("useExponentialBackOff", Boolean.class), Map.entry("useCollisionAvoidance", Boolean.class),
            Map.entry("asyncDelayedRedelivery", Boolean.class), Map.entry("allowRedeliveryWhileStopping", Boolean.class),
            Map.entry("disableRedelivery", Boolean.class), Map.entry("logExhausted", Boolean.class), Map.entry("logRetryAttempted", Boolean.class),
            Map.entry("logStackTrace", Boolean.class), Map.entry("logRetryStackTrace", Boolean.class), Map.entry("logHandled", Boolean.class),
            Map.entry("logNewException", Boolean.class), Map.entry("logContinued", Boolean.class));
    private static final Map<Class<?>, String> EXPECTED = Map.of(Integer.class, "a whole number", Long.class, "a number of milliseconds, without a unit",
            Double.class, "a number", Boolean.class, "true or false", LoggingLevel.class, "one of TRACE, DEBUG, INFO, WARN, ERROR, OFF");
    private static final Set<String> TIMING = Set.of("redeliveryDelay", "maximumRedeliveryDelay", "backOffMultiplier", "useExponentialBackOff", "delayPattern");

    private final CamelContext context;
    private final Findings findings;

    private ErrorClauses(CamelContext context, Findings findings) {
        this.context = context;
        this.findings = findings;
    }

    /** Looks through the clauses of a folder's routes and routeConfigurations. */
    static void check(Folder folder, Findings findings) {
        ErrorClauses clauses = new ErrorClauses(folder.context(), findings);
        for (RouteDefinition route : folder.routes()) {
            Integer of = route.getErrorHandlerFactory() instanceof DefaultErrorHandlerDefinition handler && handler.hasRedeliveryPolicy()
                    ? clauses.maximum(handler.getRedeliveryPolicy()) : Integer.valueOf(0);
            clauses.check(route.getOutputs().stream().filter(OnExceptionDefinition.class::isInstance).map(OnExceptionDefinition.class::cast).toList(), of,
                    RouteFiles.path(route));
        }
        folder.context().getCamelContextExtension().getContextPlugin(Model.class).getRouteConfigurationDefinitions()
                .forEach(configuration -> clauses.check(configuration.getOnExceptions(), 0, RouteFiles.path(configuration)));
    }

    /**
     * Looks through clauses of which one may hold after the other.
     *
     * @param ofHandler how often is tried again where none holds, null if unknown
     */
    private void check(List<OnExceptionDefinition> clauses, Integer ofHandler, String file) {
        Set<Integer> maxima = new HashSet<>();
        maxima.add(ofHandler);
        clauses.stream().filter(clause -> !inherits(clause)).map(this::maximum).forEach(maxima::add);
        for (OnExceptionDefinition clause : clauses) {
            check(clause, file);
            if (inherits(clause) && maxima.stream().filter(Objects::nonNull).count() > 1) {
                tell(clause, file, "this onException does not say maximumRedeliveries, and takes it from whichever clause held before: say 0 for never");
            } else if (inherits(clause) && maxima.equals(Set.of(0)) && hasTiming(clause.getRedeliveryPolicyType())) {
                tell(clause, file, "this onException says how long to wait before a redelivery, but not maximumRedeliveries: there is none");
            }
        }
    }

    private void check(OnExceptionDefinition clause, String file) {
        boolean refused = false;
        try {
            clause.validateConfiguration();
        } catch (IllegalArgumentException e) {
            refused = true;
            tell(clause, file, clause.getOutputs().isEmpty() && !e.getMessage().contains("onfigured")
                    ? e.getMessage() : "this onException does nothing, which Camel refuses: it needs steps, a redeliveryPolicy, or handled (also false)");
        }
        for (String exception : clause.getExceptions()) {
            if (context.getClassResolver().resolveClass(exception) == null) {
                findings.missing(exception.replaceFirst(".*\\.", ""), problem(clause, file, "there is no class " + exception));
            }
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
                tell(clause, file, setting.name() + " is '" + setting.raw() + "', and must be " + EXPECTED.get(type));
            }
        }
    }

    /** Whether a clause says nothing of how often is tried again; one with steps and without a policy is known never to. */
    private static boolean inherits(OnExceptionDefinition clause) {
        RedeliveryPolicyDefinition policy = clause.getRedeliveryPolicyType();
        boolean says = clause.getRedeliveryPolicyRef() != null || clause.getRetryWhile() != null
                || (policy == null ? !clause.getOutputs().isEmpty() : policy.getMaximumRedeliveries() != null || "true".equals(policy.getDisableRedelivery()));
        return !says;
    }

    private static boolean hasTiming(RedeliveryPolicyDefinition policy) {
        return policy != null && Setting.of(policy, text -> text).stream().anyMatch(setting -> TIMING.contains(setting.name()));
    }

    /** How often a clause lets try again; null if unknown. */
    private Integer maximum(OnExceptionDefinition clause) {
        if (clause.getRedeliveryPolicyRef() != null) {
            RedeliveryPolicy policy = context.getRegistry().lookupByNameAndType(clause.getRedeliveryPolicyRef(), RedeliveryPolicy.class);
            return policy == null ? null : policy.getMaximumRedeliveries();
        }
        return clause.getRedeliveryPolicyType() == null ? Integer.valueOf(0) : maximum(clause.getRedeliveryPolicyType());
    }

    private Integer maximum(RedeliveryPolicyDefinition policy) {
        try {
            return policy.getMaximumRedeliveries() == null ? Integer.valueOf(0) : CamelContextHelper.parseInteger(context, policy.getMaximumRedeliveries());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void tell(OnExceptionDefinition clause, String file, String reason) {
        findings.add(problem(clause, file, reason));
    }

    private static Problem problem(OnExceptionDefinition clause, String file, String reason) {
        String stated = Findings.file(clause);
        return new Problem(Objects.requireNonNullElse(stated == null ? file : stated, ""), clause.getLineNumber(), reason);
    }
}
