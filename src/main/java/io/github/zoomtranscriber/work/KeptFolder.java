package io.github.zoomtranscriber.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folder in which each finished transcript is kept, as long as its recording is not forgotten. */
public final class KeptFolder {

    private final Path folder;

    private KeptFolder(Path folder) {
        this.folder = folder;
    }

    /** @param dataDirectory as {@code data.directory} has it */
    public static KeptFolder in(String dataDirectory) {
        return new KeptFolder(folder(dataDirectory));
    }

    /** Where that is. */
    public static Path folder(String dataDirectory) {
        return Path.of(dataDirectory, "transcripts");
    }

    /** The documents, by name. */
    public List<Path> documents() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> documents = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
            files.forEach(documents::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        documents.removeIf(file -> file.getFileName().toString().startsWith("."));
        documents.sort(null);
        return documents;
    }

    /**
     * Why a ledger without recordings must not be begun here.
     *
     * @return a sentence, with what to do; empty where nothing is kept
     */
    public String againstNewLedger() {
        int count = documents().size();
        return count == 0
                ? ""
                : "The ledger is empty, but " + folder + " keeps the transcripts of " + count
                        + " recordings: those would be transcribed, and charged, again. Put the ledger back from a copy, or import "
                        + "an export of it; if there is neither, zoom-transcriber import --kept takes them in as delivered";
    }
}
