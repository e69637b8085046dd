package io.github.zoomtranscriber.rehearsal;

import io.github.zoomtranscriber.http.Loopback;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.spi.EndpointStrategy;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.URISupport;

/**
 * Lets routes reach nothing but this process, one folder and one HTTP server. What they send elsewhere is counted
 * instead, and nothing comes in from there. Safe for use by several threads.
 *
 * <p>What a bean or a class of the user's own does is not seen.
 */
public final class Muted implements EndpointStrategy {

    private static final String HTTP = "http";

    private final Path folder;
    private final Pattern server;
    private final Map<String, AtomicInteger> unsent = new ConcurrentHashMap<>();

    /**
     * @param folder where files may be read and written
     * @param port of the only HTTP server, on this machine
     */
    public Muted(Path folder, int port) {
        this.folder = folder.toAbsolutePath().normalize();
        this.server = Pattern.compile("http://" + Loopback.REGEX + ":" + port + "([/?].*)?", Pattern.DOTALL);
    }

    /** How many messages would have gone to each endpoint, by its URI without secrets and options. */
    public SortedMap<String, Integer> unsent() {
        SortedMap<String, Integer> counts = new TreeMap<>();
        unsent.forEach((uri, count) -> counts.put(uri, count.get()));
        return counts;
    }

    @Override
    public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
        return isInside(endpoint) ? endpoint : new Silent(endpoint);
    }

    private boolean isInside(Endpoint endpoint) {
        if (endpoint instanceof FileEndpoint file) {
            return new File(file.getConfiguration().getDirectory())
                    .toPath()
                    .toAbsolutePath()
                    .normalize()
                    .startsWith(folder);
        }
        String scheme = endpoint.getEndpointUri().split(":", 2)[0];
        // Camel counts a shell command as local; what is in a kamelet is judged by itself
        return endpoint instanceof Silent || scheme.equals("kamelet") || !endpoint.isRemote() && !scheme.equals("exec");
    }

    private boolean isServer(Endpoint endpoint, Exchange exchange) {
        String uri = endpoint.getEndpointUri();
        return uri.startsWith(HTTP)
                && server.matcher(exchange.getMessage().getHeader(Exchange.HTTP_URI, uri, String.class))
                        .matches();
    }

    private void count(Endpoint endpoint) {
        String uri = URISupport.sanitizeUri(endpoint.getEndpointUri()).replaceFirst("\\?.*", "");
        unsent.computeIfAbsent(uri, key -> new AtomicInteger()).incrementAndGet();
    }

    /** In the place of an endpoint outside. */
    private final class Silent extends DefaultEndpoint {

        private final Endpoint outside;

        Silent(Endpoint outside) {
            super(outside.getEndpointUri(), null);
            this.outside = outside;
            setCamelContext(outside.getCamelContext());
        }

        @Override
        public boolean isSingleton() {
            return outside.isSingleton();
        }

        @Override
        public boolean isLenientProperties() {
            return outside.isLenientProperties();
        }

        @Override
        public Producer createProducer() throws Exception {
            // none is made where it could connect before the first message
            AsyncProducer producer = outside.getEndpointUri().startsWith(HTTP) ? outside.createAsyncProducer() : null;
            return new DefaultAsyncProducer(this) {
                @Override
                public boolean process(Exchange exchange, AsyncCallback callback) {
                    if (producer != null && isServer(outside, exchange)) {
                        return producer.process(exchange, callback);
                    }
                    count(outside);
                    callback.done(true);
                    return true;
                }

                @Override
                protected void doStart() throws Exception {
                    super.doStart();
                    ServiceHelper.startService(producer);
                }

                @Override
                protected void doStop() throws Exception {
                    ServiceHelper.stopService(producer);
                    super.doStop();
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            return new DefaultConsumer(this, processor);
        }
    }
}
