package io.github.zoomtranscriber.reload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.LineNumberAware;

/**
 * Collects the problems in a folder. Nothing is reported missing that may be defined in a part that could not be read.
 */
final class Findings {

    private final Set<Problem> problems = new LinkedHashSet<>();
    private final StringBuilder unread = new StringBuilder();

    /** Records a text that could not be read: anything that it mentions may be defined in it. */
    void unread(String text) {
        unread.append(text).append('\n');
    }

    /** Whether a text that could not be read mentions a name. */
    boolean mayBeUnread(String name) {
        return unread.indexOf(name) >= 0;
    }

    void add(Problem problem) {
        problems.add(problem);
    }

    /** Adds the problem that something is missing, unless it may be defined in a text that could not be read. */
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
        return new Problem(
                Objects.requireNonNullElse(file(setting), ""),
                setting.place() == null ? 0 : setting.place().getLineNumber(),
                reason);
    }

    /** The file of a setting; null if it is unknown. */
    static String file(Setting setting) {
        String file = setting.place() == null ? null : file(setting.place());
        return file == null && setting.route() != null ? RouteFiles.path(setting.route()) : file;
    }

    /** The file of something in the model; null if it is unknown. */
    static String file(LineNumberAware place) {
        return place.getLocation() == null ? null : place.getLocation().replaceFirst("^file:", "");
    }

    int size() {
        return problems.size();
    }

    /** Whether another problem already covers this one. */
    boolean knows(Problem other) {
        return problems.stream()
                .anyMatch(problem -> problem.file().equals(other.file())
                        && (problem.line() == other.line() && other.line() > 0
                                || problem.reason().endsWith(other.reason())));
    }

    /** All problems, sorted by file and line. */
    List<Problem> sorted() {
        List<Problem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparing(Problem::file).thenComparing(Problem::line));
        return sorted;
    }
}
