#!/bin/bash
# Camel 4.18.0 resolves a property placeholder that is never closed, if it has a colon in it.
#
# Guessed: "{{name:value" without "}}" is text, or refused, as Camel does say "Missing }}" of some texts.
# Seen: it gives "value", and "{{env:HOME" gives the variable, both without a word. A key from a vault whose placeholder lost its end becomes
# another text. Only "{{name" without a colon is refused, as a key that is not found, and a placeholder that is cut off behind a whole one.
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

public class Finding {
    public static void main(String[] arguments) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            for (String text : new String[] {"{{vault:key", "{{env:FINDING", "{{vault", "{{vault:key}} {{vault:key"}) {
                try {
                    System.out.println(text + " -> " + context.resolvePropertyPlaceholders(text));
                } catch (IllegalArgumentException e) {
                    System.out.println(text + " -> " + e.getMessage());
                }
            }
        }
    }
}
JAVA
mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath
FINDING=there java -cp "$(cat classpath)" Finding.java 2>/dev/null > seen
cat seen
cmp -s - seen <<'SEEN'
{{vault:key -> key
{{env:FINDING -> there
{{vault -> Property with key [vault] not found in properties from text: {{vault}}
{{vault:key}} {{vault:key -> Missing }} from the text: key {{vault:key
SEEN
