package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.options.ConfigurationException;
import io.github.zoomtranscriber.ledger.LedgerException;
import io.github.zoomtranscriber.ledger.LedgerInUseException;
import io.github.zoomtranscriber.logging.LogSettings;
import io.github.zoomtranscriber.reload.BrokenRoutesException;
import io.github.zoomtranscriber.server.PortException;
import java.io.PrintWriter;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program. Without a command it is {@code run}. */
@Command(name = "zoom-transcriber", mixinStandardHelpOptions = true, versionProvider = ZoomTranscriber.Version.class,
        description = "Turns every Zoom cloud recording into a transcript on disk, exactly once, by itself.",
        subcommands = {Run.class, Once.class, Check.class, Backfill.class, Demo.class, Status.class, Retry.class, Skip.class, Forget.class, Render.class, Export.class, Import.class, Routes.class, Rehearse.class, SimulatorCommand.class, Completion.class},
        footerHeading = "%nExit codes:%n", footer = {
            "  0   done", "  1   some recordings failed", "  2   wrong configuration, routes or command line; nothing was started",
            "  3   Zoom or AssemblyAI cannot be reached, or refuses our keys", "  70  a defect of this program"},
        synopsisSubcommandLabel = "[COMMAND]")
public final class ZoomTranscriber implements Callable<Integer> {

    public static void main(String[] arguments) {
        LogSettings.begin();
        System.exit(isDaemon(arguments) ? daemon() : commandLine().execute(arguments));
    }

    /** What nearly every start is needs no library to read it; that one's classes are so old that no archive of classes takes them. */
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

    /** Reads the certificates that the machine trusts, which each start needs and nothing before it, on a core of its own where there is one. */
    private static void readCertificates() {
        try {
            SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            // whoever makes a connection finds out, and says so
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

    /** A user's mistake is one line each, and no stack trace. */
    private static int explain(Exception thrown, PrintWriter err) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigurationException configuration) {
                configuration.problems().forEach(err::println);
                return ExitCode.CONFIGURATION;
            }
            if (cause instanceof BrokenRoutesException || cause instanceof LedgerInUseException || cause instanceof LedgerException
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
