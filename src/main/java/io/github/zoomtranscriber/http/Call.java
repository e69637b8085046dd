package io.github.zoomtranscriber.http;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * One request to a vendor, but for its body. It travels in the exchange variable {@code call}: the routes that speak to
 * the vendors send it, and whatever judges a failure can see from it what failed.
 *
 * @param vendor who is called
 * @param method of HTTP
 * @param path below the vendor's API, encoded; of a download, the whole address
 * @param query encoded, without its question mark; or null
 * @param contentType of the body; null for a request without a body
 * @param kind what is at stake
 */
public record Call(Vendor vendor, String method, String path, String query, String contentType, Kind kind) {

    /** The exchange variable that holds the call that is made now, or that was made last. */
    public static final String VARIABLE = "call";

    /** What is at stake when the answer to a call is lost. */
    public enum Kind {
        /** Nothing: it may simply be repeated. */
        PLAIN,
        /** Money: the vendor may have taken it, and charged. */
        SUBMISSION,
        /** Nothing but hours: it is large, and its source has to be opened anew. */
        UPLOAD
    }

    /**
     * Something that is read and may be read again.
     *
     * @param query or null
     */
    public static Call get(Vendor vendor, String path, String query) {
        return new Call(vendor, "GET", path, query, null, Kind.PLAIN);
    }

    /** Something that is deleted. */
    public static Call delete(Vendor vendor, String path, String query) {
        return new Call(vendor, "DELETE", path, query, null, Kind.PLAIN);
    }

    /** The call that the exchange makes or has made last; null where it has made none. */
    public static Call of(Exchange exchange) {
        return exchange.getVariable(VARIABLE, Call.class);
    }

    /**
     * Whether the call is one that may be charged, so that it must not be repeated while nobody knows what became of
     * it.
     */
    public boolean isSubmission() {
        return kind == Kind.SUBMISSION;
    }

    /**
     * Makes the message this request. Nothing of an earlier answer is left in its headers, or in its body where this
     * has none.
     */
    public void into(Message message) {
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_METHOD, method);
        message.setHeader(Exchange.HTTP_PATH, path);
        if (query != null) {
            message.setHeader(Exchange.HTTP_QUERY, query);
        }
        if (contentType == null) {
            message.setBody(null);
        } else {
            message.setHeader(Exchange.CONTENT_TYPE, contentType);
        }
    }

    /** For a log: without the query, which may hold a token. */
    @Override
    public String toString() {
        return vendor + " " + method + " " + Clean.url(path);
    }
}
