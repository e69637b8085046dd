package io.github.zoomtranscriber.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.io.JsonEOFException;
import io.github.zoomtranscriber.ledger.Reason;
import io.github.zoomtranscriber.ledger.TestLedger;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An endpoint that nobody knows fails, in words that nobody knows: whose trouble it is shows by the next delivery. */
class DeliveriesTest {

    @TempDir
    Path folder;

    private final TestLedger test = TestLedger.inMemory();
    private final List<String> own = new ArrayList<>();
    private Deliveries deliveries;

    @BeforeEach
    void begin() {
        Pause pause = new Pause(
                Deliveries.NOTE,
                "Deliveries",
                Reason.DELIVERIES_PAUSED,
                test.ledger,
                Duration.ofMinutes(5),
                Clock.systemUTC());
        deliveries = new Deliveries(pause, List.of(folder), true, (work, failure) -> own.add(work.id()));
    }

    @AfterEach
    void close() {
        test.close();
    }

    private Work work(String id) {
        return Work.of(test.submitted(id, "t-" + id));
    }

    private void fails(Work work) {
        deliveries.failed(work, new CamelExchangeException("no", new DefaultExchange(new DefaultCamelContext())));
    }

    @Test
    void oneFailureHoldsNobodyBackAndCountsForNothing() {
        Work work = work("one");
        fails(work);

        assertEquals(List.of(), own);
        assertNull(deliveries.pauseReason());
        assertEquals(Reason.DELIVERIES_PAUSED, test.entry("one").reasonCode());
    }

    @Test
    void aSecondFailureInARowPausesAll() {
        fails(work("one"));
        fails(work("two"));

        assertEquals(List.of(), own);
        assertTrue(deliveries.isPaused(work("three")));
    }

    @Test
    void soDoesTheSameRecordingTwiceWhereThereIsNoOther() {
        fails(work("one"));
        test.pass(Duration.ofMinutes(5));
        fails(Work.of(test.claim("one")));

        assertEquals(List.of(), own);
        assertTrue(deliveries.isPaused(work("two")));
    }

    @Test
    void whatFailsWhileAnotherIsDeliveredIsItsOwn() {
        fails(work("one"));
        deliveries.succeeded(work("two"));
        test.pass(Duration.ofMinutes(5));
        fails(Work.of(test.claim("one")));

        assertEquals(List.of("one"), own);
        assertFalse(deliveries.isPaused(work("three")));
    }

    @Test
    void aDamagedTranscriptIsItsOwnRecordingsTroubleAndPausesNothing() {
        deliveries.failed(work("one"), new JsonEOFException(null, null, "Unexpected end-of-input"));

        assertEquals(List.of("one"), own);
        assertNull(deliveries.pauseReason());
    }

    @Test
    void aServerThatCannotBeReachedPausesAllAtOnce() {
        deliveries.failed(work("one"), new CamelExecutionException("no", null, new ConnectException("refused")));

        assertEquals(List.of(), own);
        assertTrue(deliveries.isPaused(work("two")));
    }
}
