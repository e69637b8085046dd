package io.github.zoomtranscriber.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** What holds of every command. */
class CommandsTest {

    /** These change nothing but a folder of their own, and cost nothing. */
    private static final Set<String> HARMLESS =
            Set.of("check", "completion", "demo", "export", "rehearse", "routes", "simulator", "status");

    static Stream<CommandLine> commands() {
        CommandLine root = ZoomTranscriber.commandLine();
        return Stream.concat(Stream.of(root), all(root));
    }

    private static Stream<CommandLine> all(CommandLine command) {
        return command.getSubcommands().values().stream().flatMap(sub -> Stream.concat(Stream.of(sub), all(sub)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void itsHelpSaysWhatItDoesAndWhatEachOptionIs(CommandLine command) {
        assertTrue(command.getCommandSpec().findOption("--help") != null, "no --help");
        assertTrue(
                String.join(" ", command.getCommandSpec().usageMessage().description())
                                .length()
                        > 40,
                "says too little of itself");
        for (ArgSpec argument : command.getCommandSpec().args()) {
            assertTrue(argument.description().length > 0 && argument.description()[0].length() > 5, argument::toString);
        }
        List<String> wide = command.getUsageMessage()
                .lines()
                .filter(line -> line.length() > 80)
                .toList();
        assertEquals(List.of(), wide, "lines that a terminal would break");
    }

    @Test
    void whateverChangesOrCostsSomethingCanBeTriedFirst() {
        Set<String> without = new TreeSet<>();
        ZoomTranscriber.commandLine().getSubcommands().forEach((name, command) -> {
            if (command.getCommandSpec().findOption("--dry-run") == null) {
                without.add(name);
            }
        });
        assertEquals(new TreeSet<>(HARMLESS), without);
    }
}
