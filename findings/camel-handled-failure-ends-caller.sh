#!/bin/bash
# Camel 4.18.0: a route that handles its own failure also ends the route that called it, and whoever called that one is told of success.
#
# Guessed: with handled(true), or a dead letter channel, the caller goes on behind its to(), as it does after doTry/doCatch.
# Seen: with to(), toD() and a recipientList with stopOnException the caller ends there, without an exception, and its own onException is not
# called; the list's aggregation strategy is not called either. A recipientList without stopOnException does go on, and its strategy can see
# what happened: isErrorHandlerHandled() of the exchange's extension, which throws a NullPointerException unless isErrorHandlerHandledSet().
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
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

public class Finding {
    static StringBuilder seen;

    static Exchange look(Exchange before, Exchange after) {
        ExchangeExtension state = after.getExchangeExtension();
        String handled;
        try {
            handled = String.valueOf(state.isErrorHandlerHandled());
        } catch (NullPointerException e) {
            handled = "NullPointerException";
        }
        seen.append(" strategy(handled ").append(handled).append(")");
        state.setErrorHandlerHandled(null);
        return after;
    }

    public static void main(String[] arguments) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    AggregationStrategy look = Finding::look;
                    onException(Exception.class).process(exchange -> seen.append(" onException"));
                    from("direct:fine").log("fine");
                    from("direct:handles").onException(Exception.class).handled(true).end()
                            .throwException(new IllegalStateException("no luck"));
                    from("direct:catches").doTry().throwException(new IllegalStateException("no luck"))
                            .doCatch(Exception.class).end();
                    from("direct:to").to("direct:handles").process(exchange -> seen.append(" went on"));
                    from("direct:toD").toD("direct:handles").process(exchange -> seen.append(" went on"));
                    from("direct:try").to("direct:catches").process(exchange -> seen.append(" went on"));
                    from("direct:stopping").recipientList(constant("direct:handles")).stopOnException().aggregationStrategy(look).end()
                            .process(exchange -> seen.append(" went on"));
                    from("direct:list").recipientList(constant("direct:handles")).aggregationStrategy(look).end()
                            .process(exchange -> seen.append(" went on"));
                    from("direct:list-fine").recipientList(constant("direct:fine")).aggregationStrategy(look).end()
                            .process(exchange -> seen.append(" went on"));
                }
            });
            context.start();
            for (String route : new String[] {"to", "toD", "try", "stopping", "list", "list-fine"}) {
                seen = new StringBuilder();
                Exchange end = context.createProducerTemplate().request("direct:" + route, exchange -> {});
                System.out.println(route + ":" + seen + ", exception " + end.getException());
            }
        }
    }
}
JAVA
mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath
java -cp "$(cat classpath)" Finding.java 2>/dev/null > seen
cat seen
cmp -s - seen <<'SEEN'
to:, exception null
toD:, exception null
try: went on, exception null
stopping:, exception null
list: strategy(handled true) went on, exception null
list-fine: strategy(handled NullPointerException) went on, exception null
SEEN
