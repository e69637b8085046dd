package io.github.zoomtranscriber.reload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.PropertiesComponent;

/** Reads the files of a folder into a scratch context. What cannot be read is reported and left out from then on. */
final class RouteTexts {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([^{}:]+)");

    private final SortedMap<String, String> texts;
    private final PropertiesComponent properties;
    private final Map<String, RouteDefinition> others = new HashMap<>();
    private final Findings findings;
    private final Diagnosis diagnosis;
    /** Java files that compile but whose {@code configure} fails. */
    private final Set<String> unmade = new HashSet<>();

    /**
     * @param files the text of each file by its path
     * @param properties the options
     * @param others routes of the running program that are not from this folder
     */
    RouteTexts(
            SortedMap<String, String> files,
            PropertiesComponent properties,
            List<RouteDefinition> others,
            Findings findings,
            Diagnosis diagnosis) {
        this.texts = new TreeMap<>(files);
        this.properties = properties;
        others.forEach(other -> this.others.put(other.getRouteId(), other));
        this.findings = findings;
        this.diagnosis = diagnosis;
        files.forEach(this::leaveOutWhatIsNoText);
    }

    private void leaveOutWhatIsNoText(String path, String text) {
        if (text.indexOf('\uFFFD') >= 0) {
            leaveOut(
                    path,
                    new Problem(
                            path,
                            (int) text.substring(0, text.indexOf('\uFFFD'))
                                    .lines()
                                    .count(),
                            "not UTF-8"));
        } else if (RouteFiles.isJava(path) && !RouteFiles.canCompile()) {
            leaveOut(
                    path,
                    new Problem(
                            path,
                            0,
                            "cannot compile Java here: run with a JDK, or with a runtime image that includes the module jdk.compiler"));
        }
    }

    private void leaveOut(String path, Problem problem) {
        findings.add(problem);
        unread(texts.remove(path));
    }

    /** Anything that a text mentions may be defined in it, also through a placeholder. */
    private void unread(String text) {
        findings.unread(text);
        PLACEHOLDER.matcher(text).results().forEach(placeholder -> properties
                .resolveProperty(placeholder.group(1))
                .ifPresent(findings::unread));
    }

    /** The texts of the Java files that can be read. */
    List<String> java() {
        return texts.entrySet().stream()
                .filter(file -> RouteFiles.isJava(file.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /**
     * Reads all files into a context, without building anything yet.
     *
     * @return the route builders; null if a problem was found, and the rest has to be read once more without it
     */
    List<RouteBuilder> read(CamelContext scratch) {
        int before = findings.size();
        List<RouteBuilder> builders = new ArrayList<>();
        Map<String, String> java = new TreeMap<>();
        for (Map.Entry<String, String> file : List.copyOf(texts.entrySet())) {
            if (RouteFiles.isJava(file.getKey())) {
                java.put(file.getKey(), file.getValue());
            } else {
                attempt(file.getKey(), () -> readYaml(file.getKey(), file.getValue(), scratch, builders));
            }
        }
        if (!java.isEmpty()) {
            readJava(java, scratch, builders);
        }
        // a route picks up the configurations that exist when it is read, so those of all files come first
        List<RouteBuilder> good = new ArrayList<>(builders);
        good.removeIf(builder -> !attempt(RouteFiles.path(builder), () -> {
            if (builder instanceof RouteConfigurationsBuilder configurations) {
                configurations.addRouteConfigurationsToCamelContext(scratch);
            }
        }));
        Map<String, RouteDefinition> ids = new HashMap<>(others);
        good.removeIf(builder -> !attempt(RouteFiles.path(builder), () -> builder.configureRoutes(scratch)
                .getRoutes()
                .forEach(route -> claim(RouteFiles.path(builder), route, ids))));
        return findings.size() > before ? null : good;
    }

    private void readYaml(String path, String text, CamelContext scratch, List<RouteBuilder> builders)
            throws Exception {
        if (RouteFiles.isList(text)) {
            builders.addAll(RouteFiles.builders(scratch, Map.of(path, text)));
        } else {
            leaveOut(
                    path,
                    new Problem(path, 1, "no routes found: a route file is a list of entries such as \"- route:\""));
        }
    }

    private void readJava(Map<String, String> java, CamelContext scratch, List<RouteBuilder> builders) {
        try {
            RouteFiles.builders(scratch, java).stream()
                    .filter(builder -> !unmade.contains(RouteFiles.path(builder)))
                    .forEach(builders::add);
        } catch (Exception | LinkageError e) {
            // all Java files are compiled together
            diagnosis.of(java.keySet().iterator().next(), e).forEach(findings::add);
            java.forEach((path, text) -> unread(text));
            texts.keySet().removeAll(java.keySet());
        }
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private boolean attempt(String path, Attempt attempt) {
        try {
            attempt.run();
            return true;
        } catch (Exception | LinkageError e) {
            List<Problem> problems = diagnosis.of(path, e);
            if (RouteFiles.isJava(path)) {
                problems.forEach(findings::add);
                unmade.add(path);
                unread(texts.get(path));
            } else {
                Problem problem = problems.get(0);
                Problem placed = problem.line() > 0
                        ? problem
                        : new YamlEntries(path, texts.get(path)).locate(Diagnosis.root(e), problem.reason());
                findings.add(placed);
                cut(path, placed.line());
            }
            return false;
        }
    }

    /** Blanks out the entry around a line, so that the other entries can be read with their line numbers. */
    private void cut(String path, int line) {
        YamlEntries entries = new YamlEntries(path, texts.get(path));
        String entry = entries.entry(line);
        String others = entries.others(line);
        unread(entry.isEmpty() ? texts.get(path) : entry);
        if (others.isEmpty()) {
            texts.remove(path);
        } else {
            texts.put(path, others);
        }
    }

    /** If two routes have the same id, Camel silently keeps only the second. */
    private void claim(String path, RouteDefinition route, Map<String, RouteDefinition> ids) {
        if (route.getInput() == null) {
            findings.add(new Problem(path, route.getLineNumber(), "route without from"));
            if (!RouteFiles.isJava(path)) {
                cut(path, route.getLineNumber());
            }
        } else if (route.getRouteId() != null) { // otherwise Camel assigns a free one
            RouteDefinition other = ids.putIfAbsent(route.getRouteId(), route);
            if (other != null) {
                findings.add(new Problem(
                        path,
                        route.getInput().getLineNumber(),
                        "duplicate route id '" + route.getRouteId() + "', also " + Starts.place(other)));
            }
        }
    }
}
