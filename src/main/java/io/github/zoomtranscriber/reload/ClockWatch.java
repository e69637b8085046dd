package io.github.zoomtranscriber.reload;

import io.github.zoomtranscriber.work.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.timer.TimerConsumer;
import org.apache.camel.support.service.ServiceSupport;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.Trigger.TriggerState;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that somebody has set the wall clock, and says so once. Where it was set back, restarts whatever would sleep
 * until the clock is there again: routes that begin with {@code quartz:} or {@code timer:}, and calls that wait in a
 * {@code throttle}. Where it went forward, nothing sleeps for longer than before.
 *
 * <p>It is a service of the context.
 */
public final class ClockWatch extends ServiceSupport implements CamelContextAware {

    /** The default interval between looks. */
    public static final Duration EVERY = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

    private final SteadyClock clock;
    private final Duration every;
    private final RoutesFolder folder;
    private final Runnable afterSetBack;
    private Duration ahead;
    /** How far the clock was set back, as long as something may sleep because of it; zero if nothing does. */
    private Duration back = Duration.ZERO;

    private CamelContext context;
    private ScheduledExecutorService looks;

    /**
     * @param every the interval between looks; at least 1 ms
     * @param folder restarts those of its routes that have a throttle
     * @param afterSetBack is called once all routes go on, where the clock was set back
     */
    public ClockWatch(SteadyClock clock, Duration every, RoutesFolder folder, Runnable afterSetBack) {
        this.clock = clock;
        this.every = every;
        this.folder = folder;
        this.afterSetBack = afterSetBack;
        this.ahead = clock.ahead();
    }

    @Override
    public void setCamelContext(CamelContext context) {
        this.context = context;
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    @Override
    protected void doStart() {
        looks = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "ClockWatch");
        looks.scheduleWithFixedDelay(this::look, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    protected void doStop() {
        if (looks != null) { // null after a start that failed before this one's turn
            context.getExecutorServiceManager().shutdownNow(looks);
        }
    }

    private void look() {
        try {
            Duration step = clock.ahead().minus(ahead);
            ahead = ahead.plus(step);
            if (SteadyClock.isStep(step)) {
                say(step);
            }
            if (!back.isZero() && context.isStarted()) {
                restart();
                back = Duration.ZERO;
                afterSetBack.run();
            }
        } catch (Throwable e) { // nothing may end the looks
            if (context.isStarted()) {
                LOG.warn("What the clock that was set back has put off is not all restarted: {}", e.toString());
            }
        }
    }

    private void say(Duration step) {
        if (step.isNegative()) {
            back = back.plus(step.abs());
            LOG.warn(
                    "The clock was set back by {}: schedules, timers and rate limits are restarted, and work goes on",
                    words(step.abs()));
        } else {
            LOG.warn("The clock went forward by {}, as it was set or the machine slept: work goes on", words(step));
        }
    }

    private static String words(Duration time) {
        return time.toHours() > 0
                ? time.toHours() + " h " + time.toMinutesPart() + " min"
                : time.toMinutes() > 0
                        ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                        : time.toSeconds() + " s";
    }

    private void restart() throws Exception {
        for (Route route : context.getRoutes()) {
            if (route.getConsumer() instanceof TimerConsumer timer && timer.isStarted() && goesOn(timer)) {
                // to suspend it is not enough: its java.util.Timer goes on sleeping
                timer.stop();
                timer.start();
            }
        }
        if (context.hasComponent("quartz") instanceof QuartzComponent quartz && quartz.getScheduler() != null) {
            reschedule(quartz.getScheduler());
        }
        folder.restartThrottled();
    }

    /** One that has fired as often as it should, or that does not wait at all, must not fire again. */
    private static boolean goesOn(TimerConsumer timer) {
        return timer.getDelay() >= 0 && (timer.getRepeatCount() <= 0 || timer.getCounter() < timer.getRepeatCount());
    }

    /** A trigger knows the instant at which it fires next, and never fires before that at which it was made. */
    private void reschedule(Scheduler scheduler) throws SchedulerException {
        Instant now = clock.wall();
        for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup())) {
            Trigger trigger = scheduler.getTrigger(key);
            if (trigger == null || scheduler.getTriggerState(key) == TriggerState.PAUSED) {
                continue;
            }
            boolean begun = !trigger.getStartTime().toInstant().isAfter(now.plus(back));
            scheduler.rescheduleJob(
                    key,
                    trigger.getTriggerBuilder()
                            .startAt(begun ? Date.from(now) : trigger.getStartTime())
                            .build());
        }
    }
}
