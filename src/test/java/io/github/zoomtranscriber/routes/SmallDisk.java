package io.github.zoomtranscriber.routes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A disk as small as a test wants it: tmpfs, which takes what it has room for and no more. Where none can be mounted,
 * the test is skipped.
 */
final class SmallDisk implements AutoCloseable {

    /** What it gives its room away in. */
    static final int PAGE = 4096;

    private final Path folder;

    /** @param folder that is made, and that it is mounted on */
    SmallDisk(Path folder, long bytes) throws Exception {
        this.folder = Files.createDirectories(folder);
        assumeTrue(
                isDone("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", folder.toString()),
                "skipped: mounting a tmpfs takes Linux, and root");
    }

    void resize(long bytes) throws Exception {
        if (!isDone("mount", "-o", "remount,size=" + bytes, folder.toString())) {
            throw new IOException("no other size for " + folder);
        }
    }

    @Override
    public void close() throws Exception {
        isDone("umount", "-l", folder.toString());
    }

    private static boolean isDone(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(List.of(command))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // there is no such command
        }
    }
}
