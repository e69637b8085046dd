package io.github.zoomtranscriber.embedded;

import io.github.zoomtranscriber.assemblyai.Polling;
import io.github.zoomtranscriber.options.Options;
import io.github.zoomtranscriber.work.SteadyClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.DefaultExchange;

/**
 * {@code assemblyai-transcribe-action}: replaces the body, a URL that AssemblyAI can fetch, by the transcript, as JSON.
 * The exchange waits without occupying a thread. A failure becomes the exchange's exception; headers and variables are
 * left alone.
 */
public final class Transcription extends AsyncProcessorSupport implements CamelContextAware {

    private static final String ROUTE = "direct:transcription";

    private final Map<String, String> parameters = new TreeMap<>();
    private CamelContext outside;
    private Inside inside;
    private AsyncProducer entrance;

    public void setApiKey(String value) {
        parameters.put("assemblyai.api-key", value);
    }

    public void setApiUrl(String value) {
        parameters.put("assemblyai.api-url", value);
    }

    /** @param value a JSON object */
    public void setOptions(String value) {
        parameters.put("assemblyai.options", value);
    }

    public void setFirstDelay(String value) {
        parameters.put("transcribe.first-delay", value);
    }

    public void setLongestDelay(String value) {
        parameters.put("transcribe.longest-delay", value);
    }

    public void setListLag(String value) {
        parameters.put("assemblyai.list-lag", value);
    }

    public void setAttempts(String value) {
        parameters.put("retry.attempts", value);
    }

    public void setRetryDelay(String value) {
        parameters.put("retry.first-delay", value);
    }

    @Override
    public void setCamelContext(CamelContext context) {
        outside = context;
    }

    @Override
    public CamelContext getCamelContext() {
        return outside;
    }

    @Override
    protected void doStart() throws Exception {
        inside = new Inside(outside, "assemblyai-transcribe-action", parameters);
        Options options = inside.bean("zoomOptions", Options.class);
        SteadyClock clock = new SteadyClock();
        TranscriptionRoute route = new TranscriptionRoute(
                options.duration("assemblyai.list-lag"), options.number("assemblyai.requests-per-5-minutes"), clock);
        inside.bind("transcription", route);
        // no ledger here, and no other nodes: the estate, which waits for the transcript, decides when it is stuck
        inside.bind("assemblyaiSubmissions", route);
        inside.bind("zoomClaims", route);
        inside.bind("zoomCluster", route);
        inside.bind(
                "assemblyaiPolling",
                new Polling(
                        options.duration("transcribe.first-delay"),
                        options.decimal("transcribe.delay-growth"),
                        options.duration("transcribe.longest-delay"),
                        Duration.ofDays(365),
                        route::requestsPerFiveMinutes,
                        false,
                        null,
                        clock));
        inside.start(
                List.of("routes/assemblyai.camel.yaml", "routes/calls.camel.yaml", "kamelets/transcription.camel.yaml"),
                Set.of("assemblyai", "submit-audio", "find-transcript", "look-at-page", "wait-for-transcript")
                        ::contains);
        entrance = inside.context().getEndpoint(ROUTE).createAsyncProducer();
        entrance.start();
    }

    @Override
    protected void doStop() {
        if (inside != null) {
            inside.close();
            inside = null;
        }
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Exchange within = new DefaultExchange(inside.context());
        within.getMessage().setBody(exchange.getMessage().getBody(String.class));
        return entrance.process(within, synchronously -> {
            if (within.getException() == null) {
                exchange.getMessage().setBody(within.getMessage().getBody());
            } else {
                exchange.setException(within.getException());
            }
            callback.done(synchronously);
        });
    }
}
