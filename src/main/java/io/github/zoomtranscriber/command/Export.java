package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.ledger.Archive;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.LedgerConnection;
import io.github.zoomtranscriber.ledger.Nodes;
import io.github.zoomtranscriber.options.Options;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Writes the ledger as text. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the ledger, as it is at this instant, to standard output. import reads it and continues "
                    + "from there, in this or in another database. Works beside a running daemon, so this is also how to "
                    + "back up the ledger.",
            "",
            "The format is JSON Lines: the first line says when it was written and how many recordings follow, one on "
                    + "each line. It contains no secrets and no transcripts: those are in the folders of "
                    + "output.directory and data.directory.",
            "",
            "  zoom-transcriber export > ledger.jsonl",
            ""
        })
final class Export implements Callable<Integer> {

    @Override
    public Integer call() {
        Options options = WorkingFolder.optionsWithoutLogins();
        if (!WorkingFolder.hasLedger(options)) {
            throw new UsageException("There is no ledger here yet: run this in the folder in which the daemon runs, or "
                    + "set ledger.url");
        }
        boolean served = LedgerConnection.isServed(
                options.get("ledger.url"), options.get("ledger.username"), options.get("ledger.password"));
        return WorkingFolder.withLedger(options, ledger -> export(ledger.archive(), served || isInUse(ledger)));
    }

    private static boolean isInUse(Ledger ledger) {
        return ledger.nodes().list().stream().anyMatch(Nodes.Node::living);
    }

    private static int export(Archive archive, boolean whileRunning) {
        // not System.out: that ignores a full disk, and uses the terminal's encoding
        try (Writer out = new BufferedWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8))) {
            archive.exportAll(
                    snapshot -> write(out, LedgerLines.header(snapshot, whileRunning)),
                    recording -> write(out, LedgerLines.line(recording)));
            return ExitCode.DONE;
        } catch (IOException e) {
            throw broken(e);
        } catch (UncheckedIOException e) {
            throw broken(e.getCause());
        }
    }

    private static UsageException broken(IOException e) {
        return new UsageException("The export is incomplete: " + e.getMessage());
    }

    private static void write(Writer out, String line) {
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
