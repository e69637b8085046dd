#!/bin/bash
# Camel 4.18.0: a bean in YAML cannot be given a java.io.File as text, and a factory method drops the arguments it cannot convert.
#
# Guessed: properties: {fileStore: had.txt} of Camel's own FileIdempotentRepository, whose documentation gives it a file's name, is converted, as
# it is in XML and in the options of the file component.
# Seen: "No type converter available to convert from type: java.lang.String to the required type: java.io.File". With factoryMethod:
# fileIdempotentRepository and constructors: {0: had.txt}, the overload without parameters is called, without a word, and the route fails later
# with "fileStore must be specified". A bean of type java.io.File, with the name as its constructor's argument, helps.
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
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-yaml-dsl</artifactId><version>4.18.0</version></dependency>
  </dependencies>
</project>
POM
cat > Finding.java <<'JAVA'
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

public class Finding {
    static final String TYPE = "org.apache.camel.support.processor.idempotent.FileIdempotentRepository";

    static String outcome(String bean) throws Exception {
        String yaml = "- beans:\n" + bean + """
                - route:
                    from:
                      uri: direct:start
                      steps:
                        - idempotentConsumer:
                            simple: "${header.key}"
                            idempotentRepository: had
                            steps:
                              - log: first
                """;
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("routes.yaml", yaml));
            context.start();
            return "starts";
        } catch (Exception e) {
            Throwable root = e;
            while (root.getCause() != null && root.getCause() != root) {
                root = root.getCause();
            }
            return root.getMessage().replaceFirst("@[0-9a-f]+", "");
        }
    }

    public static void main(String[] arguments) throws Exception {
        String had = "    - name: had\n      type: " + TYPE + "\n";
        System.out.println("property: " + outcome(had + "      properties: {fileStore: had.txt}\n"));
        System.out.println("factory: " + outcome(had + "      factoryMethod: fileIdempotentRepository\n      constructors: {0: had.txt}\n"));
        System.out.println("bean: " + outcome("    - name: hadFile\n      type: java.io.File\n      constructors: {0: had.txt}\n" + had
                + "      properties: {fileStore: \"#bean:hadFile\"}\n"));
    }
}
JAVA
mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath
java -cp "$(cat classpath)" Finding.java 2>/dev/null > seen
cat seen
cmp -s - seen <<'SEEN'
property: No type converter available to convert from type: java.lang.String to the required type: java.io.File
factory: fileStore must be specified on: org.apache.camel.support.processor.idempotent.FileIdempotentRepository
bean: starts
SEEN
