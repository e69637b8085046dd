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

/** Finds references to beans that do not exist, and bean calls that cannot work. */
final class BeanCalls {

    /** A bean as the value of an endpoint's option. */
    private static final Pattern REFERENCE = Pattern.compile("=#(?:bean:)?(?!autowired)([\\w.-]+)(?=&|$)");

    private final CamelContext context;
    private final BeanMethods methods;
    private final Findings findings;
    private final List<Called> called = new ArrayList<>();
    private final Set<Class<?>> types = new LinkedHashSet<>();
    private final List<Lost> lost = new ArrayList<>();
    private final Set<Object> broken = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * A call of a method.
     *
     * @param by where the call is
     */
    record Called(Method method, Setting by) {}

    /**
     * A call of something that does not exist.
     *
     * @param type the bean's class; null if the bean does not exist
     */
    private record Lost(Class<?> type, String method) {}

    private BeanCalls(CamelContext context, Findings findings) {
        this.context = context;
        this.methods = new BeanMethods(context);
        this.findings = findings;
    }

    /**
     * Checks the routes of a folder.
     *
     * @return the beans and methods that they call
     */
    static BeanCalls check(Folder folder, Findings findings) {
        BeanCalls calls = new BeanCalls(folder.context(), findings);
        folder.settings().forEach(calls::check);
        return calls;
    }

    /**
     * The methods that may be meant by calls of something that does not exist; null if one of them could be anything.
     */
    Set<Method> meant() {
        Set<Method> meant = new LinkedHashSet<>();
        for (Lost call : lost) {
            Stream<Class<?>> classes = call.type() == null ? types.stream() : Stream.of(call.type());
            List<Method> some = classes.flatMap(type -> Stream.of(type.getMethods()))
                    .filter(method -> call.type() != null || method.getName().equals(call.method()))
                    .toList();
            if (some.isEmpty()) {
                return null;
            }
            meant.addAll(some);
        }
        return meant;
    }

    /** Whether Camel would fail to build a route, because of a call in it or in its {@code onException} clauses. */
    boolean breaks(RouteDefinition route) {
        return broken.contains(route) || route.getOutputs().stream().anyMatch(broken::contains);
    }

    /** All calls that were resolved. */
    List<Called> called() {
        return called;
    }

    /** The classes of all beans that the routes refer to. */
    Set<Class<?>> types() {
        return types;
    }

    /** The result type of a Simple function such as {@code bean:name?method=m}; null if it is unknown. */
    Class<?> type(String function) {
        Named named = function.startsWith("bean:") ? Named.inSimple(function) : null;
        Class<?> type = named == null ? null : find(named.bean());
        return type == null ? null : methods.call(type, named.method()).type();
    }

    /**
     * What is wrong with a path such as {@code .recording.host} from an object of a type; null if nothing is known to
     * be wrong.
     */
    String wrong(Class<?> type, String path) {
        return methods.along(type, path).wrong();
    }

    /** A route made from a template may use beans that exist only while it is being built. */
    private static boolean isMade(Setting setting) {
        return setting.route() != null && Boolean.TRUE.equals(setting.route().isTemplate());
    }

    private void check(Setting setting) {
        if (setting.name().equals("ref") && setting.of() instanceof BeanDefinition step) {
            call(setting, setting.value(), step.getMethod());
        } else if (setting.name().equals("ref") && setting.of() instanceof MethodCallExpression expression) {
            call(setting, setting.value(), expression.getMethod());
        } else if (setting.name().equals("ref") && setting.of() instanceof ProcessDefinition
                || setting.of() instanceof OnExceptionDefinition
                        && setting.name().endsWith("Ref")) {
            refer(setting, setting.value(), null);
        } else if (setting.name().equals("routePolicyRef")) {
            Stream.of(setting.value().split(",")).forEach(policy -> refer(setting, policy.strip(), null));
        } else if (setting.isAddress()) {
            address(setting);
        }
        for (String function : setting.functions()) {
            if (function.startsWith("bean:")) {
                call(setting, Named.inSimple(function));
            } else if (function.startsWith("ref:")) {
                find(setting, function.substring(4));
            }
        }
    }

    private void address(Setting setting) {
        if (setting.value().startsWith("bean:") && !setting.value().contains("${")) {
            call(setting, Named.withOptions(setting.value().replaceFirst("^bean:(//)?", "")));
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
     * Records a reference to a bean.
     *
     * @return the bean's class; null if it is unknown
     */
    private Class<?> refer(Setting setting, String bean, String method) {
        Class<?> type = find(setting, bean);
        if (type == null && isName(bean) && !isMade(setting)) {
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
        broken.add(
                setting.around().clause() == null
                        ? setting.route()
                        : setting.around().clause());
    }

    /** The class of a bean; null if it is unknown. A bean that does not exist is reported. */
    private Class<?> find(Setting setting, String bean) {
        Class<?> type = find(bean);
        if (type == null && isName(bean) && !isMade(setting)) {
            findings.missing(bean, setting, none(bean));
        }
        return type;
    }

    private Class<?> find(String bean) {
        try {
            Object found = isName(bean) ? context.getRegistry().lookupByName(bean) : null;
            return found == null ? null : found instanceof Class ? Object.class : found.getClass();
        } catch (RuntimeException e) {
            return Object.class; // it exists and cannot be created: Camel reports that when it builds the step
        }
    }

    /** Whether this is a bean's name, and not a class or a name that depends on the message. */
    private static boolean isName(String bean) {
        return !bean.isBlank() && !bean.contains(":") && !bean.contains("${");
    }

    /** The message for a bean that does not exist. */
    static String none(String bean) {
        return "no bean named '" + bean + "'";
    }

    /** A bean, and its method or null. */
    private record Named(String bean, String method) {

        /** As Simple writes them: {@code bean:name?method=m}, {@code bean:name.m} or {@code bean:name::m}. */
        static Named inSimple(String function) {
            String text = function.substring("bean:".length());
            if (text.contains("?method=") || text.contains("?scope=")) {
                return withOptions(text);
            }
            String name = StringHelper.before(text, "(", text);
            String separator = name.contains("::") ? "::" : ".";
            int end = text.startsWith("type:") ? -1 : name.indexOf(separator);
            return end < 0
                    ? new Named(text, null)
                    : new Named(text.substring(0, end), text.substring(end + separator.length()));
        }

        /**
         * With options behind the bean's name, among them perhaps the method.
         *
         * @return null if they cannot be read
         */
        static Named withOptions(String text) {
            try {
                Map<String, Object> options = URISupport.parseQuery(StringHelper.after(text, "?", ""));
                return new Named(StringHelper.before(text, "?", text), Objects.toString(options.get("method"), null));
            } catch (URISyntaxException e) {
                return null; // Camel reports that when it builds the step
            }
        }
    }
}
