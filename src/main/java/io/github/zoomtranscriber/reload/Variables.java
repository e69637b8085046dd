package io.github.zoomtranscriber.reload;

import io.github.zoomtranscriber.work.ExchangeVariables;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Variable;
import org.apache.camel.component.ResourceEndpoint;
import org.apache.camel.model.ConvertVariableDefinition;
import org.apache.camel.model.RemoveVariableDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.model.language.SimpleExpression;
import org.apache.camel.model.language.SingleInputTypedExpressionDefinition;
import org.apache.camel.model.language.VariableExpression;

/**
 * Finds variables that are read but never set, and variables that are set but never read: one of the names is misspelt.
 *
 * <p>Foreign code that receives the whole exchange may read and set any variable. If the routes call such code,
 * variables are not checked.
 */
final class Variables {

    /**
     * A variable in a Simple function: {@code variable.name.property}, {@code variables[name]}, {@code variableAs(name,
     * type)}.
     */
    private static final Pattern VARIABLE =
            Pattern.compile("(?<![\\w.'\"])variable(s?)(?:As)?(?:\\?\\.|[.:?\\[(])\\s*['\"]?([\\w:.-]+)");

    private static final Set<String> OF_ALL_VARIABLES = Set.of("size", "length");
    /** The Simple function that sets a variable. */
    private static final Pattern SETS = Pattern.compile("^setVariable\\(\\s*['\"]?([\\w.-]+)");
    /** A variable of one Simple expression only. */
    private static final Pattern LOCAL = Pattern.compile("\\$([\\w-]+)\\s*[:~]=");

    private static final Pattern LOGS_ALL = Pattern.compile("log:.*\\bshow(All|Variables)=true.*");
    /** Settings that name code which receives exchanges. */
    private static final Set<String> CODE = Set.of("beanType", "aggregationStrategy", "onPrepare");

    private static final String OURS = "io.github.zoomtranscriber.";

    private final Folder folder;
    private final BeanCalls beans;
    private final Findings findings;
    private final Set<String> set = new HashSet<>();
    private final Set<String> read = new HashSet<>();
    private final Map<String, Kind> kinds = new HashMap<>();
    private final Map<Method, Map<String, Class<?>>> parameters = new HashMap<>();

    private Variables(Folder folder, BeanCalls beans, Findings findings) {
        this.folder = folder;
        this.beans = beans;
        this.findings = findings;
    }

    /**
     * What is known about a variable's type.
     *
     * @param types the types that it is set to, or that bean parameters declare for it
     * @param taken the files that call a bean with it as a parameter
     * @param unclear the files that set it to something of unknown type
     */
    private record Kind(Set<Class<?>> types, Set<String> taken, Set<String> unclear) {

        /** The types of which it has one in a file; empty if that is not certain. */
        Set<Class<?>> in(String file) {
            if (!taken.contains(file) && unclear.contains(file)) {
                return Set.of();
            }
            // a bean may ask for less than what the variable is known to hold
            return types.stream()
                    .filter(type -> types.stream().noneMatch(other -> other != type && type.isAssignableFrom(other)))
                    .collect(Collectors.toSet());
        }
    }

    /**
     * Checks the routes of a folder.
     *
     * @param beans what they call
     */
    static void check(Folder folder, BeanCalls beans, Findings findings) {
        Variables variables = new Variables(folder, beans, findings);
        if (beans.meant() != null && !variables.canBeUsedElsewhere()) {
            variables.collect();
            variables.check();
        }
    }

    private boolean canBeUsedElsewhere() {
        return !folder.elsewhere().isEmpty()
                || beans.called().stream()
                        .anyMatch(called -> isForeign(called.method().getDeclaringClass()) && takesAll(called))
                || beans.types().stream().anyMatch(type -> Processor.class.isAssignableFrom(type) && isForeign(type))
                || folder.context().getEndpoints().stream()
                        .anyMatch(ResourceEndpoint.class::isInstance) // a template, which may read any variable
                || folder.settings().stream()
                        .anyMatch(setting -> CODE.contains(setting.name()) && !isBeanOfOurs(setting.value())
                                || setting.functions().contains("variables")
                                || setting.isAddress()
                                        && LOGS_ALL.matcher(setting.value()).matches()
                                || isSet(setting) && setting.value().contains("${"));
    }

    /** Whether a setting names one of the beans that say which variables they use. */
    private boolean isBeanOfOurs(String value) {
        try {
            Object bean =
                    value.startsWith("#") ? folder.context().getRegistry().lookupByName(value.substring(1)) : null;
            return bean != null && !isForeign(bean.getClass());
        } catch (RuntimeException e) {
            return false; // it exists and cannot be created
        }
    }

