package io.github.zoomtranscriber.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.logging.CapturedLog;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** What comes from a broker: the ids, and nothing else. */
class IntakeTest {

    private static final String ID = "größe/1==";

    private final List<Exchange> taken = new ArrayList<>();

    private void send(Object... bodies) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            Intake intake = new Intake("direct:broker", new QueuePolicy(10));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:broker").routePolicy(intake).process(exchange -> taken.add(exchange.copy()));
                }
            });
            context.start();
            try (ProducerTemplate template = context.createProducerTemplate()) {
                for (Object body : bodies) {
                    template.send("direct:broker", exchange -> {
                        exchange.getMessage().setBody(body);
                        exchange.getMessage().setHeader("CamelHttpUri", "http://elsewhere.invalid");
                        exchange.getMessage().setHeader("Authorization", "theirs");
                        exchange.setVariable("work", "theirs");
                    });
                }
            }
        }
    }

    @Test
    void noHeaderAndNoVariableFromOutsideReachesTheWork() throws Exception {
        send(ID);
        Exchange one = taken.get(0);
        assertEquals(Map.of(), one.getMessage().getHeaders());
        assertFalse(one.hasVariables() && one.getVariable("work") != null);
    }

    @Test
    void anIdIsReadHoweverABrokerOrADatabaseHandsItOver() throws Exception {
        byte[] bytes = ID.getBytes(StandardCharsets.UTF_8);
        send(ID, bytes, Map.of("id", ID), new ByteArrayInputStream(bytes));
        assertEquals(
                List.of(ID, ID, ID, ID),
                taken.stream().map(one -> one.getMessage().getBody()).toList());
    }

    @Test
    void whatIsNoIdCostsOneLine() throws Exception {
        Object[] bodies = {
            null, "", 5, List.of(ID), Map.of("a", ID, "b", ID), new byte[] {0, 1}, "a\nb", "x".repeat(501), new Object()
        };
        try (CapturedLog log = CapturedLog.ofAll()) {
            send(bodies);
            List<String> troubles = log.lines().stream()
                    .filter(line -> !line.startsWith("INFO"))
                    .toList();
            assertEquals(bodies.length, troubles.size(), troubles::toString);
            assertTrue(troubles.stream().noneMatch(line -> line.contains("stack trace")), troubles::toString);
        }
        assertEquals(
                Arrays.asList(new Object[bodies.length]),
                taken.stream().map(one -> one.getMessage().getBody()).toList());
    }
}
