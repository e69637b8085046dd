package io.github.zoomtranscriber.ledger;

import io.github.zoomtranscriber.logging.LogSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Another process on the same ledger: does one of the things below, and says a line when it has. */
final class LedgerProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;

    private LedgerProcess(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @param action {@code open}, {@code join}, {@code hold} or {@code fill}, as in {@link #main} */
    static LedgerProcess start(String action, String url) {
        try {
            return new LedgerProcess(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            LedgerProcess.class.getName(),
                            action,
                            url)
                    .redirectErrorStream(true)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line that it says; null when it has ended. */
    String line() {
        try {
            return out.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill -9} does; what it has said can still be read. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
        process.waitFor();
    }

    /** In the other process. */
    public static void main(String[] arguments) throws IOException {
        LogSettings.begin();
        String url = arguments[1];
        try (LedgerConnection connection = List.of("join", "hold").contains(arguments[0])
                ? LedgerConnection.join(url, "", "")
                : LedgerConnection.open(url, "", "")) {
            Ledger ledger = new Ledger(connection.source(), TestLedger.LEASE);
            switch (arguments[0]) {
                case "open", "hold" -> {
                    System.out.println("open");
                    System.in.read();
                }
                case "join" -> {
                    List<Entry> failed = ledger.records().failed("");
                    failed.forEach(entry -> ledger.progress().retry(entry.id()));
                    System.out.println(
                            failed.size() + " put back, " + ledger.statistics().counts());
                }
                default -> fill(ledger);
            }
        } catch (LedgerInUseException e) {
            System.out.println(e.getMessage());
        }
    }

    /** Submits one recording after the other, until it is killed. */
    private static void fill(Ledger ledger) {
        for (int i = 0; ; i++) {
            String id = "file-" + i;
            ledger.discoveries().add(List.of(ARecording.with(id).build()));
            Entry entry = ledger.claim(id).orElseThrow();
            ledger.progress().submitting(entry, "link", "https://ssrweb.zoom.us/" + id);
            ledger.progress().submitted(entry, "transcript-" + i);
            System.out.println(id);
        }
    }
}
