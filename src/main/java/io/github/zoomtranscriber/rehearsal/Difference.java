package io.github.zoomtranscriber.rehearsal;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What one folder of files has that another has not, and what both have differently. */
public final class Difference {

    private static final int CONTEXT = 1;

    private final SortedMap<String, String> before;
    private final SortedMap<String, String> after;
    private int same;

    /**
     * @param before one folder; it need not be there
     * @param after the other
     * @param cleaned what is left of a file's text without all that differs from run to run
     * @param named what is left of a file's name without what depends on which of several comes first
     * @throws IOException if a file cannot be read
     */
    public Difference(Path before, Path after, UnaryOperator<String> cleaned, UnaryOperator<String> named)
            throws IOException {
        this.before = read(before, cleaned);
        this.after = read(after, cleaned);
        for (String file : List.copyOf(this.before.keySet())) {
            String text = this.before.get(file);
            Stream.concat(Stream.of(file), this.after.keySet().stream())
                    .filter(other -> text.equals(this.after.get(other))
                            && named.apply(file).equals(named.apply(other)))
                    .findFirst()
                    .ifPresent(other -> {
                        this.before.remove(file);
                        this.after.remove(other);
                        same++;
                    });
        }
    }

    private static SortedMap<String, String> read(Path folder, UnaryOperator<String> cleaned) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    // decoded leniently: what is not text need only differ where it does
                    texts.put(
                            folder.relativize(file).toString().replace('\\', '/'),
                            cleaned.apply(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)));
                }
            }
        }
        return texts;
    }

    /** Files that only the first folder has. */
    public List<String> gone() {
        return before.keySet().stream().filter(file -> !after.containsKey(file)).toList();
    }

    /** Files that only the second folder has. */
    public List<String> added() {
        return after.keySet().stream().filter(file -> !before.containsKey(file)).toList();
    }

    /** Files that both have, and differently. */
    public List<String> changed() {
        return before.keySet().stream().filter(after::containsKey).toList();
    }

    /** How many files are the same in both. */
    public int same() {
        return same;
    }

    /**
     * A file that both have, as a unified diff with little around.
     *
     * @param most no more lines than these, and then one that says how many there are more
     */
    public List<String> lines(String file, int most) {
        List<String> old = before.get(file).lines().toList();
        List<String> lines = UnifiedDiffUtils.generateUnifiedDiff(
                file, file, old, DiffUtils.diff(old, after.get(file).lines().toList()), CONTEXT);
        if (lines.size() <= most) {
            return lines;
        }
        List<String> some = new ArrayList<>(lines.subList(0, most));
        some.add("... and " + (lines.size() - most) + " lines more");
        return some;
    }
}
