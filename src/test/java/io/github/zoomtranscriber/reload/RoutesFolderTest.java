package io.github.zoomtranscriber.reload;

import static io.github.zoomtranscriber.reload.Yaml.answer;
import static io.github.zoomtranscriber.reload.Yaml.from;
import static io.github.zoomtranscriber.reload.Yaml.onException;
import static io.github.zoomtranscriber.reload.Yaml.route;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutesFolderTest {

    private static final String FAILS =
            "throwException:\n  exceptionType: java.lang.IllegalStateException\n  message: no";

    private static final String TEMPLATE =
            "- routeTemplate:\n    id: greet\n    parameters:\n      - name: who\n    from:\n      uri: \"direct:{{who}}\"\n"
                    + "      steps:\n        - setBody:\n            constant: \"hello {{who}}\"\n";
    private static final String MADE =
            "- templatedRoute:\n    routeTemplateRef: greet\n    routeId: %s\n    parameters:\n      - name: who\n"
                    + "        value: %s\n";
    private static final String JAVA =
            """
            public class Spoken extends org.apache.camel.builder.RouteBuilder {
                @Override
                public void configure() {
                    from("direct:spoken").routeId("spoken").setBody().constant("%s");
                }
            }
            """;

    @TempDir
    private Path folder;

    private RunningFolder program;
    /** Routes that begin with {@code file:} wait here for a file, and do not start without the folder. */
    @TempDir
    private Path inbox;

    @BeforeEach
    void start() {
        program = new RunningFolder(folder);
        program.write("base.camel.yaml", route("base", answer("base"))).start();
    }

    @AfterEach
    void stop() {
        program.close();
    }

    private String path(String name) {
        return folder.resolve(name).toString().replace('\\', '/');
    }

    @Test
    void anEditTakesEffectOnTheRunningRouteAndLeavesOthersAlone() {
        Object untouched = program.context().getRoute("base");
        program.write("edited.camel.yaml", route("edited", answer("one")));
        program.awaitAnswer("edited", "one");
        program.write("edited.camel.yaml", route("edited", answer("two")));
        program.awaitAnswer("edited", "two");
        assertTrue(untouched == program.context().getRoute("base"));
        await().until(() -> program.infos().size() == 2);
        assertEquals(
                "Routes reloaded from " + folder + ": changed [edited], added [], removed []",
                program.infos().get(1));
        assertEquals(List.of(Set.of("edited")), program.stopped);
        assertEquals(List.of(), program.warnings());
    }

    @Test
    void aBrokenFileLeavesTheOldRoutesRunningAndSaysOnceWhere() {
        program.write("broken.camel.yaml", route("broken", answer("good")));
        program.awaitAnswer("broken", "good");
        program.write("broken.camel.yaml", route("broken", answer("bad"), "to: nosuch:thing"));
        String line = program.awaitWarning("nosuch");
        assertTrue(line.startsWith(path("broken.camel.yaml") + ":8: unknown component 'nosuch'"), line);
        assertEquals("good", program.ask("broken"));
        // said once, also when other files come and go meanwhile, and said anew only with them
        program.write("broken.camel.yaml", route("broken", answer("good")));
        program.awaitLooks();
        assertEquals(1, program.warnings().size());
        assertEquals("good", program.ask("broken"));
        assertFalse(program.stopped.contains(Set.of("broken")));
    }

    @Test
    void aFixAfterARefusalTakesEffect() {
        program.write("mended.camel.yaml", route("mended", "bean:\n  ref: missing"));
        program.awaitWarning("no bean named 'missing'");
        program.write("mended.camel.yaml", route("mended", answer("mended")));
        program.awaitAnswer("mended", "mended");
    }

    @Test
    void aRouteThatFailsOnlyWhenItStartsIsRolledBack() {
        program.write(
                "late.camel.yaml",
                route("late", answer("before")) + from("reader", "quartz:reader?cron=0+0+0+1+1+?+2099", answer("x")));
        program.awaitAnswer("late", "before");
        program.write(
                "late.camel.yaml",
                route("late", answer("after")) + from("reader", "quartz:reader?cron=nonsense", answer("x")));
        program.awaitWarning("late.camel.yaml");
        program.awaitAnswer("late", "before");
        assertTrue(program.runs("reader"));
    }

    @Test
    void aDeletedFileStopsItsRoutes() {
        program.write("gone.camel.yaml", route("gone1", answer("1")) + route("gone2", answer("2")));
        program.awaitAnswer("gone2", "2");
        program.delete("gone.camel.yaml");
        await().until(() -> program.stopped.equals(List.of(Set.of("gone1", "gone2"))));
        assertEquals(1, program.context().getRoutes().size());
    }

    @Test
    void aFileAddedBesideOneWithSeveralRoutesStarts() {
        program.write(
                "several.camel.yaml", route("s1", answer("1")) + route("s2", answer("2")) + route("s3", answer("3")));
        program.awaitAnswer("s3", "3");
        program.write("added.camel.yaml", route("added", answer("added")));
        program.awaitAnswer("added", "added");
        assertTrue(program.runs("s1") && program.runs("s2") && program.runs("s3"));
        assertEquals(List.of(), program.warnings());
    }

    @Test
    void aRenamedFileGoesOnUnderItsNewName() throws IOException {
        program.write("old.camel.yaml", route("renamed", answer("renamed")));
        program.awaitAnswer("renamed", "renamed");
        Files.move(folder.resolve("old.camel.yaml"), folder.resolve("new.camel.yaml"));
        await().until(() -> program.runs("renamed")
                && program.context()
                        .getRoute("renamed")
                        .getSourceResource()
                        .getLocation()
                        .endsWith("new.camel.yaml"));
        assertEquals(List.of(), program.warnings());
    }

    @Test
    void aFileCanBeSplitInTwo() {
        program.write("whole.camel.yaml", route("half1", answer("1")) + route("half2", answer("2")));
        program.awaitAnswer("half2", "2");
        program.write("whole.camel.yaml", route("half1", answer("one")));
        program.write("half.camel.yaml", route("half2", answer("two")));
        program.awaitAnswer("half2", "two");
        program.awaitAnswer("half1", "one");
    }

    @Test
    void aRouteThatIsCopiedFirstAndCutLaterIsRefusedMeanwhileAndMovesThen() {
        program.write("a.camel.yaml", route("stays", answer("stays")) + route("moves", answer("from a")));
        program.awaitAnswer("moves", "from a");
        program.write("b.camel.yaml", route("moves", answer("from b")));
        String line = program.awaitWarning("moves");
        assertTrue(
                line.startsWith(path("b.camel.yaml") + ":4: duplicate route id 'moves', also in " + path("a.camel.yaml")
                        + ":11;"),
                line);
        assertEquals("from a", program.ask("moves"));
        program.write("a.camel.yaml", route("stays", answer("stays")));
        program.awaitAnswer("moves", "from b");
        assertTrue(program.runs("stays"));
    }

    @Test
    void aRouteThatIsCutFirstAndPastedLaterMoves() {
        program.write("c.camel.yaml", route("kept", answer("kept")) + route("pasted", answer("from c")));
        program.awaitAnswer("pasted", "from c");
        program.write("c.camel.yaml", route("kept", answer("kept")));
        await().until(() -> !program.runs("pasted"));
        program.write("d.camel.yaml", route("pasted", answer("from d")));
        program.awaitAnswer("pasted", "from d");
    }

    @Test
    void theIdOfARouteThatIsNotOfTheFolderCannotBeTakenOver() throws Exception {
        program.context().addRoutes(new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                from("direct:built-in").routeId("built-in").setBody().constant("built in");
            }
        });
        try {
            program.write("thief.camel.yaml", route("built-in", answer("stolen")));
            program.awaitWarning("duplicate route id 'built-in', also outside this folder");
            assertEquals("built in", program.ask("built-in"));
        } finally {
            program.context().getRouteController().stopRoute("built-in");
            program.context().removeRoute("built-in");
        }
    }

    @Test
    void whatEditorsLeaveBesideAFileIsNoRoute() throws IOException {
        for (String name : List.of(
                ".stray.camel.yaml.swp",
                ".stray.camel.yaml",
                "stray.camel.yaml~",
                "#stray.camel.yaml#",
                "4913",
                ".#stray.camel.yaml",
                "stray.camel.yaml.bak",
                "stray.camel.yaml.tmp",
                "~stray.camel.yaml",
                "stray.yaml")) {
            program.write(name, route("stray", answer("stray")));
        }
        Files.createDirectory(folder.resolve("dir.camel.yaml"));
        Files.createSymbolicLink(folder.resolve("dangling.camel.yaml"), folder.resolve("nowhere"));
        program.awaitLooks();
        assertFalse(program.runs("stray"));
        assertEquals(List.of(), program.warnings());
    }

    @Test
    void aFileThatIsReplacedByAnotherOneIsAnEdit() throws IOException {
        program.write("swapped.camel.yaml", route("swapped", answer("one")));
        program.awaitAnswer("swapped", "one");
        program.write(".swapped.tmp", route("swapped", answer("two")));
        Files.move(
                folder.resolve(".swapped.tmp"), folder.resolve("swapped.camel.yaml"), StandardCopyOption.ATOMIC_MOVE);
        program.awaitAnswer("swapped", "two");
        assertEquals(List.of(), program.warnings());
    }

    @Test
    void aFileThatIsEmptiedAndWrittenLaterIsRefusedMeanwhile() {
        program.write("slow.camel.yaml", route("slow", answer("one")));
        program.awaitAnswer("slow", "one");
        program.write("slow.camel.yaml", "");
        program.awaitWarning("slow.camel.yaml:1: no routes found");
        assertEquals("one", program.ask("slow"));
        program.write("slow.camel.yaml", route("slow", answer("two")));
        program.awaitAnswer("slow", "two");
    }

    @Test
    void aConfigMapOfKubernetesIsSwappedAsOne(@TempDir Path volume) throws IOException {
        Path first = Files.createDirectories(volume.resolve("..2026_1"));
        Path second = Files.createDirectories(volume.resolve("..2026_2"));
        Files.writeString(first.resolve("a.camel.yaml"), route("map-a", answer("1")));
        Files.writeString(first.resolve("b.camel.yaml"), route("map-b", answer("1")));
        Files.writeString(second.resolve("a.camel.yaml"), route("map-b", answer("2")));
        Files.writeString(second.resolve("b.camel.yaml"), route("map-a", answer("2")));
        Files.createSymbolicLink(volume.resolve("..data"), Path.of("..2026_1"));
        for (String name : List.of("a.camel.yaml", "b.camel.yaml")) {
            Files.createSymbolicLink(volume.resolve(name), Path.of("..data", name));
        }
        try (RunningFolder pod = new RunningFolder(volume).start()) {
            assertEquals("1", pod.ask("map-a"));
            Files.createSymbolicLink(volume.resolve("..data_tmp"), Path.of("..2026_2"));
            Files.move(volume.resolve("..data_tmp"), volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            pod.awaitAnswer("map-a", "2");
            pod.awaitAnswer("map-b", "2");
            assertEquals(List.of(), pod.warnings());
        }
    }

    @Test
    void aFolderThatIsGoneForAMomentChangesNothing() throws IOException {
        Path away = folder.resolveSibling(folder.getFileName() + "-away");
        Files.move(folder, away);
        try {
            program.awaitWarning("NoSuchFileException");
            assertEquals("base", program.ask("base"));
        } finally {
            Files.move(away, folder);
        }
        program.write("after.camel.yaml", route("after", answer("after")));
        program.awaitAnswer("after", "after");
        assertEquals(1, program.warnings().size());
        assertEquals(List.of(), program.stopped);
    }

    @Test
    void anEmptiedFolderChangesNothing() {
        program.delete("base.camel.yaml");
        program.awaitWarning("no *.camel.yaml or *.java file is left");
        assertEquals("base", program.ask("base"));
    }

    @Test
    void aChangedRouteConfigurationReachesRunningRoutesOfOtherFiles() {
        program.write("fails.camel.yaml", route("fails", FAILS));
        program.write("errors.camel.yaml", onException("handled"));
        program.awaitAnswer("fails", "handled");
        program.write("errors.camel.yaml", onException("handled anew"));
        program.awaitAnswer("fails", "handled anew");
        program.delete("errors.camel.yaml");
        await().until(() -> {
            try {
                return !program.runs("fails") || program.ask("fails") == null;
            } catch (RuntimeException unhandled) {
                return true;
            }
        });
        program.write("errors.camel.yaml", onException("handled again"));
        program.awaitAnswer("fails", "handled again");
    }

    @Test
    void aChangedBeanReachesRunningRoutesOfOtherFiles() {
        String bean =
                "- beans:\n    - name: prefix\n      type: java.lang.String\n      constructors:\n        \"0\": \"%s\"\n";
        program.write("beans.camel.yaml", bean.formatted("one"));
        program.write("user.camel.yaml", route("user", "bean:\n  ref: prefix\n  method: concat(',')"));
        program.awaitAnswer("user", "one,");
        program.write("beans.camel.yaml", bean.formatted("two"));
        program.awaitAnswer("user", "two,");
    }

    @Test
    void aChangedTemplateReachesTheRoutesMadeOfIt() {
        String template =
                "- routeTemplate:\n    id: greet\n    parameters:\n      - name: who\n    from:\n      uri: \"direct:{{who}}\"\n      steps:\n"
                        + "        - setBody:\n            constant: \"%s {{who}}\"\n";
        program.write("template.camel.yaml", template.formatted("hello"));
        program.write(
                "made.camel.yaml",
                "- templatedRoute:\n    routeTemplateRef: greet\n    routeId: greeting\n    parameters:\n      - name: who\n        value: greeting\n");
        program.awaitAnswer("greeting", "hello greeting");
        program.write("template.camel.yaml", template.formatted("good bye"));
        program.awaitAnswer("greeting", "good bye greeting");
    }

    @Test
    void aDeletedFileStopsWhatItMadeOfATemplate() {
        program.write("template.camel.yaml", TEMPLATE);
        program.write("made.camel.yaml", MADE.formatted("first", "first"));
        program.write(
                "both.camel.yaml",
                TEMPLATE.replace("id: greet", "id: own")
                        + MADE.replace("greet", "own").formatted("second", "second"));
        program.awaitAnswer("first", "hello first");
        program.awaitAnswer("second", "hello second");
        program.delete("made.camel.yaml");
        await().until(() -> !program.runs("first"));
        program.awaitAnswer("second", "hello second");
        program.delete("both.camel.yaml");
        await().until(() -> !program.runs("second"));
        assertTrue(program.runs("base"));
    }

    @Test
    void aRouteInJavaIsCompiledAsItIsSaved() {
        program.write("Spoken.java", JAVA.formatted("one"));
        program.awaitAnswer("spoken", "one");
        Object untouched = program.context().getRoute("base");
        program.write("Spoken.java", JAVA.formatted("two"));
        program.awaitAnswer("spoken", "two");
        assertTrue(untouched == program.context().getRoute("base"));
        program.delete("Spoken.java");
        await().until(() -> !program.runs("spoken"));
        assertEquals(List.of(), program.warnings());
    }

    @Test
    void javaThatDoesNotCompileLeavesTheOldRouteRunningAndSaysWhere() {
        program.write("Spoken.java", JAVA.formatted("good"));
        program.awaitAnswer("spoken", "good");
        program.write("Spoken.java", JAVA.formatted("bad").replace(".constant", ".constnt"));
        String line = program.awaitWarning("Spoken.java");
        assertTrue(line.startsWith(path("Spoken.java") + ":4: cannot find symbol"), line);
        assertEquals("good", program.ask("spoken"));
        program.write("Spoken.java", JAVA.formatted("mended"));
        program.awaitAnswer("spoken", "mended");
    }

    @Test
    void aStepInJavaThatCannotBeBuiltIsNamedByItsLine() {
        program.write("Spoken.java", JAVA.formatted("x").replace("setBody().constant(\"x\")", "to(\"nosuch:thing\")"));
        String line = program.awaitWarning("nosuch");
        assertTrue(line.startsWith(path("Spoken.java") + ":4: unknown component 'nosuch'"), line);
    }

    @Test
    void aClassMayUseThatOfAnotherFile() {
        program.write(
                "Words.java",
                "public class Words {\n    public static String word() {\n        return \"one\";\n    }\n}\n");
        program.write("Spoken.java", JAVA.replace("\"%s\"", "Words.word()"));
        program.awaitAnswer("spoken", "one");
        program.write(
                "Words.java",
                "public class Words {\n    public static String word() {\n        return \"two\";\n    }\n}\n");
        program.awaitAnswer("spoken", "two");
    }

    @Test
    void ofTwoEditsQuicklyAfterAnotherTheLastOneRuns() {
        for (int i = 0; i < 20; i++) {
            program.write("quick.camel.yaml", route("quick", answer("edit " + i)));
        }
        program.awaitAnswer("quick", "edit 19");
    }

    @Test
    void aFileNameMayHoldDotsSpacesAndUmlauts() {
        program.write("v1.2 für alle.camel.yaml", route("dots", answer("dots")));
        program.awaitAnswer("dots", "dots");
    }

    @Test
    void theFolderIsWatchedOnAfterAnError() {
        AtomicInteger calls = new AtomicInteger();
        program.listener(ids -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException();
            }
        });
        try {
            program.write("error.camel.yaml", route("error", answer("one")));
            program.awaitAnswer("error", "one");
            program.write("error.camel.yaml", route("error", answer("two")));
            program.awaitAnswer("error", "two");
            program.context().getRegistry().bind("fatal", new Fatal());
            program.write(
                    "error.camel.yaml",
                    "- beans:\n    - name: worse\n      type: \"" + Fatal.class.getName() + "\"\n"
                            + route("error", answer("three")));
            program.awaitWarning("StackOverflowError");
            program.write("error.camel.yaml", route("error", answer("four")));
            program.awaitAnswer("error", "four");
        } finally {
            program.listener(program.stopped::add);
        }
    }

    /** Fails with an Error that has no message, when it is made a second time. */
    public static class Fatal {
        private static final AtomicInteger MADE = new AtomicInteger();

        public Fatal() {
            if (MADE.getAndIncrement() > 0) {
                throw new StackOverflowError();
            }
        }
    }
}