    private static boolean takesAll(BeanCalls.Called called) {
        Method method = called.method();
        return Stream.of(method.getParameterTypes())
                        .anyMatch(type -> Exchange.class.isAssignableFrom(type) || Message.class.isAssignableFrom(type))
                || IntStream.range(0, method.getParameterCount())
                        .mapToObj(i -> BeanMethods.annotations(method, i))
                        .flatMap(List::stream)
                        .anyMatch(org.apache.camel.Variables.class::isInstance);
    }

    /**
     * Whether a class is neither from this program, which declares its variables, nor from the folder, whose text can
     * be searched.
     */
    private boolean isForeign(Class<?> type) {
        if (type.getName().startsWith(OURS)) {
            return false;
        }
        String outermost = type.getName().replaceFirst("\\$.*", "").replaceFirst(".*\\.", "");
        Pattern declaration = Pattern.compile("\\b(class|record|enum)\\s+" + Pattern.quote(outermost) + "\\b");
        return folder.java().stream()
                .noneMatch(text -> declaration.matcher(text).find());
    }

    private void collect() {
        folder.settings().forEach(this::collect);
        for (Class<?> type : beans.types()) {
            ExchangeVariables declared = type.getAnnotation(ExchangeVariables.class);
            if (declared != null) {
                read.addAll(List.of(declared.reads()));
                set.addAll(List.of(declared.sets()));
                set.addAll(List.of(declared.optional()));
            }
        }
        for (BeanCalls.Called called : beans.called()) {
            parameters(called.method()).forEach((name, type) -> {
                read.add(name);
                kind(name).types().add(type);
                kind(name).taken().add(Findings.file(called.by()));
            });
        }
        beans.meant().forEach(method -> read.addAll(parameters(method).keySet()));
        for (Entrance entrance : Entrance.values()) {
            set.addAll(entrance.given());
            read.addAll(entrance.taken());
        }
    }

    private void collect(Setting setting) {
        if (isSet(setting)) {
            set.add(setting.value());
            Class<?> type = type(setting);
            if (type != null) {
                kind(setting.value()).types().add(type);
            } else {
                kind(setting.value()).unclear().add(Findings.file(setting));
            }
        } else if (isRead(setting)) {
            read.add(readName(setting));
        }
        for (String function : setting.functions()) {
            uses(function).forEach(use -> read.add(use.name()));
            Stream.of(SETS.matcher(function))
                    .filter(Matcher::find)
                    .map(sets -> sets.group(1))
                    .forEach(set::add);
        }
        if (setting.value().contains("$init{")) {
            LOCAL.matcher(setting.value())
                    .results()
                    .map(local -> local.group(1))
                    .forEach(local -> {
                        set.add(local);
                        read.add(local);
                    });
        }
    }

    /** The variables that are parameters of a method, with their types. */
    private Map<String, Class<?>> parameters(Method method) {
        return parameters.computeIfAbsent(method, Variables::findParameters);
    }

    private static Map<String, Class<?>> findParameters(Method method) {
        Map<String, Class<?>> parameters = new LinkedHashMap<>();
        for (int i = 0; i < method.getParameterCount(); i++) {
            Class<?> type = method.getParameterTypes()[i];
            BeanMethods.annotations(method, i).stream()
                    .filter(Variable.class::isInstance)
                    .forEach(annotation -> parameters.put(((Variable) annotation).value(), type));
        }
        return parameters;
    }

    private Kind kind(String name) {
        return kinds.computeIfAbsent(name, any -> new Kind(new HashSet<>(), new HashSet<>(), new HashSet<>()));
    }

    /** The type that a step sets a variable to; null if it is unknown. */
    private Class<?> type(Setting setting) {
        if (setting.of() instanceof SetVariableDefinition step
                && step.getExpression() instanceof SimpleExpression simple
                && simple.getResultTypeName() == null
                && simple.getExpression() != null) {
            String text = simple.getExpression().strip();
            List<String> functions = SimpleFunctions.in(text);
            String last = functions.isEmpty() ? "" : functions.get(functions.size() - 1);
            return text.equals("${" + last + "}") ? beans.type(last) : null;
        }
        return null;
    }

    private static boolean isSet(Setting setting) {
        return setting.name().equals("variableReceive")
                || setting.name().equals("name") && setting.of() instanceof SetVariableDefinition
                || setting.name().equals("toName") && setting.of() instanceof ConvertVariableDefinition;
    }

