package io.github.zoomtranscriber;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.http.Answers;
import io.github.zoomtranscriber.zoom.ZoomTokens;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.util.URISupport;

/** Asks Zoom for a token by Camel's own HTTP component: what is set for that, such as a proxy, holds here too. */
final class TokenEndpoint implements ZoomTokens.Endpoint {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CamelContext context;
    private final Supplier<Answers> answers;

    TokenEndpoint(CamelContext context, Supplier<Answers> answers) {
        this.context = context;
        this.answers = answers;
    }

    @Override
    public JsonNode post(String authorization, String form) throws Exception {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            Exchange done = template.request(address(), exchange -> {
                exchange.getMessage().setHeader("Authorization", authorization);
                exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/x-www-form-urlencoded");
                exchange.getMessage().setBody(form);
            });
            if (done.getException() != null) {
                throw done.getException();
            }
            byte[] answer = done.getMessage().getBody(byte[].class);
            answers.get()
                    .check(
                            done.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class),
                            done.getMessage().getHeaders(),
                            answer == null ? null : new ByteArrayInputStream(answer));
            return JSON.readTree(answer == null ? new byte[0] : answer);
        }
    }

    private String address() throws Exception {
        return URISupport.appendParametersToURI(
                context.resolvePropertyPlaceholders("{{zoom.oauth-url}}"),
                Map.of(
                        "httpMethod",
                        "POST",
                        "throwExceptionOnFailure",
                        false,
                        "copyHeaders",
                        false,
                        "httpClientConfigurer",
                        "#zoomHttpClient",
                        "responseTimeout",
                        context.resolvePropertyPlaceholders("{{camel.component.http.response-timeout:60000}}")));
    }
}
