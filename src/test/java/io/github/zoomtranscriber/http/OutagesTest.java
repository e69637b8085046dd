package io.github.zoomtranscriber.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.zoomtranscriber.MovableClock;
import io.github.zoomtranscriber.logging.CapturedLog;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutagesTest {

    private final MovableClock clock = new MovableClock();
    private final Outages outages = new Outages(clock);
    private final CapturedLog log = new CapturedLog(Outages.class);

    @AfterEach
    void end() {
        log.close();
    }

    private void fail(Vendor vendor, int times) {
        for (int i = 0; i < times; i++) {
            outages.failed(vendor, "503 Service unavailable");
        }
    }

    @Test
    void anOutageOfAnHourIsOneLineWhenItBeginsAndOneWhenItEnds() {
        for (int minute = 0; minute < 60; minute++) {
            fail(Vendor.ZOOM, 100);
            clock.move(Duration.ofMinutes(1));
        }
        outages.answered(Vendor.ZOOM);
        outages.answered(Vendor.ZOOM);
        assertEquals(
                List.of(
                        "WARN Zoom is failing; calls keep being retried: 503 Service unavailable",
                        "INFO Zoom has recovered after 3600 s and 6000 failed calls"),
                log.lines());
    }

    @Test
    void aFailureNowAndThenIsEverydayBusiness() {
        for (int i = 0; i < 20; i++) {
            fail(Vendor.ZOOM, 4);
            outages.answered(Vendor.ZOOM);
        }
        assertEquals(List.of(), log.lines());
    }

    @Test
    void oneVendorsOutageIsNotTheOthers() {
        fail(Vendor.ASSEMBLYAI, 5);
        outages.answered(Vendor.ZOOM);
        fail(Vendor.ASSEMBLYAI, 5);
        assertEquals(
                List.of("WARN AssemblyAI is failing; calls keep being retried: 503 Service unavailable"), log.lines());
    }

    @Test
    void theNextOutageIsSaidAgain() {
        fail(Vendor.ZOOM, 5);
        outages.answered(Vendor.ZOOM);
        fail(Vendor.ZOOM, 5);
        assertEquals(3, log.lines().size());
    }
}
