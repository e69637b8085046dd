package io.github.zoomtranscriber.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Has Maven fetch jars and what they depend on: from wherever the user's Maven does, a company's mirror included. */
final class MavenCopy {

    private static final String GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
    private static final Pattern NOT_THERE = Pattern.compile("Could not find artifact (\\S+?):(\\S+?):(?:jar:)?(\\S+)");
    private static final Pattern UNREACHABLE = Pattern.compile(
            "Could not transfer|Cannot access|Unknown host|Connection refused|timed out|status: (?:401|403|407|5\\d\\d)");
    private static final Pattern ERROR = Pattern.compile("^\\[ERROR\\] +(.*\\S)", Pattern.MULTILINE);

    private final List<Artifact> managed;
    private final boolean offline;

    /**
     * @param managed what these are to be of, they are of this version
     * @param offline whether Maven is to take only what is in its local repository
     */
    MavenCopy(List<Artifact> managed, boolean offline) {
        this.managed = managed;
        this.offline = offline;
    }

    /**
     * Fetches.
     *
     * @param folder an empty one, for what comes
     * @return the jars, in Maven's layout
     * @throws UsageException if one of them does not exist, or there is no Maven
     * @throws AwayException if Maven cannot reach where they come from
     */
    List<Path> copy(List<Artifact> wanted, Path folder) throws IOException, InterruptedException {
        Path pom = Files.writeString(folder.resolve("pom.xml"), pom(wanted));
        Path jars = folder.resolve("jars");
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                WINDOWS ? "mvn.cmd" : "mvn",
                "--batch-mode",
                "--file",
                pom.toString(),
                GOAL,
                "-DoutputDirectory=" + jars,
                "-DincludeScope=runtime",
                "-DincludeTypes=jar",
                "-Dmdep.useRepositoryLayout=true",
                "-Dstyle.color=never"));
        if (offline) {
            command.add("--offline");
        }
        if (start(command, log).waitFor() != 0) {
            throw explain(Files.readString(log));
        }
        try (Stream<Path> files = Files.walk(jars)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static Process start(List<String> command, Path log) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UsageException(command.get(0)
                    + " is not on the PATH: install Maven, or put the jars and what they depend on into lib/ yourself");
        }
    }

    private static RuntimeException explain(String log) {
        Matcher error = ERROR.matcher(log);
        String first = error.find()
                ? error.group(1)
                        .replaceFirst("^Failed to execute goal.*?: Could not resolve", "Could not resolve")
                        .replaceFirst(" for project local:lib:pom:1", "")
                        .replaceFirst(" -> \\[Help \\d+\\]$", "")
                : "it ended without a word";
        if (UNREACHABLE.matcher(first).find()) {
            return new AwayException("Maven cannot fetch what is wanted: " + first);
        }
        Matcher missing = NOT_THERE.matcher(first);
        return new UsageException(
                missing.find()
                        ? "There is no " + missing.group(1) + ":" + missing.group(2) + ":" + missing.group(3)
                                + " where your Maven looks: compare the name, or name another version as GROUP:ARTIFACT:VERSION"
                        : "Maven cannot fetch what is wanted: " + first);
    }

    private String pom(List<Artifact> wanted) {
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>local</groupId>
                  <artifactId>lib</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                  <dependencyManagement>
                    <dependencies>
                %s
                    </dependencies>
                  </dependencyManagement>
                  <dependencies>
                %s
                  </dependencies>
                </project>
                """
                .formatted(dependencies(managed), dependencies(wanted));
    }

    private static String dependencies(List<Artifact> artifacts) {
        return artifacts.stream()
                .map(artifact ->
                        "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>"
                                .formatted(artifact.group(), artifact.name(), artifact.version()))
                .collect(Collectors.joining("\n"));
    }
}
