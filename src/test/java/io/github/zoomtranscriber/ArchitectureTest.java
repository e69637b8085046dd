package io.github.zoomtranscriber;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.zoomtranscriber.embedded.LedgerSource;
import io.github.zoomtranscriber.http.Loopback;
import io.github.zoomtranscriber.transcript.Format;
import io.github.zoomtranscriber.transcript.SpeakerNames;
import io.github.zoomtranscriber.work.HandOff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may know what. */
class ArchitectureTest {

    private static final String ROOT = Daemon.class.getPackageName();
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /**
     * Each package, and the others of ours that it may know. The root package assembles them all, and only commands
     * know that.
     */
    private static final Map<String, Set<String>> KNOWS = Map.ofEntries(
            Map.entry("transcript", Set.of()),
            Map.entry("http", Set.of()),
            Map.entry("ledger", Set.of()),
            Map.entry("work", Set.of("ledger", "http", "transcript")),
            Map.entry("zoom", Set.of("work", "ledger", "http", "transcript")),
            Map.entry("assemblyai", Set.of("work", "ledger", "http", "transcript")),
            Map.entry("observe", Set.of("zoom", "assemblyai", "work", "ledger", "http")),
            // of these only what the words of an option stand for: see below
            Map.entry("options", Set.of("http", "transcript", "work")),
            Map.entry(
                    "embedded",
                    Set.of("options", "observe", "zoom", "assemblyai", "work", "ledger", "http", "transcript")),
            Map.entry("logging", Set.of("options", "http")),
            Map.entry("server", Set.of("options", "http")),
            Map.entry("rehearsal", Set.of("options", "http")),
            Map.entry(
                    "reload",
                    Set.of("options", "observe", "zoom", "assemblyai", "work", "ledger", "http", "transcript")),
            Map.entry(
                    "command",
                    Set.of(
                            "",
                            "options",
                            "observe",
                            "zoom",
                            "assemblyai",
                            "work",
                            "ledger",
                            "http",
                            "transcript",
                            "logging",
                            "server",
                            "rehearsal",
                            "reload",
                            "simulator")),
            Map.entry("simulator", Set.of()));

    private static Set<String> packages() {
        return new TreeSet<>(KNOWS.keySet());
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageKnowsNoOthersThanItMay(String name) {
        String[] known = Stream.concat(Stream.of(name), KNOWS.get(name).stream())
                .map(ArchitectureTest::inside)
                .toArray(String[]::new);

        noClasses()
                .that(resideIn(name))
                .should()
                .dependOnClassesThat(ours().and(not(resideInAnyPackage(known))))
                .check(CLASSES);
    }

    @Test
    void everyPackageHasItsRule() {
        Set<String> found = CLASSES.stream()
                .map(type -> type.getPackageName().substring(ROOT.length()))
                .filter(name -> !name.isEmpty())
                .map(name -> name.substring(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(packages(), found);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void optionsKnowOfTheRestOnlyWhatTheirWordsStandFor() {
        noClasses()
                .that(resideIn("options"))
                .should()
                .dependOnClassesThat(ours().and(not(resideIn("options")))
                        .and(not(belongToAnyOf(Loopback.class, Format.class, SpeakerNames.Mode.class, HandOff.class))))
                .check(CLASSES);
    }

    @Test
    void sqlIsSpokenInTheLedgerAlone() {
        noClasses()
                .that(not(resideIn("ledger")).and(not(belongToAnyOf(LedgerSource.class))))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.sql..", "org.h2..", "org.postgresql..", "com.zaxxer.."))
                .because(
                        "only the ledger knows what is stored how; LedgerSource tries a DataSource that an estate hands over")
                .check(CLASSES);
    }

    @Test
    void aDataSourceIsHandedOnToTheLedgerAtFewPlaces() {
        classes()
                .that(not(resideIn("ledger"))
                        .and(are(describe("that use javax.sql", type -> type.getDirectDependenciesFromSelf().stream()
                                .anyMatch(dependency -> dependency
                                        .getTargetClass()
                                        .getPackageName()
                                        .equals("javax.sql"))))))
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("javax.sql..")).or(belongToAnyOf(DataSource.class)))
                .andShould()
                .haveNameMatching(".*\\.(Beans.*|embedded\\.(LedgerSource|RecordingsSource)|command\\.WorkingFolder)")
                .check(CLASSES);
    }

    @Test
    void theLedgerAndTranscriptsAreUsableWithoutCamel() {
        noClasses()
                .that(resideInAnyPackage(inside("ledger"), inside("transcript"), inside("simulator")))
                .should()
                .dependOnClassesThat(resideInAPackage("org.apache.camel.."))
                .check(CLASSES);
    }

    @Test
    void beansCallNoRoutes() {
        noClasses()
                .that(resideInAnyPackage(
                        inside("http"), inside("work"), inside("zoom"), inside("assemblyai"), inside("observe")))
                .should()
                .dependOnClassesThat()
                .haveNameMatching("org\\.apache\\.camel\\.(\\w*Template|Endpoint|\\w*Producer)")
                .because("the routes say what calls what")
                .check(CLASSES);
    }

    @Test
    void whatAnEstateDependsOnNeedsNothingThatIsLeftOutOfItsJar() throws IOException {
        DescribedPredicate<JavaClass> leftOut = leftOut();

        noClasses().that(not(leftOut)).should().dependOnClassesThat(leftOut).check(CLASSES);
        noClasses()
                .that(not(leftOut))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "picocli..",
                        "me.tongfei..",
                        "com.github.difflib..",
                        "org.apache.logging..",
                        "org.apache.camel.catalog..",
                        "org.apache.camel.dsl.java.."))
                .check(CLASSES);
    }

