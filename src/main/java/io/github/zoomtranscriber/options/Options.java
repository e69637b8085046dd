package io.github.zoomtranscriber.options;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.util.SensitiveUtils;

/**
 * The configuration, checked as a whole before anything starts. Immutable and thread-safe.
 *
 * <p>A value comes from the first of these that has one: an override, an environment variable that is not blank
 * ({@code ZOOM_API_URL} for {@code zoom.api-url}), the user's file, {@code application.properties} in the program's
 * jar. Other properties ({@code camel.*}, and whatever a user's own routes need) are passed on unchanged.
 */
public final class Options {
    private static final Map<String, Option> DECLARED =
            OptionDeclarations.ALL.stream().collect(Collectors.toUnmodifiableMap(Option::name, Function.identity()));
    private static final Set<String> PREFIXES =
            DECLARED.keySet().stream().map(Options::prefix).collect(Collectors.toUnmodifiableSet());
    private static final Pattern DIGITS = Pattern.compile("\\d");
    private static final Pattern SECRET_NAME = Pattern.compile("(?i)secret|password|token");
    private static final String FILE = "file:";
    private static final String CAMEL = "camel.";
    private static final String CONTEXT = "the context's properties";

    private record Value(String text, String source) {}

    private final Map<String, Value> values;
    private final boolean ofContext;

    private Options(Map<String, Value> values, boolean ofContext) {
        this.values = Map.copyOf(values);
        this.ofContext = ofContext;
    }

    /**
     * Reads, merges and checks everything that the program needs to call Zoom and AssemblyAI.
     *
     * @param file the user's {@code application.properties} (UTF-8), or null if there is none
     * @param environment the environment's variables
     * @param overrides values by option, which take precedence over all else
     * @throws ConfigurationException with everything that is wrong
     */
    public static Options load(Path file, Map<String, String> environment, Map<String, String> overrides) {
        return loadAll(file == null ? List.of() : List.of(file), environment, overrides);
    }

    /** As {@link #load}, from several files: later files take precedence. */
    public static Options loadAll(List<Path> files, Map<String, String> environment, Map<String, String> overrides) {
        return load(files, environment, overrides, "override", true);
    }

    /** As {@link #loadAll}, for commands that call neither vendor: keys and secrets may be missing. */
    public static Options loadAllWithoutLogins(
            List<Path> files, Map<String, String> environment, Map<String, String> overrides) {
        return load(files, environment, overrides, "override", false);
    }

    /** As {@link #loadAllWithoutLogins}, from one file, or from none if that is null. */
    public static Options loadWithoutLogins(Path file, Map<String, String> environment, Map<String, String> overrides) {
        return loadAllWithoutLogins(file == null ? List.of() : List.of(file), environment, overrides);
    }

    /**
     * The options of somebody else's Camel context.
     *
     * @param properties our options as its properties set them
     * @throws ConfigurationException as {@link #load}
     */
    public static Options ofContext(Map<String, String> properties) {
        return load(List.of(), Map.of(), properties, CONTEXT, true);
    }

    /** The names of all options. */
    public static List<String> declared() {
        return OptionDeclarations.ALL.stream().map(Option::name).toList();
    }

    /** The default of an option, from the shipped {@code application.properties}. */
    public static String defaultOf(String name) {
        return OptionSource.defaults().get(name);
    }

