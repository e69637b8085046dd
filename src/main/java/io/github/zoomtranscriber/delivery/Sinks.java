package io.github.zoomtranscriber.delivery;

import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * How a message goes to an endpoint of the user's that speaks HTTP: left to itself, Camel makes it a GET without a body where the address
 * has a query. To any other endpoint it goes as it is.
 */
public final class Sinks {

    private static final Pattern HTTP = Pattern.compile("(?i)(?:https?|netty-http|vertx-http|undertow):.*", Pattern.DOTALL);

    private final String forFiles;
    private final String forEvents;

    /**
     * @param forFiles  {@code output.to}; empty: there is none
     * @param forEvents {@code output.notify}; empty: there is none
     */
    public Sinks(String forFiles, String forEvents) {
        this.forFiles = forFiles;
        this.forEvents = forEvents;
    }

    /** A file is a PUT. A method in the address itself is stronger, to Camel. */
    public void file(Message message) {
        if (isHttp(forFiles)) {
            message.setHeader(Exchange.HTTP_METHOD, "PUT");
        }
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
