package io.github.zoomtranscriber.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.camel.catalog.DefaultCamelCatalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings a component of Camel, or any other library, into {@code lib/}. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = {
            "Brings components of this program's Camel, and what they depend on, into lib/: add camel-ftp camel-mail. Anything else is named in full: "
                    + "add org.postgresql:postgresql:42.7.4.",
            "By Maven (mvn on the PATH), with your ~/.m2/settings.xml. What lib/ has stays as it is. Takes effect at the next start."
        })
final class Add implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "ARTIFACT",
            description = "A component's artifact, such as camel-ftp, or GROUP:ARTIFACT:VERSION.")
    private List<String> names;

    @Option(names = "--dry-run", description = "Only says what would be brought.")
    private boolean dryRun;

    @Option(names = "--offline", description = "Takes only what is in Maven's local repository.")
    private boolean offline;

    @Override
    public Integer call() throws Exception {
        String camel = new DefaultCamelCatalog().getCatalogVersion();
        List<Artifact> wanted = names.stream()
                .map(name -> Artifact.named(name, camel))
                .distinct()
                .toList();
        Library library = Library.ofProgram();
        List<Artifact> missing = wanted.stream().filter(library::lacks).toList();
        wanted.stream()
                .filter(artifact -> !missing.contains(artifact))
                .forEach(artifact -> System.out.println(artifact + " is in lib/ already"));
        if (missing.isEmpty()) {
            return ExitCode.DONE;
        }
        if (!dryRun) {
            library.checkWritable();
        }
        Path folder = Files.createTempDirectory("zoom-transcriber-add");
        try {
            List<Path> jars = new MavenCopy(library.managed(), offline)
                    .copy(missing, folder).stream().filter(library::lacks).toList();
            if (!dryRun) {
                library.add(jars);
            }
            say(missing, jars);
            return ExitCode.DONE;
        } finally {
            Folders.delete(folder);
        }
    }

    private void say(List<Artifact> wanted, List<Path> jars) throws IOException {
        jars.forEach(jar -> System.out.println("  " + jar.getFileName()));
        String all = wanted.stream().map(Artifact::toString).collect(Collectors.joining(", "));
        System.out.printf(
                dryRun
                        ? "%d jars would be brought into lib/ for %s%n"
                        : "%d jars are now in lib/ for %s, and are used from the next start on%n",
                jars.size(),
                all);
    }
}
