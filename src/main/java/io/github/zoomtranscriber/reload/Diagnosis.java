package io.github.zoomtranscriber.reload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.LineNumberAware;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;
import org.apache.camel.model.Model;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.StopDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.util.SensitiveUtils;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Turns an exception of Camel about a route into one line that says where and why, without the value of any secret. */
final class Diagnosis {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([^{}:]+)");
    private static final Pattern UNKNOWN_OPTIONS = Pattern.compile("Unknown parameters=\\[\\{(.*)}]");

    /**
     * An error as javac prints it, with the lines below it. The path is made of the class's name; its last part is the
     * file in the folder.
     */
    private static final Pattern COMPILE_ERROR =
            Pattern.compile("([^/\\s]+\\.java):(\\d+): (?:error: )?(.*)((?:\\R(?!\\S+\\.java:\\d+:).*)*)");

    private static final Pattern LAST_WORD = Pattern.compile("[\\w-]+$");
    private static final Pattern SYMBOL = Pattern.compile("symbol: +(.*)");

    private final Set<String> secrets = new HashSet<>();

    /** @param texts the files, whose placeholders the context resolves */
    Diagnosis(CamelContext context, Collection<String> texts) {
        for (String text : texts) {
            Matcher placeholder = PLACEHOLDER.matcher(text);
            while (placeholder.find()) {
                if (SensitiveUtils.containsSensitive(placeholder.group(1))) {
                    context.getPropertiesComponent()
                            .resolveProperty(placeholder.group(1))
                            .filter(v -> !v.isBlank())
                            .ifPresent(secrets::add);
                }
            }
        }
    }

    /** What is wrong with a file. YAML errors carry their line, and the Java compiler reports all errors at once. */
    List<Problem> of(String file, Throwable thrown) {
        Throwable root = root(thrown);
        if (RouteFiles.isJava(file)) {
            String parent = file.substring(0, file.lastIndexOf('/') + 1);
            List<Problem> errors = COMPILE_ERROR
                    .matcher(Objects.toString(root.getMessage()))
                    .results()
                    .map(error ->
                            new Problem(parent + error.group(1), Integer.parseInt(error.group(2)), compileError(error)))
                    .toList();
            if (!errors.isEmpty()) {
                return errors;
            }
        }
        return List.of(
                new Problem(file, root instanceof MarkedYamlEngineException yaml ? line(yaml) : 0, reason(root)));
    }

    /** The first line of an error of javac, with the symbol that it names below. */
    private static String compileError(MatchResult error) {
        Matcher symbol = SYMBOL.matcher(Objects.toString(error.group(4), ""));
        return error.group(3).strip()
                + (symbol.find() ? ": " + symbol.group(1).strip().replaceAll("\\s+", " ") : "");
    }

    /** The line of an error; for a text that is never closed, the line where it starts. */
    private static int line(MarkedYamlEngineException yaml) {
        boolean begins = Objects.toString(yaml.getContext(), "").startsWith("while scanning");
        return (begins ? yaml.getContextMark().or(yaml::getProblemMark) : yaml.getProblemMark())
                .map(mark -> mark.getLine() + 1)
                .orElse(0);
    }

    /** What is wrong with a route as a whole, at its {@code from}. */
    Problem of(RouteDefinition route, Throwable thrown) {
        return at(route.getInput(), route, reason(root(thrown)));
    }

    /**
     * What is wrong with a route that a scratch context could not build. Each step is built alone; of a failing one,
     * the innermost step that fails for the same reason is named.
     *
     * @param isExcused whether an exception is not to be reported
     */
    List<Problem> ofSteps(RouteDefinition route, CamelContext scratch, Predicate<Throwable> isExcused) {
        List<Problem> problems = new ArrayList<>();
        for (ProcessorDefinition<?> step : route.getOutputs()) {
            failure(step, scratch)
                    .filter(isExcused.negate())
                    .map(thrown -> reason(root(thrown)))
                    .ifPresent(reason -> problems.add(
                            at(guilty(step.getOutputs(), scratch, reason).orElse(step), route, reason)));
        }
        return problems;
    }

