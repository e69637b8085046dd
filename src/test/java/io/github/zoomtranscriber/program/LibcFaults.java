package io.github.zoomtranscriber.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What the operating system does to child processes, as a test wants it, by a small library that the dynamic linker
 * loads before libc: their wall clock is another ({@code CLOCK_REALTIME}; {@code CLOCK_MONOTONIC} is left alone), and a
 * write to a file may take less than it was given, as POSIX allows. For Linux, where there is a C compiler.
 */
final class LibcFaults {

    private static final String SOURCE =
            """
            #define _GNU_SOURCE
            #include <dlfcn.h>
            #include <fcntl.h>
            #include <stdint.h>
            #include <stdlib.h>
            #include <sys/mman.h>
            #include <sys/stat.h>
            #include <sys/time.h>
            #include <time.h>
            #include <unistd.h>

            static volatile int64_t none = 0;
            static volatile int64_t *seconds = &none;
            static int percent = 0;

            __attribute__((constructor)) static void look(void) {
                const char *share = getenv("SHORT_WRITES_PERCENT");
                if (share) percent = atoi(share);
                const char *path = getenv("SET_CLOCK");
                int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
                if (file < 0) return;
                void *shared = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
                close(file);
                if (shared != MAP_FAILED) seconds = shared;
            }

            int clock_gettime(clockid_t id, struct timespec *now) {
                static int (*real)(clockid_t, struct timespec *);
                if (!real) real = (int (*)(clockid_t, struct timespec *)) dlsym(RTLD_NEXT, "clock_gettime");
                int result = real(id, now);
                if (result == 0 && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) now->tv_sec += *seconds;
                return result;
            }

            int gettimeofday(struct timeval *restrict now, void *restrict zone) {
                static int (*real)(struct timeval *, void *);
                if (!real) real = (int (*)(struct timeval *, void *)) dlsym(RTLD_NEXT, "gettimeofday");
                int result = real(now, zone);
                if (result == 0 && now) now->tv_sec += *seconds;
                return result;
            }

            time_t time(time_t *result) {
                struct timespec now;
                clock_gettime(CLOCK_REALTIME, &now);
                if (result) *result = now.tv_sec;
                return now.tv_sec;
            }

            ssize_t write(int file, const void *bytes, size_t count) {
                static ssize_t (*real)(int, const void *, size_t);
                static __thread unsigned int seed = 1;
                struct stat about;
                if (!real) real = (ssize_t (*)(int, const void *, size_t)) dlsym(RTLD_NEXT, "write");
                int is_short = percent > 0 && count > 512 && rand_r(&seed) % 100 < percent
                        && fstat(file, &about) == 0 && S_ISREG(about.st_mode);
                return real(file, bytes, is_short ? count / 2 : count);
            }
            """;

    private final Path library;
    private final Path shift;

    /**
     * @param folder for the library, and for what the children read
     * @throws IllegalStateException if it cannot be compiled
     */
    LibcFaults(Path folder) {
        try {
            Path source = Files.writeString(folder.resolve("libcfaults.c"), SOURCE);
            library = folder.resolve("libcfaults.so");
            shift = folder.resolve("shift");
            setClock(Duration.ZERO);
            Process compiler = new ProcessBuilder(
                            "cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString(), "-ldl")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("cc.txt").toFile())
                    .start();
            if (!compiler.waitFor(1, TimeUnit.MINUTES) || compiler.exitValue() != 0) {
                throw new IllegalStateException("cc says: " + Files.readString(folder.resolve("cc.txt")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether there can be one here. */
    static boolean isThere() {
        return System.getProperty("os.name").equals("Linux") && starts("cc");
    }

    private static boolean starts(String program) {
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sets the clock of all children, of those that run too, to so much after the right time. */
    void setClock(Duration ahead) {
        try (FileChannel file = FileChannel.open(shift, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(
                    ByteBuffer.allocate(Long.BYTES)
                            .order(ByteOrder.nativeOrder())
                            .putLong(ahead.toSeconds())
                            .flip(),
                    0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The program meets them. */
    Program reach(Program program) {
        return program.with("LD_PRELOAD", library.toString()).with("SET_CLOCK", shift.toString());
    }
}
