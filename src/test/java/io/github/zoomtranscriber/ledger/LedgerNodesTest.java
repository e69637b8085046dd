package io.github.zoomtranscriber.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.ledger.Nodes.Count;
import io.github.zoomtranscriber.ledger.Nodes.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes on one ledger: how many there are, and which of them does what is done once. */
class LedgerNodesTest extends LedgerFile {

    private static final Duration LIFE = Duration.ofSeconds(30);
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private static int living(Ledger node) {
        return node.nodes().beat("node", LIFE).living();
    }

    @Test
    void nodesThatLiveAreCounted() {
        Ledger second = test.another();
        Ledger third = test.another();
        assertEquals(1, living(ledger));
        assertEquals(2, living(second));
        assertEquals(3, living(third));
        assertEquals(3, living(ledger));
    }

    @Test
    void aNodeThatIsNotHeardOfOrLeavesCountsNoMore() {
        Ledger second = test.another();
        Ledger third = test.another();
        living(second);
        test.pass(LIFE.minusSeconds(5));
        living(third);
        assertEquals(3, living(ledger));
        test.pass(Duration.ofSeconds(10));
        assertEquals(2, living(ledger));
        third.nodes().leave();
        assertEquals(1, living(ledger));
    }

    @Test
    void aNodeThatComesKnowsWhenAllOthersHaveHeardOfIt() {
        Ledger second = test.another();
        living(ledger);
        test.pass(Duration.ofSeconds(5));
        assertEquals(new Count(2, false), second.nodes().beat("second", LIFE));
        test.pass(Duration.ofSeconds(1));
        assertEquals(new Count(2, true), ledger.nodes().beat("first", LIFE));
        assertEquals(new Count(2, true), second.nodes().beat("second", LIFE));
    }

    @Test
    void aNodeThatWasAwayForLongHasToBeHeardOfAnew() {
        Ledger second = test.another();
        living(second);
        living(ledger);
        test.pass(LIFE.multipliedBy(2));
        living(ledger);
        test.pass(Duration.ofSeconds(1));
        assertFalse(second.nodes().beat("second", LIFE).settled());
        test.pass(Duration.ofSeconds(1));
        living(ledger);
        assertTrue(second.nodes().beat("second", LIFE).settled());
    }

    @Test
    void aProcessThatHasTheLedgerToItselfWritesNothing() {
        Ledger alone = test.another();
        alone.takeOver();
        assertEquals(new Count(1, true), alone.nodes().beat("alone", LIFE));
        assertEquals(List.of(), ledger.nodes().list());
    }

    @Test
    void nodesAreListedWithWhatTheyWorkOn() {
        Ledger second = test.another();
        ledger.nodes().beat("first", LIFE);
        test.pass(Duration.ofSeconds(1));
        second.nodes().beat("second", LIFE);
        test.claimed("a");
        test.add("b", "c");
        second.claim("b");
        second.claim("c");
        assertEquals(
                List.of("first holds 1", "second holds 2"),
                second.nodes().list().stream()
                        .map(n -> n.name() + " holds " + n.holds())
                        .toList());
        test.pass(LIFE.plusSeconds(1));
        assertEquals(
                List.of(false, false),
                ledger.nodes().list().stream().map(Node::living).toList());
    }

    @Test
    void ofManyNodesThatAreWokenAtOnceOneMakesTheTick() {
        List<Ledger> nodes =
                IntStream.range(0, 12).mapToObj(i -> test.another()).toList();
        for (int tick = 0; tick < 5; tick++) {
            Instant scheduled = NOON.plusSeconds(tick);
            assertEquals(
                    1,
                    nodes.parallelStream()
                            .filter(node -> node.schedule().claim("discover", scheduled, ledger.now()))
                            .count());
        }
    }

    @Test
    void theNextTickIsAnybodysAlsoWhenTheNodeThatMadeTheLastHasDiedInIt() {
        assertTrue(test.another().schedule().claim("discover", NOON, ledger.now()));
        assertFalse(ledger.schedule().claim("discover", NOON, ledger.now()));
        assertTrue(ledger.schedule().claim("discover", NOON.plusSeconds(900), ledger.now()));
    }

