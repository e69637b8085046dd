package io.github.zoomtranscriber.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.main.Main;
import org.apache.camel.spi.ThreadPoolProfile;
import org.junit.jupiter.api.Test;

class OptionsForCamelTest {
    @Test
    void durationsAreMillisecondsAsTheDelayOfARouteTakesNothingElse() {
        Options options = Options.loadWithoutLogins(null, Map.of(), Map.of("transcribe.longest-delay", "1m30s"));

        assertEquals("90000", options.toProperties().getProperty("transcribe.longest-delay"));
        assertEquals("1m30s", options.get("transcribe.longest-delay"));
    }

    @Test
    void camelTakesEverySettingThatWeShipForIt() throws Exception {
        Main main = new Main();
        main.setOverrideProperties(
                Options.loadWithoutLogins(null, Map.of(), Map.of()).toProperties());
        main.configure().withRoutesCollectorEnabled(false);
        main.start();
        try {
            CamelContext context = main.getCamelContext();
            HttpComponent http = context.getComponent("http", HttpComponent.class);
            HttpComponent https = context.getComponent("https", HttpComponent.class);
            QuartzComponent quartz = context.getComponent("quartz", QuartzComponent.class);
            ThreadPoolProfile threads = context.getExecutorServiceManager().getDefaultThreadPoolProfile();

            assertEquals("zoom-transcriber", context.getName());
            assertEquals(3, context.getShutdownStrategy().getTimeout());
            assertEquals(32, threads.getPoolSize());
            assertEquals(32, threads.getMaxPoolSize());
            assertEquals(100_000, threads.getMaxQueueSize());
            for (HttpComponent client : List.of(http, https)) {
                assertEquals(64, client.getConnectionsPerRoute());
                assertEquals(200, client.getMaxTotalConnections());
                assertEquals(10_000, client.getConnectTimeout());
                assertEquals(60_000, client.getConnectionRequestTimeout());
                assertEquals(60_000, client.getResponseTimeout());
                assertEquals(60_000, client.getSoTimeout());
                assertEquals(300_000, client.getConnectionTimeToLive());
                assertTrue(client.isAutomaticRetriesDisabled());
                assertTrue(client.isRedirectHandlingDisabled());
                assertTrue(client.isCookieManagementDisabled());
            }
            assertFalse(quartz.isEnableJmx());
            assertEquals(
                    "2",
                    quartz.getProperties()
                            .get("org.quartz.threadPool.threadCount")
                            .toString());
            assertEquals(2, quartz.getScheduler().getMetaData().getThreadPoolSize());
        } finally {
            main.stop();
        }
    }
}
