package io.github.zoomtranscriber.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SeldomTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);
    private final Seldom seldom = new Seldom(now::get);
    private final List<String> lines = new ArrayList<>();

    @Test
    void theFirstIsSaidAtOnceAndOfTheOthersOneAMinuteWithTheirNumber() {
        seldom.log(lines::add);
        assertEquals(List.of(""), lines);

        now.addAndGet(Duration.ofSeconds(59).toNanos());
        seldom.log(lines::add);
        seldom.log(lines::add);
        assertEquals(1, lines.size());

        now.addAndGet(Duration.ofSeconds(1).toNanos());
        seldom.log(lines::add);
        assertEquals(List.of("", " (2 more like this since the last such line)"), lines);

        now.addAndGet(Duration.ofSeconds(60).toNanos());
        seldom.log(lines::add);
        assertEquals(List.of("", " (2 more like this since the last such line)", ""), lines);
    }
}
