package io.github.zoomtranscriber.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No two recordings have files of one name. */
class LedgerNamesTest extends LedgerFile {

    private static String name(Entry entry, String... candidates) {
        return ledger.name(entry, List.of(candidates), name -> false);
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
        assertFalse(ledger.isNameFree("WEEKLY sync"));
        assertTrue(ledger.isNameFree("Weekly syncs"));
    }

    @Test
    void aRecordingIsGivenTheSameNameEachTime() {
        Entry entry = test.claimed("a");
        assertEquals("Weekly sync", name(entry, "Weekly sync", "Weekly sync 08.00"));
        assertEquals("Weekly sync", name(entry, "Weekly sync", "Weekly sync 08.00"));
    }

    @Test
    void aFileOfSomebodyElsesIsLeftAlone() {
        assertEquals("Weekly sync 08.00",
                ledger.name(test.claimed("a"), List.of("Weekly sync", "Weekly sync 08.00"), name -> name.equals("Weekly sync")));
    }

    @Test
    void whereAllNamesAreTakenThatIsSaidWithThem() {
        Entry entry = test.claimed("a");
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> ledger.name(entry, List.of("Weekly sync"), name -> true));
        assertTrue(e.getMessage().contains("Weekly sync"), e.getMessage());
    }

    @Test
    void ofManyThatAreNamedAtOnceNoTwoGetTheSame() {
        List<Entry> entries = IntStream.range(0, 40).mapToObj(i -> test.claimed("file-" + i)).toList();
        Set<String> names = entries.parallelStream().map(entry -> name(entry, "Sync", "Sync 08.00", "Sync " + entry.id())).collect(Collectors.toSet());
        assertEquals(40, names.size());
        assertTrue(names.containsAll(Set.of("Sync", "Sync 08.00")));
    }
}
