package io.github.zoomtranscriber.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No two recordings have files of one name. */
class LedgerNamesTest extends LedgerFile {

    private static String name(Entry entry, String... candidates) {
        return ledger.outputNames().assign(entry, List.of(candidates), current -> false, name -> false);
    }

    @Test
    void theFirstNameThatNoOtherRecordingHasIsTaken() {
        assertEquals("Weekly sync", name(test.claimed("a"), "Weekly sync", "Weekly sync 08.00"));
        assertEquals("Weekly sync 08.00", name(test.claimed("b"), "Weekly sync", "Weekly sync 08.00"));
        assertEquals("Weekly sync", test.entry("a").outputName());
    }

    @Test
    void namesThatDifferInUpperAndLowerCaseAloneAreOne() {
        assertEquals("Weekly SYNC", name(test.claimed("a"), "Weekly SYNC"));
        assertEquals("weekly sync 08.00", name(test.claimed("b"), "weekly sync", "weekly sync 08.00"));
        assertFalse(ledger.outputNames().isFree("WEEKLY sync"));
        assertTrue(ledger.outputNames().isFree("Weekly syncs"));
    }

    @Test
    void aRecordingIsGivenTheSameNameEachTime() {
        Entry entry = test.claimed("a");
        assertEquals("Weekly sync", name(entry, "Weekly sync", "Weekly sync 08.00"));
        assertEquals("Weekly sync", name(entry, "Weekly sync", "Weekly sync 08.00"));
    }

    @Test
    void aFileOfSomebodyElsesIsLeftAlone() {
        assertEquals(
                "Weekly sync 08.00",
                ledger.outputNames()
                        .assign(
                                test.claimed("a"),
                                List.of("Weekly sync", "Weekly sync 08.00"),
                                current -> true,
                                name -> name.equals("Weekly sync")));
    }

    @Test
    void whereAllNamesAreTakenThatIsSaidWithThem() {
        Entry entry = test.claimed("a");
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> ledger.outputNames()
                .assign(entry, List.of("Weekly sync"), current -> true, name -> true));
        assertTrue(e.getMessage().contains("Weekly sync"), e.getMessage());
    }

    @Test
    void ofManyThatAreNamedAtOnceNoTwoGetTheSame() {
        List<Entry> entries =
                IntStream.range(0, 40).mapToObj(i -> test.claimed("file-" + i)).toList();
        Set<String> names = entries.parallelStream()
                .map(entry -> name(entry, "Sync", "Sync 08.00", "Sync " + entry.id()))
                .collect(Collectors.toSet());
        assertEquals(40, names.size());
        assertTrue(names.containsAll(Set.of("Sync", "Sync 08.00")));
    }

    @Test
    void twoWhoNameTheSameRecordingGetOneNameThoughTheFilesOfTheFirstAreThereAlready() {
        Entry first = test.claimed("a");
        Entry second = ledger.records().find("a").orElseThrow();
        Set<String> files = new HashSet<>();
        List<String> candidates = List.of("Weekly sync", "Weekly sync 08.00");

        files.add(ledger.outputNames().assign(first, candidates, current -> true, files::contains));
        String again = ledger.outputNames().assign(second, candidates, current -> true, files::contains);

        assertEquals(files, Set.of(again));
    }

    @Test
    void whoIsSlowerGetsTheNameOfTheQuicker() {
        Entry entry = test.claimed("a");
        List<String> candidates = List.of("Weekly sync", "Weekly sync 08.00");

        // the other one names the files and writes them while this one looks whether there are any
        String name = ledger.outputNames().assign(entry, candidates, current -> true, candidate -> {
            ledger.outputNames().assign(entry, candidates, current -> true, free -> false);
            return candidate.equals("Weekly sync");
        });

        assertEquals("Weekly sync", name);
    }
}
