package io.github.zoomtranscriber.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The jars that the program runs with, and its folder {@code lib/} for more. */
final class Library {

    /** In Maven's layout a jar lies in a folder of its version, in one of its name. */
    private static final Pattern SNAPSHOT = Pattern.compile("-SNAPSHOT$");

    private final Path folder;
    private final Path bill;
    private final Set<String> jars;

    private Library(Path folder, Path bill, Set<String> jars) {
        this.folder = folder;
        this.bill = bill;
        this.jars = jars;
    }

    /** @throws UsageException if the program was not started from its folder */
    static Library ofProgram() throws IOException {
        Path home = WorkingFolder.home();
        Path folder = home.resolve("lib");
        if (home.toString().isEmpty() || !Files.isDirectory(folder)) {
            throw new UsageException(
                    "There is no " + folder.toAbsolutePath()
                            + " to add to: start bin/zoom-transcriber of the unpacked archive; in a container, mount a folder there");
        }
        try (Stream<Path> here = Files.list(folder)) {
            return new Library(
                    folder,
                    home.resolve("bom.json"),
                    Stream.concat(
                                    here,
                                    Stream.of(System.getProperty("java.class.path")
                                                    .split(File.pathSeparator))
                                            .map(Path::of))
                            .map(jar -> jar.getFileName().toString())
                            .filter(name -> name.endsWith(".jar"))
                            .collect(Collectors.toSet()));
        }
    }

    /**
     * Whether this is to be brought.
     *
     * @throws UsageException if another version of it is here, which must not be mixed with it
     */
    boolean lacks(Artifact wanted) {
        Optional<String> here = of(wanted.name(), "");
        String name = wanted.name() + "-" + wanted.version() + ".jar";
        if (here.isPresent() && !here.get().equals(name)) {
            throw new UsageException(
                    "lib/ has " + here.get() + ": take that away first, if " + name + " is to replace it");
        }
        return here.isEmpty();
    }

    /** @param jar in Maven's layout: NAME/VERSION/NAME-VERSION[-CLASSIFIER].jar */
    boolean lacks(Path jar) {
        String version =
                SNAPSHOT.matcher(jar.getParent().getFileName().toString()).replaceFirst("");
        String name = jar.getParent().getParent().getFileName().toString();
        String rest = jar.getFileName().toString().substring(name.length() + 1 + version.length());
        return of(name, rest.replaceFirst("\\.jar$", "")).isEmpty();
    }

    private Optional<String> of(String name, String classifier) {
        Pattern pattern = Pattern.compile(Pattern.quote(name) + "-\\d.*?" + Pattern.quote(classifier) + "\\.jar");
        return jars.stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(Matcher::group)
                .findFirst();
    }

    /** The versions of what is here, to which all that comes has to keep; empty where nobody knows. */
    List<Artifact> managed() throws IOException {
        List<Artifact> managed = new ArrayList<>();
        if (Files.exists(bill)) {
            for (JsonNode part : new ObjectMapper().readTree(bill.toFile()).path("components")) {
                managed.add(new Artifact(
                        part.path("group").asText(),
                        part.path("name").asText(),
                        part.path("version").asText()));
            }
        }
        return managed;
    }

    /** @throws UsageException if it is not */
    void checkWritable() {
        if (!Files.isWritable(folder)) {
            throw new UsageException(folder
                    + " cannot be written to: as a user who may, or, where the program is read-only, in an unpacked copy of it,"
                    + " whose lib/ you then mount or build into the image");
        }
    }

    /** Adds these, or none. */
    void add(List<Path> added) throws IOException {
        List<Path> parts = new ArrayList<>();
        try {
            for (Path jar : added) {
                Path part = folder.resolve("." + jar.getFileName() + ".part");
                parts.add(part);
                Files.copy(jar, part, StandardCopyOption.REPLACE_EXISTING);
            }
            for (int i = 0; i < added.size(); i++) {
                Files.move(
                        parts.get(i), folder.resolve(added.get(i).getFileName().toString()));
            }
        } catch (IOException e) {
            throw new UsageException(folder + " cannot be written to: " + e);
        } finally {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        }
    }
}
