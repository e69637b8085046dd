package io.github.zoomtranscriber.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.reload.BrokenRoutesException;
import io.github.zoomtranscriber.reload.RouteMap;
import io.github.zoomtranscriber.reload.RouteMap.Call;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the routes and how they are connected, and checks them. */
@Command(
        name = "routes",
        mixinStandardHelpOptions = true,
        description = "Prints the routes in the folder, what each is for and what it calls. Starts nothing.")
final class Routes implements Callable<Integer> {

    private static final int WIDTH = 100;
    private static final String INDENT = "      ";

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Option(names = "--mermaid", description = "As a drawing for Mermaid: files as boxes, and which route calls which.")
    private boolean mermaid;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (Daemon daemon = Unstarted.daemon(null)) {
            daemon.build();
            List<RouteMap.Entry> entries = RouteMap.of(daemon.context());
            if (json) {
                out.println(new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(entries));
            } else if (mermaid) {
                draw(entries, out);
            } else {
                print(entries, out);
            }
        }
        return ExitCode.DONE;
    }

    private static void print(List<RouteMap.Entry> entries, PrintWriter out) {
        String file = "";
        for (RouteMap.Entry entry : entries) {
            if (!entry.file().equals(file)) {
                file = entry.file();
                out.printf("%n%s%n", file);
            }
            out.printf("%n  %s%n", entry.id());
            wrap(entry.description(), out);
            out.printf("%sfrom   %s%n", INDENT, entry.from());
            String label = "calls";
            for (Call call : entry.calls()) {
                out.printf("%s%-6s %s%n", INDENT, label, call);
                label = "";
            }
        }
    }

    /**
     * What goes through the queue, or any other endpoint that a route of the folder begins with, is an arrow as well.
     */
    private static void draw(List<RouteMap.Entry> entries, PrintWriter out) {
        out.println("flowchart LR");
        String file = null;
        for (RouteMap.Entry entry : entries) {
            if (!entry.file().equals(file)) {
                out.print(file == null ? "" : "  end\n");
                file = entry.file();
                out.printf("  subgraph %s%n", file.replaceFirst(".*/", ""));
            }
            out.printf("    %s%n", node(entry.id()));
        }
        out.print(file == null ? "" : "  end\n");
        entries.forEach(entry -> entry.calls().stream()
                .filter(call -> call.route() != null)
                .forEach(call -> out.printf("  %s --> %s%n", name(entry.id()), name(call.route()))));
    }

    /** "end" and punctuation mean something in Mermaid's names, and nothing in its labels. */
    private static String node(String id) {
        return name(id) + "[\"" + id + "\"]";
    }

    private static String name(String id) {
        return "r_" + id.replaceAll("[^A-Za-z0-9]", "_");
    }

    private static void wrap(String text, PrintWriter out) {
        StringBuilder line = new StringBuilder(INDENT);
        for (String word :
                text.isBlank() ? List.<String>of() : List.of(text.strip().split("\\s+"))) {
            if (line.length() + word.length() >= WIDTH) {
                out.println(line.toString().stripTrailing());
                line.setLength(INDENT.length());
            }
            line.append(word).append(' ');
        }
        if (line.length() > INDENT.length()) {
            out.println(line.toString().stripTrailing());
        }
    }

    /** The check that the daemon makes at its start and before it applies an edit. */
    @Command(
            name = "validate",
            mixinStandardHelpOptions = true,
            description =
                    "Checks all routes the way the daemon does at its start and before it applies an edit, and prints every problem with file and "
                            + "line: syntax, targets, beans and methods, variables, error handling, and anything else that would keep a route from starting. "
                            + "Starts nothing (no port, no connection, no call) and works beside a running daemon. Exit code 0, or 2 if there are problems.")
    int validate(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "FOLDER",
                            description = "The folder to check (default: that of the daemon).")
                    Path folder) {
        CommandSpec command = spec.subcommands().get("validate").getCommandSpec();
        PrintWriter out = command.commandLine().getOut();
        try (Daemon daemon = Unstarted.daemon(folder)) {
            daemon.build();
            List<RouteMap.Entry> entries = RouteMap.of(daemon.context());
            out.printf(
                    "%d routes in %d files: no problems found%n",
                    entries.size(),
                    entries.stream().map(RouteMap.Entry::file).distinct().count());
            return ExitCode.DONE;
        } catch (BrokenRoutesException e) {
            e.problems().forEach(out::println);
            return ExitCode.CONFIGURATION;
        }
    }
}
