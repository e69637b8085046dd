package io.github.zoomtranscriber.zoom;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes what matches one of the patterns, or anything where there are none, and nothing that matches an excluded one.
 */
public final class Filter {

    private final List<Pattern> included;
    private final List<Pattern> excluded;

    /** @param included patterns with {@code *} for any text, whatever the case; {@code excluded} likewise */
    public Filter(List<String> included, List<String> excluded) {
        this.included = included.stream().map(Filter::pattern).toList();
        this.excluded = excluded.stream().map(Filter::pattern).toList();
    }

    /** @param names the names of one thing: one that matches is enough */
    public boolean takes(String... names) {
        return (included.isEmpty() || matches(included, names)) && !matches(excluded, names);
    }

    private static boolean matches(List<Pattern> patterns, String... names) {
        for (String name : names) {
            if (patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches())) {
                return true;
            }
        }
        return false;
    }

    private static Pattern pattern(String wildcards) {
        return Pattern.compile(
                Pattern.quote(wildcards).replace("*", "\\E.*\\Q"),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }
}
