package estate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.h2.jdbcx.JdbcDataSource;

/**
 * An estate with habits of its own: a dead letter channel for the whole context, an onException for all routes, routes
 * and endpoints that are called as ours are, its own queue, and an archive in place of our folder.
 */
public final class Program {

    public static void main(String[] arguments) throws Exception {
        Main main = new Main();
        JdbcDataSource database = new JdbcDataSource();
        database.setURL(System.getProperty("database"));
        main.bind("estateDatabase", database);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                getContext().getCamelContextExtension().setErrorHandlerFactory(deadLetterChannel("direct:dead"));

                from("direct:dead")
                        .routeId("dead")
                        .process(exchange -> write("dead.txt", exchange.getProperty(Exchange.FAILURE_ROUTE_ID)));
                from("direct:archive").routeId("deliver").process(Program::archive);
                from("timer:discover?repeatCount=1").routeId("discover").to("direct:report");
                from("direct:report").routeId("report").process(exchange -> {
                    throw new IllegalStateException("the estate's own trouble");
                });
            }
        });
        main.run(arguments);
    }

    private static void archive(Exchange exchange) throws Exception {
        Path file = Path.of("archive", exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class));
        Files.createDirectories(file.getParent());
        Files.writeString(file, exchange.getMessage().getBody(String.class));
    }

    private static void write(String file, Object line) throws Exception {
        Files.writeString(Path.of(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
