package io.github.zoomtranscriber.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.logging.CapturedLog;
import io.github.zoomtranscriber.options.Options;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be a node's queue, and what would transcribe one recording after the other. */
class QueueKindTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seda:recordings",
                "seda://recordings?size=5",
                "disruptor:recordings",
                "file:queue?delete=true",
                "jms:queue:x?asyncConsumer=true&concurrentConsumers=4",
                "amqp:queue:x?concurrentConsumers=4&asyncConsumer=true",
                "spring-rabbitmq:x?asyncConsumer=true"
            })
    void theseLetARecordingGoWhileItIsWorkedOn(String queue) {
        assertEquals(Optional.empty(), QueueKind.objection(queue));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka:x?brokers=a:1",
                "nats:x",
                "amqp:queue:x",
                "jms:queue:x?asyncConsumer=false",
                "spring-rabbitmq:x?queues=asyncConsumer",
                "direct:x",
                "sql:SELECT id FROM x"
            })
    void theseDoNotAndTheWayIsNamed(String queue) {
        String objection = QueueKind.objection(queue).orElseThrow();
        assertTrue(objection.contains("queue.in") && !objection.contains("\n"), objection);
    }

    @Test
    void theDefaultIsOneThatCan() {
        assertEquals(Optional.empty(), QueueKind.objection(Options.defaultOf("queue")));
    }

    @Test
    void aRouteThatStartsWithOneThatCannotSaysSoInOneLineHoweverOftenItIsReloaded() throws Exception {
        try (CamelContext context = new DefaultCamelContext();
                CapturedLog log = new CapturedLog(QueuePolicy.class)) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:x")
                            .routeId("transcribe")
                            .routePolicy(new QueuePolicy(5))
                            .setBody(constant(""));
                }
            });
            context.start();
            context.getRouteController().stopRoute("transcribe");
            context.getRouteController().startRoute("transcribe");
            assertEquals(1, log.lines().size(), log.lines()::toString);
            assertTrue(log.lines().get(0).startsWith("WARN queue = direct:"), log.lines()::toString);
        }
    }
}
