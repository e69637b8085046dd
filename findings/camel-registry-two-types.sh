#!/bin/bash
# Camel 4.18.0's own registry keeps a bean for each type under one name.
#
# Guessed: bind(name, bean) takes the place of what was bound under that name before.
# Seen: only if both are of one class. Else both stay: a lookup by name and type finds each, and a lookup by name alone, which is what
# bean: in a route and ${bean:...} do, gives the one that was bound first. unbind(name) removes both.
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
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.DefaultExchange;

public class Finding {
    public static class Shipped {
        public String who() { return "shipped"; }
    }

    public static class Own {
        public String who() { return "own"; }
    }

    static String said(DefaultCamelContext context, String name) {
        return context.resolveLanguage("simple").createExpression("${bean:" + name + "?method=who}")
                .evaluate(new DefaultExchange(context), String.class);
    }

    public static void main(String[] arguments) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Registry registry = context.getRegistry();
            registry.bind("sink", new Shipped());
            registry.bind("sink", new Own());
            registry.bind("source", new Own());
            registry.bind("source", new Shipped());
            context.start();
            System.out.println("both there: " + (registry.lookupByNameAndType("sink", Shipped.class) != null
                    && registry.lookupByNameAndType("sink", Own.class) != null));
            System.out.println("shipped, then own: " + said(context, "sink"));
            System.out.println("own, then shipped: " + said(context, "source"));
            registry.unbind("sink");
            System.out.println("unbound: " + registry.lookupByName("sink"));
        }
    }
}
JAVA
mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath
java -cp "$(cat classpath)" Finding.java 2>/dev/null > seen
cat seen
printf 'both there: true\nshipped, then own: shipped\nown, then shipped: own\nunbound: null\n' | cmp -s - seen
