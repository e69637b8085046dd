package io.github.zoomtranscriber.observe;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What the status page answers with: the headers that go out with everything, and nothing of what came in. */
final class PageAnswer {

    static final String JSON = "application/json;charset=utf-8";

    private static final String TEXT = "text/plain;charset=utf-8";
    private static final String POLICY = "Content-Security-Policy";
    private static final String OURS =
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; img-src data:; "
                    + "form-action 'none'; frame-ancestors 'none'";
    /** A page among a recording's files gets a place of its own, from where it reaches nothing. */
    private static final String THEIRS =
            "sandbox allow-scripts allow-downloads; default-src 'none'; style-src 'unsafe-inline'; "
                    + "script-src 'unsafe-inline'; img-src data:";

    private PageAnswer() {}

    /** A part of the page, or what it asks for. */
    static void page(Exchange exchange, int status, String contentType, Object body) {
        Message answer = exchange.getMessage();
        answer.removeHeaders("*");
        answer.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        answer.setHeader(Exchange.CONTENT_TYPE, contentType);
        answer.setHeader(POLICY, OURS);
        answer.setHeader("X-Content-Type-Options", "nosniff");
        answer.setHeader("X-Frame-Options", "DENY");
        answer.setHeader("Referrer-Policy", "no-referrer");
        answer.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        answer.setBody(body);
    }

    /** A file of a recording's. */
    static void file(Exchange exchange, String contentType, Object body) {
        page(exchange, 200, contentType, body);
        exchange.getMessage().setHeader(POLICY, THEIRS);
    }

    /** A few words. */
    static void text(Exchange exchange, int status, String words) {
        page(exchange, status, TEXT, words);
    }

    /** Nothing of the request is left, and a text is to come. */
    static void clear(Exchange exchange) {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, TEXT);
    }
}
