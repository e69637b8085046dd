package io.github.zoomtranscriber.assemblyai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.http.Call;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.Test;

/** What AssemblyAI is asked for. */
class AssemblyAiCallsTest {

    private final AssemblyAiCalls calls = new AssemblyAiCalls();

    @Test
    void ofAllCallsASubmissionAloneMayBeCharged() {
        assertTrue(calls.submission().isSubmission());
        for (Call other : List.of(calls.upload(), calls.newest())) {
            assertFalse(other.isSubmission(), other::toString);
        }
    }

    @Test
    void aSubmissionKeepsItsBodyAndNothingOfAnEarlierAnswersHeaders() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Message message = new DefaultMessage(context);
            message.setHeader("Authorization", "Bearer of-zooms");
            message.setBody("{}");

            calls.request(calls.submission(), message);

            assertEquals("POST", message.getHeader(Exchange.HTTP_METHOD));
            assertEquals("/v2/transcript", message.getHeader(Exchange.HTTP_PATH));
            assertEquals("application/json", message.getHeader(Exchange.CONTENT_TYPE));
            assertNull(message.getHeader("Authorization"));
            assertEquals("{}", message.getBody());
        }
    }
}
