package io.github.zoomtranscriber.http;

import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Called by the error handler whenever a call fails: takes note of it, and makes it wait as long as the vendor asked
 * for. Where the vendor did not say, the error handler's own delays hold.
 */
public final class RetryDelay implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(RetryDelay.class);

    private final Outages outages;
    private final Duration longest;

    /** @param longest what an exchange may wait for in memory; beyond it, the ledger is the place to wait */
    public RetryDelay(Outages outages, Duration longest) {
        this.outages = outages;
        this.longest = longest;
    }

    @Override
    public void process(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Busy busy = Causes.find(failure, Busy.class);
        if (busy != null && busy.getWait() != null) {
            long jitter = ThreadLocalRandom.current().nextLong(busy.getWait().toMillis() / 10 + 250);
            exchange.getMessage()
                    .setHeader(Exchange.REDELIVERY_DELAY, busy.getWait().toMillis() + jitter);
        } else {
            exchange.getMessage().removeHeader(Exchange.REDELIVERY_DELAY);
        }
        Call call = Call.of(exchange);
        LOG.debug("{} failed", call, failure);
        if (busy == null && isCall(exchange) && call != null) {
            outages.failed(call.vendor(), Clean.text(failure.toString()));
        }
    }

    /**
     * @return whether the failed call may be repeated by this exchange: not if the vendor wants to be left alone for
     *     long, and not if it was a submission whose fate nobody knows
     */
    public boolean isWorthWhile(Exchange exchange) {
        Busy busy = Causes.find(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class), Busy.class);
        if (busy != null && busy.getWait() != null && busy.getWait().compareTo(longest) > 0) {
            return false;
        }
        boolean known = busy != null && busy.isRefused();
        Call call = Call.of(exchange);
        return isCall(exchange) && (known || call == null || !call.isSubmission());
    }

    /** @return whether it was a call to a vendor that failed, and not the writing of a file */
    public boolean isCall(Exchange exchange) {
        Object failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT);
        return !(failure instanceof GenericFileOperationFailedException || failure instanceof FileSystemException);
    }
}
