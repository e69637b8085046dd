package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.ledger.Archive;
import io.github.zoomtranscriber.ledger.Archive.Imported;
import io.github.zoomtranscriber.ledger.Archived;
import io.github.zoomtranscriber.ledger.LedgerConnection;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.options.Options;
import io.github.zoomtranscriber.work.KeptFolder;
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
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads what export wrote into this ledger. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Adds the recordings that export wrote to the ledger, whether that is empty or not, and "
                    + "whichever database it is in. Recordings that the ledger knows already stay unchanged. Works beside "
                    + "a running daemon.",
            "",
            "What had been submitted to AssemblyAI is not submitted again: a running daemon, or the next run, "
                    + "continues to poll it, or looks for it in AssemblyAI's list first. To move a ledger, stop the "
                    + "daemon before the export: what it submits afterwards is not in the file.",
            "",
            "If a line is invalid, import says which, and adds nothing.",
            ""
        })
final class Import implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "A file that export wrote, or - for standard input.")
    private String file;

    @Option(
            names = "--kept",
            description =
                    "Instead of a file: the recordings whose transcripts are kept in the data directory, as delivered, "
                            + "where the ledger itself is lost. render then lets it know their files.")
    private boolean kept;

    @Option(names = "--dry-run", description = "Only list what would be added.")
    private boolean dryRun;

    @Override
    public Integer call() throws IOException {
        if ((file == null) != kept) {
            throw new UsageException("expected a file that export wrote, or --kept");
        }
        Options options = WorkingFolder.optionsWithoutLogins();
        if (!dryRun || WorkingFolder.hasLedger(options)) {
            int exit = importAll(options);
            if (!dryRun) {
                // an import leaves H2's file many times as large as its content
                LedgerConnection.compact(
                        options.get("ledger.url"), options.get("ledger.username"), options.get("ledger.password"));
            }
            return exit;
        }
        Path folder = Files.createTempDirectory("zoom-transcriber-import");
        try {
            return importAll(WorkingFolder.optionsWithoutLogins(Map.of(
                    "ledger.username",
                    "",
                    "ledger.password",
                    "",
                    "ledger.url",
                    "jdbc:h2:file:" + folder.resolve("ledger")
                            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE")));
        } finally {
            Folders.delete(folder);
        }
    }

    private int importAll(Options options) throws IOException {
        if (kept) {
            KeptReader reader =
                    new KeptReader(KeptFolder.in(options.get("data.directory")).documents());
            int exit = WorkingFolder.withLedger(options, ledger -> importAll(ledger.archive(), reader, null));
            reader.unusable().forEach(document -> System.err.println("not taken in: " + document));
            return reader.unusable().isEmpty() ? exit : ExitCode.FAILED;
        }
        try (InputStream bytes = open();
                // with a decoder, a reader refuses what is not UTF-8; by the name of the encoding, it would replace it
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()))) {
            LedgerReader reader = new LedgerReader(in);
            return WorkingFolder.withLedger(options, ledger -> importAll(ledger.archive(), reader, reader));
        }
    }

    /** @param export the same, if it is an export; else null */
    private int importAll(Archive archive, Iterator<Archived> reader, LedgerReader export) {
        Map<State, Long> states = new EnumMap<>(State.class);
        Imported imported = archive.importAll(reader, !dryRun, recording -> {
            states.merge(recording.state(), 1L, Long::sum);
            if (dryRun) {
                System.out.printf("%s  %s%n", recording.recordingId(), word(recording.state()));
            }
        });
        report(imported, states, export, dryRun ? System.err : System.out);
        return ExitCode.DONE;
    }

    private void report(Imported imported, Map<State, Long> states, LedgerReader export, PrintStream out) {
        out.printf(
                "%s: %d recordings%s%n",
                dryRun ? "would be added" : "added",
                imported.added(),
                states.isEmpty()
                        ? ""
                        : states.entrySet().stream()
                                .map(state -> state.getValue() + " " + word(state.getKey()))
                                .collect(Collectors.joining(", ", " (", ")")));
        if (imported.known() > 0) {
            out.printf("  known already, left unchanged: %d%n", imported.known());
        }
        if (imported.renamed() > 0) {
            out.printf(
                    "  with file names that other recordings use here: %d; render gives them new ones%n",
                    imported.renamed());
        }
        if (export != null && export.isOfRunningDaemon() && states.containsKey(State.DISCOVERED)) {
            out.printf(
                    "  not submitted yet when the ledger was exported, at %s, beside a running daemon: %d. If that "
                            + "daemon submits them, and they are submitted here too, they are charged twice%n",
                    export.exportedAt(), states.get(State.DISCOVERED));
        }
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private InputStream open() {
        try {
            return file.equals("-") ? new FileInputStream(FileDescriptor.in) : Files.newInputStream(Path.of(file));
        } catch (IOException e) {
            throw new UsageException("Cannot read " + file + " (" + e.getClass().getSimpleName() + "): expected a file "
                    + "that export wrote, or -");
        }
    }
}
