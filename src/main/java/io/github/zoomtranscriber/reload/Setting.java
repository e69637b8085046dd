package io.github.zoomtranscriber.reload;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.camel.LineNumberAware;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.language.ExpressionDefinition;

/**
 * One value in Camel's model of the routes.
 *
 * @param of the step, clause or expression that it belongs to
 * @param name its name in Camel's model
 * @param raw its value as written in the file
 * @param value its value with placeholders resolved
 * @param functions the Simple functions in it, including nested ones
 * @param around where it is
 */
record Setting(Object of, String name, String raw, String value, List<String> functions, Around around) {

    /**
     * Where something is in the model. Each may be null.
     *
     * @param route the route around it
     * @param clause the {@code onException} around it, which several routes may share
     * @param place the nearest element with a line number
     */
    record Around(RouteDefinition route, OnExceptionDefinition clause, LineNumberAware place) {

        Around inside(Object node) {
            LineNumberAware nearest = node instanceof RouteDefinition inner && inner.getInput() != null
                    ? inner.getInput()
                    : node instanceof LineNumberAware aware && aware.getLineNumber() > 0 ? aware : place;
            return new Around(
                    node instanceof RouteDefinition inner ? inner : route,
                    node instanceof OnExceptionDefinition inner ? inner : clause,
                    nearest);
        }
    }

    /** Fields that are for people, or repeat another setting. */
    private static final Set<String> NOT_FOR_CAMEL =
            Set.of("id", "description", "note", "location", "nodePrefixId", "endpointUriToString");
    /** The languages that evaluate Simple functions. */
    private static final Set<String> SIMPLE = Set.of("simple", "file");
    /** A value in an address that Camel takes literally. */
    private static final Pattern RAW = Pattern.compile("RAW(\\(.*?\\)|\\{.*?})");

    /** The fields of each model class that are settings or contain settings. */
    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            List<Field> fields = new ArrayList<>();
            for (Class<?> each = type; isModel(each); each = each.getSuperclass()) {
                for (Field field : each.getDeclaredFields()) {
                    boolean wanted = !Modifier.isStatic(field.getModifiers())
                            && !field.getType().isPrimitive()
                            && !field.getType().isEnum()
                            && !NOT_FOR_CAMEL.contains(field.getName())
                            && !field.getName().equals("parent");
                    if (wanted) {
                        field.setAccessible(true);
                        fields.add(field);
                    }
                }
            }
            return fields;
        }
    };

    /**
     * All settings of something in the model and of everything inside it.
     *
     * @param definitions a definition, or a collection of definitions
     * @param placeholders resolves the placeholders in a text; returns null if it cannot, and then the setting is left
     *     out
     */
    static List<Setting> of(Object definitions, UnaryOperator<String> placeholders) {
        List<Setting> settings = new ArrayList<>();
        new Walk(placeholders, settings, Collections.newSetFromMap(new IdentityHashMap<>()))
                .visit(definitions, new Around(null, null, null));
        return settings;
    }

    private record Walk(UnaryOperator<String> placeholders, List<Setting> settings, Set<Object> seen) {

        void visit(Object node, Around around) {
            if (node instanceof Collection<?> nodes) {
                nodes.forEach(each -> visit(each, around));
            } else if (node != null && isModel(node.getClass()) && seen.add(node)) {
                Around inside = around.inside(node);
                for (Field field : FIELDS.get(node.getClass())) {
                    Object value = get(field, node);
                    if (value instanceof String raw) {
                        add(node, field.getName(), raw, inside);
                    } else {
                        visit(value, inside);
                    }
                }
            }
        }

        private void add(Object of, String name, String raw, Around around) {
            String value = placeholders.apply(raw);
            if (value != null) {
                settings.add(new Setting(of, name, raw, value, functions(of, name, value), around));
            }
        }
    }

    private static Object get(Field field, Object of) {
        try {
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isModel(Class<?> type) {
        return type != null && type.getName().startsWith("org.apache.camel.model.");
    }

    /** The route around it; may be null. */
    RouteDefinition route() {
        return around.route();
    }

    /** The nearest element around it with a line number; may be null. */
    LineNumberAware place() {
        return around.place();
    }

    private static List<String> functions(Object of, String name, String value) {
        boolean simple = !(of instanceof ExpressionDefinition expression)
                || name.equals("expression") && SIMPLE.contains(expression.getLanguage());
        return simple && value.indexOf('$') >= 0
                ? SimpleFunctions.in(RAW.matcher(value).replaceAll(""))
                : List.of();
    }

    /** Whether it is an expression in a language other than Simple and constant. */
    boolean isOtherLanguage() {
        return of instanceof ExpressionDefinition expression
                && name.equals("expression")
                && !SIMPLE.contains(expression.getLanguage())
                && !isConstant();
    }

    /** Whether it is a constant expression. */
    boolean isConstant() {
        return of instanceof ExpressionDefinition expression
                && name.equals("expression")
                && expression.getLanguage().equals("constant");
    }

    /** Whether it is the address of an endpoint. */
    boolean isAddress() {
        return name.equals("uri") || name.endsWith("Uri");
    }
}
