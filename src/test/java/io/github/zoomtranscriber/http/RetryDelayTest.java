package io.github.zoomtranscriber.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.MovableClock;
import io.github.zoomtranscriber.logging.CapturedLog;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How a failed call is tried again. */
class RetryDelayTest {

    private static final CamelContext CONTEXT = new DefaultCamelContext();
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final RetryDelay delay = new RetryDelay(new Outages(new MovableClock()), LONGEST);

    @AfterAll
    static void close() throws Exception {
        CONTEXT.close();
    }

    private static Exchange failed(Exception failure) {
        Exchange exchange = new DefaultExchange(CONTEXT);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
        exchange.setVariable(Call.VARIABLE, Call.get(Vendor.ASSEMBLYAI, "/v2/transcript/1", null));
        return exchange;
    }

    private static Exchange posting(Exception failure) {
        Exchange exchange = failed(failure);
        exchange.setVariable(
                Call.VARIABLE,
                new Call(Vendor.ASSEMBLYAI, "POST", "/v2/transcript", null, "application/json", Call.Kind.SUBMISSION));
        return exchange;
    }

    private static Busy busy(int status, Duration wait) {
        return new Busy(Vendor.ASSEMBLYAI, status, "", wait);
    }

    @Test
    void aVendorIsLeftAloneForAsLongAsItAskedAndALittleMore() {
        for (int i = 0; i < 50; i++) {
            Exchange exchange = failed(busy(429, Duration.ofSeconds(30)));
            delay.process(exchange);
            long millis = exchange.getMessage().getHeader(Exchange.REDELIVERY_DELAY, Long.class);
            assertTrue(millis >= 30_000 && millis <= 33_250, () -> millis + " ms");
        }
    }

    @Test
    void withoutAWishOfTheVendorsTheErrorHandlersOwnDelaysHold() {
        Exchange exchange = failed(busy(503, null));
        exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, 30_000L);
        delay.process(exchange);
        assertNull(exchange.getMessage().getHeader(Exchange.REDELIVERY_DELAY));
    }

    @Test
    void waitingInMemoryIsWorthWhileUpToALimit() {
        assertTrue(delay.isWorthWhile(failed(busy(429, null))));
        assertTrue(delay.isWorthWhile(failed(busy(429, LONGEST))));
        assertFalse(delay.isWorthWhile(failed(busy(429, LONGEST.plusSeconds(1)))));
    }

    @Test
    void aSubmissionOfUnknownFateIsNotSimplyRepeated() {
        assertFalse(delay.isWorthWhile(posting(new SocketTimeoutException("Read timed out"))));
        assertFalse(delay.isWorthWhile(posting(busy(500, null))));
        assertFalse(delay.isWorthWhile(posting(busy(504, Duration.ofSeconds(1)))));
        assertTrue(delay.isWorthWhile(posting(busy(429, Duration.ofSeconds(1)))));
        assertTrue(delay.isWorthWhile(failed(new SocketTimeoutException("Read timed out"))));
        assertTrue(delay.isWorthWhile(failed(busy(500, null))));
    }

    @Test
    void aFileThatCannotBeWrittenIsNoCall() {
        assertFalse(delay.isCall(failed(new FileSystemException("a.md", null, "No space left on device"))));
        assertFalse(delay.isCall(failed(new GenericFileOperationFailedException("a.md"))));
        assertFalse(delay.isWorthWhile(failed(new FileSystemException("a.md"))));
        assertTrue(delay.isCall(failed(new IOException("Connection reset"))));
    }

    @Test
    void callsThatGetNoAnswerAreAnOutageOfTheVendorThatWasCalled() {
        try (CapturedLog log = new CapturedLog(Outages.class)) {
            for (int i = 0; i < 5; i++) {
                delay.process(failed(new IOException("Connection reset")));
                delay.process(failed(new FileSystemException("a.md")));
                delay.process(failed(busy(503, null)));
            }
            assertEquals(
                    "WARN AssemblyAI is failing; calls keep being retried: java.io.IOException: Connection reset",
                    String.join("\n", log.lines()));
        }
    }
}