    @Test
    void aNodeWhoseClockIsLateDoesNotRepeatATickAndOneWhoseClockIsFarAheadDoesNotEndThem() {
        assertTrue(ledger.schedule().claim("discover", ledger.now(), ledger.now()));
        assertFalse(test.another().schedule().claim("discover", ledger.now().minusSeconds(60), ledger.now()));
        Instant ahead = ledger.now().plus(Duration.ofDays(365));
        assertTrue(test.another().schedule().claim("discover", ahead, ahead));
        assertTrue(ledger.schedule().claim("discover", ledger.now().plusSeconds(90), ledger.now()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT3H", "PT-3H", "PT10M", "PT-10M"})
    void aNodeWhoseClockIsWrongByHoursMakesItsTicksAndSharesThemWithTheOthers(Duration wrong) {
        Ledger other = test.another();
        for (int tick = 0; tick < 3; tick++) {
            Instant now = ledger.now();
            Instant scheduled = now.plusSeconds(60 * tick - 600);
            assertTrue(other.schedule().claim("discover", scheduled.plus(wrong), now.plus(wrong)));
            assertFalse(ledger.schedule().claim("discover", scheduled, now));
        }
    }

    @Test
    void ticksGoOnWhereTheDatabasesClockIsSetBack() {
        Instant before = ledger.now();
        assertTrue(ledger.schedule().claim("discover", before, before));
        test.setClock(Duration.ofHours(-3));
        Instant now = ledger.now();
        assertTrue(ledger.schedule().claim("discover", now, now));
        assertFalse(test.another().schedule().claim("discover", now, now));
        assertTrue(test.another().schedule().claim("discover", now.plusSeconds(1), now));
    }

    @Test
    void whereTheDatabasesClockIsSetBackADeadNodeDoesNotComeToLifeAndALivingOneJoinsAgain() {
        Ledger dead = test.another();
        living(dead);
        living(ledger);
        test.setClock(Duration.ofHours(-3));
        assertEquals(1, living(ledger));
        assertEquals(
                List.of(false, true),
                ledger.nodes().list().stream().map(Node::living).sorted().toList());
        assertTrue(living(test.another()) == 2, "only the dead one is gone");
    }

    @Test
    void whoAskedForATokenBeforeTheDatabasesClockWasSetBackKeepsNobodyFromAsking() {
        assertTrue(test.another().tokens().mayAsk("zoom", Duration.ofMinutes(2)));
        assertFalse(ledger.tokens().mayAsk("zoom", Duration.ofMinutes(2)));
        test.setClock(Duration.ofHours(-3));
        assertTrue(ledger.tokens().mayAsk("zoom", Duration.ofMinutes(2)));
    }

    @Test
    void ofNodesThatStartTogetherOneMakesTheFirstTick() {
        Ledger second = test.another();
        living(ledger);
        living(second);
        assertTrue(ledger.schedule().claimAtStart("discover", NOON));
        assertFalse(second.schedule().claimAtStart("discover", NOON));
        test.pass(Duration.ofSeconds(61));
        assertTrue(second.schedule().claimAtStart("discover", NOON));
    }

    @Test
    void aNodeThatStartsMakesATickWhereTheOneThatMadeTheLastIsGone() {
        living(ledger);
        assertTrue(ledger.schedule().claimAtStart("discover", NOON));
        ledger.nodes().leave();
        assertTrue(test.another().schedule().claimAtStart("discover", NOON));
    }

    @Test
    void itIsKnownHowLongAgoANoteWasWritten() {
        assertTrue(ledger.notes().age("good tick").isEmpty());
        test.another().notes().put("good tick", "2 new at Zoom");
        test.pass(Duration.ofMinutes(20));
        assertEquals(20, ledger.notes().age("good tick").orElseThrow().toMinutes());
    }
}
