package io.github.zoomtranscriber.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever renames something in one place only is told, wherever in the shipped routes that is. */
class RenamedTest {

    /** What has a name by which it is found from elsewhere. A header has not: Camel takes any. */
    enum Kind {
        BEAN(
                "(?m)^ +(?:- )?(?:ref|onExceptionOccurredRef|onRedeliveryRef|redeliveryPolicyRef|routePolicy): (?<name>\\w+)$",
                "bean:(?<name>\\w+)",
                "\"#(?<name>\\w+)"),
        METHOD("(?m)^ +method: (?<name>\\w+)", "\\?method=(?<name>\\w+)"),
        VARIABLE(
                "\\$\\{variable\\.(?<name>\\w+)",
                "(?:set|remove)Variable:\\n(?: +description: .*\\n(?: +[^:\\n]+\\n)*)? +name: (?<name>\\w+)"),
        PART_OF_A_VARIABLE("\\$\\{variable\\.\\w+\\.(?<name>\\w+)"),
        ROUTE("(?:direct|seda):(?<name>[\\w-]+)"),
        ROUTE_CONFIGURATION("routeConfigurationId: (?<name>[\\w-]+)", "- routeConfiguration:\\n +id: (?<name>[\\w-]+)");

        private final List<Pattern> patterns;

        Kind(String... patterns) {
            this.patterns = List.of(patterns).stream().map(Pattern::compile).toList();
        }
    }

    /**
     * One place where a name stands.
     *
     * @param nth how often that name stands before it
     */
    private record Occurrence(String file, int begin, String name, int nth) {

        String newName() {
            return name + "Renamed";
        }

        boolean isToldBy(Problem problem) {
            // where a route begins elsewhere, or a routeConfiguration is called otherwise, those are told that name it
            return Pattern.compile("\\b" + newName() + "\\b|no route consumes from (direct|seda):" + name
                            + "(?![\\w-])|no routeConfiguration named '" + name + "'")
                    .matcher(problem.reason())
                    .find();
        }
    }

    private static ShippedProgram program;

    @BeforeAll
    static void build() {
        program = new ShippedProgram(Map.of());
    }

    @AfterAll
    static void close() {
        program.close();
    }

    @ParameterizedTest
    @EnumSource
    void aNameThatIsChangedInOnePlaceOnlyIsFound(Kind kind) {
        List<Occurrence> all = occurrences(kind);
        assertTrue(all.size() > 10, () -> kind + ": " + all);
        List<Occurrence> missed = new ArrayList<>();
        // of each name one place at a time; names do not get in each other's way
        for (int nth = 0;
                all.size() > missed.size()
                        && nth <= all.stream().mapToInt(Occurrence::nth).max().orElseThrow();
                nth++) {
            int now = nth;
            List<Occurrence> renamed =
                    all.stream().filter(occurrence -> occurrence.nth() == now).toList();
            List<Problem> problems = program.check(rename(renamed));
            renamed.stream()
                    .filter(occurrence -> problems.stream().noneMatch(occurrence::isToldBy))
                    .forEach(missed::add);
            problems.forEach(problem -> assertTrue(problem.line() > 0, problem::toString));
        }
        assertEquals(List.of(), missed);
    }

    private static List<Occurrence> occurrences(Kind kind) {
        List<Occurrence> occurrences = new ArrayList<>();
        Map<String, Integer> count = new HashMap<>();
        ShippedProgram.files()
                .forEach((file, text) -> kind.patterns.forEach(pattern -> {
                    Matcher name = pattern.matcher(text);
                    while (name.find()) {
                        if (text.startsWith("#", text.lastIndexOf('\n', name.start("name")) + 1)) {
                            continue; // a comment
                        }
                        int nth = count.merge(name.group("name"), 1, Integer::sum) - 1;
                        occurrences.add(new Occurrence(file, name.start("name"), name.group("name"), nth));
                    }
                }));
        return occurrences;
    }

    private static SortedMap<String, String> rename(List<Occurrence> occurrences) {
        SortedMap<String, StringBuilder> texts = new TreeMap<>();
        ShippedProgram.files().forEach((file, text) -> texts.put(file, new StringBuilder(text)));
        occurrences.stream().sorted((a, b) -> b.begin() - a.begin()).forEach(occurrence -> texts.get(occurrence.file())
                .replace(
                        occurrence.begin(),
                        occurrence.begin() + occurrence.name().length(),
                        occurrence.newName()));
        SortedMap<String, String> files = new TreeMap<>();
        texts.forEach((file, text) -> files.put(file, text.toString()));
        return files;
    }
}
