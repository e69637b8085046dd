package io.github.zoomtranscriber.reload;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.bean.BeanComponent;
import org.apache.camel.component.bean.BeanHelper;
import org.apache.camel.component.bean.BeanInfo;
import org.apache.camel.component.bean.MethodInfo;
import org.apache.camel.component.bean.ParameterMappingStrategy;
import org.apache.camel.component.bean.ParameterMappingStrategyHelper;
import org.apache.camel.util.OgnlHelper;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.StringQuoteHelper;

/**
 * Finds the method of a class that a call in a route means, by Camel's own view of the class, and says why there is
 * none.
 */
final class BeanMethods {

    private static final Set<Class<?>> PLAIN = Set.of(
            int.class, long.class, double.class, boolean.class, Integer.class, Long.class, Double.class, Boolean.class);

    private final CamelContext context;
    private final ParameterMappingStrategy strategy;
    private final BeanComponent component;
    private final Map<Class<?>, BeanInfo> infos = new HashMap<>();

    BeanMethods(CamelContext context) {
        this.context = context;
        this.strategy = ParameterMappingStrategyHelper.createParameterMappingStrategy(context);
        this.component = context.getComponent("bean", BeanComponent.class);
    }

    /**
     * The outcome of a call.
     *
     * @param wrong why it cannot work, or null
     * @param method the method that is called; null if the call is wrong or the choice depends on the message
     * @param type the type of the result; null if it is unknown
     */
    record Call(String wrong, MethodInfo method, Class<?> type) {

        static final Call UNKNOWN = new Call(null, null, null);

        static Call wrong(String reason) {
            return new Call(reason, null, null);
        }
    }

    /**
     * Resolves a call such as {@code offer(1000)} or {@code find(${body}).name}. Without a text Camel chooses the
     * method.
     */
    Call call(Class<?> type, String text) {
        try {
            if (text == null || text.isBlank()) {
                return choose(type);
            }
            List<String> path = OgnlHelper.splitOgnl(text);
            Call first = step(type, path.get(0));
            return first.wrong() != null || path.size() == 1
                    ? first
                    : new Call(along(first.type(), path.subList(1, path.size())).wrong(), first.method(), null);
        } catch (LinkageError e) {
            return Call.UNKNOWN; // one of its methods refers to a class that is not on the class path
        }
    }

    /** Follows a path such as {@code .recording.host} from an object of a type. */
    Call along(Class<?> type, String path) {
        return along(type, OgnlHelper.splitOgnl(path));
    }

    private Call along(Class<?> type, List<String> path) {
        Call last = new Call(null, null, type);
        for (String part : path) {
            String name = OgnlHelper.removeLeadingOperators(part);
            if (name.contains("[") || !isCertain(last.type())) {
                return Call.UNKNOWN;
            }
            last = step(last.type(), name);
            if (last.wrong() != null) {
                return last;
            }
        }
        return last;
    }

    /** Whether the object cannot have more methods than this type declares. */
    private static boolean isCertain(Class<?> type) {
        return type != null
                && Modifier.isFinal(type.getModifiers())
                && !type.isPrimitive()
                && !type.isArray()
                && !Map.class.isAssignableFrom(type);
    }

    private Call choose(Class<?> type) {
        BeanInfo info = info(type);
        List<MethodInfo> methods = info.getMethods().stream()
                .filter(method -> !BeanInfo.isGetter(method.getMethod()) && !BeanInfo.isSetter(method.getMethod()))
                .toList();
        boolean isCamels = Stream.of(type.getInterfaces())
                .anyMatch(each -> each.getName().startsWith("org.apache.camel.")); // such as a Processor
        if (isCamels || info.hasAnyMethodHandlerAnnotation() || methods.size() < 2 || !isAmbiguous(methods)) {
            return Call.UNKNOWN;
        }
        return Call.wrong(type.getSimpleName() + " has several methods and the call does not say which");
    }

    private Call step(Class<?> type, String text) {
        String name = StringHelper.before(text, "(", text).strip();
        if (name.contains("$") || name.equals("class") || name.equals("getClass") || type.isArray()) {
            return Call.UNKNOWN;
        }
        List<MethodInfo> named = named(type, name);
        if (named.isEmpty()) {
            return Call.wrong(none(type, name));
        }
        String[] arguments = arguments(text);
        List<MethodInfo> fitting = named.stream()
                .filter(method -> arguments == null || takes(method, arguments, named.size() == 1))
                .toList();
        if (fitting.isEmpty()) {
            return Call.wrong(type.getSimpleName() + " has no method '" + name + "' that accepts ("
                    + String.join(", ", arguments) + ")");
        }
        if (fitting.size() > 1) {
            return arguments == null && isAmbiguous(fitting)
                    ? Call.wrong(type.getSimpleName() + " has several methods '" + name
                            + "' and the call does not say which")
                    : Call.UNKNOWN;
        }
        MethodInfo method = fitting.get(0);
        return unbound(method, arguments == null ? 0 : arguments.length)
                .map(parameter -> Call.wrong("parameter " + parameter + " of " + type.getSimpleName() + "." + name
                        + " gets no value: annotate it, or pass an argument"))
                .orElseGet(() -> new Call(null, method, method.getMethod().getReturnType()));
    }