    private static boolean isRead(Setting setting) {
        return setting.name().equals("variableSend")
                || setting.name().equals("name") && setting.of() instanceof ConvertVariableDefinition
                || setting.name().equals("expression") && setting.of() instanceof VariableExpression
                || setting.name().equals("source")
                        && setting.of() instanceof SingleInputTypedExpressionDefinition
                        && !setting.value().matches("(header|property|exchangeProperty):.*");
    }

    private static String readName(Setting setting) {
        return setting.value().replaceFirst("^variable:", "");
    }

    private static boolean isRemoval(Setting setting) {
        return setting.name().equals("name")
                && setting.of() instanceof RemoveVariableDefinition
                && !setting.value().contains("*");
    }

    /**
     * A variable in a Simple function.
     *
     * @param path what follows the name; empty if that is not certain
     */
    private record Use(String name, String path) {}

    private static List<Use> uses(String function) {
        List<Use> uses = new ArrayList<>();
        Matcher variable = VARIABLE.matcher(function);
        while (variable.find()) {
            String whole = variable.group(2);
            if (variable.group(1).isEmpty() || !OF_ALL_VARIABLES.contains(whole)) {
                String name = first(whole);
                boolean alone = variable.start() == 0 && !function.contains(" ") && function.startsWith("variable.");
                uses.add(new Use(name, alone ? function.substring("variable.".length() + name.length()) : ""));
            }
        }
        return uses;
    }

    /** {@code ${variable.a.b}} reads variable a, and b of what it holds. */
    private static String first(String name) {
        return name.replaceFirst("[.].*", "");
    }

    private void check() {
        folder.settings().forEach(this::check);
        for (BeanCalls.Called called : beans.called()) {
            Method method = called.method();
            String reader = method.getDeclaringClass().getSimpleName() + "." + method.getName();
            parameters(method).keySet().stream()
                    .filter(name -> !isKnown(name, set))
                    .forEach(name -> findings.missing(
                            name, called.by(), "variable '" + name + "', which " + reader + " reads, is never set"));
        }
    }

    private void check(Setting setting) {
        if (isSet(setting) && !isKnown(setting.value(), read)) {
            findings.missing(setting.value(), setting, "variable '" + setting.value() + "' is set but never read");
        } else if (isRead(setting) || isRemoval(setting)) {
            mustBeSet(readName(setting), setting);
        }
        for (String function : setting.functions()) {
            for (Use use : uses(function)) {
                mustBeSet(use.name(), setting);
                mustHave(use, setting);
            }
        }
    }

    private void mustBeSet(String name, Setting setting) {
        if (!isKnown(name, set)) {
            findings.missing(name, setting, "variable '" + name + "' is never set");
        }
    }

    /**
     * A name with a colon belongs to another repository than the exchange, which options or other programs may fill.
     */
    private boolean isKnown(String name, Set<String> names) {
        return name.contains(":")
                || names.contains(name)
                || names.stream().anyMatch(other -> first(other).equals(first(name)))
                || isMentioned(name);
    }

    /** Whether Java in the folder, or an expression that is not Simple, mentions a name. */
    private boolean isMentioned(String name) {
        Pattern word = Pattern.compile("\\b" + Pattern.quote(name) + "\\b");
        Pattern quoted = Pattern.compile("\"" + Pattern.quote(name) + "\"");
        long inJava = folder.java().stream()
                .mapToLong(text -> quoted.matcher(text).results().count())
                .sum();
        long asSetting = folder.settings().stream()
                .filter(setting -> name.equals(setting.value()))
                .filter(setting -> RouteFiles.isJava(Objects.toString(Findings.file(setting))))
                .count();
        return inJava > asSetting
                || folder.settings().stream()
                        .filter(Setting::isOtherLanguage)
                        .anyMatch(setting -> word.matcher(setting.value()).find());
    }

    /** What is read from a variable must exist in one of its types, if these are certain, and ours. */
    private void mustHave(Use use, Setting setting) {
        Set<Class<?>> types = use.path().isEmpty() ? Set.of() : kind(use.name()).in(Findings.file(setting));
        if (types.isEmpty()
                || types.stream()
                        .anyMatch(type -> !type.getName().startsWith(OURS) || beans.wrong(type, use.path()) == null)) {
            return;
        }
        findings.add(
                setting,
                "variable '" + use.name() + "': " + beans.wrong(types.iterator().next(), use.path()));
    }
}
