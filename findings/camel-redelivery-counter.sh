#!/bin/bash
# Camel 4.18.0 counts redeliveries in headers of the message (CamelRedeliveryCounter), not in the exchange.
#
# Guessed: a step that fails is tried again maximumRedeliveries times, whatever the route that it calls does with the message.
# Seen: where the called route begins with removeHeaders "*", as many do to keep what is not meant for the next endpoint from it, each
# repetition is the first again, and there is no end of them (stopped here at 20); with the called route's headers left alone it is 3.
# And where a failure was caught by doCatch after its redeliveries were used up, the next step that fails in the same exchange has none
# left, as the header is still there.
#
# Needs a JDK 17 and Maven. Ends with 1 if Camel behaves in another way.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-core</artifactId><version>4.18.0</version></dependency>
  </dependencies>
</project>
POM
cat > Finding.java <<'JAVA'
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

public class Finding {
    static final AtomicInteger TRIES = new AtomicInteger();

    static void fail() throws IOException {
        if (TRIES.incrementAndGet() < 20) {
            throw new IOException("no");
        }
    }

    static int tries(ProducerTemplate template, String route) {
        TRIES.set(0);
        template.send(route, exchange -> exchange.getMessage().setHeader("anything", 1));
        return TRIES.get();
    }

    public static void main(String[] arguments) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    onException(IOException.class).maximumRedeliveries(2).redeliveryDelay(1).logExhausted(false);
                    from("direct:leaves").to("direct:leaves-headers");
                    from("direct:removes").to("direct:removes-headers");
                    from("direct:leaves-headers").errorHandler(noErrorHandler()).process(exchange -> fail());
                    from("direct:removes-headers").errorHandler(noErrorHandler()).removeHeaders("*").process(exchange -> fail());
                    from("direct:twice")
                            .doTry().to("direct:patient").doCatch(IOException.class).process(exchange -> TRIES.set(0)).end()
                            .to("direct:patient");
                    from("direct:patient").process(exchange -> fail());
                }
            });
            context.start();
            ProducerTemplate template = context.createProducerTemplate();
            System.out.println("headers left: " + tries(template, "direct:leaves"));
            System.out.println("headers removed: " + tries(template, "direct:removes"));
            System.out.println("after a caught failure: " + tries(template, "direct:twice"));
        }
    }
}
JAVA
mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath
java -cp "$(cat classpath)" Finding.java 2>/dev/null > seen
cat seen
printf 'headers left: 3\nheaders removed: 20\nafter a caught failure: 1\n' | cmp -s - seen
