package io.github.zoomtranscriber.work;

import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a queue brings: a recording's id, as text, whatever a broker makes of text. */
final class QueuedId {

    private static final Logger LOG = LoggerFactory.getLogger(QueuedId.class);
    /** Zoom's are much shorter. */
    private static final int LONGEST = 500;

    /** Of anything else, Camel would make a text that nobody has sent. */
    private static final List<Class<?>> TEXTS = List.of(
            CharSequence.class,
            byte[].class,
            ByteBuffer.class,
            InputStream.class,
            Reader.class,
            StreamCache.class,
            WrappedFile.class);

    private QueuedId() {}

    /**
     * @param queue where it comes from, for people
     * @return null if the body is no id: then the log has a line
     */
    static String of(Exchange exchange, String queue) {
        Object body = exchange.getMessage().getBody();
        String id = text(
                exchange,
                body instanceof Map<?, ?> row && row.size() == 1
                        ? row.values().iterator().next()
                        : body);
        if (id == null || id.isEmpty() || id.length() > LONGEST || id.chars().anyMatch(Character::isISOControl)) {
            LOG.warn(
                    "A message from {} is dropped: expected a recording's id as text, got {}",
                    queue,
                    body == null
                            ? "nothing"
                            : id == null
                                    ? body.getClass().getSimpleName()
                                    : id.length() + " characters of something else");
            return null;
        }
        return id;
    }

    private static String text(Exchange exchange, Object value) {
        return TEXTS.stream().anyMatch(type -> type.isInstance(value))
                ? exchange.getContext().getTypeConverter().tryConvertTo(String.class, exchange, value)
                : null;
    }
}
