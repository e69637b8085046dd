package io.github.zoomtranscriber.reload;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.MovableClock;
import io.github.zoomtranscriber.logging.CapturedLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.timer.TimerConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.Scheduler;
import org.quartz.Trigger;
import org.quartz.impl.matchers.GroupMatcher;

/** What is restarted where somebody sets the clock, whatever its routes are called. */
class ClockWatchTest {

    private static final String ROUTES =
            """
            - route:
                id: mine
                from:
                  uri: timer:hourly?period=3600000&delay=0
                  steps:
                    - to: bean:fired?method=incrementAndGet
            - route:
                id: at start
                from:
                  uri: timer:once?repeatCount=1&delay=0
                  steps:
                    - to: bean:started?method=incrementAndGet
            - route:
                id: yearly
                from:
                  uri: quartz:yearly?cron=0+0+0+1+1+?
                  steps:
                    - log: "happy new year"
            - route:
                id: slow
                from:
                  uri: direct:slow
                  steps:
                    - throttle:
                        constant: 1
                        timePeriodMillis: "3600000"
                        asyncDelayed: true
                    - setBody:
                        constant: "done"
            """;

    @TempDir
    private Path folder;

    private final MovableClock wall = new MovableClock();
    private final AtomicInteger fired = new AtomicInteger();
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger setBack = new AtomicInteger();
    private final CapturedLog log = new CapturedLog(ClockWatch.class);
    private RunningFolder program;

    @BeforeEach
    void start() {
        program = new RunningFolder(folder)
                .bean("fired", fired)
                .bean("started", started)
                .write("mine.camel.yaml", ROUTES)
                .watch(routes -> new ClockWatch(wall.steady(), Duration.ofMillis(50), routes, setBack::incrementAndGet))
                .start();
        await().until(() -> fired.get() == 1 && started.get() == 1);
        assertEquals("done", program.ask("slow"));
    }

    @AfterEach
    void stop() {
        program.close();
        log.close();
    }

    private Trigger trigger() throws Exception {
        Scheduler scheduler = ((QuartzComponent) program.context().hasComponent("quartz")).getScheduler();
        return scheduler.getTrigger(scheduler
                .getTriggerKeys(GroupMatcher.anyTriggerGroup())
                .iterator()
                .next());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-3H", "PT-10M"})
    void whatSleepsByTheClockIsRestartedWhereItIsSetBack(Duration step) throws Exception {
        Instant now = Instant.now();
        wall.set(now.toString());
        await().until(() -> !log.lines().isEmpty()); // from the test's own date to now
        int lines = log.lines().size();
        int firedBefore = fired.get();
        Future<String> waiting =
                program.context().createProducerTemplate().asyncRequestBody("direct:slow", "", String.class);

        wall.step(step);

        await().until(() -> fired.get() > firedBefore);
        program.awaitAnswer("slow", "done");
        await().until(() -> setBack.get() > 0);
        assertEquals(1, started.get());
        assertTrue(trigger().getStartTime().toInstant().isBefore(now.minusSeconds(300)));
        assertEquals(
                List.of("WARN The clock was set back by "
                        + (step.toMinutes() == -180 ? "3 h 0 min" : "10 min 0 s")
                        + ": schedules, timers and rate limits are restarted, and work goes on"),
                log.lines().subList(lines, log.lines().size()));
        waiting.cancel(true);
    }

    @Test
    void whereItGoesForwardThatIsSaidAndNothingIsRestarted() {
        Object route = program.context().getRoute("slow");
        long counter = ((TimerConsumer) program.context().getRoute("mine").getConsumer()).getCounter();

        wall.step(Duration.ofHours(3));

        await().until(() -> !log.lines().isEmpty());
        assertEquals(
                List.of("WARN The clock went forward by 3 h 0 min, as it was set or the machine slept: work goes on"),
                log.lines());
        assertTrue(route == program.context().getRoute("slow"));
        assertEquals(counter, fired.get());
        assertEquals(0, setBack.get());
        assertFalse(program.stopped.contains("slow"));
    }
}
