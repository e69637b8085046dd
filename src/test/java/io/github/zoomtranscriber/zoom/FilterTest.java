package io.github.zoomtranscriber.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Weekly sync | Weekly sync | true",
                "Weekly sync | weekly SYNC | true",
                "Weekly sync | Weekly sync 2 | false",
                "Weekly* | Weekly sync | true",
                "*sync | Weekly sync | true",
                "*ly*nc | Weekly sync | true",
                "* | `` | true",
                "a.c | abc | false",
                "(x.y) [1]? | (x.y) [1]? | true",
                "\\E*\\Q | \\Ex\\Q | true",
                "ÜBUNG* | übung 7 | true"
            })
    void aStarStandsForAnyTextAndNothingElseForAnythingButItself(String pattern, String topic, boolean taken) {
        assertEquals(taken, new Filter(List.of(pattern), List.of()).takes(topic));
    }

    @Test
    void aTopicOnSeveralLinesIsOneText() {
        assertTrue(new Filter(List.of("so*daily"), List.of()).takes("so\nit is\ndaily"));
    }

    @Test
    void withoutPatternsEverythingIsTaken() {
        assertTrue(new Filter(List.of(), List.of()).takes("anything"));
        assertTrue(new Filter(List.of(), List.of()).takes(""));
    }

    @Test
    void whatIsExcludedIsNotTakenEvenIfItIsIncluded() {
        Filter filter = new Filter(List.of("*sync*", "*demo*"), List.of("*secret*"));
        assertTrue(filter.takes("Weekly sync"));
        assertTrue(filter.takes("A demo"));
        assertFalse(filter.takes("Secret sync"));
        assertFalse(filter.takes("Lunch"));
        assertFalse(new Filter(List.of(), List.of("lunch")).takes("Lunch"));
    }

    @Test
    void ofSeveralNamesOfOneThingOneIsEnough() {
        assertTrue(new Filter(List.of("ada@example.com"), List.of()).takes("uSr_1", "ada@example.com"));
        assertFalse(new Filter(List.of(), List.of("ada@example.com")).takes("uSr_1", "ada@example.com"));
    }
}
