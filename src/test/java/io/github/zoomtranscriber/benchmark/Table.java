package io.github.zoomtranscriber.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is printed: one row for each case, as Markdown. */
final class Table {

    private final List<Row> rows = new ArrayList<>();

    /**
     * One case. Times in seconds; what was not measured is {@code NaN} or null.
     *
     * @param note what a reader has to know
     */
    record Row(
            String what,
            int recordings,
            double wall,
            double firstToLast,
            double lagMedian,
            double lag95,
            String polls,
            String calls,
            double cpu,
            long peakMb,
            int threads,
            String note) {}

    void add(Row row) {
        rows.add(row);
        System.err.println(line(row));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                """
                | | recordings | wall s | first request to last file s | lag s, median | 95 % | polls each, median (most) | calls Zoom / AssemblyAI | CPU s | peak MB | threads | |
                | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
                """);
        rows.forEach(row -> text.append(line(row)).append('\n'));
        return text.toString();
    }

    private static String line(Row row) {
        return String.join(
                " | ",
                "| " + row.what,
                Integer.toString(row.recordings),
                number(row.wall),
                number(row.firstToLast),
                number(row.lagMedian),
                number(row.lag95),
                text(row.polls),
                text(row.calls),
                number(row.cpu),
                row.peakMb == 0 ? "" : Long.toString(row.peakMb),
                row.threads == 0 ? "" : Integer.toString(row.threads),
                text(row.note) + " |");
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
    }
}
