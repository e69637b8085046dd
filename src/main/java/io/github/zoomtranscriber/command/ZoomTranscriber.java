package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.LedgerException;
import io.github.zoomtranscriber.ledger.LedgerInUseException;
import io.github.zoomtranscriber.logging.LogSettings;
import io.github.zoomtranscriber.options.ConfigurationException;
import io.github.zoomtranscriber.reload.BrokenRoutesException;
import io.github.zoomtranscriber.server.PortException;
import java.io.PrintWriter;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program. The default command is {@code run}. */
@Command(
        name = "zoom-transcriber",
        mixinStandardHelpOptions = true,
        versionProvider = ZoomTranscriber.Version.class,
        description = "Automatically turns every Zoom cloud recording into a transcript on disk, exactly once.",
        subcommands = {
            Run.class,
            Once.class,
            Check.class,
            Backfill.class,
            Demo.class,
            Status.class,
            Retry.class,
            Skip.class,
            Forget.class,
            Render.class,
            Export.class,
            Import.class,
            Add.class,
            Routes.class,
            Rehearse.class,
            SimulatorCommand.class,
            Completion.class
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0   done",
            "  1   some recordings failed, or Zoom did not list everything",
            "  2   wrong configuration, routes or command line; nothing was started",
            "  3   Zoom, AssemblyAI, the ledger's database or the broker cannot be reached, a vendor",
            "      rejects our keys, or nothing can be delivered",
            "  70  a defect of this program"
        },
        synopsisSubcommandLabel = "[COMMAND]")
public final class ZoomTranscriber implements Callable<Integer> {

    public static void main(String[] arguments) {
        LogSettings.begin();
        System.exit(isDaemon(arguments) ? daemon() : command(arguments));
    }

    private static int command(String[] arguments) {
        int exitCode = commandLine().execute(arguments);
        // a full disk, which System.out keeps to itself
        if (System.out.checkError() && exitCode == ExitCode.DONE) {
            System.err.println("Could not write all of the output");
            return ExitCode.FAILED;
        }
        return exitCode;
    }

    /** The usual start does without picocli, whose classes are too old for an archive of classes (CDS). */
    private static boolean isDaemon(String[] arguments) {
        return arguments.length == 0 || arguments.length == 1 && arguments[0].equals("run");
    }

    private static int daemon() {
        new Thread(ZoomTranscriber::readCertificates, "certificates").start();
        try {
            return new Run().call();
        } catch (Exception e) {
            return explain(e, new PrintWriter(System.err, true));
        }
    }

    /**
     * Reads the machine's trusted certificates, which every start needs late and takes long to read, in a thread of its
     * own.
     */
    private static void readCertificates() {
        try {
            SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            // the first connection fails for the same reason, and reports it
        }
    }

    @Override
    public Integer call() throws Exception {
        return new Run().call();
    }

    static CommandLine commandLine() {
        return new CommandLine(new ZoomTranscriber())
                .setExecutionExceptionHandler((thrown, command, arguments) -> explain(thrown, command.getErr()))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Prints one line for each of the user's mistakes, without a stack trace. */
    private static int explain(Exception thrown, PrintWriter err) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigurationException configuration) {
                configuration.problems().forEach(err::println);
                return ExitCode.CONFIGURATION;
            }
            if (cause instanceof AwayException || cause instanceof LedgerException ledger && ledger.isAway()) {
                err.println(Clean.text(cause.getMessage()));
                return ExitCode.UNREACHABLE;
            }
            if (cause instanceof BrokenRoutesException
                    || cause instanceof LedgerInUseException
                    || cause instanceof LedgerException
                    || cause instanceof PortException
                    || cause instanceof UsageException) {
                err.println(cause.getMessage());
                return ExitCode.CONFIGURATION;
            }
        }
        thrown.printStackTrace(err);
        return ExitCode.DEFECT;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = ZoomTranscriber.class.getPackage().getImplementationVersion();
            return new String[] {"zoom-transcriber " + (version == null ? "(not packaged)" : version)};
        }
    }
}