    /** The message for a method that does not exist. */
    static String none(Class<?> type, String method) {
        return type.getSimpleName() + " has no method '" + method + "'";
    }

    private List<MethodInfo> named(Class<?> type, String name) {
        return info(type).getMethods().stream()
                .filter(info -> info.getMethod().getName().equals(name)
                        || BeanInfo.getGetterShorthandName(info.getMethod()).equals(name))
                .toList();
    }

    private BeanInfo info(Class<?> type) {
        return infos.computeIfAbsent(type, each -> new BeanInfo(context, each, strategy, component));
    }

    /** The arguments in parentheses; null if there are no parentheses. */
    private static String[] arguments(String text) {
        if (!text.contains("(")) {
            return null;
        }
        String inner = StringHelper.betweenOuterPair(text, '(', ')');
        return inner == null || inner.isBlank()
                ? new String[0]
                : StringQuoteHelper.splitSafeQuote(inner, ',', true, true);
    }

    private boolean takes(MethodInfo method, String[] arguments, boolean only) {
        Class<?>[] parameters = method.getMethod().getParameterTypes();
        boolean varargs = method.getMethod().isVarArgs();
        // among overloaded methods Camel picks by the number of parameters; of a single one it binds those that are not
        // given
        boolean asMany = arguments.length == parameters.length
                || varargs
                || only && arguments.length > 0 && arguments.length < parameters.length;
        for (int i = 0; asMany && !varargs && i < arguments.length; i++) {
            asMany = takes(parameters[i], arguments[i].strip());
        }
        return asMany;
    }

    /** Whether an argument can be converted to the parameter's type. Only literals can be judged. */
    private boolean takes(Class<?> parameter, String argument) {
        Class<?> literal = BeanHelper.getValidParameterType(argument);
        boolean judged = PLAIN.contains(parameter)
                && (literal == String.class || literal == Number.class || literal == Boolean.class);
        return !judged
                || context.getTypeConverter()
                                .tryConvertTo(parameter, StringHelper.removeLeadingAndEndingQuotes(argument))
                        != null;
    }

    /**
     * The first parameter, counted from 1, that has no argument, no annotation and is not the body: Camel would pass
     * null.
     */
    private Optional<Integer> unbound(MethodInfo info, int given) {
        Method method = info.getMethod();
        boolean bodyIsTaken = false;
        for (int i = 0; i < method.getParameterCount() - (method.isVarArgs() ? 1 : 0); i++) {
            Class<?> type = method.getParameterTypes()[i];
            boolean isBound = isBound(method, i)
                    || Exchange.class.isAssignableFrom(type)
                    || strategy.getDefaultParameterTypeExpression(type) != null;
            if (!isBound && bodyIsTaken && i >= given) {
                return Optional.of(i + 1);
            }
            bodyIsTaken |= !isBound;
        }
        return Optional.empty();
    }

    private static boolean isBound(Method method, int parameter) {
        return annotations(method, parameter).stream()
                .anyMatch(annotation -> annotation.annotationType().getName().startsWith("org.apache.camel.")
                        && !(annotation instanceof Body));
    }

    /** The annotations of a parameter, as Camel finds them: also those of the method that it overrides. */
    static List<Annotation> annotations(Method method, int parameter) {
        List<Annotation> annotations = new ArrayList<>();
        Deque<Class<?>> types = new ArrayDeque<>(List.of(method.getDeclaringClass()));
        while (!types.isEmpty()) {
            Class<?> type = types.pop();
            try {
                Method same = type.getDeclaredMethod(method.getName(), method.getParameterTypes());
                annotations.addAll(List.of(same.getParameterAnnotations()[parameter]));
            } catch (NoSuchMethodException e) {
                // not declared by this type
            }
            types.addAll(List.of(type.getInterfaces()));
            if (type.getSuperclass() != null) {
                types.add(type.getSuperclass());
            }
        }
        return annotations;
    }

    /** Whether no body, whatever its type, would let Camel choose one of the methods. */
    private static boolean isAmbiguous(List<MethodInfo> methods) {
        if (methods.stream().filter(MethodInfo::hasHandlerAnnotation).count() == 1
                || methods.stream().filter(MethodInfo::hasCustomAnnotation).count() == 1) {
            return false;
        }
        List<? extends Class<?>> bodies = methods.stream()
                .map(MethodInfo::getBodyParameterType)
                .filter(Objects::nonNull)
                .toList();
        return bodies.stream()
                .noneMatch(body -> bodies.stream().filter(body::equals).count() == 1);
    }
}
