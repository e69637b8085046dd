package io.github.zoomtranscriber.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.Patience;
import io.github.zoomtranscriber.ledger.TestLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an account is allowed is divided among the nodes. */
class ClusterTest {

    private static final Cluster.Limits LIMITS = new Cluster.Limits(10, 19_000, 2, 10_000);

    private final TestLedger test = TestLedger.inMemory();
    private final List<Integer> inFlight = new ArrayList<>();

    @AfterEach
    void close() {
        test.close();
    }

    private Cluster node() {
        return new Cluster(test.another().nodes(), () -> "node", Duration.ofSeconds(10), LIMITS, inFlight::add);
    }

    /** All have heard of all. */
    private List<Cluster> settled(int count) {
        List<Cluster> nodes = IntStream.range(0, count).mapToObj(i -> node()).toList();
        for (int round = 0; round < 3; round++) {
            nodes.forEach(Cluster::beat);
            test.pass(Duration.ofSeconds(1));
        }
        return nodes;
    }

    private static int sum(List<Cluster> nodes, ToIntFunction<Cluster> share) {
        return nodes.stream().mapToInt(share).sum();
    }

    @Test
    void aNodeOnItsOwnHasAllOfIt() {
        Cluster alone = settled(1).get(0);
        assertEquals(10, alone.requestsPerSecond());
        assertEquals(19_000, alone.requestsPerFiveMinutes());
        assertEquals(2, alone.uploads());
        assertEquals(List.of(), inFlight, "nothing changes");
    }

    @Test
    void severalNodesTakeNoMoreTogetherThanOneWould() {
        List<Cluster> nodes = settled(2);
        assertEquals(10, sum(nodes, Cluster::requestsPerSecond));
        assertEquals(19_000, sum(nodes, Cluster::requestsPerFiveMinutes));
        assertEquals(2, sum(nodes, Cluster::uploads));
        assertEquals(5_000, inFlight.get(inFlight.size() - 1));
    }

    @Test
    void eachHasAtLeastOneOfEverything() {
        assertTrue(settled(3).stream().allMatch(node -> node.uploads() == 1 && node.requestsPerSecond() == 3));
    }

    @Test
    void anUploadWaitsForItsTurnUntilAnotherEndsOrThisNodeMayHaveMore() throws Exception {
        List<Cluster> nodes = settled(2);
        Cluster node = nodes.get(0);
        node.beginUpload();
        CompletableFuture<Void> second = begin(node);
        CompletableFuture<Void> third = begin(node);
        assertFalse(CompletableFuture.anyOf(second, third).isDone());
        node.endUpload();
        CompletableFuture.anyOf(second, third).get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
        assertFalse(second.isDone() && third.isDone());
        test.pass(Duration.ofSeconds(31));
        node.beat();
        CompletableFuture.allOf(second, third).get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
    }

    private static CompletableFuture<Void> begin(Cluster node) {
        return CompletableFuture.runAsync(() -> {
            try {
                node.beginUpload();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void aNodeThatComesTakesLittleUntilAllOthersCountWithIt() {
        Cluster first = settled(1).get(0);
        Cluster second = node();
        second.beat();
        assertEquals(1, second.requestsPerSecond());
        test.pass(Duration.ofSeconds(1));
        first.beat();
        second.beat();
        assertEquals(5, first.requestsPerSecond());
        assertEquals(5, second.requestsPerSecond());
    }

    @Test
    void whatADeadNodeHadIsTheOthersOnceItIsNotHeardOf() {
        List<Cluster> nodes = settled(2);
        test.pass(Duration.ofSeconds(31));
        nodes.get(0).beat();
        assertEquals(10, nodes.get(0).requestsPerSecond());
        assertEquals(10_000, inFlight.get(inFlight.size() - 1));
    }
}
