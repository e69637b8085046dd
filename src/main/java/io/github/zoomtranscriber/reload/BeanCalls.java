package io.github.zoomtranscriber.reload;

import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.language.MethodCallExpression;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;

/** Finds beans that the routes name and that do not exist, and calls of beans that cannot work. */
final class BeanCalls {

    /** In an address, a bean in the place of an option. */
    private static final Pattern REFERENCE = Pattern.compile("=#(?:bean:)?([\\w.-]+)(?=&|$)");

    private final CamelContext context;
    private final BeanMethods methods;
    private final Findings findings;
    private final List<Called> called = new ArrayList<>();
    private final Set<Class<?>> types = new LinkedHashSet<>();
    private final List<Lost> lost = new ArrayList<>();
    private final Set<Object> broken = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * A method that is called.
     *
     * @param by where it is called
     */
    record Called(Method method, Setting by) {
    }

    /**
     * A call of something that does not exist.
     *
     * @param type the bean's class, null if there is no such bean
     */
    private record Lost(Class<?> type, String method) {
    }

    private BeanCalls(CamelContext context, Findings findings) {
        this.context = context;
        this.methods = new BeanMethods(context);
        this.findings = findings;
    }

    /**
     * Looks through the routes of a folder.
     *
     * @return which beans and methods they call
     */
    static BeanCalls check(Folder folder, Findings findings) {
        BeanCalls calls = new BeanCalls(folder.context(), findings);
        folder.settings().forEach(calls::check);
        return calls;
    }

    /** The methods that may be meant where one is called that does not exist; null where nobody can guess. */
    Set<Method> meant() {
        Set<Method> meant = new LinkedHashSet<>();
        for (Lost call : lost) {
            Stream<Class<?>> classes = call.type() == null ? types.stream() : Stream.of(call.type());
            List<Method> some = classes.flatMap(type -> Stream.of(type.getMethods()))
                    .filter(method -> call.type() != null || method.getName().equals(call.method())).toList();
            if (some.isEmpty()) {
                return null;
            }
            meant.addAll(some);
        }
        return meant;
    }

    /** Whether something is wrong with a route, or with an {@code onException} of its, that Camel would refuse to build. */
    boolean breaks(RouteDefinition route) {
        return broken.contains(route) || route.getOutputs().stream().anyMatch(broken::contains);
    }

    /** The methods that are called, each as often as it is called. */
    List<Called> called() {
        return called;
    }

    /** The classes of the beans that are called, with or without a method. */
    Set<Class<?>> types() {
        return types;
    }

    /** What a function of Simple's gives that calls a bean, such as {@code bean:name?method=m}; null where nobody can say. */
    Class<?> type(String function) {
        Named named = function.startsWith("bean:") ? Named.of(function.substring(5)) : null;
        Class<?> type = named == null ? null : find(named.bean());
        return type == null ? null : methods.call(type, named.method()).type();
    }

    /** What is wrong with a path that goes on from an object of a type, such as {@code .recording.host}; null if nothing is, or nobody can say. */
    String wrong(Class<?> type, String path) {
        return methods.along(type, path).wrong();
    }

    private void check(Setting setting) {
        if (setting.name().equals("ref") && setting.of() instanceof BeanDefinition step) {
            call(setting, setting.value(), step.getMethod());
        } else if (setting.name().equals("ref") && setting.of() instanceof MethodCallExpression expression) {
            call(setting, setting.value(), expression.getMethod());
        } else if (setting.name().equals("ref") && setting.of() instanceof ProcessDefinition
                || setting.of() instanceof OnExceptionDefinition && setting.name().endsWith("Ref")) {
            refer(setting, setting.value(), null);
        } else if (setting.name().equals("routePolicyRef")) {
            Stream.of(setting.value().split(",")).forEach(policy -> refer(setting, policy.strip(), null));
        } else if (setting.isAddress()) {
            address(setting);
        }
        for (String function : setting.functions()) {
            if (function.startsWith("bean:")) {
                call(setting, Named.of(function.substring(5)));
            } else if (function.startsWith("ref:")) {
                find(setting, function.substring(4));
            }
        }
    }

    private void address(Setting setting) {
        if (setting.value().startsWith("bean:") && !setting.value().contains("${")) {
            call(setting, Named.of(setting.value().substring(5)));
        }
        Matcher reference = REFERENCE.matcher(setting.value());
        while (reference.find()) {
            find(setting, reference.group(1));
        }
    }

    private void call(Setting setting, Named named) {
        if (named != null) {
            call(setting, named.bean(), named.method());
        }
    }

    private void call(Setting setting, String bean, String method) {
        Class<?> type = refer(setting, bean, method);
        if (type == null) {
            return;
        }
        BeanMethods.Call call = methods.call(type, method);
        if (call.wrong() != null) {
            findings.add(setting, "bean '" + bean + "': " + call.wrong());
            lost.add(new Lost(type, method));
            isBroken(setting);
        } else if (call.method() != null) {
            called.add(new Called(call.method().getMethod(), setting));
        }
    }

    /**
     * Takes note of a bean that a route names.
     *
     * @return its class, or null where it is not known
     */
    private Class<?> refer(Setting setting, String bean, String method) {
        Class<?> type = find(setting, bean);
        if (type == null && isName(bean)) {
            lost.add(new Lost(null, method));
            isBroken(setting);
        }
        if (type == null || type == Object.class) {
            return null;
        }
        types.add(type);
        return type;
    }

    private void isBroken(Setting setting) {
        broken.add(setting.around().clause() == null ? setting.route() : setting.around().clause());
    }

    /** The class of a bean, or null where it is not known; that there is none is told. */
    private Class<?> find(Setting setting, String bean) {
        Class<?> type = find(bean);
        if (type == null && isName(bean)) {
            findings.missing(bean, setting, none(bean));
        }
        return type;
    }

    private Class<?> find(String bean) {
        try {
            Object found = isName(bean) ? context.getRegistry().lookupByName(bean) : null;
            return found == null ? null : found.getClass();
        } catch (RuntimeException e) {
            return Object.class; // it is there and cannot be made: Camel says so where it builds the step
        }
    }

    /** Not the name of a class, nor one that is known only when a message comes. */
    private static boolean isName(String bean) {
        return !bean.isBlank() && !bean.contains(":") && !bean.contains("${");
    }

    /** How a bean that does not exist is spoken of. */
    static String none(String bean) {
        return "there is no bean '" + bean + "'";
    }

    /** A bean and its method as Simple and the bean component write them: {@code name?method=m}, {@code name.m} or {@code name::m}. */
    private record Named(String bean, String method) {

        static Named of(String text) {
            if (text.contains("?")) {
                try {
                    Map<String, Object> options = URISupport.parseQuery(StringHelper.after(text, "?"));
                    return new Named(StringHelper.before(text, "?"), Objects.toString(options.get("method"), null));
                } catch (URISyntaxException e) {
                    return null; // Camel says so where it builds the step
                }
            }
            String name = StringHelper.before(text, "(", text);
            String separator = name.contains("::") ? "::" : ".";
            int end = text.startsWith("type:") ? -1 : name.indexOf(separator);
            return end < 0 ? new Named(text, null) : new Named(text.substring(0, end), text.substring(end + separator.length()));
        }
    }
}
