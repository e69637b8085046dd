package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.options.Options;
import io.github.zoomtranscriber.ledger.Archive;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.ledger.LedgerConnection;
import io.github.zoomtranscriber.ledger.Nodes;
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

/** The ledger as text. */
@Command(name = "export", mixinStandardHelpOptions = true,
        description = {"Writes the ledger to standard output, as it is at this instant: all that import needs to go on from there, in this or in "
            + "another database. Works beside a running daemon, so it is also how to copy the ledger.", "",
            "JSON Lines: the first line says when that was and how many recordings follow, each of the others is one of them. There is no secret in "
            + "it. Transcripts are not in it either: they are in the folders of output.directory and data.directory.", "",
            "  zoom-transcriber export > ledger.jsonl", ""})
final class Export implements Callable<Integer> {

    @Override
    public Integer call() {
        Options options = WorkingFolder.optionsWithoutLogins();
        if (!WorkingFolder.hasLedger(options)) {
            throw new UsageException("There is no ledger here yet: expected the folder in which the daemon runs, or ledger.url");
        }
        boolean served = LedgerConnection.isServed(options.get("ledger.url"), options.get("ledger.username"), options.get("ledger.password"));
        return WorkingFolder.withArchive(options, (ledger, archive) -> export(archive, served || isWorkedOn(ledger)));
    }

    private static boolean isWorkedOn(Ledger ledger) {
        return ledger.nodes().list().stream().anyMatch(Nodes.Node::living);
    }

    private static int export(Archive archive, boolean whileRunning) {
        // straight to the descriptor: System.out keeps quiet about a full disk, and has the terminal's encoding
        try (Writer out = new BufferedWriter(new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8))) {
            archive.read(snapshot -> write(out, LedgerLines.header(snapshot, whileRunning)), recording -> write(out, LedgerLines.line(recording)));
            return ExitCode.DONE;
        } catch (IOException e) {
            throw broken(e);
        } catch (UncheckedIOException e) {
            throw broken(e.getCause());
        }
    }

    private static UsageException broken(IOException e) {
        return new UsageException("The export is not whole: " + e.getMessage());
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
