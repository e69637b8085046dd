package io.github.zoomtranscriber.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process, and what it costs, as Linux counts it. */
final class Child implements AutoCloseable {

    /** Linux counts CPU time in hundredths of a second, on every machine that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private final Process process;
    private final Path proc;
    private int mostThreads;

    private Child(Process process) {
        this.process = process;
        this.proc = Path.of("/proc", Long.toString(process.pid()));
    }

    /** @param log gets what the process prints */
    static Child start(Path folder, Path log, Map<String, String> environment, List<String> command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new Child(builder.start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Seconds of CPU since its start. */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(proc.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** The most memory that it has had resident, in MB. */
    long peakMb() throws IOException {
        return status("VmHWM:") / 1024;
    }

    /** What it has resident now, in MB. */
    long residentMb() throws IOException {
        return status("VmRSS:") / 1024;
    }

    /** The most threads that were seen whenever this was called. */
    int threads() throws IOException {
        mostThreads = Math.max(mostThreads, (int) status("Threads:"));
        return mostThreads;
    }

    private long status(String name) throws IOException {
        return Files.readAllLines(proc.resolve("status")).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IOException(e);
        }
    }
}
