package io.github.zoomtranscriber.reload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The entries of the list in a YAML file, such as routes. Each can be taken alone with its line numbers, to find the
 * one that cannot be read.
 */
final class YamlEntries {

    private static final Pattern DASH = Pattern.compile("^ *-(?=\\s|$)");
    /** A key with a text on the same line. */
    private static final Pattern KEY_AND_TEXT = Pattern.compile("^( *(?:- )?([\\w-]+): )[^\\s|>{\\[#].*");

    private final String path;
    private final List<String> lines;

    YamlEntries(String path, String text) {
        this.path = path;
        this.lines = List.of(text.split("\n", -1));
    }

    /** The entry around a line, with everything else blank; empty if there is none. */
    String entry(int line) {
        return only(line, true);
    }

    /** Everything except the entry around a line, which is blank; empty if nothing is left. */
    String others(int line) {
        return only(line, false);
    }

    private String only(int line, boolean inside) {
        int begin = Math.min(line, lines.size()) - 1;
        while (begin >= 0 && !isBegin(begin)) {
            begin--;
        }
        int end = begin + 1;
        while (end < lines.size() && !isBegin(end)) {
            end++;
        }
        List<String> kept = new ArrayList<>(Collections.nCopies(lines.size(), ""));
        for (int i = 0; i < lines.size() && begin >= 0; i++) {
            if ((begin <= i && i < end) == inside) {
                kept.set(i, lines.get(i));
            }
        }
        return kept.stream().anyMatch(each -> DASH.matcher(each).find()) ? String.join("\n", kept) : "";
    }

    /**
     * Whether an entry starts on a line. Lists inside an entry are indented further than the first dash in the file.
     */
    private boolean isBegin(int index) {
        int indent = lines.stream()
                .filter(DASH.asPredicate())
                .mapToInt(line -> line.indexOf('-'))
                .findFirst()
                .orElse(-1);
        return indent >= 0
                && DASH.matcher(lines.get(index)).find()
                && lines.get(index).indexOf('-') == indent;
    }

    /**
     * Finds the place of an error for which Camel gives none. Most often a key that needs a mapping has a text: given a
     * mapping, the entry can be read.
     *
     * @param thrown what Camel throws
     * @param reason the error in words
     */
    Problem locate(Throwable thrown, String reason) {
        for (int i = 0; i < lines.size(); i++) {
            if (isBegin(i) && failure(entry(i + 1)) == thrown.getClass()) {
                return inside(new YamlEntries(path, entry(i + 1)), thrown, new Problem(path, i + 1, reason));
            }
        }
        return new Problem(path, 0, reason);
    }

    private static Problem inside(YamlEntries entry, Throwable thrown, Problem otherwise) {
        for (int i = 0; thrown instanceof UnsupportedOperationException && i < entry.lines.size(); i++) {
            var key = KEY_AND_TEXT.matcher(entry.lines.get(i));
            if (key.matches()) {
                List<String> changed = new ArrayList<>(entry.lines);
                changed.set(i, key.group(1) + "{}");
                if (entry.failure(String.join("\n", changed)) == null) {
                    return new Problem(
                            entry.path,
                            i + 1,
                            "'" + key.group(2) + "' needs settings on the lines below it, not a text");
                }
            }
        }
        return otherwise;
    }

    /** The class of what Camel throws when it reads a text; null if it can read it. */
    private Class<?> failure(String text) {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            for (RouteBuilder builder : RouteFiles.builders(context, Map.of(path, text))) {
                if (builder instanceof RouteConfigurationsBuilder configurations) {
                    configurations.addRouteConfigurationsToCamelContext(context);
                }
                builder.configureRoutes(context);
            }
            return null;
        } catch (Exception | LinkageError e) {
            return Diagnosis.root(e).getClass();
        }
    }
}