    private static Problem at(LineNumberAware place, RouteDefinition route, String reason) {
        // a step may come from a routeConfiguration in another file
        String file = place.getLocation() == null
                ? RouteFiles.path(route)
                : place.getLocation().replaceFirst("^file:", "");
        return new Problem(file, place.getLineNumber(), reason);
    }

    /** The name of what was not found, if that is the reason. */
    static Optional<String> missing(Throwable thrown) {
        Throwable root = root(thrown);
        if (root instanceof NoSuchBeanException bean) {
            return Optional.of(bean.getName());
        }
        String message = Objects.toString(root.getMessage(), "");
        boolean names = root instanceof ClassNotFoundException
                || root instanceof NoClassDefFoundError
                || message.startsWith("Cannot find ");
        Matcher last = LAST_WORD.matcher(message);
        return names && last.find() ? Optional.of(last.group()) : Optional.empty();
    }

    /** The id of the route that an exception is about, if Camel says it. */
    static Optional<String> routeId(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof FailedToCreateRouteException create && create.getRouteId() != null) {
                return Optional.of(create.getRouteId());
            } else if (t instanceof FailedToStartRouteException start && start.getRouteId() != null) {
                return Optional.of(start.getRouteId());
            }
        }
        return Optional.empty();
    }

    private Optional<ProcessorDefinition<?>> guilty(
            List<ProcessorDefinition<?>> steps, CamelContext context, String reason) {
        for (ProcessorDefinition<?> step : steps) {
            if (failure(step, context)
                    .map(thrown -> reason(root(thrown)))
                    .filter(reason::equals)
                    .isPresent()) {
                return guilty(step.getOutputs(), context, reason).or(() -> Optional.of(step));
            }
        }
        return Optional.empty();
    }

    /** Builds one step alone, in a route that is thrown away. Returns what Camel throws. */
    private static Optional<Throwable> failure(ProcessorDefinition<?> step, CamelContext context) {
        RouteDefinition probe = new RouteDefinition("direct:probe");
        probe.setId("probe");
        probe.addOutput(step);
        if (step instanceof OnExceptionDefinition) {
            probe.addOutput(new StopDefinition()); // Camel builds the clause together with the first step
            probe.setErrorHandlerFactory(new DefaultErrorHandlerDefinition());
        }
        try {
            ExtendedCamelContext extension = context.getCamelContextExtension();
            extension.getContextPlugin(Model.class).getModelReifierFactory().createRoute(context, probe);
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(e);
        }
    }

    /** The root cause, or the syntax error if there is one. */
    static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        // the cause of a syntax error in Simple does not contain the expression
        boolean isSyntax = !(root instanceof NoSuchBeanException || root instanceof MethodNotFoundException);
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .filter(cause -> isSyntax && cause instanceof SimpleIllegalSyntaxException)
                .findFirst()
                .orElse(root);
    }

    private String reason(Throwable root) {
        if (root instanceof NoSuchBeanException missing && missing.getName() != null) {
            return BeanCalls.none(missing.getName());
        }
        if (root instanceof MethodNotFoundException missing
                && missing.getBean() != null
                && !(missing.getBean() instanceof Class)) {
            return BeanMethods.none(missing.getBean().getClass(), missing.getMethodName());
        }
        if (root instanceof NoTypeConversionAvailableException conversion) {
            return "'" + conceal(String.valueOf(conversion.getValue())) + "' is not a "
                    + conversion.getToType().getSimpleName();
        }
        return Missing.of(root).orElseGet(() -> text(root));
    }

    private String text(Throwable root) {
        String text = root instanceof MarkedYamlEngineException yaml ? yaml.getProblem() : root.getMessage();
        if (text == null || text.isBlank()) {
            return "Camel cannot read this (" + root.getClass().getSimpleName() + ")";
        }
        if (!text.strip().contains(" ")) {
            text = root.getClass().getSimpleName() + ": " + text;
        }
        Matcher options = UNKNOWN_OPTIONS.matcher(text);
        if (options.find()) {
            return "unknown option: " + options.group(1).replaceAll("=[^,]*", "");
        }
        text = text.replaceFirst("on bean: .* of type: ", "on "); // the toString of a bean may contain anything
        return conceal(text).strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private String conceal(String text) {
        String concealed = text;
        for (String secret : secrets) {
            concealed = concealed.replace(secret, "***");
        }
        return concealed;
    }
}
