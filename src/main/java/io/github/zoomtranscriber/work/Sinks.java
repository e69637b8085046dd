package io.github.zoomtranscriber.work;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;

/**
 * How a message goes to an endpoint of the user's that speaks HTTP: left to itself, Camel makes it a GET without a body
 * where the address has a query. To any other endpoint it goes as it is.
 */
public final class Sinks {

    private static final Pattern METHOD = Pattern.compile("[?&]httpMethod=");
    private static final Pattern HTTP =
            Pattern.compile("(?i)(?:https?|netty-http|vertx-http|undertow):.*", Pattern.DOTALL);

    private final String forFiles;
    private final String forEvents;

    /**
     * @param forFiles {@code output.to}; empty: there is none
     * @param forEvents {@code output.notify}; empty: there is none
     */
    public Sinks(String forFiles, String forEvents) {
        this.forFiles = forFiles;
        this.forEvents = forEvents;
    }

    /**
     * A file is a PUT to its name below the address, as one to the address itself would overwrite the one before. An
     * address that says a method, or where the name goes, is taken as it is.
     *
     * @param name a path with {@code /}
     */
    public void file(@Header(Exchange.FILE_NAME) String name, Message message) {
        if (!isHttp(forFiles) || METHOD.matcher(forFiles).find()) {
            return;
        }
        message.setHeader(Exchange.HTTP_METHOD, "PUT");
        if (!forFiles.contains(Exchange.FILE_NAME)) {
            message.setHeader(Exchange.HTTP_PATH, encoded(name));
        }
    }

    private static String encoded(String path) {
        return Arrays.stream(path.split("/"))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }

    /** An event is a POST of JSON. A method in the address itself is stronger, to Camel. */
    public void event(Message message) {
        if (isHttp(forEvents)) {
            message.setHeader(Exchange.HTTP_METHOD, "POST");
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        }
    }

    private static boolean isHttp(String endpoint) {
        return HTTP.matcher(endpoint).matches();
    }
}
