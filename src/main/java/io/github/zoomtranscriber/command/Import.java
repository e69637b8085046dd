package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.options.Options;
import io.github.zoomtranscriber.ledger.Archive;
import io.github.zoomtranscriber.ledger.Archive.Taken;
import io.github.zoomtranscriber.ledger.LedgerConnection;
import io.github.zoomtranscriber.ledger.State;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What export wrote, into this ledger. */
@Command(name = "import", mixinStandardHelpOptions = true,
        description = {"Takes recordings that export wrote into the ledger, whether that is empty or not, and whichever database it is in. What it "
            + "knows already it leaves as it is. Works beside a running daemon.", "",
            "What AssemblyAI had when they were exported is not sent again: a running daemon, or the next run, waits for it on, or looks for it in "
            + "AssemblyAI's list first. End the daemon before the export that is to move a ledger: what it submits after that is not in the file.", "",
            "If a line is wrong, that is said, and nothing of the file is taken.", ""})
final class Import implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "1", description = "What export wrote, or - for standard input.")
    private String file;

    @Option(names = "--dry-run", description = "Only lists what would be taken.")
    private boolean dryRun;

    @Override
    public Integer call() throws IOException {
        Options options = WorkingFolder.optionsWithoutLogins();
        if (!dryRun || WorkingFolder.hasLedger(options)) {
            int exit = take(options);
            if (!dryRun) {
                // what is taken in bulk leaves a file many times as large as what is in it
                LedgerConnection.compact(options.get("ledger.url"), options.get("ledger.username"), options.get("ledger.password"));
            }
            return exit;
        }
        Path folder = Files.createTempDirectory("zoom-transcriber-import");
        try {
            return take(WorkingFolder.optionsWithoutLogins(Map.of("ledger.username", "", "ledger.password", "",
                    "ledger.url", "jdbc:h2:file:" + folder.resolve("ledger") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE")));
        } finally {
            Folders.delete(folder);
        }
    }

    private int take(Options options) throws IOException {
        try (InputStream bytes = open();
             // a reader by the name of the encoding would put a question mark for what it cannot read
             BufferedReader in = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()))) {
            LedgerReader reader = new LedgerReader(in);
            return WorkingFolder.withArchive(options, (ledger, archive) -> take(archive, reader));
        }
    }

    private int take(Archive archive, LedgerReader reader) {
        Map<State, Long> states = new EnumMap<>(State.class);
        Taken taken = archive.take(reader, !dryRun, recording -> {
            states.merge(recording.state(), 1L, Long::sum);
            if (dryRun) {
                System.out.printf("%s  %s%n", recording.recordingId(), word(recording.state()));
            }
        });
        report(taken, states, reader, dryRun ? System.err : System.out);
        return ExitCode.DONE;
    }

    private void report(Taken taken, Map<State, Long> states, LedgerReader reader, PrintStream out) {
        out.printf("%s: %d recordings%s%n", dryRun ? "would be taken" : "taken", taken.taken(), states.isEmpty() ? "" : states.entrySet().stream()
                .map(state -> state.getValue() + " " + word(state.getKey())).collect(Collectors.joining(", ", " (", ")")));
        if (taken.known() > 0) {
            out.printf("  known here already, and left as they are: %d%n", taken.known());
        }
        if (taken.renamed() > 0) {
            out.printf("  with files of a name that another recording's files have here: %d; rendered anew they get another%n", taken.renamed());
        }
        if (reader.isOfRunning() && states.containsKey(State.DISCOVERED)) {
            out.printf("  not submitted yet when a running daemon's ledger was exported, at %s: %d. If that daemon went on and they are "
                    + "submitted here too, they are charged twice%n", reader.exportedAt(), states.get(State.DISCOVERED));
        }
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private InputStream open() {
        try {
            return file.equals("-") ? new FileInputStream(FileDescriptor.in) : Files.newInputStream(Path.of(file));
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read: " + e.getClass().getSimpleName() + "; expected what export wrote, or -");
        }
    }
}
