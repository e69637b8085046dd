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

/** The texts of a folder's files, as far as they can be read: what cannot be is told, and left out from then on. */
final class RouteTexts {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([^{}:]+)");

    private final SortedMap<String, String> texts;
    private final PropertiesComponent properties;
    private final Map<String, RouteDefinition> others = new HashMap<>();
    private final Findings findings;
    private final Diagnosis diagnosis;
    /** Files in Java that compile, and whose routes cannot be made. */
    private final Set<String> unmade = new HashSet<>();

    /**
     * @param files      the text of each file by its path
     * @param properties the options
     * @param others     routes of the running program's that are not of this folder
     */
    RouteTexts(SortedMap<String, String> files, PropertiesComponent properties, List<RouteDefinition> others, Findings findings, Diagnosis diagnosis) {
        this.texts = new TreeMap<>(files);
        this.properties = properties;
        others.forEach(other -> this.others.put(other.getRouteId(), other));
        this.findings = findings;
        this.diagnosis = diagnosis;
        files.forEach(this::leaveOutWhatIsNoText);
    }

    private void leaveOutWhatIsNoText(String path, String text) {
        if (text.indexOf('\uFFFD') >= 0) {
            leaveOut(path, new Problem(path, (int) text.substring(0, text.indexOf('\uFFFD')).lines().count(), "this is not UTF-8"));
        } else if (RouteFiles.isJava(path) && !RouteFiles.canCompile()) {
            leaveOut(path, new Problem(path, 0, "this Java cannot compile it: run the program by a JDK, or by an image with the module jdk.compiler"));
        }
    }

    private void leaveOut(String path, Problem problem) {
        findings.add(problem);
        unread(texts.remove(path));
    }

    /** Whatever a text mentions may be defined in it, also by way of a placeholder. */
    private void unread(String text) {
        findings.unread(text);
        PLACEHOLDER.matcher(text).results().forEach(placeholder -> properties.resolveProperty(placeholder.group(1)).ifPresent(findings::unread));
    }

    /** What is left of the files in Java. */
    List<String> java() {
        return texts.entrySet().stream().filter(file -> RouteFiles.isJava(file.getKey())).map(Map.Entry::getValue).toList();
    }

    /**
     * Reads all files into a context, which builds nothing yet.
     *
     * @return the builders of the routes; null if something turned out to be wrong, so that the rest has to be read anew
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
        // a route takes in the configurations that are there when it is read, of whatever file
        List<RouteBuilder> good = new ArrayList<>(builders);
        good.removeIf(builder -> !attempt(RouteFiles.path(builder), () -> {
            if (builder instanceof RouteConfigurationsBuilder configurations) {
                configurations.addRouteConfigurationsToCamelContext(scratch);
            }
        }));
        Map<String, RouteDefinition> ids = new HashMap<>(others);
        good.removeIf(builder -> !attempt(RouteFiles.path(builder), () ->
                builder.configureRoutes(scratch).getRoutes().forEach(route -> claim(RouteFiles.path(builder), route, ids))));
        return findings.size() > before ? null : good;
    }

    private void readYaml(String path, String text, CamelContext scratch, List<RouteBuilder> builders) throws Exception {
        if (RouteFiles.isList(text)) {
            builders.addAll(RouteFiles.builders(scratch, Map.of(path, text)));
        } else {
            leaveOut(path, new Problem(path, 1, "there is no route in it: a file is a list that begins with \"- route:\""));
        }
    }

    private void readJava(Map<String, String> java, CamelContext scratch, List<RouteBuilder> builders) {
        try {
            RouteFiles.builders(scratch, java).stream().filter(builder -> !unmade.contains(RouteFiles.path(builder))).forEach(builders::add);
        } catch (Exception | LinkageError e) {
            // they are compiled as one
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
                Problem placed = problem.line() > 0 ? problem : new YamlEntries(path, texts.get(path)).locate(Diagnosis.root(e), problem.reason());
                findings.add(placed);
                cut(path, placed.line());
            }
            return false;
        }
    }

    /** Leaves out the entry of a file's list that a line is in, so that the rest can be read, with every line where it was. */
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

    /** Camel lets a route take over the id of another one, whose route is gone then. */
    private void claim(String path, RouteDefinition route, Map<String, RouteDefinition> ids) {
        if (route.getInput() == null) {
            findings.add(new Problem(path, route.getLineNumber(), "a route has no from"));
            if (!RouteFiles.isJava(path)) {
                cut(path, route.getLineNumber());
            }
        } else if (route.getRouteId() != null) { // else it is given one that is free
            RouteDefinition other = ids.putIfAbsent(route.getRouteId(), route);
            if (other != null) {
                findings.add(new Problem(path, route.getInput().getLineNumber(),
                        "there is a second route '" + route.getRouteId() + "', " + Starts.place(other)));
            }
        }
    }
}
