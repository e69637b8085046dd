package io.github.zoomtranscriber.work;

import io.github.zoomtranscriber.transcript.Format;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * What goes to an endpoint of the user's beside the body, and what came of it there. As a recipient list's
 * {@code onPrepare} it tells each endpoint the file's name in the header that its component reads; as its aggregation
 * strategy it makes a failure at any of them the failure of all. For routes without an error handler, as that would
 * take each endpoint's failure for itself.
 */
public final class Sinks implements Processor, AggregationStrategy {

    private static final String ENDPOINT = "zoomSinksEndpoint";
    private static final String FAILURE = "zoomSinksFailure";
    private static final Pattern METHOD = Pattern.compile("[?&]httpMethod=");
    /** The headers in which components look for the name, where it is not {@code CamelFileName}. */
    private static final Map<String, String> NAMES = Map.of(
            "aws2-s3", "CamelAwsS3Key",
            "azure-storage-blob", "CamelAzureStorageBlobBlobName",
            "google-storage", "CamelGoogleCloudStorageObjectName",
            "minio", "CamelMinioObjectName");

    /**
     * @param copy for one endpoint; with {@code CamelFileName}, a path with {@code /}, if it is a file, and without if
     *     it is an event as JSON
     */
    @Override
    public void process(Exchange copy) {
        String endpoint = copy.getProperty(Exchange.TO_ENDPOINT, "", String.class);
        copy.setProperty(ENDPOINT, endpoint);
        Message message = copy.getMessage();
        String file = message.getHeader(Exchange.FILE_NAME, String.class);
        String nameHeader = NAMES.get(Endpoints.scheme(endpoint));
        if (Endpoints.isHttp(endpoint)) {
            http(endpoint, file, message);
        } else if (file != null && nameHeader != null) {
            message.setHeader(nameHeader, file);
        }
    }

    /**
     * Left to itself, Camel makes it a GET without a body where the address has a query. A file is a PUT to its name
     * below the address, as one to the address itself would overwrite the one before; an address that says a method is
     * taken as it is. An event is a POST; a method in the address itself is stronger, to Camel.
     */
    private static void http(String endpoint, String file, Message message) {
        if (file == null) {
            message.setHeader(Exchange.HTTP_METHOD, "POST");
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        } else if (!METHOD.matcher(endpoint).find()) {
            message.setHeader(Exchange.HTTP_METHOD, "PUT");
            message.setHeader(Exchange.CONTENT_TYPE, Format.mediaType(file) + ";charset=utf-8");
            message.setHeader(Exchange.HTTP_PATH, encoded(file));
        }
    }

    private static String encoded(String path) {
        return Arrays.stream(path.split("/"))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }

    /**
     * Keeps the first failure for {@link #arrived}. Who handles his failure himself, by an {@code onException} or a
     * dead letter channel, has not taken what he was given; to Camel, that would end the route that sent it, and
     * nothing would be said.
     */
    @Override
    public Exchange aggregate(Exchange before, Exchange next) {
        Exception failure = before == null ? null : before.getProperty(FAILURE, Exception.class);
        next.setProperty(FAILURE, failure == null ? failureOf(next) : failure);
        ExchangeExtension state = next.getExchangeExtension();
        state.setErrorHandlerHandled(null);
        state.setFailureHandled(false);
        next.setException(null);
        // a route that stops itself has taken what it was given
        next.setRouteStop(false);
        return next;
    }

    private static Exception failureOf(Exchange next) {
        ExchangeExtension state = next.getExchangeExtension();
        if (next.getException() != null || !state.isErrorHandlerHandledSet() || !state.isErrorHandlerHandled()) {
            return next.getException();
        }
        return new HandledElsewhereException(
                Endpoints.name(next.getProperty(ENDPOINT, "", String.class)),
                next.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }

    /** What kept it from an endpoint, in a sentence. */
    public String failure(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        return Endpoints.failure(failure);
    }

    /** @throws Exception what kept it from one of the endpoints */
    public void arrived(Exchange exchange) throws Exception {
        Exception failure = (Exception) exchange.removeProperty(FAILURE);
        if (failure != null) {
            throw failure;
        }
    }
}
