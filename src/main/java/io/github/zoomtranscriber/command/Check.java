package io.github.zoomtranscriber.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.LedgerException;
import io.github.zoomtranscriber.ledger.LedgerInUseException;
import io.github.zoomtranscriber.options.ConfigurationException;
import io.github.zoomtranscriber.options.Options;
import io.github.zoomtranscriber.reload.BrokenRoutesException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tries everything that the daemon needs. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Tries every secret, scope and folder, the ledger, and both services, one line each with what to do about it; "
                    + "then says what would be transcribed now, and what that costs.",
            "Changes nothing, transcribes nothing, works beside a running daemon.",
            "",
            "Ends with 0 if all is fine, 1 if Zoom did not list everything, 2 if something is wrong on this side, 3 if a service cannot be reached or refuses us."
        })
final class Check implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> IMPATIENT =
            Map.of("retry.attempts", "1", "retry.first-delay", "500ms", "retry.longest-delay", "500ms");

    @Option(
            names = "--show-config",
            description = "Instead: every option as it is in force, and where it comes from. Secrets are ***.")
    private boolean showConfig;

    @Option(names = "--json", description = "For scripts.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (showConfig) {
            return show(WorkingFolder.optionsWithoutLogins());
        }
        Map<String, String> overrides = DryRun.options(IMPATIENT);
        List<String> problems = List.of();
        Options options;
        try {
            options = WorkingFolder.options(overrides);
        } catch (ConfigurationException e) {
            problems = e.problems();
            options = WorkingFolder.optionsWithoutLogins(overrides);
        }
        return check(options, problems);
    }

    private int check(Options options, List<String> problems) {
        Checks checks = new Checks(options);
        List<Finding> findings = checks.findings();
        problems.forEach(problem -> findings.add(Finding.wrong("options", problem)));
        if (problems.isEmpty()) {
            findings.add(Finding.fine("options", "all valid; --show-config lists them"));
        }
        checks.folder("output.directory");
        checks.folder("data.directory");
        checks.queue();
        DryRun.Found found = null;
        try (DryRun lookout = new DryRun(options)) {
            findings.add(Finding.fine(
                    "routes",
                    lookout.daemon().context().getRoutesSize() + " routes in "
                            + WorkingFolder.routes(options).toAbsolutePath()));
            checks.ledger(lookout);
            boolean zoom = !options.get("zoom.auth").isEmpty()
                    && problems.stream().noneMatch(problem -> problem.contains("zoom."));
            if (!options.get("assemblyai.api-key").isEmpty()) {
                checks.assemblyai(lookout);
            }
            if (zoom && checks.zoomLogin(lookout)) {
                found = checks.zoomListing(lookout);
            }
        } catch (Exception e) {
            findings.add(explain(e));
        }
        if (json) {
            print(options, findings, found);
        } else {
            findings.forEach(finding -> System.out.printf(
                    "%-5s %-17s %s%n", finding.isFine() ? "ok" : "WRONG", finding.what(), finding.text()));
            if (found != null) {
                System.out.printf(
                        "%nWould be transcribed now: %s.%s%n",
                        Bill.of(found.all(), options), found.all().isEmpty() ? "" : " once --dry-run lists them.");
            }
        }
        return Stream.of(ExitCode.CONFIGURATION, ExitCode.UNREACHABLE, ExitCode.FAILED)
                .filter(exit -> findings.stream().anyMatch(finding -> finding.exitCode() == exit))
                .findFirst()
                .orElse(ExitCode.DONE);
    }

    /** What kept the routes from being looked at. */
    private static Finding explain(Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof BrokenRoutesException) {
                return Finding.wrong("routes", Clean.text(cause.getMessage()));
            }
            if (cause instanceof LedgerException ledger) {
                return Checks.ledger(ledger);
            }
            if (cause instanceof LedgerInUseException) {
                return Finding.wrong("ledger", Clean.text(cause.getMessage()) + "; see ledger.url");
            }
        }
        return Finding.wrong("routes", Clean.text(thrown.toString()));
    }

    private static void print(Options options, List<Finding> findings, DryRun.Found found) {
        ObjectNode root = JSON.createObjectNode();
        findings.forEach(finding -> root.withArray("checks")
                .addObject()
                .put("check", finding.what())
                .put("ok", finding.isFine())
                .put("text", finding.text()));
        if (found != null) {
            Bill.of(found.all(), options).into(root.putObject("would_transcribe"));
        }
        System.out.println(root.toPrettyString());
    }

    private int show(Options options) {
        if (json) {
            ObjectNode root = JSON.createObjectNode();
            options.names().forEach(name -> root.putObject(name)
                    .put("value", options.shown(name))
                    .put("source", options.source(name)));
            System.out.println(root.toPrettyString());
            return ExitCode.DONE;
        }
        int width = width(options, name -> name + " = " + options.shown(name));
        options.names()
                .forEach(name -> System.out.printf(
                        "%-" + width + "s  # %s%n", name + " = " + options.shown(name), options.source(name)));
        return ExitCode.DONE;
    }

    private static int width(Options options, Function<String, String> line) {
        return options.names().stream()
                .map(line)
                .mapToInt(String::length)
                .filter(length -> length <= 70)
                .max()
                .orElse(1);
    }
}
