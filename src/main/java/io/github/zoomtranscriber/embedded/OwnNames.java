package io.github.zoomtranscriber.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.PollDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.spi.Resource;

/**
 * Puts {@code estate.prefix} before every name in our route files that a whole Camel context shares: the ids of routes,
 * of route configurations and of steps, and the endpoints between routes. So an estate may have a route {@code submit}
 * of its own.
 */
public final class OwnNames {

    /** The prefix, as a placeholder that Camel resolves once the estate's properties are known. */
    public static final String PREFIX = "{{estate.prefix:zoom-transcriber-}}";

    private static final Pattern OURS = Pattern.compile("(^|[:/])zoom-transcriber/routes/[^/]+\\.camel\\.yaml$");
    private static final Pattern SHARED_ADDRESS = Pattern.compile("^(direct|quartz|seda|timer):(?=[a-z])");

    private OwnNames() {}

    /** Whether this is one of our route files, in the jar or in any other folder {@code zoom-transcriber/routes}. */
    static boolean isOurs(Resource resource) {
        return resource != null
                && OURS.matcher(resource.getLocation().replace('\\', '/')).find();
    }

    /** Whether this route was read under a prefixed name. */
    static boolean isPrefixed(RouteDefinition route) {
        return route.getId() != null && route.getId().startsWith(PREFIX);
    }

    /**
     * Has the builder prefix whatever it reads.
     *
     * <p>Camel binds a route to its route configuration before any listener hears of it, so the names must change as
     * soon as the builder has read them: when it adds them to its own lists.
     *
     * @param builder of a file, before it is configured
     * @param idPrefix {@link #PREFIX}, or what it stands for where routes run already: Camel replaces those by their
     *     resolved ids
     */
    static void prefix(RouteBuilder builder, String idPrefix) {
        builder.getRouteCollection().setRoutes(new Listening<>(route -> prefix(route, idPrefix)));
        if (builder instanceof RouteConfigurationBuilder configurations) {
            configurations.getRouteConfigurationCollection().setRouteConfigurations(new Listening<>(OwnNames::prefix));
        }
    }

    private static void prefix(RouteDefinition route, String idPrefix) {
        if (route.getId() != null) {
            route.setId(idPrefix + route.getId());
        }
        if (route.getRouteConfigurationId() != null) {
            route.setRouteConfigurationId(
                    Arrays.stream(route.getRouteConfigurationId().split(","))
                            .map(id -> PREFIX + id.strip())
                            .collect(Collectors.joining(",")));
        }
        route.getInput().setUri(prefixed(route.getInput().getUri()));
        prefix(route.getOutputs(), idPrefix);
    }

    private static void prefix(RouteConfigurationDefinition configuration) {
        if (configuration.getId() != null) {
            configuration.setId(PREFIX + configuration.getId());
        }
        List<ProcessorDefinition<?>> steps = new ArrayList<>(configuration.getOnExceptions());
        steps.addAll(configuration.getOnCompletions());
        steps.addAll(configuration.getIntercepts());
        steps.addAll(configuration.getInterceptFroms());
        steps.addAll(configuration.getInterceptSendTos());
        prefix(steps, PREFIX);
    }

    /**
     * Walks by itself: Camel's own helper leaves out {@code doCatch} since 4.22. A clause may be met twice, and is
     * prefixed once.
     */
    private static void prefix(List<? extends ProcessorDefinition<?>> steps, String idPrefix) {
        for (ProcessorDefinition<?> step : steps) {
            prefixId(step, idPrefix);
            if (step instanceof SendDefinition<?> send) {
                send.setUri(prefixed(send.getUri()));
            } else if (step instanceof ToDynamicDefinition send) {
                send.setUri(prefixed(send.getUri()));
            } else if (step instanceof PollDefinition poll) {
                poll.setUri(prefixed(poll.getUri()));
            } else if (step instanceof ChoiceDefinition choice) {
                choice.getWhenClauses().forEach(when -> prefixId(when, idPrefix));
                prefixId(choice.getOtherwise(), idPrefix);
            } else if (step instanceof TryDefinition attempt) {
                prefix(attempt.getCatchClauses(), idPrefix);
                if (attempt.getFinallyClause() != null) {
                    prefix(List.of(attempt.getFinallyClause()), idPrefix);
                }
            }
            prefix(step.getOutputs(), idPrefix);
        }
    }

    private static void prefixId(OptionalIdentifiedDefinition<?> node, String idPrefix) {
        if (node != null && node.hasCustomIdAssigned() && !node.getId().startsWith(idPrefix)) {
            node.setId(idPrefix + node.getId());
        }
    }

    private static String prefixed(String uri) {
        return uri == null ? null : SHARED_ADDRESS.matcher(uri).replaceFirst("$1:" + Matcher.quoteReplacement(PREFIX));
    }

    /** Tells of each element before it is added. */
    private static final class Listening<T> extends ArrayList<T> {

        private final transient Consumer<T> listener;

        Listening(Consumer<T> listener) {
            this.listener = listener;
        }

        @Override
        public boolean add(T element) {
            listener.accept(element);
            return super.add(element);
        }
    }
}
