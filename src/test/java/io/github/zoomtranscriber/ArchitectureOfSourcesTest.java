package io.github.zoomtranscriber;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What only the text of the sources shows, as constants and comments are not in a class file. */
class ArchitectureOfSourcesTest {

    private static final Path MAIN = Path.of("src/main/java/io/github/zoomtranscriber");
    private static final Path TESTS = Path.of("src/test/java/io/github/zoomtranscriber");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//.*$");
    private static final Pattern JAVADOC = Pattern.compile("(?ms)^\\s*/\\*\\*.*?\\*/");
    private static final Pattern TYPE =
            Pattern.compile("(?m)^(public |abstract |final |sealed )*(class|interface|enum|record|package) (?!.*;$)");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern ADDRESS =
            Pattern.compile("(direct|seda|quartz|timer|https?|platform-http|file|bean|log|kamelet):.*");
    /** A block tag behind text that is neither the comment's beginning nor inside of braces. */
    private static final Pattern TAG_BEHIND_TEXT = Pattern.compile(
            "(?m)^(?!\\s*(?:/\\*)?\\*+\\s*@\\w+ )[^{\\n]*\\S\\s+@(param|return|throws|exception|see|since|deprecated)\\b"
                    + "|@(param|return|throws|exception|see|since|deprecated)\\b[^{\\n]*\\s@(param|return|throws|exception|see|since|deprecated)\\b");

    @Test
    void beansNameNoEndpoints() {
        Set<String> beans = Set.of("assemblyai", "http", "ledger", "observe", "transcript", "work", "zoom");

        assertEquals(List.of(), literals(file -> beans.contains(packageOf(file)), ADDRESS.asMatchPredicate()));
    }

    @Test
    void whatThisMachineIsCalledStandsInLoopbackAlone() {
        assertEquals(
                List.of(),
                literals(
                        file -> !file.endsWith("http/Loopback.java")
                                && !packageOf(file).equals("simulator"),
                        text -> text.matches("(?i)localhost|\\[?::1]?")
                                || text.contains("localhost") && text.contains("127")));
    }

    @Test
    void theFormatsOfATranscriptStandInFormatAlone() {
        assertEquals(
                List.of(),
                literals(
                        file -> !file.endsWith("transcript/Format.java")
                                && !packageOf(file).equals("simulator"),
                        text -> text.matches("srt|vtt") || text.contains("srt") && text.contains("vtt")));
    }

    @Test
    void theHandOffsStandInHandOffAlone() {
        assertEquals(
                List.of(),
                literals(
                        file -> !file.endsWith("work/HandOff.java")
                                && !packageOf(file).equals("simulator"),
                        "link"::equals));
    }

    @Test
    void javadocTagsStandOnLinesOfTheirOwn() {
        List<String> wrong = new ArrayList<>();
        Stream.concat(files(MAIN), files(TESTS)).forEach(file -> JAVADOC.matcher(read(file))
                .results()
                .filter(comment -> TAG_BEHIND_TEXT.matcher(comment.group()).find())
                .forEach(comment -> wrong.add(file + ": " + comment.group().strip())));

        assertEquals(List.of(), wrong, "in the middle of a line a tag is printed as text");
    }

    @Test
    void everyClassSaysWhatItIsFor() {
        assertEquals(
                List.of(),
                files(MAIN)
                        .filter(file -> !read(file).split(TYPE.pattern(), 2)[0].contains("/**"))
                        .map(MAIN::relativize)
                        .toList());
    }

    @Test
    void theRuleForTagsKnowsGoodFromBad() {
        assertTrue(Stream.of("/** Text. @return x */", "/**\n * Text. @param x y\n */", "/** @param x y @return z */")
                .allMatch(bad -> TAG_BEHIND_TEXT.matcher(bad).find()));
        assertTrue(Stream.of(
                        "/** @return x */",
                        "/**\n * Text.\n *\n * @param x y\n *   more\n */",
                        "/** In {@code @return} a word. */")
                .noneMatch(good -> TAG_BEHIND_TEXT.matcher(good).find()));
    }

    @Test
    void noTwoClassesOfTheTestsShareAName() {
        Map<String, List<Path>> byName = new TreeMap<>(files(TESTS)
                .filter(file -> !file.endsWith("package-info.java"))
                .collect(Collectors.groupingBy(file -> file.getFileName().toString())));
        byName.values().removeIf(files -> files.size() == 1);

        assertEquals(Map.of(), byName);
    }

    private static List<String> literals(Predicate<Path> where, Predicate<String> which) {
        return files(MAIN)
                .filter(where)
                .flatMap(file -> LITERAL.matcher(COMMENT.matcher(read(file)).replaceAll(""))
                        .results()
                        .map(MatchResult::group)
                        .map(text -> text.substring(1, text.length() - 1))
                        .filter(which)
                        .map(text -> MAIN.relativize(file) + ": " + text))
                .toList();
    }

    private static String packageOf(Path file) {
        return MAIN.relativize(file).getNameCount() == 1
                ? ""
                : MAIN.relativize(file).getName(0).toString();
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
