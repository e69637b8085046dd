package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.ledger.LedgerConnection;
import io.github.zoomtranscriber.ledger.Recording;
import io.github.zoomtranscriber.options.Options;
import io.github.zoomtranscriber.work.SteadyClock;
import io.github.zoomtranscriber.zoom.Period;
import java.io.Console;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What was recorded before the daemon looked back. */
@Command(
        name = "backfill",
        mixinStandardHelpOptions = true,
        description = {
            "Transcribes what was recorded in an older period, month by month.",
            "",
            "First says how many recordings and hours that is and what it costs, and asks. What is transcribed already is left alone, so "
                    + "an interrupted backfill is repeated with the same days. Where a daemon runs on the ledger, that one does the work, and this "
                    + "shows how far it is."
        })
final class Backfill implements Callable<Integer> {

    @Option(
            names = "--from",
            paramLabel = "DAY",
            required = true,
            description = "The first day, as 2026-01-31, in each meeting's own time zone.")
    private LocalDate from;

    @Option(names = "--to", paramLabel = "DAY", description = "The last day, included (default: today).")
    private LocalDate to;

    @Option(
            names = {"-y", "--yes"},
            description = "Does not ask.")
    private boolean yes;

    @Option(
            names = "--dry-run",
            description = "Only lists what would be transcribed, and says what that costs. Changes nothing.")
    private boolean dryRun;

    @Option(
            names = "--json",
            description = "For scripts: what came of it, or would be transcribed, as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        LocalDate last = to == null ? LocalDate.now(Clock.systemUTC()) : to;
        if (from.isAfter(last)) {
            throw new UsageException("--from " + from + " is after --to " + last + ": expected the earlier day first");
        }
        List<Period> months = new Period(from, last).months();
        Options still = WorkingFolder.options(DryRun.options(Map.of()));
        Set<String> ids = new HashSet<>();
        Set<String> unlisted = new LinkedHashSet<>();
        Bill bill = survey(still, months, ids, unlisted);
        int seen = unlisted.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        if (dryRun) {
            return seen;
        }
        if (ids.isEmpty() || !isWanted()) {
            return json ? Summary.empty(unlisted).printJson(System.out) : seen;
        }
        Options options = WorkingFolder.options(Map.of("zoom.discover", "false"));
        Round round;
        try (Progress progress = new Progress(
                ids,
                new Bill(ids.size(), bill.minutes(), bill.unknown(), bill.price()),
                isTerminal(),
                System.err,
                new SteadyClock())) {
            round = new Round(options, WorkingFolder.routes(options), months, progress);
            boolean beside = LedgerConnection.isServed(
                    options.get("ledger.url"), options.get("ledger.username"), options.get("ledger.password"));
            round = beside ? round.runBeside(still) : round.run();
        }
        return json ? round.summary().printJson(System.out) : round.report(System.out);
    }

    /**
     * @param ids takes the ids of all that is to be done
     * @param unlisted takes what Zoom does not list
     */
    private Bill survey(Options still, List<Period> months, Set<String> ids, Set<String> unlisted) throws Exception {
        try (DryRun lookout = new DryRun(still)) {
            Bill all = Bill.of(List.of(), still);
            int begun = 0;
            List<Recording> due = List.of();
            List<Recording> fresh = new ArrayList<>();
            for (Period month : months) {
                DryRun.Found found = lookout.plan(month);
                Bill bill = Bill.of(found.fresh(), still);
                System.err.printf("%s  %s%s%n", month, bill, found.fresh().isEmpty() ? ": " + found.tally() : "");
                if (dryRun && !json) {
                    Plan.print(found.fresh(), System.out);
                }
                fresh.addAll(found.fresh());
                unlisted.addAll(found.tally().getRefused());
                found.fresh().forEach(recording -> ids.add(recording.id()));
                ids.addAll(found.begun());
                begun += found.begun().size();
                due = found.due().stream()
                        .filter(recording -> !found.begun().contains(recording.id()))
                        .toList();
                all = all.plus(bill);
            }
            System.err.printf("To be transcribed: %s%n", all);
            if (!unlisted.isEmpty()) {
                System.err.println(Summary.notListed(unlisted));
            }
            if (dryRun && json) {
                Plan.printJson(fresh, all, System.out);
            }
            if (begun > 0) {
                System.err.printf("Also: %d from these days that are already in progress%n", begun);
            }
            due = due.stream()
                    .filter(recording -> !ids.contains(recording.id()))
                    .toList();
            if (!due.isEmpty()) {
                System.err.printf("Also: already waiting in the ledger, %s%n", Bill.of(due, still));
            }
            return all;
        }
    }

    private boolean isWanted() {
        if (yes) {
            return true;
        }
        System.err.print("Continue? [y/N] ");
        System.err.flush();
        Scanner in = new Scanner(System.in, Charset.defaultCharset());
        if (!in.hasNextLine()) {
            throw new UsageException("Nobody answered, so nothing was done. For scripts there is --yes");
        }
        return in.nextLine().strip().toLowerCase(java.util.Locale.ROOT).matches("y|yes");
    }

    /** From Java 22 on there is a console also where there is no terminal, and only that can say so. */
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