    @Test
    void theSimulatorKnowsNothingOfUsAndOnlyCommandsKnowIt() {
        noClasses()
                .that(resideIn("simulator"))
                .should()
                .dependOnClassesThat(ours().and(not(resideIn("simulator"))))
                .check(CLASSES);
        noClasses()
                .that(not(resideIn("simulator")).and(not(resideIn("command"))))
                .should()
                .dependOnClassesThat(resideIn("simulator"))
                .check(CLASSES);
    }

    @Test
    void onlyCommandsStartTheProgram() {
        noClasses()
                .that(not(resideIn("command")).and(not(resideIn(""))))
                .should()
                .dependOnClassesThat(resideIn(""))
                .check(CLASSES);
        noClasses()
                .that(not(resideIn("command")))
                .should()
                .dependOnClassesThat(resideIn("command"))
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> ours() {
        return resideInAPackage(ROOT + "..");
    }

    private static DescribedPredicate<JavaClass> resideIn(String name) {
        return resideInAPackage(inside(name));
    }

    private static String inside(String name) {
        return name.isEmpty() ? ROOT : ROOT + "." + name + "..";
    }

    private static DescribedPredicate<JavaClass> describe(String text, Predicate<JavaClass> predicate) {
        return DescribedPredicate.describe(text, predicate);
    }

    /** What {@code pom.xml} excludes from the jar that has no classifier. */
    private static DescribedPredicate<JavaClass> leftOut() throws IOException {
        String jar = Files.readString(Path.of("pom.xml"))
                .replaceFirst("(?s)^.*<id>default-jar</id>", "")
                .replaceFirst("(?s)</execution>.*$", "");
        String[] packages = Pattern.compile("<exclude>(io/github/zoomtranscriber/\\w+)/\\*\\*</exclude>")
                .matcher(jar)
                .results()
                .map(found -> found.group(1).replace('/', '.') + "..")
                .toArray(String[]::new);
        assertEquals(
                Set.of("command", "logging", "rehearsal", "reload", "server", "simulator"),
                Arrays.stream(packages)
                        .map(name -> name.replaceAll("^.*\\.(\\w+)\\.\\.$", "$1"))
                        .collect(Collectors.toSet()));
        return resideInAnyPackage(packages).or(belongToAnyOf(Daemon.class));
    }
}
