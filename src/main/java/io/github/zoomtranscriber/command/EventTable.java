package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.ledger.Event;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The history of a recording as a table for people. A column that is empty in all lines is left out. */
final class EventTable {

    private static final List<String> HEAD = List.of("when", "state", "hand-off", "try", "node", "reason");

    private EventTable() {}

    /** @param events the oldest first; if there are none, nothing is printed */
    static void print(List<Event> events, PrintStream out) {
        if (events.isEmpty()) {
            return;
        }
        List<List<String>> lines = Stream.concat(
                        Stream.of(HEAD), events.stream().map(EventTable::line))
                .toList();
        List<Integer> columns = IntStream.range(0, HEAD.size())
                .filter(column -> lines.stream().skip(1).anyMatch(line -> !line.get(column)
                        .isEmpty()))
                .boxed()
                .toList();
        out.println();
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int column : columns) {
                int width = lines.stream()
                        .mapToInt(other -> other.get(column).length())
                        .max()
                        .orElse(0);
                text.append(line.get(column))
                        .append(" ".repeat(width - line.get(column).length() + 2));
            }
            out.println(text.toString().stripTrailing());
        }
    }

    private static List<String> line(Event event) {
        return List.of(
                event.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                event.state(),
                Objects.toString(event.handOff(), ""),
                event.attempt() == 0 ? "" : Integer.toString(event.attempt()),
                Objects.toString(event.node(), ""),
                Objects.toString(event.reason(), ""));
    }
}
