package io.github.zoomtranscriber.reload;

import java.text.ParseException;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PatternHelper;
import org.quartz.CronExpression;

/**
 * Finds what Camel can build but cannot start: found only then, it would come after the previous routes were stopped.
 */
final class Starts {

    private final CamelContext context;
    private final Model model;
    private final Findings findings;

    private Starts(CamelContext context, Findings findings) {
        this.context = context;
        this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
        this.findings = findings;
    }

    /**
     * Checks the routes that a scratch context has built.
     *
     * @param others routes that run beside them
     */
    static void check(CamelContext context, List<RouteDefinition> others, Findings findings) {
        new Starts(context, findings).check(others);
    }

    private void check(List<RouteDefinition> others) {
        Map<Object, RouteDefinition> taken = new HashMap<>();
        others.stream()
                .filter(other -> other.getEndpointUrl().startsWith("direct:"))
                .forEach(other -> taken.put(context.getEndpoint(other.getEndpointUrl()), other));
        for (RouteDefinition route : model.getRouteDefinitions()) {
            if (Boolean.TRUE.equals(route.isTemplate())) {
                continue; // its template's parameters are no longer available
            }
            Endpoint endpoint = context.getEndpoint(route.getEndpointUrl());
            if (!(endpoint instanceof MultipleConsumersSupport many && many.isMultipleConsumersSupported())) {
                take(taken, endpoint, route, "consumes from " + route.getEndpointUrl());
            }
            take(taken, route.getStartupOrder(), route, "has the startupOrder " + route.getStartupOrder());
            if (endpoint instanceof QuartzEndpoint quartz) {
                take(
                        taken,
                        quartz.getTriggerKey(),
                        route,
                        "has the trigger " + quartz.getTriggerKey().getName());
                checkCron(route, quartz);
            } else if (endpoint instanceof FileEndpoint file
                    && file.isStartingDirectoryMustExist()
                    && !file.getFile().isDirectory()) {
                tell(route, "folder " + file.getFile() + " does not exist");
            } else if (endpoint instanceof PlatformHttpEndpoint && !hasServer()) {
                tell(route, "the built-in server is off: set server.port");
            }
        }
    }

    /** Records something that only one route can have, unless it is null. */
    private void take(Map<Object, RouteDefinition> taken, Object thing, RouteDefinition route, String words) {
        RouteDefinition other = thing == null ? null : taken.putIfAbsent(thing, route);
        if (other != null) {
            tell(route, "route '" + other.getRouteId() + "' already " + words + ", " + place(other));
        }
    }

    private void checkCron(RouteDefinition route, QuartzEndpoint quartz) {
        try {
            if (quartz.getCron() != null
                    && new CronExpression(quartz.getCron()).getNextValidTimeAfter(new Date()) == null) {
                tell(route, "cron '" + quartz.getCron() + "' never fires again");
            }
        } catch (ParseException e) {
            tell(route, "cron '" + quartz.getCron() + "': " + e.getMessage());
        }
    }

    private boolean hasServer() {
        return context.getPropertiesComponent()
                        .resolveProperty("server.port")
                        .filter(port -> !port.isBlank())
                        .isPresent()
                || !context.getRegistry().findByType(PlatformHttpEngine.class).isEmpty();
    }

    /**
     * If a routeConfiguration does not exist, Camel silently runs the route without it, and nothing handles its errors.
     */
    static void checkConfigurations(Folder folder, Findings findings) {
        Model model = folder.context().getCamelContextExtension().getContextPlugin(Model.class);
        for (Setting setting : folder.settings()) {
            String ids = setting.name().equals("routeConfigurationId") ? setting.value() : "";
            for (String id : ids.split(",")) {
                if (!id.isBlank()
                        && model.getRouteConfigurationDefinitions().stream()
                                .noneMatch(configuration -> configuration.getId() != null
                                        && PatternHelper.matchPattern(configuration.getId(), id.strip()))) {
                    findings.missing(id.strip(), setting, "no routeConfiguration named '" + id.strip() + "'");
                }
            }
        }
    }

    private void tell(RouteDefinition route, String reason) {
        findings.add(new Problem(
                Objects.requireNonNullElse(RouteFiles.path(route), ""),
                route.getInput().getLineNumber(),
                reason));
    }

    /** Where a route is defined, for a message. */
    static String place(RouteDefinition route) {
        return RouteFiles.path(route) == null
                ? "outside this folder"
                : "in " + RouteFiles.path(route) + ":" + route.getInput().getLineNumber();
    }
}
