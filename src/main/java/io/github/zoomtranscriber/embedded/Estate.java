package io.github.zoomtranscriber.embedded;

import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.observe.HealthChecks;
import io.github.zoomtranscriber.options.ConfigurationException;
import io.github.zoomtranscriber.options.Options;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Ordered;
import org.apache.camel.builder.DefaultErrorHandlerBuilder;
import org.apache.camel.builder.NoErrorHandlerBuilder;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Sets up our routes in somebody else's Camel. Before the routes are built, it completes our options by their defaults,
 * checks them and reports what is missing. In the program itself it does nothing, as the program has done all that
 * already.
 */
public final class Estate extends LifecycleStrategySupport {

    private static final String INCLUDE = "camel.main.routes-include-pattern";
    private static final String ROUTES = "classpath:zoom-transcriber/routes/*.camel.yaml";
    /** Options that nobody sets who does not want our routes. */
    private static final List<String> SIGNS = List.of("zoom.client-secret", "zoom.api-secret");

    private static final List<String> KAMELETS = List.of("zoom-recordings-source", "assemblyai-transcribe-action");

    /** Our routeConfigurations by which whoever calls a route tries again, and not the route itself. */
    private static final List<String> ONE_TRY = List.of("one-try", "call");

    /** Options of the program alone. Spring Boot's own server has options of these names. */
    private static final List<String> NOT_HERE = List.of("server.", "routes.");

    private final Map<String, Class<?>> beans;

    /** @param beans name and class of each bean that our routes look up in the registry */
    public Estate(Map<String, Class<?>> beans) {
        this.beans = beans;
    }

    /** Called when all properties and routes are known, and before the routes are built. */
    @Override
    public void onContextInitializing(CamelContext context) {
        if (context.getRegistry().lookupByNameAndType("zoomOptions", Options.class) != null) {
            return;
        }
        List<RouteDefinition> all =
                context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions();
        List<RouteDefinition> routes = all.stream().filter(OwnNames::isPrefixed).toList();
        PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
        if (routes.isEmpty()) {
            if (all.stream().map(RouteDefinition::toString).noneMatch(route -> KAMELETS.stream()
                    .anyMatch(route::contains))) {
                checkThatNobodyMissesThem(properties);
            }
            return;
        }
        Options options = options(properties);
        options.names().stream().filter(options::isSecret).map(options::get).forEach(Clean::remember);
        Properties completed = options.toProperties();
        completed
                .keySet()
                .removeIf(name -> NOT_HERE.stream().anyMatch(((String) name)::startsWith)
                        || ((String) name).startsWith("camel."));
        properties.addPropertiesSource(new Completed(completed));
        context.getRegistry().bind("zoomOptions", options);
        checkBeans(context);
        routes.forEach(Estate::keepToItsOwnErrorHandling);
        // opened here, so that a ledger that cannot be used fails the start
        context.getRegistry().lookupByNameAndType("zoomLedger", Ledger.class);
        HealthCheckRegistry health = HealthCheckRegistry.get(context);
        if (health != null) {
            HealthChecks.addPauses(context, health);
        }
    }

    private static void checkThatNobodyMissesThem(PropertiesComponent properties) {
        String include = properties.resolveProperty(INCLUDE).orElse("");
        if (include.contains("zoom-transcriber")) {
            throw new ConfigurationException(List.of(
                    INCLUDE + " = " + include + ": matches none of zoom-transcriber's routes; expected " + ROUTES));
        }
        for (String sign : SIGNS) {
            if (properties
                    .resolveProperty(sign)
                    .filter(value -> !value.isBlank())
                    .isPresent()) {
                throw new ConfigurationException(
                        List.of(sign + " is set, but none of zoom-transcriber's routes is loaded; expected " + INCLUDE
                                + "=" + ROUTES));
            }
        }
    }

    /** Our options as the context sets them, completed by the defaults. */
    private static Options options(PropertiesComponent properties) {
        Map<String, String> set = new HashMap<>();
        for (String option : Options.declared()) {
            if (NOT_HERE.stream().noneMatch(option::startsWith)) {
                properties.resolveProperty(option).ifPresent(text -> set.put(option, text));
            }
        }
        // our route would take messages from a queue of theirs that has the same name
        set.putIfAbsent(
                "queue",
                Options.defaultOf("queue")
                        .replace(
                                "seda:",
                                "seda:" + set.getOrDefault("estate.prefix", Options.defaultOf("estate.prefix"))));
        return Options.ofContext(set);
    }

    /** A bean of theirs may replace one of ours if it is of the same class. */
    private void checkBeans(CamelContext context) {
        List<String> problems = new ArrayList<>();
        beans.forEach((name, type) -> {
            Object bean =
                    name.equals("zoomLedger") ? null : context.getRegistry().lookupByName(name);
            if (bean != null && !type.isInstance(bean)) {
                problems.add("the bean " + name + " is a " + bean.getClass().getName()
                        + ", but zoom-transcriber's routes use a " + type.getName()
                        + " by that name: expected another name for it");
            }
        });
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /**
     * Our routes handle errors by their routeConfiguration, which a dead letter channel for the whole context would
     * keep the errors from. It applies only to our routes without a routeConfiguration, whose result nobody waits for.
     */
    private static void keepToItsOwnErrorHandling(RouteDefinition route) {
        String configuration = route.getRouteConfigurationId();
        if (configuration != null) {
            route.setErrorHandlerFactory(
                    ONE_TRY.stream().anyMatch(configuration::endsWith)
                            ? new NoErrorHandlerBuilder()
                            : new DefaultErrorHandlerBuilder());
        }
    }

    /** Our options as checked. They take precedence over the properties they were made from. */
    private record Completed(Properties values) implements PropertiesSource, Ordered {

        @Override
        public String getName() {
            return "zoom-transcriber";
        }

        @Override
        public String getProperty(String name) {
            return values.getProperty(name);
        }

        @Override
        public int getOrder() {
            return Ordered.HIGHEST;
        }
    }
}
