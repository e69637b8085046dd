package io.github.zoomtranscriber.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeFileTest {

    @TempDir
    Path folder;

    @Test
    void takesThePlaceOfWhatWasThere() throws Exception {
        write("2026-11-24/a.md", "before, and longer");
        write("2026-11-24/a.md", "after");

        assertEquals("after", Files.readString(folder.resolve("2026-11-24/a.md")));
        assertEquals(List.of("a.md"), names(folder.resolve("2026-11-24")));
    }

    @Test
    void oneThatFailsInTheMiddleLeavesWhatWasThereAndNothingElse() throws Exception {
        write("a.md", "before");

        assertThrows(
                IOException.class,
                () -> WholeFile.write(folder.resolve("a.md"), ".writing", out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("no more of it");
                }));

        assertEquals("before", Files.readString(folder.resolve("a.md")));
        assertEquals(List.of("a.md"), names(folder));
    }

    @Test
    void aFolderMayBeALinkToOne() throws Exception {
        Path far = Files.createDirectory(folder.resolve("far"));
        Files.createSymbolicLink(folder.resolve("near"), far);

        write("near/a.md", "text");
        write("near/below/a.md", "text");

        assertEquals("text", Files.readString(far.resolve("a.md")));
        assertEquals("text", Files.readString(far.resolve("below/a.md")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a.md", "2026-11-24/../../a.md", "/tmp/a.md"})
    void aNameThatLeadsOutOfTheOutputDirectoryIsRefused(String name) {
        Path output = folder.resolve("transcripts");
        Transcripts transcripts = new Transcripts(null, null, output, List.of(), List.of(), null);

        String reason = assertThrows(
                        GenericFileOperationFailedException.class,
                        () -> transcripts.write(null, name, new ByteArrayInputStream(new byte[1])))
                .getMessage();

        assertTrue(reason.endsWith("a.md: not below " + output.toAbsolutePath()), reason);
    }

    private void write(String name, String text) throws IOException {
        WholeFile.write(folder.resolve(name), ".writing", out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
