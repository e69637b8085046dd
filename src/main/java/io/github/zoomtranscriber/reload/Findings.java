package io.github.zoomtranscriber.reload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.apache.camel.LineNumberAware;

/** Collects what is wrong with the files of a folder. What a file that cannot be read may make good is left out. */
final class Findings {

    private final Set<Problem> problems = new LinkedHashSet<>();
    private final StringBuilder unread = new StringBuilder();

    /** Takes note of a text that was not read: whatever it mentions may be defined in it. */
    void unread(String text) {
        unread.append(text).append('\n');
    }

    /** Whether a name occurs in what was not read. */
    boolean mayBeUnread(String name) {
        return unread.indexOf(name) >= 0;
    }

    void add(Problem problem) {
        problems.add(problem);
    }

    /** Adds something that is missing, unless it may be in what was not read. */
    void missing(String name, Problem problem) {
        if (!mayBeUnread(name)) {
            add(problem);
        }
    }

    /** As {@link #missing(String, Problem)}, at a setting. */
    void missing(String name, Setting setting, String reason) {
        missing(name, at(setting, reason));
    }

    void add(Setting setting, String reason) {
        add(at(setting, reason));
    }

    private static Problem at(Setting setting, String reason) {
        return new Problem(Objects.requireNonNullElse(file(setting), ""), setting.place() == null ? 0 : setting.place().getLineNumber(), reason);
    }

    /** The file in which a setting stands, or null if it does not say. */
    static String file(Setting setting) {
        String file = setting.place() == null ? null : file(setting.place());
        return file == null && setting.route() != null ? RouteFiles.path(setting.route()) : file;
    }

    /** The file in which something stands, or null if it does not say. */
    static String file(LineNumberAware place) {
        return place.getLocation() == null ? null : place.getLocation().replaceFirst("^file:", "");
    }

    int size() {
        return problems.size();
    }

    /** Whether this was found already, in other words or as part of something else. */
    boolean knows(Problem other) {
        return problems.stream().anyMatch(problem -> problem.file().equals(other.file())
                && (problem.line() == other.line() && other.line() > 0 || problem.reason().endsWith(other.reason())));
    }

    /** Everything that was found, file by file and line by line. */
    List<Problem> sorted() {
        List<Problem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparing(Problem::file).thenComparing(Problem::line));
        return sorted;
    }
}