    private static Options load(
            List<Path> files,
            Map<String, String> environment,
            Map<String, String> overrides,
            String overriding,
            boolean logins) {
        List<String> problems = new ArrayList<>();
        Map<String, Value> values = new TreeMap<>();
        OptionSource.defaults().forEach((name, text) -> values.put(name, new Value(text, "default")));
        for (Path file : files) {
            try {
                OptionSource.file(file).forEach((name, text) -> values.put(name, new Value(text, file.toString())));
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
        }
        values.replaceAll((name, value) -> {
            String variable = Option.environmentName(name);
            String text = environment.getOrDefault(variable, "");
            return text.isBlank() ? value : new Value(text, variable);
        });
        overrides.forEach((name, text) -> values.put(name, new Value(text, overriding)));

        Set<String> wrong = new HashSet<>();
        OptionPlaceholders placeholders = new OptionPlaceholders(
                values.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                        .text())));
        values.forEach((name, value) -> misspelt(name)
                .ifPresent(meant ->
                        problems.add(name + " (" + value.source() + "): unknown option; did you mean " + meant + "?")));
        for (Option option : OptionDeclarations.ALL) {
            Value value = values.get(option.name());
            try {
                values.put(
                        option.name(),
                        new Value(
                                accept(
                                        option,
                                        placeholders.resolve(
                                                option, value.text().strip())),
                                value.source()));
            } catch (IllegalArgumentException e) {
                wrong.add(option.name());
                problems.add(option.name()
                        + (option.kind() == Option.Kind.SECRET ? "" : " = " + shown(option, value.text())) + " ("
                        + value.source() + "): expected " + e.getMessage());
            }
        }
        OptionCombinations combinations =
                new OptionCombinations(name -> values.get(name).text(), wrong);
        String auth = combinations.zoomAuth(logins);
        if (logins) {
            combinations.assemblyAiKey();
        }
        combinations.delays();
        combinations.server();
        problems.addAll(combinations.problems());
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        values.computeIfPresent(
                "zoom.auth",
                (name, value) ->
                        value.text().equals(auth) ? value : new Value(auth, "derived from the secrets that are set"));
        return new Options(values, overriding.equals(CONTEXT));
    }

    /**
     * The value in its normal form; for {@code zoom.auth} the login in use.
     *
     * @throws IllegalArgumentException if there is no such option
     */
    public String get(String name) {
        return value(name).text();
    }

    /** A whole number, as {@link #get}. */
    public int number(String name) {
        return Integer.parseInt(get(name));
    }

    /** A number with decimals, as {@link #get}. */
    public double decimal(String name) {
        return Double.parseDouble(get(name));
    }

    /** A duration, as {@link #get}. */
    public Duration duration(String name) {
        return Option.parseDuration(get(name));
    }

    /** The items between the commas, without empty ones, as {@link #get}. */
    public List<String> list(String name) {
        return Option.items(get(name));
    }

    /** True or false, as {@link #get}. */
    public boolean flag(String name) {
        return Boolean.parseBoolean(get(name));
    }

    /** The prefix of the names of the ledger's tables. */
    public String tablePrefix() {
        return get("estate.prefix").replace('-', '_');
    }

    /**
     * The source of the value: {@code default}, the file's path, the environment variable's name or {@code override}.
     */
    public String source(String name) {
        return value(name).source();
    }

    /** Whether the value equals the default, wherever it was set. */
    public boolean isDefault(String name) {
        return get(name).equals(OptionSource.defaults().get(name));
    }

    /**
     * Whether the value must never be shown. Properties of others are judged by their names, by Camel's list and a few
     * more words.
     */
    public boolean isSecret(String name) {
        Option option = DECLARED.get(name);
        return option == null
                ? SensitiveUtils.containsSensitive(name)
                        || SECRET_NAME.matcher(name).find()
                : option.kind() == Option.Kind.SECRET;
    }

    /** The value for display: on one line, with secrets, and passwords in URLs, as {@code ***}. */
    public String shown(String name) {
        String text = get(name);
        return isSecret(name) && !text.isEmpty() ? OptionText.HIDDEN : shown(DECLARED.get(name), text);
    }

    /** @param option null for one of the user's own */
    private static String shown(Option option, String text) {
        return option == null || option.kind() == Option.Kind.ADDRESSES
                ? OptionText.shownAddresses(text)
                : OptionText.shown(text);
    }

    /** Whether these are the options of somebody else's Camel context. */
    public boolean isOfContext() {
        return ofContext;
    }

    /** All names, of our options and of other properties, in alphabetical order. */
    public SortedSet<String> names() {
        return new TreeSet<>(values.keySet());
    }

    /**
     * All values, for Camel. Durations are in milliseconds, the only unit that the {@code delay} of a route takes, and
     * one that an endpoint's option takes too.
     */
    public Properties toProperties() {
        Properties properties = new Properties();
        values.forEach((name, value) -> {
            Option option = DECLARED.get(name);
            boolean duration = option != null && option.kind() == Option.Kind.DURATION;
            properties.setProperty(name, duration ? Long.toString(duration(name).toMillis()) : value.text());
        });
        return properties;
    }

    private Value value(String name) {
        Value value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no such option: " + name);
        }
        return value;
    }

    private static String accept(Option option, String text) {
        boolean reference = option.kind() == Option.Kind.SECRET && text.startsWith(FILE);
        return option.check().apply(reference ? OptionSource.secret(text.substring(FILE.length())) : text);
    }

    /**
     * The option that was probably meant, if {@code name} is none. A name with another prefix belongs to somebody else,
     * unless at most two letters differ from one of ours; an extra number ({@code output2.directory}) is taken for
     * intended.
     */
    private static Optional<String> misspelt(String name) {
        if (DECLARED.containsKey(name) || name.startsWith(CAMEL)) {
            return Optional.empty();
        }
        String nearest = OptionSpelling.nearest(
                name, OptionDeclarations.ALL.stream().map(Option::name).toList());
        boolean close = OptionSpelling.distance(name, nearest) <= 2
                && OptionSpelling.distance(DIGITS.matcher(name).replaceAll(""), nearest) > 0;
        return PREFIXES.contains(prefix(name)) || close ? Optional.of(nearest) : Optional.empty();
    }

    private static String prefix(String name) {
        return name.split("\\.", 2)[0];
    }
}
