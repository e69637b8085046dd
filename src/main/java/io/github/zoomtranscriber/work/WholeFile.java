package io.github.zoomtranscriber.work;

import io.github.zoomtranscriber.ledger.Entry;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that is there under its name only when all of it is on disk. */
final class WholeFile {

    /** What is to stand in it. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static final int PROBE_BYTES = 4096;

    private WholeFile() {}

    /** A recording's id, as far as it makes a name. */
    static String stem(Entry entry) {
        return entry.id().replaceAll("[^A-Za-z0-9-]", "_");
    }

    /**
     * What a recording's file is called until it is whole: the same each time, so that what a kill left behind is
     * written over. Where nodes share the folder, one for each that writes: the file of a node that is frozen in the
     * middle must not be gone on with by it when it is another's.
     *
     * @param alone whether there is one node only
     */
    static String temporaryName(Entry entry, boolean alone) {
        String writer =
                entry.claim() == null || alone ? "" : "-" + entry.claim().replace('/', '-');
        return ".writing-" + stem(entry) + writer;
    }

    /**
     * Replaces what was there under that name. Makes the folder where it is missing.
     *
     * @param temporaryName what it is called meanwhile, in the same folder; nothing stays under that name, unless the
     *     process is killed
     * @throws IOException if not all of it could be written; what was there before is untouched then
     */
    static void write(Path file, String temporaryName, Content content) throws IOException {
        Path folder = file.getParent();
        makeSure(folder);
        Path writing = folder.resolve(temporaryName);
        try {
            writeAll(writing, content);
            Files.move(writing, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(writing);
        }
    }

    /**
     * Writes a small file and removes it again.
     *
     * @throws IOException if that cannot be done in this folder
     */
    static void probe(Path folder) throws IOException {
        makeSure(folder);
        Path probe = folder.resolve(".writing-probe");
        try {
            writeAll(probe, out -> out.write(new byte[PROBE_BYTES]));
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private static void makeSure(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) { // of a link to a folder Java would say that it is in the way of one
            Files.createDirectories(folder);
        }
    }

    private static void writeAll(Path file, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            // a disk may take less than it is given and say so: this stream goes on until all is written, or fails
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }
}
