package io.github.zoomtranscriber.reload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

/**
 * The routes of a folder as Camel read them, for the checks that look through the model.
 *
 * @param context the scratch context that holds them
 * @param routes all routes, including disabled ones and those that cannot be built
 * @param off the routes that their precondition disables
 * @param settings all settings in the files
 * @param elsewhere all settings of the running program's other routes
 * @param java the text of each Java file
 */
record Folder(
        CamelContext context,
        List<RouteDefinition> routes,
        Set<RouteDefinition> off,
        List<Setting> settings,
        List<Setting> elsewhere,
        List<String> java) {

    /**
     * @param builders the route builders of the files
     * @param isOff whether a precondition disables a route
     * @param others the running program's routes that are not from this folder
     */
    static Folder of(
            CamelContext context,
            List<RouteBuilder> builders,
            Predicate<RouteDefinition> isOff,
            List<RouteDefinition> others,
            List<String> java) {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        UnaryOperator<String> placeholders = text -> resolve(context, text);
        List<RouteDefinition> routes = new ArrayList<>();
        List<Object> definitions = new ArrayList<>();
        for (RouteBuilder builder : builders) {
            routes.addAll(builder.getRouteCollection().getRoutes());
            definitions.addAll(List.of(
                    builder.getRouteCollection(), builder.getRouteTemplateCollection(), builder.getRestCollection()));
        }
        definitions.add(model.getRouteConfigurationDefinitions());
        Set<RouteDefinition> off = identitySet(routes);
        off.removeIf(isOff.negate());
        List<Setting> settings = new ArrayList<>(Setting.of(definitions, placeholders));
        Set<RouteDefinition> read = identitySet(routes);
        for (RouteDefinition route : model.getRouteDefinitions()) {
            if (!read.contains(route)) { // made from a template, a Kamelet or the REST DSL
                routes.add(route);
                settings.addAll(
                        Setting.of(route, text -> resolve(context, ofTemplate(text, route.getTemplateParameters()))));
            }
        }
        return new Folder(context, routes, off, settings, Setting.of(others, placeholders), java);
    }

    private static Set<RouteDefinition> identitySet(Collection<RouteDefinition> routes) {
        Set<RouteDefinition> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(routes);
        return set;
    }

    private static String ofTemplate(String text, Map<String, Object> parameters) {
        String resolved = text;
        for (Map.Entry<String, Object> parameter :
                parameters == null ? Map.<String, Object>of().entrySet() : parameters.entrySet()) {
            resolved = resolved.replace("{{" + parameter.getKey() + "}}", String.valueOf(parameter.getValue()));
        }
        return resolved;
    }

    private static String resolve(CamelContext context, String text) {
        try {
            return text.contains("{{") ? context.resolvePropertyPlaceholders(text) : text;
        } catch (IllegalArgumentException unknown) {
            return null; // Camel reports that when it builds the step
        }
    }
}
